"""A carrier's own label on its way: attached, printed at the seal, and its barcode the parcel's proof."""

import io
import os
import threading
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from data.engine import Database
from data.store import carrier_labels as store
from data.tables import CarrierLabel, Code, PrintJob, Service
from data.types import OrderId
from picker.config import Settings
from picker.flow import CommandName, Phase
from picker.services.documents.carrier_labels import Attached, LabelFile, NotAttached, attach, left_out
from picker.services.documents.label_folder import collect
from printing.barcodes import code128
from printing.content import load
from printing.documents.labels import CarrierLabel as Label
from printing.documents.labels import ParcelLabel
from printing.media import MEDIA
from printing.zpl.dots import bars
from scanning.parse import parse
from tests.contracts.shop import CODES, Packer, add_order, change, details, open_shop, rows

PAPER = MEDIA["label-203"]
NUMBERS = ("1Z999AA10123456784", "1Z999AA10123456793")
ROUTING = "420100015555"


def zpl(*codes: str) -> bytes:
    """A label with these barcodes, one below the other."""
    fields = "".join(
        f"^FO40,{60 + 200 * place}^BY3^BCN,100,N,N,N,A^FD{code}^FS" for place, code in enumerate(codes)
    )
    return f"^XA^PW812^LL1218{fields}^XZ".encode()


def png(code: str) -> bytes:
    from PIL import Image

    page = Image.new("L", (812, 1214), 255)
    page.paste(bars(code128(code).bars, 3, 200), (80, 400))
    out = io.BytesIO()
    page.save(out, "PNG", dpi=(203, 203))
    return out.getvalue()


@pytest.fixture
def db(db_url: str) -> Iterator[Database]:
    with open_shop(db_url) as database:
        add_order(database, "O-1", {"MUG": 1})
        add_order(database, "O-2", {"TEA": 1})
        yield database


def put(db: Database, order: str, data: bytes, parcel: int = 1, name: str = "label.zpl") -> int:
    """Attach a file; the revision that its first label is."""
    return attach(db, OrderId(order), LabelFile(name, data, parcel), PAPER, (), "LEAD")[0].revision


def rule(db: Database, said: str) -> None:
    change(db, Service, {"code": "STD"}, carrier_label=said)


def at_the_seal(db: Database, order: str = "O-1", sku: str = "MUG") -> Packer:
    """A packer whose parcel is boxed and waits to be sealed."""
    packer = Packer(db).sign_in().claim(order)
    packer.scan(CODES[sku], CODES[sku])
    assert packer.at(Phase.PACKAGING), packer.reply
    packer.press(CommandName.OK)
    assert packer.at(Phase.WEIGH), packer.reply
    return packer


def printed(db: Database, order: str = "O-1") -> object:
    """The label that was queued for printing."""
    (job,) = rows(db, PrintJob, order_id=order, document="label")
    content = job["content"]
    assert isinstance(content, dict)
    return load(content)


def test_a_label_is_kept_with_its_codes_and_revisions(db: Database) -> None:
    assert put(db, "O-1", zpl(NUMBERS[0])) == 1
    assert put(db, "O-1", zpl(NUMBERS[0])) == 0
    assert put(db, "O-1", zpl(NUMBERS[1])) == 2
    kept = rows(db, CarrierLabel, order_id="O-1")
    assert [row["revision"] for row in kept] == [1, 2]
    assert kept[1]["payload"] == zpl(NUMBERS[1])
    # The number of a label that counts no longer proves nothing any more.
    assert [row["code"] for row in rows(db, Code, kind="parcel", ref="O-1/1")] == [NUMBERS[1]]


@pytest.mark.parametrize("sent", ["]C0036000291452", "036000291452"])
def test_a_number_that_could_be_a_product_is_proof_from_any_scanner(db: Database, sent: str) -> None:
    put(db, "O-1", zpl("036000291452"))
    packer = at_the_seal(db)
    packer.press(CommandName.SKIP)
    packer.scan(sent)
    assert packer.key == "label.closed"


