"""What holds of every plan, whatever the goods and packagings."""

from collections import Counter
from dataclasses import replace
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from data.types import Fragility, PackagingKind, Rotation, Tariff
from picker.packing import Fault, check, fits, how_much_fits, plan
from picker.packing.bounds import Bounds
from picker.packing.geometry import kind_of, rooms
from picker.packing.pile import Pile
from picker.packing.steps import level_of, share_space
from picker.packing.types import (
    Container,
    Cushioning,
    Item,
    Objective,
    PackingPlan,
    PackingPolicy,
    ParcelPlan,
    VoidFill,
)

POLICY = PackingPolicy(effort=8, cushioning=Cushioning("wrap", (0, 2, 6, 10), (0, 3, 4, 8)))

SIDES = st.integers(5, 120)


@st.composite
def goods(draw: st.DrawFn) -> list[Item]:
    count = draw(st.integers(1, 4))
    return [
        Item(
            line=line,
            sku=f"SKU{line}",
            name=f"Thing {line}",
            quantity=draw(st.integers(1, 3)),
            dims_mm=(draw(SIDES), draw(SIDES), draw(SIDES)),
            weight_g=draw(st.integers(1, 3_000)),
            rotation=draw(st.sampled_from(Rotation)),
            fragility=draw(st.sampled_from(Fragility)),
            max_top_g=draw(st.none() | st.integers(0, 2_000)),
            mailer_ok=draw(st.booleans()),
        )
        for line in range(count)
    ]


@st.composite
def packaging(draw: st.DrawFn, code: str = "X") -> Container:
    x, y, z = (draw(st.integers(30, 260)) for _ in range(3))
    return Container(
        code=code,
        name=code,
        kind=draw(st.sampled_from([PackagingKind.CARTON, PackagingKind.CARTON, PackagingKind.PADDED_MAILER])),
        inner_mm=(x, y, z),
        outer_mm=(x + 8, y + 8, z + 12),
        tare_g=draw(st.integers(5, 200)),
        max_gross_g=draw(st.integers(1_000, 9_000)),
        price_cents=draw(st.integers(1, 300)),
        stock=draw(st.none() | st.none() | st.integers(0, 3)),
    )


@st.composite
def shelves(draw: st.DrawFn) -> list[Container]:
    return [draw(packaging(f"B{n}")) for n in range(draw(st.integers(1, 4)))]


@given(goods(), shelves())
def test_every_unit_is_placed_once_or_something_is_missing(items: list[Item], boxes: list[Container]) -> None:
    found = plan(items, boxes, POLICY)
    assert bool(found.parcels) != bool(found.missing)
    if found.missing:
        assert {missing.sku for missing in found.missing} <= {item.sku for item in items}
        return
    assert check(found, items, POLICY) == []
    placed = Counter(p.line for parcel in found.parcels for p in parcel.placements)
    assert placed == {item.line: item.quantity for item in items}
    told = Counter[int]()
    for parcel in found.parcels:
        for step in parcel.steps:
            told[step.line] += step.quantity
    assert told == placed


@given(goods(), shelves())
def test_weight_is_conserved(items: list[Item], boxes: list[Container]) -> None:
    found = plan(items, boxes, POLICY)
    if found.parcels:
        goods_g = sum(item.quantity * (item.weight_g or 0) for item in items)
        tare_g = sum(parcel.packaging.tare_g for parcel in found.parcels)
        assert sum(parcel.gross_g for parcel in found.parcels) == goods_g + tare_g


@given(goods(), shelves())
def test_the_same_input_gives_the_same_plan(items: list[Item], boxes: list[Container]) -> None:
    assert plan(items, boxes, POLICY) == plan(list(items), list(boxes), POLICY)


@given(goods(), shelves(), packaging("new"))
def test_one_more_packaging_never_makes_one_parcel_dearer(
    items: list[Item], boxes: list[Container], new: Container
) -> None:
    before = plan(items, boxes, POLICY)
    if len(before.parcels) == 1:
        assert plan(items, [*boxes, new], POLICY).cost_cents <= before.cost_cents


