"""At the shelf: what is scanned, and what is captured of it."""

from picker.flow.severity import ERROR, INFO, OK, STOP, WARNING, Sentences

SENTENCES: Sentences = {
    "pick.location": (OK, "{location}. Now scan the item"),
    "pick.location_first": (ERROR, "LOCATION FIRST: scan {location}. This is {what}"),
    "pick.wrong_location": (ERROR, "WRONG LOCATION {code}: go to {location}"),
    "pick.done": (OK, "{name}: {done} of {wanted}"),
    "pick.line_done": (OK, "{name}: all {wanted} picked"),
    "pick.all_done": (OK, "All picked. Now check at the bench"),
    "pick.packed_all": (OK, "All picked and checked"),
    "pick.short": (OK, "SHORT, noted: {quantity} x {name}"),
    "pick.elsewhere": (OK, "Go to {other} for {name}. {location} is noted as empty"),
    "pick.later": (OK, "Later: {name} comes last now"),
    "pick.later_only": (INFO, "{name} is the only pick left"),
    "pick.nothing_left": (OK, "Nothing to pack in {order}. It goes to the shift lead"),
    "scan.wrong_item": (ERROR, "WRONG ITEM: {what}. {wanted_by}{wanted}"),
    "scan.too_many": (ERROR, "TOO MANY: all {name} are picked. Put {count} back"),
    "scan.case_too_big": (
        ERROR,
        "TOO MANY: this code counts {count} x {name}, wanted: {wanted}. Scan single units",
    ),
    "scan.unknown": (ERROR, "UNKNOWN CODE {code}. {why}{wanted}"),
    "scan.ambiguous": (
        ERROR,
        "WHICH ONE? {code} stands for {count} products: {products}. Type the SKU of the one in your hand",
    ),
    "scan.not_now": (ERROR, "NOT NOW: this is {what}. {wanted}"),
    "scan.bad": (ERROR, "BAD SCAN: {why}. Scan again"),
    "problem.empty": (INFO, "Nothing was read"),
    "problem.too_long": (INFO, "{detail}"),
    "problem.control_character": (INFO, "{detail}"),
    "problem.undecodable": (INFO, "{detail}"),
    "problem.broken": (INFO, "It came in pieces, or typed keys ran into it"),
    "problem.check_digit": (INFO, "{detail}"),
    "problem.gs1_syntax": (INFO, "{detail}"),
    "capture.lot": (INFO, "{name}: scan or type the lot{same}"),
    "capture.serial": (INFO, "{name}: scan the serial number"),
    "capture.expiry": (INFO, "{name}: scan or type the expiry date, YYMMDD{same}"),
    "count.scan_first": (ERROR, "NOT COUNTED: scan one unit, then type how many more of it"),
    "count.too_few": (ERROR, "NOT COUNTED: scan each {name}. Numbers count from {least} open units on"),
    "count.too_many": (ERROR, "TOO MANY: {count} x {name} typed, still wanted: {wanted}"),
    "capture.fused": (
        WARNING,
        "SEPARATOR LOST? {inside} {whole} may be {head} and {hidden} {tail}. Type each alone, or scan again if whole",
    ),
    "capture.unlike_lot": (
        ERROR,
        "NOT A LOT: {value}. A lot of {name} looks like {sample}. Scan it again, or type it",
    ),
    "capture.unlike_serial": (
        ERROR,
        "NOT A SERIAL NUMBER: {value}. One of {name} looks like {sample}. Scan it again, or type it",
    ),
    "capture.bad_lot": (ERROR, "NOT A LOT: this is {what}. Scan or type the lot of {name}"),
    "capture.bad_serial": (ERROR, "NOT A SERIAL NUMBER: this is {what}. Scan the one of {name}"),
    "capture.bad_expiry": (ERROR, "NO DATE: {code}. Scan or type the expiry of {name}, YYMMDD"),
    "capture.doubtful_lot": (
        WARNING,
        "{code} looks like a product code. Scan it again if it is the lot of {name}",
    ),
    "capture.doubtful_serial": (
        WARNING,
        "{code} looks like a product code. Scan it again if it is the serial number of {name}",
    ),
    "capture.expired": (STOP, "EXPIRED on {expiry}: {name}. Do not pack it; log it with DAMAGE"),
    "capture.serial_twice": (ERROR, "SERIAL TWICE: {serial} is already in this order. Scan the other unit"),
    "capture.single": (
        ERROR,
        "ONE BY ONE: each {name} wants its serial number. Scan single units, not {count} at once",
    ),
    "capture.dropped": (INFO, "NOT COUNTED: {name}. Scan it again when ready"),
}
