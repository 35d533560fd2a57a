"""Measuring mode: a product's sides and weight are entered, or typed by a device, beside those on record."""

from dataclasses import replace

from data.types import CodeKind, Product
from picker.flow.events import Figures, FiguresRestored, ProductMeasured, Undone
from picker.flow.figures import (
    LONGEST_MM,
    figures_of,
    on_record,
    read_sides,
    sides_differ,
    unlikely,
    weight_differs,
    with_figures,
)
from picker.flow.items import scanned_item
from picker.flow.prompts import wanted
from picker.flow.seal import NOT_YET
from picker.flow.state import Measuring, Pending, Question
from picker.flow.turn import Step, Turn
from picker.flow.weights import HEAVIEST_G, NoWeight, read_weight
from picker.locale.messages import Message, Sides, say

_MOST_OPTIONS = 9


def on_start(turn: Turn) -> Step:
    """Measure what has no plan for want of figures; of several the packer chooses one, or scans another."""
    candidates = _candidates(turn)
    turn.state = turn.state.calm()
    if len(candidates) == 1:
        return _begin(turn, candidates[0])
    turn.state = replace(
        turn.state, measuring=Measuring(options=tuple((p.sku, p.name) for p in candidates[:_MOST_OPTIONS]))
    )
    return turn.say("measure.which" if candidates else "measure.scan")


def _candidates(turn: Turn) -> list[Product]:
    """Products of the parcel in front that lack figures; if none does, all of its products."""
    parcel = turn.work.next_parcel if turn.state.work else None
    if parcel is None:
        return []
    skus = dict.fromkeys(turn.work.line(line).sku for line, _ in parcel.units)
    products = [turn.work.order.products[sku] for sku in skus if sku in turn.work.order.products]
    return [product for product in products if not all(figures_of(product))] or products


def _begin(turn: Turn, product: Product) -> Step:
    before = figures_of(product)
    turn.state = replace(turn.state, measuring=Measuring(product.sku, product.name, before))
    return turn.say("measure.begin", name=product.name, before=on_record(before))


def _open(turn: Turn) -> Measuring:
    if turn.state.measuring is None:
        raise AssertionError("nothing is being measured")
    return turn.state.measuring


def on_choice(turn: Turn) -> Step:
    """Take the product with this number."""
    number = turn.command.argument if turn.command else 0
    return _choose(turn, number)


def _choose(turn: Turn, number: int) -> Step:
    options = _open(turn).options
    if not options:
        return turn.refuse("command.not_now", command=turn.asked_for(), wanted=wanted(turn.state))
    if not 1 <= number <= len(options):
        return turn.refuse("dialog.bad_choice", code=turn.code, count=len(options))
    return _begin(turn, turn.work.order.products[options[number - 1][0]])


def on_scan(turn: Turn) -> Step:
    """Take the product, then its sides, then its weight."""
    measuring = _open(turn)
    text = turn.scan.text if turn.scan else ""
    if not measuring.sku:
        if measuring.options and len(text) == 1 and text in "123456789":
            return _choose(turn, int(text))
        return _on_product(turn)
    if len(measuring.sides) == 3:
        grams = read_weight(text)
        if not isinstance(grams, NoWeight):
            return _weighed(turn, grams)
        if grams in NOT_YET and not turn.facts.matches:
            return turn.refuse(NOT_YET[grams], text=turn.code)
        return _refused(turn, "measure.bad_weight", HEAVIEST_G)
    sides = read_sides(text)
    if sides is not None:
        return _on_sides(turn, measuring, sides)
    if turn.matches(CodeKind.PRODUCT) and not measuring.sides:
        return _on_product(turn)
    return _refused(turn, "measure.bad_sides", LONGEST_MM)


def _on_product(turn: Turn) -> Step:
    item = scanned_item(turn)
    if isinstance(item, Step):
        return item
    if item.product is None:
        raise AssertionError(f"{item.sku} was matched and is not in the catalogue")
    return _begin(turn, item.product)


def _refused(turn: Turn, key: str, most: int) -> Step:
    if turn.facts.matches:
        return turn.refuse("scan.not_now", what=turn.what(), wanted=wanted(turn.state))
    return turn.refuse(key, text=turn.code, most=most)


