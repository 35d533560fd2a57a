"""The order of filling and the sketch, as a person reads them."""

import pytest

from data.types import Fragility, PackagingKind, Rotation
from picker.packing import fits, sketch, sketches
from picker.packing.steps import fill_steps, level_of, orientation
from picker.packing.types import Placement

from .goods import POLICY, SMALL, carton, item


def test_equal_units_side_by_side_are_one_step() -> None:
    book = item(dims=(100, 140, 30), quantity=2, name="BOOK")
    parcel = fits([book], carton("box", (200, 140, 100)), POLICY)
    assert parcel is not None
    (step,) = parcel.steps
    assert (step.quantity, step.name, step.orientation, step.place) == (2, "BOOK", "flat", "bottom")


def test_bottom_first_then_what_stands_on_it() -> None:
    items = [
        item(0, (100, 100, 50), rotation=Rotation.FIXED, weight_g=100, max_top_g=0),
        item(1, (100, 100, 50), rotation=Rotation.FIXED, weight_g=900),
    ]
    parcel = fits(items, carton("stack", (100, 100, 100)), POLICY)
    assert parcel is not None
    assert [(step.line, step.place) for step in parcel.steps] == [(1, "bottom"), (0, "layer 2")]


def test_heavy_before_light_and_fragile_last_on_one_level() -> None:
    items = [item(0, weight_g=100), item(1, weight_g=900), item(2, weight_g=950, fragility=Fragility.CAREFUL)]
    placements = [Placement(line, line * 100, 0, 0, 100, 80, 40) for line in range(3)]
    steps = fill_steps(placements, items, POLICY)
    assert [step.line for step in steps] == [1, 0, 2]
    assert [step.place for step in steps] == ["bottom middle", "bottom left", "bottom right"]
    assert (steps[2].padding_mm, steps[2].material) == (5, "bubble wrap")
    assert (steps[0].padding_mm, steps[0].material) == (0, "")


def test_the_parcel_is_arranged_with_its_weight_low() -> None:
    items = [item(0, (150, 150, 40), weight_g=100), item(1, (150, 150, 40), weight_g=2_000)]
    parcel = fits(items, carton("box", (160, 160, 160)), POLICY)
    assert parcel is not None
    assert [(step.line, step.orientation) for step in parcel.steps] == [(1, "flat"), (0, "flat")]


def test_every_corner_has_its_words() -> None:
    corners = [(0, 0), (100, 0), (0, 100), (100, 100)]
    items = [item(line, (100, 100, 20)) for line in range(4)]
    placements = [Placement(line, x, y, 0, 100, 100, 20) for line, (x, y) in enumerate(corners)]
    places = {step.line: step.place for step in fill_steps(placements, items, POLICY)}
    assert places == {
        0: "bottom left front",
        1: "bottom right front",
        2: "bottom left back",
        3: "bottom right back",
    }


def test_what_hangs_over_comes_after_what_is_under_it() -> None:
    foot = Placement(0, 0, 0, 0, 100, 100, 50)
    roof = Placement(1, 0, 0, 50, 150, 100, 50)
    under = Placement(2, 100, 0, 0, 50, 100, 40)
    assert level_of([roof, under, foot]) == [2, 1, 1]


@pytest.mark.parametrize(
    ("size", "word"),
    [((9, 5, 2), "flat"), ((9, 2, 5), "on edge"), ((2, 5, 9), "upright"), ((5, 5, 5), "flat")],
)
def test_orientation_in_words(size: tuple[int, int, int], word: str) -> None:
    assert orientation(Placement(0, 0, 0, 0, *size)) == word


def test_the_sketch_shows_each_level_from_above() -> None:
    items = [
        item(0, (100, 140, 50), rotation=Rotation.FIXED, quantity=2),
        item(1, (100, 140, 50), rotation=Rotation.FIXED, max_top_g=0, weight_g=100),
    ]
    parcel = fits(items, carton("box", (200, 140, 100)), POLICY)
    assert parcel is not None
    drawn = sketch(parcel, 12)
    assert drawn == [
        "bottom",
        "+----------+",
        "|AAAAAAAAAA|",
        "|AAAAAAAAAA|",
        "|AAAAAAAAAA|",
        "+----------+",
        "layer 2",
        "+----------+",
        "|BBBBB.....|",
        "|BBBBB.....|",
        "|BBBBB.....|",
        "+----------+",
    ]


def test_the_sketch_keeps_to_its_width() -> None:
    parcel = fits([item(quantity=3)], SMALL, POLICY)
    assert parcel is not None
    for width in (12, 33, 80):
        assert max(map(len, sketch(parcel, width))) == width
    with pytest.raises(ValueError, match="got 11"):
        sketch(parcel, 11)


def test_layers_are_named_and_paged_through() -> None:
    books = [item(n, (190, 140, 30), quantity=1) for n in range(3)]
    parcel = fits(books, SMALL, POLICY)
    assert parcel is not None
    layers = sketches(parcel, 24, 8)
    assert [(layer.name, layer.number, layer.of) for layer in layers] == [
        ("bottom", 1, 3),
        ("layer 2", 2, 3),
        ("layer 3", 3, 3),
    ]
    for layer in layers:
        assert len(layer.rows) <= 8
        assert {len(row) for row in layer.rows} == {max(map(len, layers[0].rows))} <= set(range(12, 25))
    with pytest.raises(ValueError, match="got 3"):
        sketches(parcel, 24, 3)


@pytest.mark.parametrize("height", range(6, 30))
def test_the_sketch_keeps_to_its_height_and_counts_what_it_leaves_out(height: int) -> None:
    parcel = fits([item(n, (190, 140, 30)) for n in range(3)], SMALL, POLICY)
    assert parcel is not None
    drawn = sketch(parcel, 24, height)
    assert len(drawn) <= height
    shown = [row for row in drawn if row in ("bottom", "layer 2", "layer 3")]
    left = 3 - len(shown)
    assert (drawn[-1] == f"+ {left}") is (left > 0)


def test_a_product_is_drawn_with_the_letter_of_its_step() -> None:
    goods = [item(0, (190, 140, 30), weight_g=100), item(1, (190, 140, 30), weight_g=900)]
    parcel = fits(goods, SMALL, POLICY)
    assert parcel is not None
    assert [(step.line, step.letter, step.layer) for step in parcel.steps] == [(1, "A", 1), (0, "B", 2)]
    assert [set("".join(layer.rows)) & {"A", "B"} for layer in sketches(parcel, 24)] == [{"A"}, {"B"}]


def test_a_tube_is_drawn_lying() -> None:
    tube = carton("T", (80, 80, 600), kind=PackagingKind.TUBE)
    parcel = fits([item(dims=(60, 60, 280), quantity=2)], tube, POLICY)
    assert parcel is not None
    (layer,) = sketches(parcel, 62)
    assert [len(row) for row in layer.rows] == [62] * 6


def test_a_long_pile_of_cups_is_one_step_on_the_bottom() -> None:
    cups = item(0, (90, 90, 110), quantity=9, nests_mm=20)
    parcel = fits([cups], carton("pile", (95, 95, 300)), POLICY)
    assert parcel is not None
    (step,) = parcel.steps
    assert (step.quantity, step.layer, step.nested, step.place) == (9, 1, True, "bottom")