@pytest.mark.parametrize(
    "sent",
    [
        "A403912345674B",
        "a403912345674b",
        "t403912345674n",
        "403912345674",
        "]F0A403912345674B",
        "]F0403912345674",
    ],
)
def test_a_codabar_is_proof_with_and_without_its_start_and_stop(db: Database, sent: str) -> None:
    put(db, "O-1", b"^XA^PW812^LL1218^FO40,60^BY3^BKN,N,100,N,N,A,B^FD403912345674^FS^XZ")
    packer = at_the_seal(db)
    packer.press(CommandName.SKIP)
    packer.scan(sent)
    assert packer.key == "label.closed"


@pytest.mark.parametrize(
    ("field", "sent"),
    [
        (b"^BAN,100^FDABC12345", ("ABC12345", "]G0ABC12345")),
        (b"^BON,5^FDTICKET 7", ("TICKET 7", "]z0TICKET 7")),
        (b"^BRN,1,3^FD0950600013435", ("0109506000134352", "]e00109506000134352", "9506000134352")),
    ],
)
def test_seldom_kinds_of_codes_are_proof(db: Database, field: bytes, sent: tuple[str, ...]) -> None:
    put(db, "O-1", b"^XA^PW812^LL1218^FO40,60^BY3" + field + b"^FS^XZ")
    for code in sent:
        keys = {parse(code, "test").key, *parse(code, "test").other_keys}
        assert keys & {row["code"] for row in rows(db, Code, kind="parcel", ref="O-1/1")}
    packer = at_the_seal(db)
    packer.press(CommandName.SKIP)
    packer.scan(sent[0])
    assert packer.key == "label.closed"


def test_it_is_printed_in_place_of_ours_and_its_barcode_closes_the_order(db: Database) -> None:
    put(db, "O-1", zpl(NUMBERS[0]))
    packer = at_the_seal(db)
    packer.press(CommandName.SKIP)
    label = printed(db)
    assert isinstance(label, Label)
    assert (label.format, label.file, label.parcel) == ("zpl", zpl(NUMBERS[0]), 1)
    assert packer.at(Phase.LABEL)
    packer.scan(f"]C0{NUMBERS[0]}")
    assert packer.key == "label.closed"


def test_our_own_number_is_proof_as_well(db: Database) -> None:
    put(db, "O-1", zpl(NUMBERS[0]))
    packer = at_the_seal(db)
    packer.press(CommandName.SKIP)
    work = packer.reply.state.work
    assert work is not None
    assert work.next_parcel is not None
    packer.scan(f"00{work.next_parcel.sscc}")
    assert packer.key == "label.closed"


def test_another_parcels_label_is_no_proof(db: Database) -> None:
    put(db, "O-1", zpl(NUMBERS[0]))
    put(db, "O-2", zpl(NUMBERS[1]))
    packer = at_the_seal(db)
    packer.press(CommandName.SKIP)
    assert packer.scan(NUMBERS[1]).message.params == (("order", "O-2"), ("parcel", 1))
    assert packer.key == "label.wrong"
    assert packer.at(Phase.LABEL)


def test_a_code_that_several_labels_carry_proves_nothing(db: Database) -> None:
    put(db, "O-1", zpl(NUMBERS[0], ROUTING))
    put(db, "O-2", zpl(NUMBERS[1], ROUTING))
    packer = at_the_seal(db)
    packer.press(CommandName.SKIP)
    packer.scan(ROUTING)
    assert (packer.key, packer.at(Phase.LABEL)) == ("label.shared", True)
    packer.scan(NUMBERS[0])
    assert packer.key == "label.closed"


def test_the_order_number_on_a_label_still_means_the_order(db: Database) -> None:
    put(db, "O-1", zpl(NUMBERS[0], "O-1"))
    assert [row["code"] for row in rows(db, Code, kind="parcel")] == [NUMBERS[0]]