@given(goods(), packaging())
def test_what_fits_one_packaging_is_planned(items: list[Item], box: Container) -> None:
    parcel = fits(items, replace(box, stock=None), POLICY)
    if parcel is not None:
        assert check(parcel, items, POLICY) == []
        assert plan(items, [replace(box, stock=1)], POLICY).cost_cents == parcel.cost_cents


@given(goods(), packaging())
def test_a_part_that_fits_is_sound_too(items: list[Item], box: Container) -> None:
    parcel = how_much_fits(items, box, POLICY)
    if parcel is not None:
        held = Counter(p.line for p in parcel.placements)
        assert all(held[item.line] <= item.quantity for item in items)
        assert check(parcel, [replace(item, quantity=held[item.line]) for item in items], POLICY) == []


@given(goods(), packaging())
def test_what_is_proven_impossible_never_fits(items: list[Item], box: Container) -> None:
    if box.kind is not PackagingKind.CARTON or fits(items, box, POLICY) is None:
        return
    kinds = [kind_of(number, item, POLICY) for number, item in enumerate(items)]
    load = tuple(item.quantity for item in items)
    (room,) = rooms(box, kinds, load)
    assert not Bounds(kinds).impossible(room, load)


@st.composite
def cut_boxes(draw: st.DrawFn) -> tuple[tuple[int, int, int], list[tuple[int, int, int]]]:
    """A box sawn into pieces: it surely holds them."""
    whole = (draw(st.integers(20, 99)), draw(st.integers(20, 99)), draw(st.integers(20, 99)))
    pieces = [whole]
    for _ in range(draw(st.integers(1, 6))):
        piece = list(pieces.pop(draw(st.integers(0, len(pieces) - 1))))
        axis = draw(st.integers(0, 2))
        if piece[axis] < 2:
            pieces.append((piece[0], piece[1], piece[2]))
            continue
        at = draw(st.integers(1, piece[axis] - 1))
        for side in (at, piece[axis] - at):
            piece[axis] = side
            pieces.append((piece[0], piece[1], piece[2]))
    return whole, pieces


@given(cut_boxes())
def test_a_full_box_is_never_called_impossible(
    sawn: tuple[tuple[int, int, int], list[tuple[int, int, int]]],
) -> None:
    whole, pieces = sawn
    items = [Item(n, f"S{n}", f"S{n}", 1, size, 1) for n, size in enumerate(pieces)]
    kinds = [kind_of(number, item, POLICY) for number, item in enumerate(items)]
    assert not Bounds(kinds).impossible(whole, (1,) * len(items))


def _parcel(items: list[Item], boxes: list[Container]) -> ParcelPlan | None:
    found = plan(items, boxes, POLICY)
    return found.parcels[0] if len(found.parcels) == 1 else None


@settings(max_examples=50)
@given(goods(), shelves(), st.data())
def test_every_damage_is_caught(items: list[Item], boxes: list[Container], data: st.DataObject) -> None:
    parcel = _parcel(items, boxes)
    if parcel is None:
        return
    at = data.draw(st.integers(0, len(parcel.placements) - 1))
    hit = parcel.placements[at]
    others = parcel.placements[:at] + parcel.placements[at + 1 :]
    length = parcel.packaging.inner_mm[0]
    damages = {
        Fault.LOST: others,
        Fault.DOUBLED: (*parcel.placements, hit),
        Fault.OVERLAP: (*parcel.placements, replace(hit)),
        Fault.OUTSIDE: (*others, replace(hit, x=length)),
        Fault.WRONG_SIZE: (*others, replace(hit, dz=hit.dz + 1)),
        Fault.FLOATING: (*others, replace(hit, z=hit.z + 1_000)),
        Fault.UNKNOWN: (*others, replace(hit, line=99)),
    }
    for fault, placements in damages.items():
        broken = PackingPlan((replace(parcel, placements=placements),))
        assert fault in {violation.fault for violation in check(broken, items, POLICY)}


