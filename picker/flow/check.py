"""The check at the bench: every unit scanned once into its parcel."""

from picker.flow.events import ParcelStarted, UnitsChecked
from picker.flow.items import Item, lines_of, scanned_item, spread, wrong_item
from picker.flow.turn import Step, Turn
from picker.flow.wants import wanted
from picker.flow.work import LineWork


def on_scan(turn: Turn) -> Step:
    """Count a scanned item into the open parcel."""
    item = scanned_item(turn)
    if isinstance(item, Step):
        return item
    lines = lines_of(turn, item)
    if not lines:
        return wrong_item(turn, item)
    left = sum(line.in_tote for line in lines)
    if left >= item.quantity:
        return count(turn, item.sku, item.quantity, turn.code)
    if left:
        return turn.say("scan.case_too_big", count=item.quantity, name=item.name, wanted=left)
    return _none_left(turn, item, lines)


def _none_left(turn: Turn, item: Item, lines: list[LineWork]) -> Step:
    """None of it is in the tote: it is packed already, still to be fetched, or was noted as short."""
    if any(line.waiting for line in lines):
        return turn.say("check.not_picked", name=item.name, wanted=wanted(turn.state))
    if any(line.short for line in lines):
        return turn.say("check.was_short", name=item.name)
    return turn.say("check.too_many", name=item.name, count=sum(line.checked for line in lines))


def count(turn: Turn, sku: str, quantity: int, code: str, *, typed: bool = False) -> Step:
    """Count units into the open parcel; `typed` says that not each was scanned but their number was typed."""
    parcel = turn.work.open_parcel.number
    rooms = [(line.line, line.in_tote) for line in turn.work.lines if line.sku == sku]
    shares = spread(quantity, rooms)
    turn.emit(*(UnitsChecked(number, sku, units, parcel, code, typed) for number, units in shares))
    turn.set(last_line=shares[-1][0])
    line = turn.work.line(shares[-1][0])
    if any(other.in_tote for other in turn.work.lines):
        return turn.say("check.done", name=line.name, done=line.checked, wanted=line.wanted)
    waiting = any(other.waiting for other in turn.work.lines)
    return turn.say("check.fetch" if waiting else "check.all_done")


def on_next_parcel(turn: Turn) -> Step:
    """Close the parcel in front of the packer: what is scanned from now on goes into another."""
    parcel = turn.work.open_parcel
    if not parcel.units:
        return turn.say("parcel.empty", parcel=parcel.number)
    turn.emit(ParcelStarted(parcel.number + 1))
    return turn.say("parcel.started", parcel=parcel.number + 1)
