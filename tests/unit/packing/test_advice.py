"""Advice on packagings: what would have saved most, and what is never the best choice."""

from data.types import Tariff
from picker.packing.advice import Shipment, advise, like, steps
from picker.packing.types import PackingPolicy

from .goods import LARGE, MIDDLE, SMALL, carton, item

CHEAP = PackingPolicy(tariffs=(Tariff(dim_divisor=5000, step_cents=85),))


def test_a_carton_that_would_save_is_found() -> None:
    long_thing = item(dims=(380, 60, 50), weight_g=200)
    found = advise([Shipment((long_thing,), CHEAP)] * 5, (SMALL, MIDDLE, LARGE))
    best = found.savings[0]
    assert found.used == (("L", 5),)
    assert best.shipments == 5
    assert best.carton.inner_mm == (380, 60, 60)
    assert (
        best.saved_cents
        == found.cost_cents
        - advise([Shipment((long_thing,), CHEAP)] * 5, (SMALL, MIDDLE, LARGE, best.carton)).cost_cents
    )


def test_packagings_that_are_never_best_are_named() -> None:
    dear = carton("DEAR", (210, 160, 110), price_cents=900)
    found = advise([Shipment((item(),), CHEAP)], (SMALL, dear, LARGE))
    assert found.never_best == ("DEAR", "L")


def test_nothing_is_advised_where_what_there_is_fits_best() -> None:
    exact = item(dims=SMALL.inner_mm, weight_g=200)
    assert advise([Shipment((exact,), CHEAP)], (SMALL, MIDDLE, LARGE)).savings == ()


def test_stock_on_hand_does_not_matter() -> None:
    empty = carton("E", (120, 100, 60), price_cents=1, stock=0)
    assert advise([Shipment((item(),), CHEAP)], (SMALL, empty, LARGE)).used == (("E", 1),)


def test_goods_without_figures_are_counted_and_left_out() -> None:
    unknown = Shipment((item(dims=None),), CHEAP)
    found = advise([unknown, Shipment((item(),), CHEAP)], (SMALL, MIDDLE))
    assert (found.shipments, found.unplanned, found.parcels) == (2, 1, 1)
    assert advise([unknown], (SMALL, MIDDLE)).never_best == ()


def test_a_new_carton_is_as_dear_as_its_board() -> None:
    between = like((250, 180, 120), (SMALL, MIDDLE, LARGE))
    assert SMALL.price_cents < between.price_cents < MIDDLE.price_cents
    assert between.outer_mm == (258, 188, 132)
    assert like((600, 500, 400), (SMALL, MIDDLE, LARGE)).price_cents > LARGE.price_cents


def test_progress_is_told_for_every_plan() -> None:
    ticks: list[int] = []
    shipments = [Shipment((item(dims=(380, 60, 50), weight_g=200),), CHEAP)] * 3
    advise(shipments, (SMALL, MIDDLE, LARGE), lambda: ticks.append(1))
    assert 3 < len(ticks) <= steps(3)