@pytest.mark.parametrize("weight", [None, "300"])
def test_a_required_label_that_is_missing_stops_the_seal(db: Database, weight: str | None) -> None:
    rule(db, "required")
    packer = at_the_seal(db)
    for _ in range(2):
        packer.scan(weight) if weight else packer.press(CommandName.SKIP)
    assert packer.key == "seal.no_label"
    assert rows(db, PrintJob, order_id="O-1") == []
    put(db, "O-1", zpl(NUMBERS[0]))
    for _ in range(2):
        if packer.at(Phase.WEIGH):
            packer.scan(weight) if weight else packer.press(CommandName.SKIP)
    assert isinstance(printed(db), Label)


def test_a_wanted_label_that_is_missing_is_said_and_ours_is_printed(db: Database) -> None:
    rule(db, "wanted")
    packer = at_the_seal(db)
    packer.press(CommandName.SKIP)
    assert packer.key == "seal.own_label"
    assert isinstance(printed(db), ParcelLabel)


def test_where_no_service_wants_one_nothing_is_said(db: Database) -> None:
    packer = at_the_seal(db)
    packer.press(CommandName.SKIP)
    assert packer.key == "seal.done"


def test_pictures_become_the_dots_that_were_read(db: Database) -> None:
    assert put(db, "O-1", png(NUMBERS[0]), name="x.png") == 1
    with db.reader.connect() as connection:
        row = store.latest(connection, OrderId("O-1"), 1)
    assert row is not None
    assert (row.format, row.dpi, row.width_dots, row.codes) == ("png", 203, 812, [f"]C0{NUMBERS[0]}"])


def test_each_label_of_a_file_is_the_next_parcels(db: Database) -> None:
    put(db, "O-1", zpl(NUMBERS[0]) + zpl(NUMBERS[1]), parcel=2)
    assert {(row["parcel"], row["payload"]) for row in rows(db, CarrierLabel)} == {
        (2, zpl(NUMBERS[0])),
        (3, zpl(NUMBERS[1])),
    }


def test_nothing_of_a_file_is_kept_when_a_label_of_it_is_refused(db: Database) -> None:
    with pytest.raises(NotAttached, match="none of its barcodes is this parcel's alone"):
        put(db, "O-1", zpl(NUMBERS[0]) + zpl(NUMBERS[0]))
    assert rows(db, CarrierLabel) == []
    assert rows(db, Code, kind="parcel") == []


def test_what_can_not_be_attached_is_said(db: Database) -> None:
    with pytest.raises(NotAttached, match=r"evil\.zpl: ~JR at byte"):
        put(db, "O-1", zpl(NUMBERS[0]).replace(b"^XZ", b"~JR^XZ"), name="evil.zpl")
    put(db, "O-2", zpl(NUMBERS[0]))
    with pytest.raises(NotAttached, match="label of another parcel"):
        put(db, "O-1", zpl(NUMBERS[0]))
    packer = at_the_seal(db)
    packer.press(CommandName.SKIP)
    with pytest.raises(NotAttached, match="sealed with its label already"):
        put(db, "O-1", zpl(NUMBERS[1]))
    packer.press(CommandName.UNDO)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "labels"
    found.mkdir()
    return found


def drop(folder: Path, name: str, data: bytes, age: float = 60) -> None:
    file = folder / name
    file.write_bytes(data)
    then = datetime.now(UTC).timestamp() - age
    os.utime(file, (then, then))


def look(db: Database, folder: Path, tmp_path: Path) -> dict[str, str]:
    """One look into the folder: what was refused of each file, "" for what was taken."""
    settings = Settings(home=tmp_path / "home", carrier_labels=folder)
    return {outcome.name: outcome.why for outcome in collect(db, settings, datetime.now(UTC))}


