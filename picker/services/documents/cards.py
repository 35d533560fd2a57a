"""Sheets of cards to print and cut out: a packer with these needs no keyboard."""

from collections.abc import Callable
from pathlib import Path

from sqlalchemy import select

from data.engine import Database
from data.tables import Code, Location, Packaging, Worker
from data.types import CodeKind
from picker.config import Settings
from picker.flow import CommandName
from picker.locale.messages import word
from printing.documents.signs import Card, CardSheet
from scanning.codes import OwnKind, command_code, own_code
from scanning.diagnose import TEST_CODES

_ANSWERS = 9
_LONGEST = 36
"""Characters of a Code 128 that a card has room for."""


def command_cards() -> CardSheet:
    """Return a card for every command, then the answers 1 to 9 of a question."""
    cards = [
        Card(command_code(name.value), name.value, word(f"help.{name.value.lower()}"))
        for name in CommandName
        if name is not CommandName.CHOICE
    ]
    answers = [
        Card(command_code(f"{CommandName.CHOICE.value}{number}"), str(number), f"Answer {number}")
        for number in range(1, _ANSWERS + 1)
    ]
    return CardSheet("Picker: commands", (*cards, *answers))


def badge_cards(db: Database) -> CardSheet:
    """Return the badges of every active worker, by name; a worker with two badges has two cards.

    Each card holds the stored badge as a code of our own, which no other barcode can be by accident.
    """
    codes, workers = Code.__table__, Worker.__table__
    query = (
        select(codes.c.code, workers.c.name, workers.c.role)
        .join(workers, workers.c.id == codes.c.ref)
        .where(codes.c.kind == CodeKind.WORKER.value, workers.c.active)
        .order_by(workers.c.name, codes.c.code)
    )
    with db.reader.connect() as connection:
        rows = connection.execute(query).all()
    return CardSheet(
        "Picker: badges", tuple(_card(OwnKind.BADGE, row.code, row.name, row.role) for row in rows)
    )


def location_cards(db: Database) -> CardSheet:
    """Return a card for every location, along the walk."""
    codes, places = Code.__table__, Location.__table__
    query = (
        select(codes.c.code, places.c.code.label("name"))
        .join(places, places.c.code == codes.c.ref)
        .where(codes.c.kind == CodeKind.LOCATION.value)
        .order_by(places.c.walk_key, codes.c.code)
    )
    with db.reader.connect() as connection:
        rows = connection.execute(query).all()
    return CardSheet("Picker: locations", tuple(_card(OwnKind.LOCATION, row.code, row.name) for row in rows))


def packaging_cards(db: Database) -> CardSheet:
    """Return a card for every packaging, to hang at its shelf."""
    codes, boxes = Code.__table__, Packaging.__table__
    query = (
        select(codes.c.code, boxes.c.code.label("ref"), boxes.c.name)
        .join(boxes, boxes.c.code == codes.c.ref)
        .where(codes.c.kind == CodeKind.PACKAGING.value)
        .order_by(boxes.c.code, codes.c.code)
    )
    with db.reader.connect() as connection:
        rows = connection.execute(query).all()
    cards = (_card(OwnKind.PACKAGING, row.code, row.ref, row.name) for row in rows)
    return CardSheet("Picker: packaging", tuple(cards))


def tote_cards(count: int) -> CardSheet:
    """Return cards for totes 1 to `count`."""
    return CardSheet(
        "Picker: totes",
        tuple(Card(own_code(OwnKind.TOTE, str(n)), f"Tote {n}") for n in range(1, count + 1)),
    )


def _card(kind: OwnKind, code: str, title: str, text: str = "") -> Card:
    """A card with a code of our own; where that would be too long for a card, the plain code stays."""
    try:
        own = own_code(kind, code)
    except ValueError:
        own = code
    return Card(own if len(own) <= _LONGEST else code, title, text)


def scanner_cards() -> CardSheet:
    """Return the three test codes by which the scanner doctor tells what is wrong with a scanner."""
    cards = (
        Card(code.text, f"Test {n}", "For picker doctor scanner") for n, code in enumerate(TEST_CODES, 1)
    )
    return CardSheet("Picker: scanner test", tuple(cards))


def shop_cards(settings: Settings, make: Callable[[Database], CardSheet]) -> CardSheet:
    """Return the sheet that `make` makes of the shop's database."""
    from picker.services.shop import open_shop

    db = open_shop(settings.db)
    try:
        return make(db)
    finally:
        db.dispose()


def write_cards(file: Path, sheet: CardSheet) -> list[Path]:
    """Write a sheet of cards as A4 pages; return the files written.

    A .png has one page, so that further pages become NAME-2.png and so on. Raises ValueError for a file
    that is neither .pdf nor .png, OSError when it can't be written.
    """
    if file.suffix.lower() not in (".pdf", ".png"):
        raise ValueError(f"{file.name!r} is no file for cards: expected it to end in .pdf or .png")
    return _write(sheet, file)


def _write(sheet: CardSheet, file: Path) -> list[Path]:
    from printing.export import to_pdf, to_png
    from printing.media import medium
    from printing.rendering import render

    picture = render(sheet, medium("a4"))
    if file.suffix.lower() == ".pdf":
        file.write_bytes(to_pdf(picture))
        return [file]
    pages = range(len(picture.pages))
    files = [file.with_name(f"{file.stem}-{page + 1}{file.suffix}") if page else file for page in pages]
    for page, target in zip(pages, files, strict=True):
        target.write_bytes(to_png(picture, page))
    return files
