"""What became of the proposals, on both databases: overrides, damage sent back, advice, explanations."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import NoResultFound

from data.engine import Database
from data.store import packed
from data.tables import CustomerReturn, Packaging, Product
from data.types import OrderId, ShopId
from picker.flow import CommandName, Phase
from picker.services.packing.explain import explain
from picker.services.packing.report import PackingReport, in_words, packing_report
from tests.contracts.shop import Packer, add_order, change, open_shop, whole_order

TOO_SMALL = 1


@pytest.fixture
def db(db_url: str) -> Iterator[Database]:
    with open_shop(db_url) as opened:
        yield opened


def overridden(db: Database, order: str, packaging: str, reason: int, lines: dict[str, int]) -> None:
    """Pack an order into another packaging than the one proposed."""
    packer = Packer(db).sign_in().claim(order)
    for sku, units in [*lines.items()] * 2:
        packer.take(sku, units)
    packer.scan(packaging)
    packer.choose(reason)
    assert not packer.at(Phase.PACKAGING), packer.reply.message
    packer.press(CommandName.SKIP)
    assert packer.reply.state.work is not None
    parcel = packer.reply.state.work.next_parcel
    assert parcel is not None
    packer.scan(f"00{parcel.sscc}")
    assert packer.at(Phase.HOME)


def sent_back(db: Database, order: str, sku: str, quantity: int, reason: str = "damaged") -> None:
    with db.writer.begin() as connection:
        row = {"order_id": order, "sku": sku, "quantity": quantity, "reason": reason}
        connection.execute(insert(CustomerReturn.__table__).values(at=datetime.now(UTC), **row))


def report_of(db: Database, orders: int = 100) -> PackingReport:
    return packing_report(db, ShopId("default"), orders)


def test_overrides_are_counted_by_product_and_packaging(db: Database) -> None:
    for number in range(2):
        add_order(db, f"O{number}", {"MUG": 1})
        overridden(db, f"O{number}", "BOX2", TOO_SMALL, {"MUG": 1})
    add_order(db, "O2", {"MUG": 1, "TEA": 1})
    whole_order(Packer(db).sign_in(), "O2", {"MUG": 1, "TEA": 1})
    found = report_of(db)
    mug = found.products[0]
    assert (mug.sku, mug.parcels, mug.overridden) == ("MUG", 3, (("too_small", 2),))
    small = next(use for use in found.packagings if use.code == "BOX1")
    assert (small.taken, small.proposed, small.overridden) == (1, 3, (("too_small", 2),))
    words = in_words(found)
    assert "MUG: 2 of 3 overridden as too small; dimensions to be measured again" in words
    assert "TEA:" not in words


def test_damage_that_came_back_is_told_by_product_and_packaging(db: Database) -> None:
    add_order(db, "O1", {"MUG": 3})
    whole_order(Packer(db).sign_in(), "O1", {"MUG": 3})
    sent_back(db, "O1", "MUG", 2)
    sent_back(db, "O1", "MUG", 1, reason="changed_mind")
    words = in_words(report_of(db))
    assert "MUG: 2 of 3 units came back damaged; fragility and cushioning to be looked at" in words
    assert "2 of 3 units came back damaged" in next(line for line in words.splitlines() if "BOX1" in line)


def test_what_was_sent_half_empty_is_told_beside_what_could_have_been(db: Database) -> None:
    add_order(db, "O1", {"MUG": 1})
    whole_order(Packer(db).sign_in(), "O1", {"MUG": 1})
    found = report_of(db)
    assert (found.measured, found.too_empty) == (1, 1)
    assert found.empty_percent == 100 * (210**3 - 90 * 80 * 70) // 210**3
    assert found.advice.never_best == ()  # one parcel tells nothing of that
    assert "Never the best choice" not in in_words(found)
    assert "from 50 parcels on" in in_words(found)
    assert found.advice.savings[0].saved_cents > 0
    json.dumps(found.to_json())


def test_only_the_last_orders_count(db: Database) -> None:
    for order in ("O1", "O2", "O3"):
        add_order(db, order, {"MUG": 1})
        whole_order(Packer(db).sign_in(), order, {"MUG": 1})
    assert report_of(db, 2).orders == 2
    with db.reader.connect() as connection:
        assert [parcel.order for parcel in packed.latest(connection, 2)] == ["O3", "O2"]


def test_a_shop_that_sent_nothing_has_an_empty_report(db: Database) -> None:
    found = report_of(db)
    assert (found.orders, found.empty_percent, found.advice.never_best) == (0, 0, ())
    assert "orders 0, parcels 0" in in_words(found)


def test_never_the_best_choice_rests_on_enough_parcels_and_says_on_how_many(db: Database) -> None:
    for order in ("O1", "O2"):
        add_order(db, order, {"MUG": 1})
        whole_order(Packer(db).sign_in(), order, {"MUG": 1})
    found = packing_report(db, ShopId("default"), 100, least_parcels=2)
    assert found.advice.never_best == ("BOX2", "BOX3")
    assert "Never the best choice in these 2 parcels: BOX2, BOX3." in in_words(found)


def test_a_waiting_order_is_explained_as_the_packer_will_see_it(db: Database) -> None:
    add_order(db, "O1", {"MUG": 2, "TEA": 1})
    packer = Packer(db).sign_in().claim("O1").take("MUG", 2).take("TEA", 1)
    found = explain(db, OrderId("O1"))
    [parcel] = found.parcels
    packer.take("MUG", 2).take("TEA", 1)
    assert packer.at(Phase.PACKAGING)
    assert packer.reply.state.plan is not None
    assert parcel.plan == packer.reply.state.plan.parcels[0]
    assert found.cost_cents == packer.reply.state.plan.cost_cents
    assert parcel.view.steps
    assert not parcel.sealed


def test_what_is_sealed_is_explained_beside_what_is_not(db: Database) -> None:
    add_order(db, "O1", {"MUG": 2})
    packer = Packer(db).sign_in().claim("O1").take("MUG", 2)
    packer.take("MUG", 1)
    packer.press(CommandName.NEXTPARCEL)
    packer.take("MUG", 1)
    packer.press(CommandName.OK)
    packer.press(CommandName.SKIP)
    first, second = explain(db, OrderId("O1")).parcels
    assert (first.number, first.sealed, first.packaging) == (1, True, "BOX1")
    assert (second.number, second.sealed, second.contents) == (2, False, ((1, 1),))


def test_what_stands_in_the_way_is_named(db: Database) -> None:
    add_order(db, "O1", {"MUG": 1, "TEA": 1})
    change(db, Product, {"sku": "TEA"}, height_mm=None)
    found = explain(db, OrderId("O1"))
    assert [(missing.sku, missing.obstacle.value) for missing in found.missing] == [("TEA", "no_dimensions")]
    assert found.parcels == ()
    change(db, Product, {"sku": "TEA"}, height_mm=70)
    change(db, Packaging, {"kind": "carton"}, moved=-50)
    assert {missing.obstacle.value for missing in explain(db, OrderId("O1")).missing} == {"no_packaging"}


def test_an_order_that_is_not_there_cannot_be_explained(db: Database) -> None:
    with pytest.raises(NoResultFound):
        explain(db, OrderId("O9"))
