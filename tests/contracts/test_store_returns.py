"""Damage that buyers sent back, beside what was packed, on both databases."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import insert

from data.engine import Database
from data.store import packed, returns
from data.tables import CustomerReturn
from data.types import OrderId
from picker.flow import CommandName
from tests.contracts.shop import Packer, add_order, open_shop, whole_order

NOW = datetime(2026, 11, 24, tzinfo=UTC)


@pytest.fixture
def db(db_url: str) -> Iterator[Database]:
    with open_shop(db_url) as opened:
        yield opened


def sent_back(db: Database, order: str, sku: str, units: int, reason: str = "damaged") -> None:
    with db.writer.begin() as connection:
        values = {"order_id": order, "sku": sku, "reason": reason, "at": NOW, "quantity": units}
        connection.execute(insert(CustomerReturn.__table__).values(**values))


def damaged(db: Database, most: int = 100) -> tuple[dict[str, int], dict[str, int]]:
    with db.reader.connect() as connection:
        found = returns.damaged(connection, packed.latest(connection, most))
    return dict(found.by_sku), dict(found.by_packaging)


def test_damage_counts_for_the_product_and_the_packaging_it_travelled_in(db: Database) -> None:
    packer = Packer(db).sign_in()
    for order, lines in (("1001", {"MUG": 2, "TEA": 1}), ("1002", {"MUG": 1})):
        add_order(db, order, lines)
        whole_order(packer, order, lines)
    with db.reader.connect() as connection:
        box_of = {parcel.order: parcel.packaging for parcel in packed.latest(connection, 10)}
    assert damaged(db) == ({}, {})
    sent_back(db, "1001", "MUG", 1)
    sent_back(db, "1002", "MUG", 1)
    sent_back(db, "1001", "TEA", 1, "changed_mind")
    skus, boxes = damaged(db)
    assert skus == {"MUG": 2}
    assert sum(boxes.values()) == 2
    assert set(boxes) == set(box_of.values())
    assert damaged(db, most=1) == ({"MUG": 1}, {box_of[OrderId("1002")]: 1})


def test_units_in_several_parcels_are_not_counted_twice(db: Database) -> None:
    add_order(db, "1001", {"MUG": 3})
    packer = Packer(db).sign_in().claim("1001").take("MUG", 4)
    packer.press(CommandName.NEXTPARCEL)
    packer.take("MUG", 2).pack()
    assert packer.key == "label.closed"
    with db.reader.connect() as connection:
        contents = [parcel.contents for parcel in packed.latest(connection, 10)]
    assert contents == [(("MUG", 1),), (("MUG", 2),)]
    sent_back(db, "1001", "MUG", 2)
    skus, boxes = damaged(db)
    assert (skus, sum(boxes.values())) == ({"MUG": 2}, 2)
    sent_back(db, "1001", "MUG", 9, "defective")
    assert damaged(db)[0] == {"MUG": 2}