@st.composite
def odd_goods(draw: st.DrawFn) -> list[Item]:
    """Goods with every rule that a product can bring along."""
    return [
        replace(
            item,
            own_box=draw(st.booleans()),
            ships_alone=draw(st.sampled_from([False, False, True])),
            liquid=draw(st.booleans()),
            group=draw(st.sampled_from(["", "food", "chemical", "paper"])),
            hazmat=draw(st.sampled_from(["", "", "3", "8"])),
            batteries=draw(st.sampled_from([0, 0, 1, 2])),
            battery_wh=draw(st.integers(0, 120)),
            battery_g=draw(st.none() | st.integers(0, 500)),
            nests_mm=draw(st.none() | st.integers(0, 40)),
        )
        for item in draw(goods())
    ]


@st.composite
def odd_packaging(draw: st.DrawFn, code: str = "X") -> Container:
    return replace(
        draw(packaging(code)),
        kind=draw(st.sampled_from(PackagingKind)),
        ect=draw(st.none() | st.sampled_from([20, 23, 32, 44, 48])),
        walls=draw(st.integers(1, 2)),
        services=draw(st.none() | st.just(frozenset({"fast"})) | st.just(frozenset({"slow", "fast"}))),
    )


@st.composite
def policies(draw: st.DrawFn) -> PackingPolicy:
    fast = Tariff("fast", base_cents=500, step_g=draw(st.integers(100, 1_000)), max_weight_g=6_000)
    rates = tuple((1_000 * n, 200 + draw(st.integers(0, 50)) + 60 * n) for n in range(1, 6))
    slow = Tariff(
        "slow",
        rates=rates,
        side_step_tenths=draw(st.sampled_from([10, 254])),
        dim_divisor=draw(st.sampled_from([4_000, 5_000, 6_000])),
        max_sides_mm=draw(st.none() | st.just((250, 220, 150))),
        max_girth_mm=draw(st.none() | st.integers(400, 1_200)),
    )
    pairs = [("food", "chemical"), ("liquid", "paper"), ("hazmat", "battery"), ("food", "food")]
    return replace(
        POLICY,
        tariffs=draw(st.sampled_from([(fast,), (slow,), (fast, slow)])),
        min_support_percent=draw(st.sampled_from([0, 60, 100])),
        void_fills=draw(st.sampled_from([(VoidFill(),), (VoidFill("air", 30), VoidFill("paper", 90))])),
        handling_cents=draw(st.integers(0, 90)),
        apart=frozenset(draw(st.lists(st.sampled_from(pairs)))),
        hazmat_classes=draw(st.none() | st.just(frozenset({"3"}))),
        max_batteries=draw(st.none() | st.integers(1, 4)),
        max_battery_wh=draw(st.none() | st.just(100)),
        max_battery_net_g=draw(st.none() | st.integers(200, 5_000)),
        objective=draw(st.sampled_from(Objective)),
        stable=draw(st.booleans()),
    )


@st.composite
def odd_shelves(draw: st.DrawFn) -> list[Container]:
    return [draw(odd_packaging(f"B{n}")) for n in range(draw(st.integers(1, 4)))]


@given(odd_goods(), odd_shelves(), policies())
def test_every_rule_is_kept_and_nothing_is_lost(
    items: list[Item], boxes: list[Container], policy: PackingPolicy
) -> None:
    found = plan(items, boxes, policy)
    assert bool(found.parcels) != bool(found.missing)
    assert found == plan(items, boxes, policy)
    if found.parcels:
        assert check(found, items, policy) == []
        assert found.bound_cents <= found.cost_cents
        told = Counter[int]()
        for parcel in found.parcels:
            for step in parcel.steps:
                told[step.line] += step.quantity
        assert told == {item.line: item.quantity for item in items}


