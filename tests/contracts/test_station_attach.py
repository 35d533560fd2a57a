"""Attaching a barcode at the bench, on both databases: written at once, audited, taken back."""

from collections.abc import Iterator

import pytest

from data.engine import Database
from data.tables import Code, Event, Worker
from data.types import OrderId, Role
from picker.flow import CommandName
from picker.services.office.history import order_history
from picker.services.verify import verify
from scanning.codes import gtin_check_digit, lookup_key
from tests.contracts.shop import BADGES, CODES, Packer, _add, add_order, change, open_shop, rows

FRESH = "5909990000012"


@pytest.fixture
def db(db_url: str) -> Iterator[Database]:
    with open_shop(db_url) as opened:
        add_order(opened, "O1", {"MUG": 2, "TEA": 1})
        yield opened


def asked(db: Database) -> Packer:
    packer = Packer(db).sign_in().claim("O1")
    packer.scan(FRESH)
    packer.press(CommandName.ATTACH)
    return packer


def test_it_is_known_at_every_station_at_once(db: Database) -> None:
    packer = asked(db)
    assert packer.scan(CODES["MUG"]).message.key == "attach.done"
    (row,) = rows(db, Code, code=lookup_key(FRESH))
    assert (row["ref"], row["quantity"]) == ("MUG", 1)
    assert packer.scan(FRESH).message.key == "pick.done"
    assert any("barcode" in line.words and "MUG" in line.words for line in order_history(db, OrderId("O1")))
    assert not verify(db).differences


def test_a_leads_word_is_in_the_log(db: Database) -> None:
    change(db, Worker, {"id": "BORIS"}, role=Role.LEAD.value)
    packer = asked(db)
    assert packer.scan("MUG", BADGES["BORIS"]).message.key == "attach.done"
    (event,) = rows(db, Event, kind="BarcodeAttached")
    assert (event["worker"], event["authorised_by"]) == ("ANNA", "BORIS")


def test_undo_takes_it_away_again(db: Database) -> None:
    packer = asked(db)
    packer.scan(CODES["MUG"])
    assert packer.press(CommandName.UNDO).message.key == "undo.done"
    assert not rows(db, Code, code=lookup_key(FRESH))
    assert packer.scan(FRESH).message.key == "scan.unknown"
    assert not verify(db).differences


def test_a_code_that_became_known_meanwhile_is_left_as_it_is(db: Database) -> None:
    packer = asked(db)
    with db.writer.begin() as connection:
        _add(connection, Code, code=lookup_key(FRESH), kind="product", ref="POT")
    assert packer.scan(CODES["MUG"]).message.key == "attach.known"
    assert [row["ref"] for row in rows(db, Code, code=lookup_key(FRESH))] == ["POT"]


def test_an_unknown_case_says_whose_it_is(db: Database) -> None:
    payload = f"3{lookup_key(CODES['MUG'])[1:13]}"
    packer = Packer(db).sign_in().claim("O1")
    reply = packer.scan(f"{payload}{gtin_check_digit(payload)}")
    assert reply.message.key == "scan.unknown"
    assert "MUG nice" in str(reply.message.params)
    assert packer.press(CommandName.ATTACH).message.key == "attach.case"


def test_verify_compares_what_was_attached_with_the_table(db: Database) -> None:
    packer = asked(db)
    packer.scan(CODES["MUG"])
    change(db, Code, {"code": lookup_key(FRESH)}, quantity=6)
    assert [FRESH in difference for difference in verify(db).differences] == [True]
    change(db, Code, {"code": lookup_key(FRESH)}, quantity=6, attached=False)
    assert not verify(db).differences, "a file has brought it since, as a case of six"
    assert packer.press(CommandName.UNDO).message.key == "undo.done"
    assert rows(db, Code, code=lookup_key(FRESH)), "the file's word stands"
    assert not verify(db).differences
    with db.writer.begin() as connection:
        _add(connection, Code, code=lookup_key("5909990000029"), kind="product", ref="POT", attached=True)
    assert ["5909990000029" in difference for difference in verify(db).differences] == [True]


def test_verify_misses_an_attached_barcode_that_is_gone(db: Database) -> None:
    packer = asked(db)
    packer.scan(CODES["MUG"])
    change(db, Code, {"code": lookup_key(FRESH)}, code="SOMETHING-ELSE", attached=False)
    assert [FRESH in difference for difference in verify(db).differences] == [True]
