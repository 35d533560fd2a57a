"""The packing policy a lead changes while stations work, on both databases."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import insert

from data.engine import Database, open_database
from data.errors import DataError
from data.store import policy
from data.tables import Order, Shop
from data.types import ShopId
from picker.services.packing import policies
from picker.services.packing.policy_document import PolicyDocument, PolicyError
from picker.services.packing.policy_text import with_setting
from tests.contracts.shop import PREFIX, Packer, add_order, change, open_shop

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


@pytest.fixture
def db(db_url: str) -> Iterator[Database]:
    with open_shop(db_url) as opened:
        yield opened


def decide(db: Database, key: str, *words: str, shop: str = "default") -> policies.Revision:
    return policies.change(db, ShopId(shop), "ANNA", lambda document: with_setting(document, key, words))


def empty_percent(packer: Packer) -> int:
    return packer.reply.state.policy.packing.max_empty_percent


def test_every_change_is_kept_and_can_be_restored(db: Database) -> None:
    assert decide(db, "max_empty_percent", "40").number == 1
    assert decide(db, "stable", "yes").number == 2
    assert decide(db, "stable", "yes").number == 2
    restored = policies.restore(db, ShopId("default"), "BORIS", 1)
    assert (restored.number, restored.changed_by) == (3, "BORIS")
    with db.reader.connect() as connection:
        found = policies.history(connection, ShopId("default"))
        assert policies.current(connection, ShopId("default")) == found[0] == restored
    assert [revision.number for revision in found] == [3, 2, 1, 0]
    assert [found[0].changes(found[1]), found[1].changes(found[2])] == [("stable",), ("stable",)]
    assert found[0].document == found[2].document
    assert policies.restore(db, ShopId("default"), "BORIS", 0).document == PolicyDocument()
    with pytest.raises(PolicyError, match="expected a revision from 0 to 4, got 9"):
        policies.restore(db, ShopId("default"), "BORIS", 9)


def test_what_two_leads_change_at_once_both_counts(db: Database, db_url: str) -> None:
    def change_often(key: str) -> None:
        mine = open_database(db_url)
        for value in range(1, 11):
            decide(mine, key, str(value))
        mine.dispose()

    leads = [threading.Thread(target=change_often, args=(key,)) for key in ("handling_cents", "effort")]
    for lead in leads:
        lead.start()
    for lead in leads:
        lead.join()
    with db.reader.connect() as connection:
        found = policies.current(connection, ShopId("default"))
    assert (found.number, found.document.handling_cents, found.document.effort) == (20, 10, 10)


def test_a_change_of_an_unknown_shop_is_refused(db: Database) -> None:
    with pytest.raises(DataError, match="no shop 'nowhere'"):
        decide(db, "stable", "yes", shop="nowhere")


def test_a_station_heeds_a_change_from_its_next_order_on(db: Database) -> None:
    add_order(db, "1001", {"MUG": 1})
    add_order(db, "1002", {"MUG": 1})
    packer = Packer(db).sign_in()
    decide(db, "max_empty_percent", "40")
    packer.claim("1001")
    assert empty_percent(packer) == 40
    decide(db, "max_empty_percent", "30")
    packer.take("MUG", 2)
    assert empty_percent(packer) == 40
    packer.pack().claim("1002")
    assert empty_percent(packer) == 30


def test_a_station_that_starts_again_with_an_order_in_hand_reads_the_policy(db: Database) -> None:
    add_order(db, "1001", {"MUG": 1})
    Packer(db).sign_in().claim("1001")
    decide(db, "max_empty_percent", "40")
    assert empty_percent(Packer(db)) == 40


def test_an_order_is_packed_by_the_policy_of_its_own_shop(db: Database) -> None:
    with db.writer.begin() as connection:
        connection.execute(insert(Shop.__table__).values(id="other", name="Other", company_prefix=PREFIX))
    add_order(db, "1001", {"MUG": 1})
    change(db, Order, {"id": "1001"}, shop="other")
    decide(db, "max_empty_percent", "40")
    decide(db, "max_empty_percent", "20", shop="other")
    assert empty_percent(Packer(db).sign_in().claim("1001")) == 20


def test_settings_of_a_newer_program_are_passed_over_and_nonsense_is_told(db: Database) -> None:
    with db.writer.begin() as connection:
        policy.add(connection, ShopId("default"), 1, {"stable": True, "perfume": "rose"}, "ANNA", NOW)
    with db.reader.connect() as connection:
        assert policies.current(connection, ShopId("default")).document == PolicyDocument(stable=True)
    with db.writer.begin() as connection:
        policy.add(connection, ShopId("default"), 2, {"effort": "much"}, "ANNA", NOW)
    with (
        db.reader.connect() as connection,
        pytest.raises(DataError, match=r"Revision 2 .* 'default' can't be used: effort"),
    ):
        policies.current(connection, ShopId("default"))