def _on_sides(turn: Turn, measuring: Measuring, given: tuple[int, ...]) -> Step:
    sides = given if len(given) == 3 else (*measuring.sides, *given)
    if not all(1 <= side <= LONGEST_MM for side in sides):
        return _refused(turn, "measure.bad_sides", LONGEST_MM)
    if len(sides) < 3:
        turn.state = replace(turn.state, measuring=replace(measuring, sides=sides), pending=turn.asked)
        return turn.say("measure.side", sides=Sides(sides))
    question = Pending(Question.SIDES, str(Sides(sides)))
    if sides_differ(measuring.before, sides) and turn.asked != question:
        turn.state = replace(turn.state, measuring=replace(measuring, sides=()), pending=question)
        return turn.say("measure.sides_differ", sides=Sides(sides), before=on_record(measuring.before))
    turn.state = replace(turn.state, measuring=replace(measuring, sides=sides))
    return turn.say("measure.sides", sides=Sides(sides))


def _weighed(turn: Turn, grams: int) -> Step:
    measuring = _open(turn)
    length, width, height = measuring.sides
    after = (length, width, height, grams)
    question = Pending(Question.GRAMS, str(grams))
    if turn.asked != question and (unlikely(after) or weight_differs(measuring.before, grams)):
        turn.state = replace(turn.state, pending=question)
        key = "measure.unlikely" if unlikely(after) else "measure.weight_differs"
        return turn.say(key, weight=grams, sides=Sides(measuring.sides), before=on_record(measuring.before))
    return _done(turn, measuring, after)


def on_ok(turn: Turn) -> Step:
    """Keep what is on record: the sides, or with new sides the weight."""
    measuring = _open(turn)
    sides, weight = measuring.before[:3], measuring.before[3]
    if measuring.sku and not measuring.sides and all(sides):
        turn.state = replace(turn.state, measuring=replace(measuring, sides=sides))
        return turn.say("measure.sides", sides=Sides(sides))
    if len(measuring.sides) == 3 and weight:
        return _weighed(turn, weight)
    return turn.refuse("command.not_now", command=turn.asked_for(), wanted=wanted(turn.state))


def _done(turn: Turn, measuring: Measuring, after: Figures) -> Step:
    product = turn.facts.products.get(measuring.sku)
    turn.state = turn.state.calm()
    if product is None:
        return turn.refuse("measure.gone", sku=measuring.sku)
    event = ProductMeasured(product.sku, figures_of(product), after)
    if turn.state.work is None:
        turn.emit_station(event)
        turn.state = replace(turn.state, measuring=Measuring())
    else:
        turn.emit(event)
        _correct(turn, product, after)
    return turn.say("measure.done", name=product.name, after=on_record(after))


def _correct(turn: Turn, product: Product, figures: Figures) -> None:
    """The order in hand goes by the new figures from now on; its plan is made again."""
    order = turn.work.order
    products = {**order.products, product.sku: with_figures(product, figures)}
    turn.state = replace(
        turn.state, work=replace(turn.work, order=replace(order, products=products)), plan=None, planned=()
    )


def on_back(turn: Turn) -> Step:
    """Drop the sides given so far; without any, leave the mode."""
    measuring = _open(turn)
    if measuring.sides:
        turn.state = replace(turn.state, measuring=replace(measuring, sides=()))
        return turn.say("measure.again", name=measuring.name)
    turn.state = turn.state.calm()
    return turn.say("measure.left")


def on_undo(turn: Turn) -> Step:
    """Drop what was given so far; without an order in hand, then the last measurement of this sign-in."""
    last = turn.facts.measured
    if _open(turn).sku or turn.state.work is not None:
        return on_back(turn)
    if last is None or not isinstance(last.event, ProductMeasured):
        return turn.say("undo.none")
    turn.emit_station(Undone((last.id,)))
    what = restore(turn, last.event)
    return turn.say("undo.done", what=what)


def restore(turn: Turn, undone: ProductMeasured) -> Message:
    """Give a product its earlier figures again, unless they were changed since; return what was undone."""
    product = turn.facts.products.get(undone.sku)
    if product is None or figures_of(product) != undone.after:
        return say("undone.measured_since", sku=undone.sku)
    event = FiguresRestored(undone.sku, undone.after, undone.before)
    if turn.state.work is None:
        turn.emit_station(event)
    else:
        turn.emit(event)
        _correct(turn, product, undone.before)
    return say("undone.ProductMeasured", name=product.name, before=on_record(undone.before))