def test_a_folder_is_emptied_by_order_and_parcel(db: Database, folder: Path, tmp_path: Path) -> None:
    add_order(db, "O-1-7", {"MUG": 1})
    small = zpl(NUMBERS[0]).replace(b"^BY3", b"^BY2")
    drop(folder, "O-2.zpl", small)
    drop(folder, "O-1-2.ZPL", small.replace(b"784", b"785"))
    drop(folder, "O-1-7.zpl", small)
    drop(folder, "NOPE-1.zpl", small)
    drop(folder, "O-2-2.pdf", b"%PDF-rubbish")
    drop(folder, "notes.txt", b"not ours")
    found = look(db, folder, tmp_path)
    assert {name for name, why in found.items() if not why} == {"O-2.zpl", "O-1-2.ZPL"}
    assert "or parcel 7 of O-1?" in found["O-1-7.zpl"]
    assert "no such order" in found["NOPE-1.zpl"]
    assert "can't be opened" in found["O-2-2.pdf"]
    assert {(row["order_id"], row["parcel"]) for row in rows(db, CarrierLabel)} == {("O-2", 1), ("O-1", 2)}
    assert sorted(path.name for path in folder.iterdir()) == ["done", "notes.txt", "refused"]
    assert (folder / "refused" / "NOPE-1.zpl.txt").read_text(encoding="utf-8").startswith("NOPE-1: there is")
    assert len(details(db, "carrier_label")) == 3
    assert look(db, folder, tmp_path) == {}


def test_a_file_may_have_any_name(db: Database, folder: Path, tmp_path: Path) -> None:
    whole = zpl(NUMBERS[0])
    for name in (b"O-2\xff.zpl", b"O-2\x1b[31m.zpl", b"O-2\n.zpl", b".O-2.zpl", b"~O-2.zpl"):
        with suppress(OSError):  # not every file system takes every name
            (Path(os.fsdecode(os.fsencode(folder) + b"/" + name))).write_bytes(whole)
    for file in folder.iterdir():
        os.utime(file, (1, 1))
    found = look(db, folder, tmp_path)
    assert all("expected the number of an order" in why for why in found.values())
    assert all(name.isprintable() for name in found)
    assert rows(db, CarrierLabel) == []
    assert sorted(path.name for path in folder.iterdir()) == [".O-2.zpl", "refused", "~O-2.zpl"]


def test_a_file_that_grows_while_it_is_looked_at_is_left_for_later(
    db: Database, folder: Path, tmp_path: Path
) -> None:
    """Its first label is whole, and would be taken for all there is."""
    one, two = (zpl(number).replace(b"^BY3", b"^BY2") for number in NUMBERS)
    drop(folder, "O-2.zpl", one, age=0)
    second = threading.Timer(0.2, lambda: drop(folder, "O-2.zpl", one + two, age=0))
    second.start()
    assert look(db, folder, tmp_path) == {}
    second.join()
    assert look(db, folder, tmp_path) == {"O-2.zpl": ""}
    assert {row["parcel"] for row in rows(db, CarrierLabel)} == {1, 2}


def test_a_file_that_is_still_being_written_is_left_alone(db: Database, folder: Path, tmp_path: Path) -> None:
    drop(folder, "O-2.zpl", zpl(NUMBERS[0])[:-3], age=1)
    assert look(db, folder, tmp_path) == {}
    drop(folder, "O-2.zpl", zpl(NUMBERS[0]).replace(b"^BY3", b"^BY2"), age=1)
    assert look(db, folder, tmp_path) == {"O-2.zpl": ""}


def test_labels_of_closed_orders_are_refused(db: Database) -> None:
    packer = at_the_seal(db)
    packer.press(CommandName.SKIP)
    work = packer.reply.state.work
    assert work is not None
    assert work.next_parcel is not None
    packer.scan(f"00{work.next_parcel.sscc}")
    with pytest.raises(NotAttached, match="closed or cancelled"):
        put(db, "O-1", zpl(NUMBERS[0]), parcel=2)


@pytest.mark.parametrize(
    ("pages", "words"),
    [((), ""), ((2,), "page 2 is no label: left out"),
     ((2, 3), "pages 2, 3 are no labels: left out")],
)  # fmt: skip
def test_pages_that_are_left_out_are_told(pages: tuple[int, ...], words: str) -> None:
    assert left_out((Attached(OrderId("O-1"), 1, 1, ("X",), 1, pages),)) == words
