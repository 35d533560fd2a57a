"""Scanning units back out: a mode of its own, and the duty after a change of the order."""

from data.types import CodeKind
from picker.flow.events import UnitsPicked, UnitsTakenOut
from picker.flow.fitting import TOTE, leaves_the_order, source
from picker.flow.items import Item, lines_of, scanned_item
from picker.flow.state import Phase
from picker.flow.turn import Step, Turn
from picker.flow.wants import wanted
from picker.flow.work import LineWork


def on_toggle(turn: Turn) -> Step:
    """Switch the mode on or off."""
    if not turn.state.take_out and not any(turn.work.loose(line.line) for line in turn.work.lines):
        return turn.say("takeout.nothing")
    turn.set(take_out=not turn.state.take_out)
    return turn.say("takeout.on" if turn.state.take_out else "takeout.off")


def on_scan(turn: Turn) -> Step:
    """Take the scanned unit out: from its parcel to the tote, or from the order to the shelf."""
    unit = _by_serial(turn)
    item = _item(turn, unit) if unit else scanned_item(turn)
    if isinstance(item, Step):
        return item
    lines = [line for line in ([unit] if unit else lines_of(turn, item)) if line.picked]
    if not lines:
        return turn.say("takeout.none", what=turn.what())
    if turn.state.phase is Phase.TAKE_BACK:
        lines = [line for line in lines if line.surplus]
        if not lines:
            return turn.say("takeback.wrong", name=item.name, wanted=wanted(turn.state))
    for line in lines:
        place = source(turn.state, line, item.quantity)
        if place is not None:
            return _take_out(turn, item, line, place)
    loose = sum(turn.work.loose(line.line) for line in lines)
    return turn.say("takeout.single" if loose else "takeout.sealed", name=item.name)


def _by_serial(turn: Turn) -> LineWork | None:
    """The line of a unit by its serial number, unless that is also a product's code."""
    text = turn.scan.text if turn.scan else ""
    found = [line for line, serial in turn.work.serials if serial == text]
    if len(found) != 1 or turn.matches(CodeKind.PRODUCT):
        return None
    return turn.work.line(found[0])


def _item(turn: Turn, line: LineWork) -> Item:
    return Item(line.sku, line.name, 1, turn.work.order.products.get(line.sku))


def _take_out(turn: Turn, item: Item, line: LineWork, place: int) -> Step:
    to_shelf = place == TOTE or leaves_the_order(turn.state)
    serial = _serial(turn, line) if to_shelf and item.product and item.product.serial_wanted else ""
    if serial is None:
        return turn.say("takeout.serial", name=line.name)
    home = _came_from(turn, line) if to_shelf else ""
    out = UnitsTakenOut(line.line, line.sku, item.quantity, place, to_shelf, home, turn.code, serial)
    turn.emit(out)
    turn.set(plan=None, planned=(), last_line=0)
    if not to_shelf:
        left = turn.work.parcel(place).count(line.line)
        return turn.say("takeout.done", name=line.name, left=left, parcel=place)
    if home:
        return turn.say("takeout.shelf", name=line.name, location=home)
    return turn.say("takeout.homeless", name=line.name)


def _serial(turn: Turn, line: LineWork) -> str | None:
    """Return the serial number of the unit that leaves; None when several could be meant."""
    known = {serial for number, serial in turn.work.serials if number == line.line}
    given = {turn.scan.serial, turn.scan.text} & known if turn.scan else set()
    candidates = given or known
    return next(iter(candidates), "") if len(candidates) < 2 else None


def _came_from(turn: Turn, line: LineWork) -> str:
    picks = [
        entry.event.location
        for entry in turn.work.history
        if isinstance(entry.event, UnitsPicked) and entry.event.line == line.line and entry.event.location
    ]
    if picks:
        return picks[-1]
    product = turn.work.order.products.get(line.sku)
    return product.location if product else ""
