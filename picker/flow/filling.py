"""What a packer must know of the parcel in front: the packaging, how to fill it, what to take care of."""

from collections.abc import Iterator

from data.types import PackagingKind
from picker.dangerous import DangerMark, battery_numbers, mark_of
from picker.flow.packaging import items_of, parcel_of, policy_of
from picker.flow.state import Phase, State
from picker.locale.messages import Message, Sides, say
from picker.locale.translations import english
from picker.packing.pricing import most_g
from picker.packing.steps import level_word
from picker.packing.strength import strength_g
from picker.packing.types import FillStep, Item, ParcelPlan
from picker.packing.types import Warning as Caution

PHASES = (Phase.PACKAGING, Phase.PHOTO, Phase.PIECES, Phase.WEIGH, Phase.SEAL)
_LEAST_VOID_ML = 300
"""Less than this needs no word."""


def filling(state: State) -> ParcelPlan | None:
    """Return the plan of the parcel in front of the packer: the proposal, then how to fill what was taken."""
    if state.phase not in PHASES or state.plan is None or not state.plan.parcels:
        return None
    return state.plan.parcels[0]


def steps(parcel: ParcelPlan) -> tuple[Message, ...]:
    """Return the order of filling in words, the bottom first."""
    if parcel.packaging.own_of:
        return ()
    return tuple(_step(step) for step in parcel.steps)


def _step(step: FillStep) -> Message:
    wrapped = say("also.nothing")
    if step.padding_mm:
        wrapped = say("also.wrapped", padding=step.padding_mm, material=_material(step.material))
    return say(
        "fill.nested" if step.nested else "fill.put",
        quantity=step.quantity,
        name=step.name,
        place=_place(step),
        orientation=say(f"way.{step.orientation.replace(' ', '_')}"),
        wrapped=wrapped,
        letter=step.letter,
    )


def _place(step: FillStep) -> Message:
    spot = step.place.removeprefix(level_word(step.layer)).strip().replace(" ", "_")
    return say("fill.level", level=level(step.layer), spot=say(f"spot.{spot}")) if spot else level(step.layer)


def level(number: int) -> Message:
    """Return what a level of the parcel is called, 1 at the bottom."""
    return say("level.bottom") if number == 1 else say("level.layer", number=number)


def cautions(state: State) -> tuple[Message, ...]:
    """Return what to take care of: goods of special handling, and what is doubtful of the parcel."""
    parcel = filling(state)
    if parcel is None:
        return ()
    held = {placement.line for placement in parcel.placements}
    items = [item for item in items_of(state.work, parcel_of(state.work)) if item.line in held]
    return (*_handling(items), *(_caution(state, parcel, caution) for caution in parcel.warnings))


def _handling(items: list[Item]) -> Iterator[Message]:
    limited = sorted(
        {item.hazmat or f"UN {item.un_number}" for item in items if mark_of(item) is DangerMark.LIMITED}
    )
    if limited:
        yield say("care.hazmat", classes=", ".join(limited))
    numbers = " + ".join(f"UN {number}" for number in battery_numbers(items))
    if numbers:
        yield say("care.lithium", wh=max(item.battery_wh for item in items), un=numbers)
    if any(item.liquid for item in items):
        yield say("care.liquid")


def _caution(state: State, parcel: ParcelPlan, caution: Caution) -> Message:
    policy, box = policy_of(state), parcel.packaging
    if caution is Caution.MUCH_EMPTY:
        better = parcel.better or box
        return say("care.much_empty", empty=parcel.empty_percent, packaging=better.name, code=better.code)
    if caution is Caution.NEARLY_OVERWEIGHT:
        return say("care.nearly_overweight", gross=parcel.gross_g, most=most_g(box, policy))
    if caution is Caution.NEAR_BOARD_LIMIT:
        most = strength_g(box.ect or 0, box.walls)
        return say("care.near_board_limit", gross=parcel.gross_g, most=most)
    return say("care.last_in_stock", packaging=box.name)


def facts(state: State) -> tuple[Message, ...]:
    """Return what else is known: the packaging and why this one, what fills it up, what it weighs."""
    parcel = filling(state)
    if parcel is None or state.plan is None:
        return ()
    return tuple(_facts(state, parcel, proven=state.plan.proven))


def _facts(state: State, parcel: ParcelPlan, *, proven: bool) -> Iterator[Message]:
    box = parcel.packaging
    if state.phase is Phase.PACKAGING and box.own_of:
        yield say("about.own_box", name=box.name)
    elif state.phase is Phase.PACKAGING:
        yield say("about.box", packaging=box.name, code=box.code, inner=Sides(box.inner_mm))
        yield say("about.proven" if proven else "about.cheapest")
    if parcel.lining_mm and not box.own_of:
        yield say(
            "about.lining", lining=parcel.lining_mm, material=_material(policy_of(state).cushioning.name)
        )
    if parcel.void_fill_ml >= _LEAST_VOID_ML:
        litres = max(1, (parcel.void_fill_ml + 500) // 1000)
        yield say("about.void", litres=litres, material=_material(parcel.void_fill))
    key = "about.billed" if parcel.billable_g > parcel.gross_g else "about.weight"
    yield say(key, gross=parcel.gross_g, billable=parcel.billable_g)
    if box.kind is not PackagingKind.OWN_BOX and Caution.MUCH_EMPTY not in parcel.warnings:
        yield _emptiness(parcel, policy_of(state).max_empty_percent)


def _emptiness(parcel: ParcelPlan, most: int) -> Message:
    """Return how empty it is; over `most` percent also which carton would suit, or that padding takes the room."""
    empty = parcel.empty_percent
    if parcel.better is not None:
        return say("about.empty_size", empty=empty, inner=Sides(parcel.better.inner_mm))
    if empty > most and parcel.cushion_percent:
        return say("about.empty_padding", empty=empty, padding=parcel.cushion_percent)
    return say("about.empty", empty=empty)


def _material(name: str) -> Message:
    """What goods are wrapped in: a common material in the reader's language, any other as the shop calls it."""
    key = f"material.{name.strip().lower().replace(' ', '_')}"
    return say(key) if key in english() else say("material.named", name=name)
