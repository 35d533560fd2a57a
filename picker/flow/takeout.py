"""Scanning units back out: a mode of its own, and the duty after a change of the order."""

from dataclasses import replace

from picker.flow import units
from picker.flow.events import UnitsPicked, UnitsTakenOut
from picker.flow.fitting import TOTE, leaves_the_order, lying, places, source
from picker.flow.items import Item, lines_of, scanned_item
from picker.flow.prompts import wanted
from picker.flow.stacks import meant, shares, told_apart
from picker.flow.state import Dialog, Phase
from picker.flow.trace import NOTHING, Trace
from picker.flow.turn import Step, Turn
from picker.flow.work import LineWork


def on_toggle(turn: Turn) -> Step:
    """Switch the mode on or off."""
    if not turn.state.take_out and not any(turn.work.loose(line.line) for line in turn.work.lines):
        return turn.say("takeout.nothing")
    turn.state = replace(turn.state, take_out=not turn.state.take_out)
    return turn.say("takeout.on" if turn.state.take_out else "takeout.off")


def on_scan(turn: Turn) -> Step:
    """Take the scanned unit out: from its parcel to the tote, or from the order to the shelf."""
    item = units.by_serial(turn) or scanned_item(turn)
    if isinstance(item, Step):
        return item
    lines = [line for line in lines_of(turn, item) if line.picked]
    if not lines:
        return turn.refuse("takeout.none", what=turn.what())
    if turn.state.phase is Phase.TAKE_BACK:
        lines = [line for line in lines if line.surplus]
        if not lines:
            return turn.refuse("takeback.wrong", name=item.name, wanted=wanted(turn.state))
    given = units.given(turn, item)
    for line in lines:
        place = source(turn.state, line, item.quantity, given)
        if place is not None:
            return _take(turn, item, line, place, given)
    return _not_here(turn, item, lines, given)


def _not_here(turn: Turn, item: Item, lines: list[LineWork], given: Trace) -> Step:
    """No one place holds so many such units that could be taken out."""
    if any(lying(turn.state, line, place, given) for line in lines for place in places(turn.state, line)):
        return turn.refuse("takeout.single", name=item.name)
    if any(trace.agrees(given) for line in lines for trace, _ in line.traced) or given == NOTHING:
        return turn.refuse("takeout.sealed", name=item.name)
    return turn.refuse("takeout.other", name=item.name, unit=units.words(given))


def _take(turn: Turn, item: Item, line: LineWork, place: int, given: Trace) -> Step:
    """Take units out, once it is known which."""
    fitting = meant(lying(turn.state, line, place, given), item.quantity, item.product)
    traces = {stack.trace for stack in fitting}
    if item.quantity < sum(stack.units for stack in fitting) and told_apart(traces, item.product):
        if item.product and item.product.serial_wanted:
            units.ask_serial(turn, item.sku)
            return turn.refuse("takeout.serial", name=line.name)
        return units.choose(turn, item, line.line, traces)
    return _take_out(
        turn, line, place, item.quantity, turn.code, fitting[0].trace if len(traces) == 1 else given
    )


def on_which(turn: Turn, dialog: Dialog, answer: str) -> Step:
    """Take out units of the lot or date that was chosen."""
    line, chosen = turn.work.line(dialog.line), units.trace_of(answer)
    turn.state = replace(turn.state, dialog=None)
    place = source(turn.state, line, dialog.units, chosen)
    if place is None:
        return turn.refuse("takeout.single", name=line.name)
    return _take_out(turn, line, place, dialog.units, dialog.subject, chosen)


def _take_out(turn: Turn, line: LineWork, place: int, quantity: int, code: str, said: Trace) -> Step:
    to_shelf = place == TOTE or leaves_the_order(turn.state)
    taken = shares(lying(turn.state, line, place, said), quantity, lambda number: quantity, said)
    home = _came_from(turn, line, taken[0].trace) if to_shelf else ""
    for stack in taken:
        of = stack.trace
        turn.emit(
            UnitsTakenOut(
                *(line.line, line.sku, stack.units, place, to_shelf, home, code),
                *(of.serial, of.lot, of.expiry),
            )
        )
    turn.state = turn.state.unplanned()
    if not to_shelf:
        left = turn.work.parcel(place).count(line.line)
        return turn.say("takeout.done", name=line.name, left=left, parcel=place)
    if home:
        return turn.say("takeout.shelf", name=line.name, location=home)
    return turn.say("takeout.homeless", name=line.name)


def _came_from(turn: Turn, line: LineWork, trace: Trace) -> str:
    """Where a unit like this was picked last."""
    picks = [
        entry.event
        for entry in turn.work.history
        if isinstance(entry.event, UnitsPicked) and entry.event.line == line.line and entry.event.location
    ]
    alike = [pick for pick in picks if Trace(pick.lot, pick.serial, pick.expiry).agrees(trace)]
    if picks:
        return (alike or picks)[-1].location
    product = turn.work.order.products.get(line.sku)
    return product.location if product else ""
