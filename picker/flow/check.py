"""The check at the bench: every unit scanned once into its parcel."""

from picker.flow.events import ParcelStarted, UnitsChecked
from picker.flow.items import Item, lines_of, scanned_item, wrong_item
from picker.flow.turn import Step, Turn


def on_scan(turn: Turn) -> Step:
    """Count a scanned item into the open parcel."""
    item = scanned_item(turn)
    if isinstance(item, Step):
        return item
    lines = lines_of(turn, item)
    if not lines:
        return wrong_item(turn, item)
    fitting = [line for line in lines if line.in_tote >= item.quantity]
    if fitting:
        return _count(turn, item, fitting[0].line)
    left = sum(line.in_tote for line in lines)
    if left == 0:
        return turn.say("scan.check_first", name=item.name, count=item.quantity)
    return turn.say("scan.case_too_big", count=item.quantity, name=item.name, wanted=left)


def _count(turn: Turn, item: Item, number: int) -> Step:
    turn.emit(UnitsChecked(number, item.sku, item.quantity, turn.work.open_parcel.number, turn.code))
    turn.set(last_line=number)
    line = turn.work.line(number)
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