@given(odd_goods(), odd_shelves(), policies(), odd_packaging("new"))
def test_under_any_policy_one_more_packaging_never_makes_one_parcel_dearer(
    items: list[Item], boxes: list[Container], policy: PackingPolicy, new: Container
) -> None:
    policy = replace(policy, objective=Objective.COST)
    before = plan(items, boxes, policy)
    if len(before.parcels) == 1:
        assert plan(items, [*boxes, new], policy).cost_cents <= before.cost_cents


@given(odd_goods(), odd_shelves(), policies(), st.randoms(use_true_random=False))
def test_the_order_of_packagings_does_not_change_the_cost_of_one_parcel(
    items: list[Item], boxes: list[Container], policy: PackingPolicy, chance: Random
) -> None:
    shuffled = boxes.copy()
    chance.shuffle(shuffled)
    one, other = plan(items, boxes, policy), plan(items, shuffled, policy)
    assert bool(one.missing) == bool(other.missing)
    if 1 in (len(one.parcels), len(other.parcels)) and policy.objective is Objective.COST:
        assert one.cost_cents == other.cost_cents


@given(odd_goods(), odd_packaging(), policies())
def test_whatever_is_taken_in_hand_is_sound(items: list[Item], box: Container, policy: PackingPolicy) -> None:
    whole = fits(items, box, policy)
    assert whole is None or check(whole, items, policy) == []
    part = how_much_fits(items, box, policy)
    if part is not None:
        held = Counter(p.line for p in part.placements)
        assert check(part, [replace(item, quantity=held[item.line]) for item in items], policy) == []


@given(odd_goods(), odd_shelves(), policies())
def test_steps_never_go_under_what_lies_already(
    items: list[Item], boxes: list[Container], policy: PackingPolicy
) -> None:
    for parcel in plan(items, boxes, policy).parcels:
        levels = level_of(parcel.placements)
        for p, low in zip(parcel.placements, levels, strict=True):
            for q, high in zip(parcel.placements, levels, strict=True):
                above = q.z >= p.z + p.dz and q.x < p.x + p.dx and p.x < q.x + q.dx
                if above and q.y < p.y + p.dy and p.y < q.y + q.dy and not share_space(p, q):
                    assert high > low or p.line == q.line
        assert [step.layer for step in parcel.steps] == sorted(step.layer for step in parcel.steps)


@given(odd_goods(), odd_shelves(), policies())
def test_to_prefer_what_does_not_tip_costs_nothing(
    items: list[Item], boxes: list[Container], policy: PackingPolicy
) -> None:
    calm, any_way = (plan(items, boxes, replace(policy, stable=stable)) for stable in (True, False))
    assert calm.missing == any_way.missing
    assert calm.cost_cents == any_way.cost_cents
    assert [parcel.packaging for parcel in calm.parcels] == [parcel.packaging for parcel in any_way.parcels]


@given(goods(), packaging(), st.data())
def test_what_a_pile_bears_does_not_depend_on_the_order_of_laying(
    items: list[Item], box: Container, data: st.DataObject
) -> None:
    """Units laid in another order, some under what lies there already, bear as much more."""
    kinds = [kind_of(number, item, POLICY) for number, item in enumerate(items)]
    parcel = how_much_fits(items, box, POLICY)
    if parcel is None:
        return
    lines = {item.line: kind for item, kind in zip(items, kinds, strict=True)}
    low = parcel.lining_mm
    spots = []
    for p in parcel.placements:
        kind = lines[p.line]
        pad = kind.padding
        at = (p.x - pad - low, p.y - pad - low, p.z - pad - low)
        spots.append((kind.number, *at, p.dx + 2 * pad, p.dy + 2 * pad, p.dz + 2 * pad))
    upwards, anyhow = Pile(kinds, 0, heeded=True), Pile(kinds, 0, heeded=True)
    for spot in sorted(spots, key=lambda spot: spot[3]):
        assert upwards.holds(spot)
        upwards.add(spot)
    for spot in data.draw(st.permutations(spots)):
        anyhow.add(spot)
    for number, x, y, z, dx, dy, dz in spots:
        more = (number, x, y, z + dz, dx, dy, dz)
        assert anyhow.holds(more) is upwards.holds(more)
