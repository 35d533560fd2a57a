"""Sheets of cards to print and cut out: a packer with these needs no keyboard."""

from pathlib import Path

from sqlalchemy import select

from data.engine import Database
from data.tables import Code, Worker
from data.types import CodeKind
from picker.config import Settings
from picker.flow import CommandName
from printing.documents import Card, CardSheet
from scanning.codes import command_code

_ANSWERS = 9
_WORDS = {
    CommandName.OK: "Yes, done, take the next order",
    CommandName.BACK: "Close a question without an answer",
    CommandName.NEXT: "Take the next order",
    CommandName.UNDO: "Take the last step back",
    CommandName.TAKEOUT: "Every scan takes a unit out, until scanned again",
    CommandName.SHORT: "The goods are not there, or not enough",
    CommandName.LATER: "Pick this line last",
    CommandName.DAMAGE: "Something is broken",
    CommandName.PARK: "Put the order aside for any station",
    CommandName.NEXTPARCEL: "What comes now goes into another parcel",
    CommandName.SKIP: "Go on without weighing",
    CommandName.REPRINT: "Print the label again",
    CommandName.SIGNOUT: "Leave the station",
}


def command_cards() -> CardSheet:
    """Return a card for every command, then the answers 1 to 9 of a question."""
    cards = [Card(command_code(name.value), name.value, words) for name, words in _WORDS.items()]
    answers = [
        Card(command_code(f"{CommandName.CHOICE.value}{number}"), str(number), f"Answer {number}")
        for number in range(1, _ANSWERS + 1)
    ]
    return CardSheet("Picker: commands", (*cards, *answers))


def badge_cards(db: Database) -> CardSheet:
    """Return the badges of every active worker, by name; a worker with two badges has two cards."""
    codes, workers = Code.__table__, Worker.__table__
    query = (
        select(codes.c.code, workers.c.name, workers.c.role)
        .join(workers, workers.c.id == codes.c.ref)
        .where(codes.c.kind == CodeKind.WORKER.value, workers.c.active)
        .order_by(workers.c.name, codes.c.code)
    )
    with db.reader.connect() as connection:
        rows = connection.execute(query).all()
    return CardSheet("Picker: badges", tuple(Card(row.code, row.name, row.role) for row in rows))


def write_cards(file: Path, settings: Settings, *, badges: bool = False) -> list[Path]:
    """Write the commands, or the badges of the shop's workers, as A4 pages; return the files written.

    A .png has one page, so that further pages become NAME-2.png and so on. Raises ValueError for a file
    that is neither .pdf nor .png, OSError when it can't be written.
    """
    if file.suffix.lower() not in (".pdf", ".png"):
        raise ValueError(f"{file.name!r} is no file for cards: expected it to end in .pdf or .png")
    return _write(_badges(settings) if badges else command_cards(), file)


def _badges(settings: Settings) -> CardSheet:
    from picker.services.shop import open_shop

    db = open_shop(settings.db)
    try:
        return badge_cards(db)
    finally:
        db.dispose()


def _write(sheet: CardSheet, file: Path) -> list[Path]:
    from printing.export import to_pdf, to_png
    from printing.media import medium
    from printing.render import render

    picture = render(sheet, medium("a4"))
    if file.suffix.lower() == ".pdf":
        file.write_bytes(to_pdf(picture))
        return [file]
    pages = range(len(picture.pages))
    files = [file.with_name(f"{file.stem}-{page + 1}{file.suffix}") if page else file for page in pages]
    for page, target in zip(pages, files, strict=True):
        target.write_bytes(to_png(picture, page))
    return files
