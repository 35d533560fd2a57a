"""Every sentence an operator can see: one catalogue of keys, severities and English texts.

Texts name their parameters in braces; `render` fills them from `Message.params` with plain
replacement, so that a parameter can never act as a format string. Translations live beside the
product as dictionaries from the same keys.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How a message is shown and sounded. `ok`: committed. `stop`: go no further with this order."""

    OK = "ok"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence by key and parameters; its words are made at the edge."""

    key: str
    params: tuple[tuple[str, "str | Message"], ...] = ()

    @property
    def severity(self) -> Severity:
        """The severity its catalogue entry declares."""
        return CATALOGUE[self.key][0]


def say(key: str, **params: object) -> Message:
    """Return the message `key` with its parameters as text. Raises KeyError for an unknown key."""
    if key not in CATALOGUE:
        raise KeyError(f"Unknown message {key!r}: expected a key of the catalogue")
    return Message(key, tuple((n, v if isinstance(v, Message) else str(v)) for n, v in params.items()))


def reason(key: str) -> "str | Message":
    """Return a reason in words: of the catalogue when it knows the key, else as it came from outside."""
    name = f"reason.{key}"
    return say(name) if name in CATALOGUE else key


def render(message: Message, translations: Mapping[str, str] | None = None) -> str:
    """Return the words of a message; a translation that lacks the key falls back to English.

    A parameter may be a message itself, or a key of the catalogue (a reason, an option).
    """
    text = (translations or {}).get(message.key) or CATALOGUE[message.key][1]
    params = {name: _words(value, translations) for name, value in message.params}
    return re.sub(r"\{(\w+)\}", lambda hit: params.get(hit[1], hit[0]), text)


def _words(value: str | Message, translations: Mapping[str, str] | None) -> str:
    if isinstance(value, Message):
        return render(value, translations)
    return (
        render(Message(value), translations) if value.startswith("reason.") and value in CATALOGUE else value
    )


_OK, _INFO, _WARNING, _ERROR, _STOP = (
    Severity.OK,
    Severity.INFO,
    Severity.WARNING,
    Severity.ERROR,
    Severity.STOP,
)

CATALOGUE: dict[str, tuple[Severity, str]] = {
    "station.ready": (_INFO, "Ready. Scan your badge"),
    "station.resumed": (_INFO, "Welcome back, {worker}. Going on with {order} where it stood"),
    "station.welcome_back": (_INFO, "Welcome back, {worker}"),
    "station.checking": (_INFO, "Checking {code}"),
    "station.not_confirmed": (_WARNING, "NOT CONFIRMED yet: {code}. The database does not answer"),
    "station.not_saved": (_STOP, "NOT SAVED: {code}. {why}. Scan again when this is mended"),
    "signin.wanted": (_ERROR, "Scan your badge first. This is {what}"),
    "signin.unknown": (_ERROR, "UNKNOWN BADGE {code}. Ask the shift lead"),
    "signin.done": (_OK, "Hello {worker}"),
    "signin.already": (_INFO, "{worker} is signed in"),
    "signin.switched": (_OK, "Hello {worker}. {before} is signed out"),
    "signin.order_in_hand": (
        _WARNING,
        "{order} is in work here. {worker}: scan your badge again to take it over, or PARK it first",
    ),
    "signin.took_over": (_OK, "Hello {worker}. You go on with {order}"),
    "signout.done": (_OK, "Goodbye {worker}"),
    "signout.order_in_hand": (_ERROR, "NOT SIGNED OUT: finish or PARK {order} first"),
    "home.label": (_INFO, "This label is on its box: {order}, parcel {parcel}. Go on with the next order"),
    "home.none_waiting": (_INFO, "No order is waiting. Scan a pick sheet"),
    "home.claimed": (_OK, "{order} is yours. Units: {units}, lines: {lines}"),
    "home.resumed": (_OK, "{order} goes on where it stood"),
    "home.taken_over": (_OK, "{order} taken over from {station}"),
    "home.busy": (_ERROR, "BUSY: {order} is in work at {station} by {worker}"),
    "home.take_over": (
        _WARNING,
        "{order} is held by {station}, which has been silent. Scan it again to take it over",
    ),
    "home.closed": (_ERROR, "ALREADY PACKED: {order} is closed"),
    "home.cancelled": (_STOP, "CANCELLED: {order}. Do not pack it"),
    "home.held": (_STOP, "ON HOLD: {order}: {reason}. Leave it to the shift lead"),
    "home.empty_order": (_ERROR, "EMPTY: {order} has nothing to pack"),
    "home.scan_order": (_ERROR, "NOT AN ORDER: this is {what}. Scan a pick sheet, or OK for the next"),
    "order.lost": (_STOP, "NOT COUNTED: {order} was taken over by {owner}. Leave its goods alone"),
    "order.gone": (_STOP, "NOT COUNTED: {order} is no longer yours. Leave its goods alone"),
    "stop.cancelled": (_STOP, "STOP: {order} is CANCELLED: {reason}. Put its goods aside, then OK"),
    "stop.held": (_STOP, "STOP: {order} is ON HOLD: {reason}. Put its tote aside, then OK"),
    "stop.changed": (_STOP, "STOP: {order} was CHANGED: {changes}. OK to go on"),
    "stop.changed.done": (_OK, "{order} goes on as changed"),
    "stop.cancelled.done": (_OK, "{order} is off your bench. Units to be put back: {units}"),
    "stop.held.done": (_OK, "{order} is off your bench, on hold"),
    "pick.location": (_OK, "{location}. Now scan the item"),
    "pick.location_first": (_ERROR, "LOCATION FIRST: scan {location}. This is {what}"),
    "pick.wrong_location": (_ERROR, "WRONG LOCATION {code}: go to {location}"),
    "pick.done": (_OK, "{name}: {done} of {wanted}"),
    "pick.line_done": (_OK, "{name}: all {wanted} picked"),
    "pick.all_done": (_OK, "All picked. Now check at the bench"),
    "pick.packed_all": (_OK, "All picked and checked"),
    "pick.short": (_OK, "SHORT, noted: {quantity} x {name}"),
    "pick.elsewhere": (_OK, "Go to {other} for {name}. {location} is noted as empty"),
    "pick.later": (_OK, "Later: {name} comes last now"),
    "pick.later_only": (_INFO, "{name} is the only pick left"),
    "pick.nothing_left": (_OK, "Nothing to pack in {order}. It goes to the shift lead"),
    "scan.wrong_item": (_ERROR, "WRONG ITEM: {what}. {wanted_by}Wanted: {wanted}"),
    "scan.too_many": (_ERROR, "TOO MANY: all {name} are picked. Put {count} back"),
    "scan.case_too_big": (
        _ERROR,
        "TOO MANY: this code counts {count} x {name}, wanted: {wanted}. Scan single units",
    ),
    "scan.unknown": (_ERROR, "UNKNOWN CODE {code}. {why}Wanted: {wanted}"),
    "scan.ambiguous": (
        _ERROR,
        "WHICH ONE? {code} stands for {count} products: {products}. Type the SKU of the one in your hand",
    ),
    "scan.not_now": (_ERROR, "NOT NOW: this is {what}. Wanted: {wanted}"),
    "scan.bad": (_ERROR, "BAD SCAN: {why}. Scan again"),
    "capture.lot": (_INFO, "{name}: scan or type the lot"),
    "capture.serial": (_INFO, "{name}: scan the serial number"),
    "capture.expiry": (_INFO, "{name}: scan or type the expiry date, YYMMDD"),
    "capture.fused": (
        _WARNING,
        "SEPARATOR LOST? {inside} {whole} may be {head} and {hidden} {tail}. Type each alone, or scan again if whole",
    ),
    "capture.bad_lot": (_ERROR, "NOT A LOT: this is {what}. Scan or type the lot of {name}"),
    "capture.bad_serial": (_ERROR, "NOT A SERIAL NUMBER: this is {what}. Scan the one of {name}"),
    "capture.bad_expiry": (_ERROR, "NO DATE: {code}. Scan or type the expiry of {name}, YYMMDD"),
    "capture.doubtful_lot": (
        _WARNING,
        "{code} looks like a product code. Scan it again if it is the lot of {name}",
    ),
    "capture.doubtful_serial": (
        _WARNING,
        "{code} looks like a product code. Scan it again if it is the serial number of {name}",
    ),
    "capture.expired": (_STOP, "EXPIRED on {expiry}: {name}. Do not pack it; log it with DAMAGE"),
    "capture.serial_twice": (_ERROR, "SERIAL TWICE: {serial} is already in this order. Scan the other unit"),
    "capture.single": (
        _ERROR,
        "ONE BY ONE: each {name} wants its serial number. Scan single units, not {count} at once",
    ),
    "capture.dropped": (_INFO, "NOT COUNTED: {name}. Scan it again when ready"),
    "check.done": (_OK, "{name}: {done} of {wanted} checked"),
    "check.all_done": (_OK, "All checked. Now the packaging"),
    "check.fetch": (_OK, "All checked. Now fetch what is missing"),
    "check.not_picked": (_ERROR, "NOT PICKED YET: {name}. First: {wanted}"),
    "check.was_short": (_ERROR, "NOT IN THIS ORDER: {name} was noted as short. UNDO, or set it aside"),
    "check.too_many": (_ERROR, "TOO MANY: {name}: all {count} are packed already. Set it aside"),
    "attach.off": (_ERROR, "NOT HERE: barcodes are attached in the office. Lay the item aside"),
    "attach.nothing": (_INFO, "Nothing to attach: scan the unknown barcode first, then ATTACH"),
    "attach.case": (
        _ERROR,
        "NOT ATTACHED: {code} counts a case. The office enters how many are in it; scan single units",
    ),
    "attach.ask": (_WARNING, "{code}: whose is it? Scan another barcode of the item in your hand"),
    "attach.wanted": (_ERROR, "NOT AN ITEM: {code}. Scan a known barcode of the item in your hand, or BACK"),
    "attach.not_ordered": (_ERROR, "NOT IN THIS ORDER: {what}. Scan a known barcode of the item, or BACK"),
    "attach.lead": (_WARNING, "{code} for {name}: a shift lead scans a badge to allow it"),
    "attach.no_lead": (_ERROR, "NOT A LEAD: this is {what}. A shift lead scans a badge, or BACK"),
    "attach.item_first": (_ERROR, "WHICH ITEM? Scan a known barcode, or type the SKU, of what gets {code}"),
    "attach.known": (_INFO, "{code} is known by now. Scan the item again"),
    "attach.done": (_OK, "{code} is {name} from now on. Scan the item again to count it"),
    "attach.done_many": (_OK, "{code} is {count} x {name} from now on. Scan it again to count it"),
    "parcel.started": (_OK, "Parcel {parcel}: whatever you scan now goes into it"),
    "parcel.empty": (_INFO, "Parcel {parcel} is still empty"),
    "damage.item": (_INFO, "Damage: scan the damaged item"),
    "damage.item_wanted": (_ERROR, "NOT AN ITEM: {code}. Scan the damaged item, or BACK"),
    "damage.nothing": (_INFO, "No item is at hand that could be damaged"),
    "damage.ask_reason": (_INFO, "Damage to {name}, {place}: what happened?"),
    "damage.ask_severity": (_INFO, "Damage to {name}: how bad?"),
    "damage.ask_disposition": (_INFO, "Damage to {name}: where does it go?"),
    "damage.none": (_ERROR, "NOT HERE: no unit of {what} is at hand in this order"),
    "damage.done": (_OK, "Damage logged. {name} goes to {disposition}. Fetch another one"),
    "damage.done_only": (_OK, "Damage logged. {name} goes to {disposition}"),
    "short.ask": (_INFO, "{name} at {location}: why short?"),
    "park.ask": (_INFO, "Park {order}: why?"),
    "park.done": (_OK, "{order} is parked: {reason}"),
    "override.ask": (_INFO, "{packaging} instead of {proposed}: why?"),
    "reprint.ask": (_INFO, "Print the label of parcel {parcel} again: why?"),
    "reprint.done": (_OK, "The label of parcel {parcel} is printed again"),
    "dialog.bad_choice": (_ERROR, "NO ANSWER: {code}. Choose 1 to {count}, or BACK"),
    "dialog.back": (_INFO, "Nothing changed"),
    "takeout.on": (_WARNING, "TAKE OUT: every scan takes a unit out again. OK ends it"),
    "takeout.off": (_INFO, "Take out is over"),
    "takeout.nothing": (_INFO, "Nothing to take out"),
    "takeout.done": (_OK, "Taken out: {name}, lay it into the tote. {left} left in parcel {parcel}"),
    "takeout.shelf": (_OK, "Taken out: {name}. Put it back to {location}"),
    "takeout.homeless": (_OK, "Taken out: {name}. Put it aside, its place is not known"),
    "takeout.none": (_ERROR, "NOT IN THIS ORDER: {what}"),
    "takeout.single": (_ERROR, "TOO MANY at once: take {name} out unit by unit"),
    "takeout.serial": (_ERROR, "WHICH ONE? Scan the serial number of the {name} you take out"),
    "takeout.sealed": (_ERROR, "SEALED: {name} is in a closed parcel. Ask the shift lead"),
    "takeback.wrong": (_ERROR, "KEEP IT: {name} is still ordered. Wanted: {wanted}"),
    "packaging.none": (_WARNING, "No proposal: {why}. Scan the packaging you take"),
    "packaging.none_measured": (
        _WARNING,
        "No proposal: {why}. MEASURE it, or scan the packaging you take",
    ),
    "packaging.done": (_OK, "{packaging}. Fill it as shown"),
    "packaging.done_unshown": (_OK, "{packaging} is taken. Heavy goods go to the bottom, pad what breaks"),
    "packaging.rest": (_OK, "{packaging} for parcel {parcel}. The rest goes into another parcel"),
    "packaging.own_box": (_OK, "{name} goes in its own box. No carton"),
    "packaging.more": (_INFO, "More about this parcel"),
    "packaging.unfit": (
        _WARNING,
        "DOES NOT FIT: {packaging} {why}. {fitting}Scan it again to take it anyway",
    ),
    "other.ask": (_INFO, "Which packaging do you take? Or scan it"),
    "other.none": (_INFO, "No other packaging in stock takes it. Scan the one you take"),
    "other.dearer": (_INFO, "{packaging} ({code}), {cost} dearer, {empty} % empty"),
    "other.cheaper": (_INFO, "{packaging} ({code}), {cost} cheaper, {empty} % empty"),
    "other.same": (_INFO, "{packaging} ({code}), costs the same, {empty} % empty"),
    "other.roomy": (_INFO, "{packaging} ({code}), {inner} mm inside"),
    "care.hazmat": (_WARNING, "DANGEROUS GOODS, class {classes}: mark and papers on the parcel"),
    "care.lithium": (
        _WARNING,
        "LITHIUM BATTERIES, {wh} Wh: no battery touches another, lithium mark on the parcel",
    ),
    "care.liquid": (_WARNING, "LIQUID: closures up, in a leak-proof bag"),
    "care.much_empty": (_WARNING, "{empty} % EMPTY, more than the {most} % allowed"),
    "care.padding_empty": (
        _WARNING,
        "{empty} % EMPTY with padding, {bare} % without it. The limit is {most} %",
    ),
    "care.nearly_overweight": (_WARNING, "NEARLY TOO HEAVY: {gross} g of at most {most} g"),
    "care.near_board_limit": (_WARNING, "The carton bears hardly more: {gross} g of at most {most} g"),
    "care.last_in_stock": (_WARNING, "This is the last {packaging} in stock"),
    "about.box": (_INFO, "{packaging} ({code}), {inner} mm inside"),
    "about.own_box": (_INFO, "NO CARTON: the label goes on the box of {name} itself"),
    "about.proven": (_INFO, "Nothing cheaper holds these goods"),
    "about.cheapest": (_INFO, "The cheapest found for these goods"),
    "about.lining": (_INFO, "Line it with {lining} mm of {material} on all sides"),
    "about.void": (_INFO, "Fill up with about {litres} l of {material}"),
    "about.weight": (_INFO, "Weighs {gross} g"),
    "about.billed": (_INFO, "Weighs {gross} g, for its size billed as {billable} g"),
    "about.empty": (_INFO, "{empty} % empty"),
    "measure.scan": (_INFO, "MEASURE: scan the product"),
    "measure.which": (_INFO, "MEASURE: which product? Or scan it"),
    "measure.begin": (_INFO, "MEASURE {name}. On record: {before}"),
    "measure.before": (_INFO, "On record: {before}"),
    "measure.side": (_INFO, "{sides} mm. Now the next side"),
    "measure.sides": (_OK, "{sides} mm. Now the weight of one unit"),
    "measure.sides_differ": (
        _WARNING,
        "FAR FROM THE RECORD: {sides} mm. On record: {before}. Same sides again to confirm",
    ),
    "measure.weight_differs": (
        _WARNING,
        "FAR FROM THE RECORD: {weight} g. On record: {before}. Same weight again to confirm",
    ),
    "measure.unlikely": (
        _WARNING,
        "UNLIKELY: {weight} g for {sides} mm. Is it the right unit? Same weight again to confirm",
    ),
    "measure.bad_sides": (_ERROR, "NO SIDES: {text}. Enter 300x200x150 in mm, each 1 to {most}"),
    "measure.bad_weight": (_ERROR, "NO WEIGHT: {text}. Enter grams, 1 to {most}, or kg"),
    "measure.done": (_OK, "{name}: {after}. Noted"),
    "measure.gone": (_ERROR, "NOT NOTED: {sku} is no longer in the catalogue"),
    "measure.again": (_INFO, "{name}: its sides once more"),
    "measure.left": (_INFO, "Measuring is over"),
    "weigh.bad": (_ERROR, "NO WEIGHT: {text}. Enter grams, 1 to {most}, or kg"),
    "weigh.off": (
        _WARNING,
        "{direction} by {delta} g: {gross} g, expected {expected} g. {guess}Same weight again to confirm",
    ),
    "weigh.no_skip": (_ERROR, "NO SKIP: {gross} g looked wrong. Weigh again, or enter the same weight again"),
    "weigh.sealed": (_OK, "{gross} g. Sealed: stick the label on and scan it"),
    "weigh.sealed_only": (_OK, "{gross} g. Sealed: stick the label on"),
    "seal.done": (_OK, "Sealed. Stick the label on and scan it"),
    "seal.done_only": (_OK, "Sealed. Stick the label on"),
    "seal.no_label": (
        _ERROR,
        "NOT SEALED: the carrier's own label of {order}, parcel {parcel} is missing. PARK it or ask the shift lead",
    ),
    "seal.own_label": (_WARNING, "Sealed with OUR label: the carrier's own has not come. Stick it on"),
    "insert.refused": (
        _ERROR,
        "NOT SEALED: card {campaign} can't be made: {why}. PARK it or ask the shift lead",
    ),
    "insert.without": (_WARNING, "Sealed WITHOUT card {campaign}, which can't be made. Stick the label on"),
    "insert.owed": (
        _ERROR,
        "NOT CLOSED: card {campaign} of parcel {parcel} is not printed ({why}). Mend it, then scan the label again",
    ),
    "insert.missed": (
        _WARNING,
        "Label of parcel {parcel} is right, but card {campaign} did not print ({why}). It goes without",
    ),
    "label.shared": (_ERROR, "This code {code} is on several labels. Scan the parcel's own number"),
    "label.wanted": (
        _ERROR,
        "NOT THE LABEL: this is {what}. Scan the SSCC barcode (00) of the label on the box",
    ),
    "label.wrong": (_STOP, "WRONG LABEL: it belongs to {order}, parcel {parcel}. Take it off this box"),
    "label.done": (_OK, "Label of parcel {parcel} is right. Next parcel"),
    "label.closed": (_OK, "{order} is closed. Well packed"),
    "undo.done": (_OK, "Undone: {what}"),
    "undo.none": (_INFO, "Nothing to undo"),
    "undo.sealed": (_ERROR, "SEALED: the label is printed, no undo. Ask the shift lead"),
    "command.not_now": (_ERROR, "NOT NOW: {command}. Wanted: {wanted}"),
    "kind.product": (_INFO, "{sku} {name}"),
    "kind.location": (_INFO, "location {code}"),
    "kind.worker": (_INFO, "the badge of {name}"),
    "kind.packaging": (_INFO, "packaging {code}"),
    "kind.order": (_INFO, "order {code}"),
    "kind.parcel": (_INFO, "the label of {code}"),
    "kind.tote": (_INFO, "tote {code}"),
    "kind.command": (_INFO, "the command {code}"),
    "kind.unknown": (_INFO, "an unknown code {code}"),
    "also.wanted_by": (_INFO, "{order} wants it. "),
    "also.wanted_at": (_INFO, "{order} at {station} wants it. "),
    "also.case_of": (_INFO, "It is a case of {name}; how many are in it is not known. "),
    "also.detail": (_INFO, "{detail}. "),
    "also.lot": (_INFO, "lot"),
    "also.serial": (_INFO, "serial number"),
    "also.expiry": (_INFO, "expiry"),
    "also.home": (_INFO, "Its place is {location}. "),
    "also.nothing": (_INFO, ""),
    "also.perhaps_missing": (_INFO, "Perhaps {name} is missing? "),
    "also.perhaps_extra": (_INFO, "Perhaps one {name} too many? "),
    "also.on_shelf": (_INFO, "on the shelf {location}"),
    "also.in_tote": (_INFO, "in the tote"),
    "also.in_parcel": (_INFO, "in parcel {parcel}"),
    "also.too_heavy": (_INFO, "would weigh {weight} g, it carries {most} g"),
    "also.too_small": (_INFO, "is {inner} mm inside"),
    "also.why": (_INFO, "{skus}: {reason}"),
    "also.why_figure": (_INFO, "{skus}: {reason}, {figure}"),
    "also.and": (_INFO, "{first}; {second}"),
    "also.more": (_INFO, "{count} more"),
    "also.takes": (_INFO, "It takes {goods}. "),
    "also.fill": (_INFO, "Fill {packaging}"),
    "also.own_box": (_INFO, "No carton"),
    "also.wrapped": (_INFO, ", in {padding} mm of {material}"),
    "also.sides": (_INFO, "{sides} mm"),
    "also.no_sides": (_INFO, "no sides"),
    "also.weight": (_INFO, "{weight} g"),
    "also.no_weight": (_INFO, "no weight"),
    "fill.put": (_INFO, "{letter}: {quantity} x {name} {orientation}, {place}{wrapped}"),
    "fill.nested": (_INFO, "{letter}: {quantity} x {name} stuck into each other, {place}{wrapped}"),
    "figure.longest_side": (_INFO, "longest side {got} mm, there is room for {most} mm"),
    "figure.height": (_INFO, "{got} mm high, there is room for {most} mm"),
    "figure.weight": (_INFO, "{got} g, at most {most} g"),
    "figure.batteries": (_INFO, "{got} batteries, at most {most}"),
    "figure.battery_wh": (_INFO, "{got} Wh a battery, at most {most} Wh"),
    "figure.battery_net_g": (_INFO, "{got} g of batteries, at most {most} g"),
    "hint.lot": (_INFO, "the lot, up to 20 characters"),
    "hint.serial": (_INFO, "the serial number, up to 20 characters"),
    "hint.expiry": (_INFO, "the expiry date as YYMMDD or YYYYMMDD"),
    "hint.weight": (_INFO, "grams, or kilograms such as 1.25 kg"),
    "hint.sides": (_INFO, "length, width and height in mm such as 300x200x150, or one after the other"),
    "undone.LocationConfirmed": (_INFO, "location {place}"),
    "undone.CaptureStarted": (_INFO, "{name}"),
    "undone.captured": (_INFO, "the last code of {name}. Its unit is not counted"),
    "undone.UnitsPicked": (_INFO, "{quantity} x {name} picked. Put it back"),
    "undone.LocationEmpty": (_INFO, "{name}, {place} empty"),
    "undone.UnitsShort": (_INFO, "{quantity} x {name} short"),
    "undone.TaskPostponed": (_INFO, "{name} later"),
    "undone.UnitsChecked": (_INFO, "{quantity} x {name} checked. Take it out"),
    "undone.UnitsDamaged": (_INFO, "damage to {name}"),
    "undone.UnitsTakenOut": (_INFO, "{quantity} x {name} taken out. Lay it back"),
    "undone.BarcodeAttached": (_INFO, "the barcode of {name}. It is unknown again"),
    "undone.ParcelStarted": (_INFO, "new parcel"),
    "undone.PackagingChosen": (_INFO, "packaging"),
    "undone.ProductMeasured": (_INFO, "{name} measured. On record again: {before}"),
    "undone.measured_since": (_INFO, "{sku} measured. Its figures were changed since, and stay"),
    "also.lighter": (_INFO, "TOO LIGHT"),
    "also.heavier": (_INFO, "TOO HEAVY"),
    "reason.stock_out": (_INFO, "stock is out"),
    "reason.could_not_locate": (_INFO, "could not find it"),
    "reason.misplaced": (_INFO, "something else lies there"),
    "reason.expired": (_INFO, "expired"),
    "reason.record_wrong": (_INFO, "record is wrong"),
    "reason.other": (_INFO, "other"),
    "reason.break": (_INFO, "break"),
    "reason.goods_missing": (_INFO, "goods missing"),
    "reason.question": (_INFO, "question for the lead"),
    "reason.urgent": (_INFO, "something more urgent"),
    "reason.too_small": (_INFO, "too small"),
    "reason.too_big": (_INFO, "too big"),
    "reason.out_of_stock": (_INFO, "none left"),
    "reason.damage_risk": (_INFO, "risk of damage"),
    "reason.customer_wish": (_INFO, "customer's wish"),
    "reason.no_plan": (_INFO, "no proposal"),
    "reason.what_fits": (_INFO, "only what fits, the rest into another parcel"),
    "reason.everything": (_INFO, "all of it anyway"),
    "reason.broken": (_INFO, "broken"),
    "reason.wet": (_INFO, "wet or leaking"),
    "reason.packing_torn": (_INFO, "its packing is torn"),
    "reason.scratched": (_INFO, "scratched or dented"),
    "reason.wrong_item": (_INFO, "wrong article inside"),
    "reason.not_printed": (_INFO, "it did not print"),
    "reason.unreadable": (_INFO, "it can't be read"),
    "reason.torn": (_INFO, "torn or lost"),
    "reason.unpaid": (_INFO, "not paid"),
    "reason.high_risk": (_INFO, "high fraud risk"),
    "reason.unknown_sku": (_INFO, "unknown SKU"),
    "reason.missing_barcode": (_INFO, "product without a barcode"),
    "reason.nothing_to_pack": (_INFO, "nothing could be picked"),
    "reason.no_dimensions": (_INFO, "no dimensions"),
    "reason.no_weight": (_INFO, "no weight"),
    "reason.fits_nowhere": (_INFO, "fits no packaging"),
    "reason.not_carried": (_INFO, "no service sends it"),
    "reason.no_packaging": (_INFO, "no packaging in stock"),
    "reason.minor": (_INFO, "minor: could be sold cheaper"),
    "reason.major": (_INFO, "major: can't be sold"),
    "reason.danger": (_INFO, "dangerous: sharp, leaking, hazardous"),
    "reason.quarantine": (_INFO, "quarantine"),
    "reason.scrap": (_INFO, "scrap"),
    "reason.rework": (_INFO, "rework"),
    "prompt.badge": (_INFO, "Scan your badge"),
    "prompt.home": (_INFO, "OK for {order}, or scan a pick sheet"),
    "prompt.home_empty": (_INFO, "No order is waiting. Scan a pick sheet"),
    "prompt.take_back": (_INFO, "Scan out {count} x {name}: no longer ordered"),
    "prompt.take_back_sealed": (
        _INFO,
        "{count} x {name} too many in a sealed parcel. PARK, and ask the shift lead",
    ),
    "prompt.location": (_INFO, "Go to {location} and scan it"),
    "prompt.pick": (_INFO, "Scan {name}"),
    "prompt.lot": (_INFO, "Scan or type the lot"),
    "prompt.serial": (_INFO, "Scan the serial number"),
    "prompt.expiry": (_INFO, "Scan or type the expiry date YYMMDD"),
    "prompt.attach": (_INFO, "Scan a known barcode of the item in your hand"),
    "prompt.attach_lead": (_INFO, "A shift lead scans a badge"),
    "prompt.check": (_INFO, "Scan each item into parcel {parcel}"),
    "prompt.packaging": (_INFO, "Take {packaging} and scan it"),
    "prompt.packaging_free": (_INFO, "Scan the packaging you take"),
    "prompt.own_box": (_INFO, "No carton for {name}: OK, or scan it"),
    "prompt.weigh": (_INFO, "{fill}, weight in g, or SKIP"),
    "prompt.weigh_required": (_INFO, "{fill}, weight in g"),
    "prompt.seal": (_INFO, "{fill}, then OK or scan it again"),
    "prompt.measure": (_INFO, "Scan the product to measure, or BACK"),
    "prompt.measure_which": (_INFO, "Choose the product to measure, or scan it"),
    "prompt.measure_sides": (_INFO, "Length x width x height of {name} in mm"),
    "prompt.measure_width": (_INFO, "Width of {name} in mm"),
    "prompt.measure_height": (_INFO, "Height of {name} in mm"),
    "prompt.measure_weight": (_INFO, "Weight of one {name} in g"),
    "prompt.label": (_INFO, "Stick the label on parcel {parcel} and scan it"),
    "prompt.choice": (_INFO, "Choose 1 to {count}"),
    "prompt.damage_item": (_INFO, "Scan the damaged item"),
    "prompt.take_out": (_INFO, "Scan what you take out, then OK"),
    "reason.no_location": (_INFO, "no location known"),
    "reason.not_given": (_INFO, "no reason given"),
}
