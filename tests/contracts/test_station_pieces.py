"""Labels that say "n of m", on both databases: what is printed, what is printed again, and why."""

from collections.abc import Iterator

import pytest

from data.engine import Database
from data.tables import PrintJob, Product, Service
from picker.flow import CommandName, Phase
from picker.services.verify import verify
from printing.content import load
from printing.documents.labels import ParcelLabel
from tests.contracts.shop import Packer, add_order, change, open_shop, rows


@pytest.fixture
def db(db_url: str) -> Iterator[Database]:
    with open_shop(db_url) as opened:
        change(opened, Product, {"sku": "MUG"}, own_box=True, ships_alone=True)
        change(opened, Service, {"code": "STD"}, pieces="required")
        yield opened


def labels(db: Database) -> list[tuple[int, int, int, str]]:
    """(parcel, of how many, revision, reason) of the labels, as they were queued."""
    found = []
    for job in rows(db, PrintJob, document="label"):
        label = load(job["content"])  # type: ignore[arg-type]  # JSON of the job
        assert isinstance(label, ParcelLabel)
        found.append((label.parcel, label.parcels, int(str(job["revision"])), str(job["reason"])))
    return sorted(found)


def test_each_label_says_how_many_and_a_count_that_changes_prints_the_earlier_again(db: Database) -> None:
    add_order(db, "1001", {"MUG": 3})
    packer = Packer(db).sign_in().claim("1001").take("MUG", 6)
    packer.press(CommandName.OK)
    assert packer.at(Phase.PIECES)
    packer.scan("2")
    assert packer.key == "pieces.done"
    packer.press(CommandName.SKIP)
    packer.scan_label()
    packer.press(CommandName.OK)
    assert packer.at(Phase.PIECES)
    assert labels(db) == [(1, 2, 1, "")]
    packer.press(CommandName.OK)
    assert packer.key == "pieces.again"
    assert labels(db) == [(1, 2, 1, ""), (1, 3, 2, "pieces")]
    packer.press(CommandName.SKIP)
    packer.press(CommandName.REPRINT)
    packer.choose(3)
    packer.scan_label()
    packer.press(CommandName.OK)
    packer.press(CommandName.SKIP)
    packer.scan_label()
    assert packer.key == "label.closed"
    assert labels(db)[2:] == [(2, 3, 1, ""), (2, 3, 2, "torn"), (3, 3, 1, "")]
    assert verify(db).differences == ()


def test_other_services_say_it_on_the_last_alone(db: Database) -> None:
    change(db, Service, {"code": "STD"}, pieces="none")
    add_order(db, "1001", {"MUG": 2})
    packer = Packer(db).sign_in().claim("1001").take("MUG", 4)
    for _ in range(2):
        packer.press(CommandName.OK)
        packer.press(CommandName.SKIP)
        packer.scan_label()
    assert packer.key == "label.closed"
    assert labels(db) == [(1, 0, 1, ""), (2, 2, 1, "")]
