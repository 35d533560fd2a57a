"""The target: where to go, what to take, how many; readable from two metres."""

from collections.abc import Sequence
from dataclasses import dataclass

from data.types import CodeKind
from picker.flow import Phase, State, View
from picker.flow.events import OWN_BOX
from picker.tui.glyphs import LOW, TALL, large
from picker.tui.ink import BLANK, Ink, Line, ends, fit, width_of
from picker.tui.model import StationModel
from picker.tui.pane import Pane


@dataclass(frozen=True, slots=True)
class Target:
    """What is large now: a headline and a number, and beneath them the item and its SKU."""

    headline: str = ""
    number: str = ""
    item: str = ""
    detail: str = ""


def target(model: StationModel, state: State, view: View) -> Target:
    """Return what a packer must see from afar in this phase."""
    match view.phase:
        case Phase.SIGNED_OUT:
            return Target(model.station)
        case Phase.HOME:
            return _offer(model, state)
        case Phase.STOPPED:
            return Target(view.order)
        case Phase.PICK | Phase.CAPTURE:
            return Target(view.location or view.sku, f"×{view.count}", view.item, view.sku)
        case Phase.TAKE_BACK:
            return Target(view.sku, f"×{view.count}", view.item, view.sku)
        case Phase.CHECK:
            return Target(f"{view.done}/{view.total}", "", "", _parcel(model, view))
        case Phase.LABEL:
            return Target(f"{view.parcel}/{view.parcels}", "", "", _parcel(model, view))
        case Phase.MEASURE:
            return Target(view.sku, "", view.item)
        case _:
            return _packaging(model, state, view)


class TargetPane(Pane):
    """Block letters when there is room for them, plain words when there is not."""

    def __init__(self, model: StationModel) -> None:
        super().__init__("target")
        self._model = model

    def paint(self, width: int, height: int) -> Sequence[Line]:
        model = self._model
        if model.state is None or model.view is None:
            return []
        goal = target(model, model.state, model.view)
        inner = width - 2
        caption = ends(((goal.item, Ink.BOLD),), ((goal.detail, Ink.DIM),), inner)
        if width_of(caption) > inner:
            caption = ((fit(goal.item, inner), Ink.BOLD),)
        rows = [*self._headline(goal, inner, height - 1), caption]
        if height > len(rows):
            rows.insert(0, BLANK)
        return [((" ", Ink.PLAIN), *row) for row in rows]

    def _headline(self, goal: Target, width: int, height: int) -> list[Line]:
        size = TALL if height >= TALL else LOW
        number = large(goal.number, size, width // 3) if goal.number and height >= LOW else None
        number_width = len(number[0]) + 2 if number else len(goal.number) + 1
        headline = large(goal.headline, size, width - number_width) if height >= LOW else None
        if headline is None:
            plain: Line = ((fit(goal.headline, width - len(goal.number) - 1), Ink.BOLD),)
            line = ends(plain, ((goal.number, Ink.CHECK),), width)
            return [*([BLANK] * (1 if height >= LOW else 0)), line]
        rows = number if number and len(number) == len(headline) else ("",) * len(headline)
        return [
            ends(((left, Ink.BOLD),), ((right, Ink.CHECK),), width) if right else ((left, Ink.BOLD),)
            for left, right in zip(headline, rows, strict=True)
        ]


def _offer(model: StationModel, state: State) -> Target:
    offer = state.offer
    if offer is None:
        return Target("")
    size = model.words("ui.offer", lines=offer.lines, units=offer.units)
    return Target(offer.order, "", size, model.words("ui.waiting", count=offer.waiting))


def _packaging(model: StationModel, state: State, view: View) -> Target:
    """The packaging's code is large, because that is what to look for on the rack; its name is beneath."""
    parcel = state.work.next_parcel if state.work else None
    codes = next((accept.codes for accept in view.accepts if accept.kind == CodeKind.PACKAGING.value), ())
    code = _code(parcel.packaging if parcel else "", view) or (codes[0] if codes else "")
    weight = next(
        (accept.codes[0] for accept in view.accepts if accept.kind == "weight" and accept.codes), ""
    )
    expected = model.words("ui.expected", weight=weight) if weight else ""
    return Target(code, "", view.item or expected, expected if view.item else _parcel(model, view))


def _code(packaging: str, view: View) -> str:
    """For a product's own box its SKU; nothing while no packaging is taken or proposed."""
    if not packaging and view.filling:
        return view.filling.packaging.own_of or view.filling.packaging.code
    return packaging.removeprefix(OWN_BOX)


def _parcel(model: StationModel, view: View) -> str:
    if view.parcels > 1:
        return model.words("ui.parcel_of", number=view.parcel, count=view.parcels)
    return model.words("ui.parcel", number=view.parcel)
