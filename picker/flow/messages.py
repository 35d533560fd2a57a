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
    "signin.unknown": (_ERROR, "No worker has the badge {code}. Ask the shift lead"),
    "signin.done": (_OK, "Hello {worker}"),
    "signin.already": (_INFO, "{worker} is signed in"),
    "signin.switched": (_OK, "Hello {worker}. {before} is signed out"),
    "signin.order_in_hand": (
        _WARNING,
        "{order} is in work. Park it first, or scan the badge of {worker} again to take it over",
    ),
    "signin.took_over": (_OK, "Hello {worker}. You go on with {order}"),
    "signout.done": (_OK, "Goodbye {worker}"),
    "signout.order_in_hand": (_ERROR, "{order} is in work: finish or park it before signing out"),
    "home.none_waiting": (_INFO, "No order is waiting"),
    "home.claimed": (_OK, "{order}: {units} units in {lines} lines"),
    "home.resumed": (_OK, "{order} goes on where it stood"),
    "home.taken_over": (_OK, "{order} taken over from {station}"),
    "home.busy": (_ERROR, "{order} is in work at {station} by {worker}"),
    "home.take_over": (
        _WARNING,
        "{order} is held by {station}, which has been silent. Scan it again to take it over",
    ),
    "home.closed": (_ERROR, "{order} is already packed and closed"),
    "home.cancelled": (_STOP, "{order} is cancelled. Do not pack it"),
    "home.held": (_STOP, "{order} is on hold: {reason}. Leave it to the shift lead"),
    "home.empty_order": (_ERROR, "{order} has nothing to pack"),
    "home.scan_order": (_ERROR, "This is {what}. Scan an order or press NEXT"),
    "order.lost": (_STOP, "{order} was taken over by {owner}. What you scanned was not counted"),
    "order.gone": (_STOP, "{order} is no longer yours. What you scanned was not counted"),
    "stop.cancelled": (_STOP, "STOP: {order} is CANCELLED: {reason}. Put its goods aside, then OK"),
    "stop.held": (_STOP, "STOP: {order} is ON HOLD: {reason}. Put its tote aside, then OK"),
    "stop.changed": (_STOP, "STOP: {order} was CHANGED: {changes}. Press OK to go on"),
    "stop.changed.done": (_OK, "{order} goes on as changed"),
    "stop.cancelled.done": (_OK, "{order} is off the bench. {units} units to put back"),
    "stop.held.done": (_OK, "{order} is set aside, on hold"),
    "pick.location": (_OK, "{location}. Now scan the item"),
    "pick.location_first": (_ERROR, "Scan the location {location} first. This is {what}"),
    "pick.wrong_location": (_ERROR, "Wrong location {code}: go to {location}"),
    "pick.done": (_OK, "{name}: {done} of {wanted}"),
    "pick.line_done": (_OK, "{name}: all {wanted} picked"),
    "pick.all_done": (_OK, "All picked. Now check at the bench"),
    "pick.packed_all": (_OK, "All picked and checked"),
    "pick.short": (_OK, "{name}: {quantity} short, noted"),
    "pick.elsewhere": (_OK, "{location} noted as empty. Go to {other} for {name}"),
    "pick.later": (_OK, "{name} comes last now"),
    "pick.later_only": (_INFO, "{name} is the only pick left"),
    "pick.nothing_left": (_OK, "Nothing of {order} could be picked. It goes to the shift lead"),
    "scan.wrong_item": (_ERROR, "WRONG ITEM: {what}. {wanted_by}Wanted: {wanted}"),
    "scan.too_many": (_ERROR, "TOO MANY: {name}: {count} more than wanted. Put it back"),
    "scan.case_too_big": (
        _ERROR,
        "This case holds {count} x {name}, only {wanted} wanted. Take single units",
    ),
    "scan.unknown": (_ERROR, "Unknown code {code}. Wanted: {wanted}"),
    "scan.ambiguous": (
        _ERROR,
        "{code} stands for {count} products: {products}. Scan the SKU of the one in your hand",
    ),
    "scan.not_now": (_ERROR, "This is {what}. Wanted: {wanted}"),
    "scan.bad": (_ERROR, "Bad scan refused: {why}. Scan again"),
    "scan.check_first": (_ERROR, "{name} is already checked. {count} too many"),
    "capture.lot": (_INFO, "{name}: scan or type the lot"),
    "capture.serial": (_INFO, "{name}: scan the serial number"),
    "capture.expiry": (_INFO, "{name}: scan or type the expiry date, YYMMDD"),
    "capture.bad_lot": (_ERROR, "{code} is {what}, not a lot. Scan the lot of {name}"),
    "capture.bad_serial": (_ERROR, "{code} is {what}, not a serial number of {name}"),
    "capture.bad_expiry": (_ERROR, "{code} is not a date YYMMDD. Scan the expiry date of {name}"),
    "capture.expired": (_STOP, "EXPIRED on {expiry}: {name}. Do not pack it; log it with DAMAGE"),
    "capture.serial_twice": (_ERROR, "Serial {serial} is already in this order. Scan the other unit"),
    "capture.single": (
        _ERROR,
        "{name} wants a serial number for each unit: scan single units, not a case of {count}",
    ),
    "capture.dropped": (_INFO, "{name} not counted. Scan it again when ready"),
    "check.done": (_OK, "{name}: {done} of {wanted} checked"),
    "check.all_done": (_OK, "All checked. Now the packaging"),
    "check.fetch": (_OK, "All checked. Fetch what is missing"),
    "parcel.started": (_OK, "Parcel {parcel}: whatever you scan now goes into it"),
    "parcel.empty": (_INFO, "Parcel {parcel} is still empty"),
    "damage.item": (_INFO, "Damage: scan the damaged item"),
    "damage.ask_reason": (_INFO, "Damage to {name}: what happened?"),
    "damage.ask_severity": (_INFO, "Damage to {name}: how bad?"),
    "damage.ask_disposition": (_INFO, "Damage to {name}: where does it go?"),
    "damage.none": (_ERROR, "No unit of {what} is with this order"),
    "damage.done": (_OK, "{name}: damage logged, {disposition}. Pick another one"),
    "short.ask": (_INFO, "{name} at {location}: why short?"),
    "park.ask": (_INFO, "Park {order}: why?"),
    "park.done": (_OK, "{order} is parked: {reason}"),
    "override.ask": (_INFO, "{packaging} instead of {proposed}: why?"),
    "reprint.ask": (_INFO, "Print the label of parcel {parcel} again: why?"),
    "reprint.done": (_OK, "The label of parcel {parcel} is printed again"),
    "dialog.bad_choice": (_ERROR, "{code} is no answer here: choose 1 to {count}, or BACK"),
    "dialog.back": (_INFO, "Nothing changed"),
    "takeout.on": (_WARNING, "TAKE OUT: every scan takes a unit out again. TAKEOUT ends it"),
    "takeout.off": (_INFO, "Take out is over"),
    "takeout.done": (_OK, "Taken out: {name}. {left} left in the parcel"),
    "takeout.shelf": (_OK, "Taken out: {name}. Put it back to {location}"),
    "takeout.none": (_ERROR, "No {what} is in this order"),
    "takeout.sealed": (_ERROR, "{name} is in a sealed parcel. Ask the shift lead"),
    "takeback.wanted": (_WARNING, "Scan out {count} x {name}: no longer ordered"),
    "packaging.propose": (_INFO, "Take {packaging}"),
    "packaging.none": (_WARNING, "No proposal: {why}. Scan the packaging you take"),
    "packaging.done": (_OK, "{packaging}. Fill it as shown"),
    "packaging.rest": (_OK, "{packaging} for parcel {parcel}. The rest goes into another parcel"),
    "packaging.unfit": (
        _WARNING,
        "By our figures it does not fit into {packaging}: {why}. Scan it again to take it anyway",
    ),
    "packaging.wanted": (_ERROR, "This is {what}. Scan the packaging: {proposed}"),
    "weigh.wanted": (_ERROR, "This is {what}. Enter the weight in grams, or SKIP"),
    "weigh.bad": (_ERROR, "{text} is no weight: expected grams, 1 to {most}"),
    "weigh.off": (
        _WARNING,
        "{gross} g, expected {expected} g: {delta} g {direction}. {guess}Same weight again to confirm",
    ),
    "weigh.sealed": (_OK, "{gross} g. Sealed: stick the label on and scan it"),
    "seal.wanted": (_ERROR, "This is {what}. Fill the parcel, then scan {packaging} again or press OK"),
    "seal.done": (_OK, "Sealed. Stick the label on and scan it"),
    "label.wanted": (_ERROR, "This is {what}. Scan the SSCC barcode of the label on the box"),
    "label.wrong": (_STOP, "WRONG LABEL: it belongs to {order}, parcel {parcel}. Take it off this box"),
    "label.done": (_OK, "Label of parcel {parcel} is right. Next parcel"),
    "label.closed": (_OK, "{order} is closed. Well packed"),
    "undo.done": (_OK, "Undone: {what}"),
    "undo.none": (_INFO, "Nothing to undo"),
    "undo.sealed": (_ERROR, "The parcel is sealed and its label printed. Ask the shift lead"),
    "command.not_now": (_ERROR, "{command} is not possible now. Wanted: {wanted}"),
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
    "also.home": (_INFO, "Its place is {location}. "),
    "also.nothing": (_INFO, ""),
    "also.perhaps_missing": (_INFO, "Perhaps {name} is missing? "),
    "also.perhaps_extra": (_INFO, "Perhaps one {name} too many? "),
    "also.why": (_INFO, "{skus}: {reason}"),
    "fill.plain": (_INFO, "{quantity} x {name} {orientation}, {place}"),
    "fill.padded": (_INFO, "{quantity} x {name} {orientation}, {place}, wrapped {padding} mm"),
    "undone.LocationConfirmed": (_INFO, "location {place}"),
    "undone.CaptureStarted": (_INFO, "{name}"),
    "undone.UnitsPicked": (_INFO, "{quantity} x {name} picked. Put it back"),
    "undone.LocationEmpty": (_INFO, "{place} empty"),
    "undone.UnitsShort": (_INFO, "{quantity} x {name} short"),
    "undone.TaskPostponed": (_INFO, "{name} later"),
    "undone.UnitsChecked": (_INFO, "{quantity} x {name} checked. Take it out"),
    "undone.UnitsDamaged": (_INFO, "damage to {name}"),
    "undone.UnitsTakenOut": (_INFO, "{quantity} x {name} taken out. Lay it back"),
    "undone.ParcelStarted": (_INFO, "new parcel"),
    "undone.PackagingChosen": (_INFO, "packaging"),
    "also.lighter": (_INFO, "too light"),
    "also.heavier": (_INFO, "too heavy"),
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
    "reason.no_packaging": (_INFO, "no packaging in stock"),
    "reason.minor": (_INFO, "minor: could be sold cheaper"),
    "reason.major": (_INFO, "major: can't be sold"),
    "reason.danger": (_INFO, "dangerous: sharp, leaking, hazardous"),
    "reason.quarantine": (_INFO, "quarantine"),
    "reason.scrap": (_INFO, "scrap"),
    "reason.rework": (_INFO, "rework"),
    "prompt.badge": (_INFO, "Scan your badge"),
    "prompt.home": (_INFO, "Press OK for {order}, or scan an order"),
    "prompt.home_empty": (_INFO, "No order is waiting. Scan an order"),
    "prompt.stopped": (_INFO, "Press OK"),
    "prompt.take_back": (_INFO, "Scan out {count} x {name}"),
    "prompt.location": (_INFO, "Go to {location} and scan it"),
    "prompt.pick": (_INFO, "Scan {name}"),
    "prompt.lot": (_INFO, "Scan or type the lot"),
    "prompt.serial": (_INFO, "Scan the serial number"),
    "prompt.expiry": (_INFO, "Scan or type the expiry date YYMMDD"),
    "prompt.check": (_INFO, "Scan each item into parcel {parcel}"),
    "prompt.packaging": (_INFO, "Take {packaging} and scan it"),
    "prompt.packaging_free": (_INFO, "Scan the packaging you take"),
    "prompt.weigh": (_INFO, "Fill {packaging}, enter the weight in g"),
    "prompt.seal": (_INFO, "Fill {packaging}, then OK"),
    "prompt.label": (_INFO, "Stick the label on parcel {parcel} and scan it"),
    "prompt.choice": (_INFO, "Choose 1 to {count}"),
    "prompt.damage_item": (_INFO, "Scan the damaged item"),
    "prompt.take_out": (_INFO, "Scan what you take out"),
    "reason.no_location": (_INFO, "no location known"),
}
