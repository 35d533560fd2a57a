"""Scanning units back out: a mode of its own, and the duty after a change of the order."""

from picker.flow.events import UnitsPicked, UnitsTakenOut
from picker.flow.items import Item, lines_of, scanned_item
from picker.flow.state import Phase
from picker.flow.turn import Step, Turn
from picker.flow.work import LineWork


def on_toggle(turn: Turn) -> Step:
    """Switch the mode on or off."""
    turn.set(take_out=not turn.state.take_out)
    return turn.say("takeout.on" if turn.state.take_out else "takeout.off")


def on_scan(turn: Turn) -> Step:
    """Take the scanned unit out: from its parcel to the tote, or from the order to the shelf."""
    item = scanned_item(turn)
    if isinstance(item, Step):
        return item
    lines = [line for line in lines_of(turn, item) if line.picked >= item.quantity]
    if turn.state.phase is Phase.TAKE_BACK:
        lines = [line for line in lines if line.surplus >= item.quantity]
    if not lines:
        return turn.say("takeout.none", what=turn.what())
    return _take_out(turn, item, lines[0])


def _take_out(turn: Turn, item: Item, line: LineWork) -> Step:
    parcel = next(
        (p.number for p in turn.work.parcels if p.count(line.line) >= item.quantity and not p.sealed), 0
    )
    to_shelf = bool(line.surplus) or turn.state.policy.one_scan or not parcel
    if to_shelf and line.in_tote >= item.quantity:
        parcel = 0
    if not parcel and line.in_tote < item.quantity:
        return turn.say("takeout.sealed", name=line.name)
    home = item.product.location if item.product else ""
    turn.emit(
        UnitsTakenOut(
            line.line, line.sku, item.quantity, parcel, to_shelf, home if to_shelf else "", turn.code
        )
    )
    turn.set(plan=None, planned=(), last_line=0)
    if to_shelf:
        return turn.say("takeout.shelf", name=line.name, location=home)
    return turn.say("takeout.done", name=line.name, left=line.checked - item.quantity)


def _came_from(turn: Turn, line: LineWork, item: Item) -> str:
    picks = [
        e.event for e in turn.work.history if isinstance(e.event, UnitsPicked) and e.event.line == line.line
    ]
    if picks and picks[-1].location:
        return picks[-1].location
    return item.product.location if item.product else ""
