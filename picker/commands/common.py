"""What every command shares: the database option, settings, and errors in words."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from data.types import ShopId

if TYPE_CHECKING:
    from data.engine import Database
    from picker.config import Settings

Db = Annotated[
    str | None,
    typer.Option("--db", metavar="URL", help="Database: a file or postgresql://… (or PICKER_DB)."),
]
ShopCode = Annotated[
    str | None, typer.Option("--shop", metavar="CODE", help="Of which shop, where there are several.")
]
Json = Annotated[bool, typer.Option("--json", help="Answer in JSON, for programs.")]


def settings(
    db: str | None = None, station: str | None = None, home: Path | None = None, shop: str | None = None
) -> "Settings":
    """Return the settings with what the command line says on top. Raises SettingsError for a bad value."""
    from picker.config import Settings

    given = {"db": db, "station": station, "home": home, "shop": shop}
    return Settings.read(**{name: value for name, value in given.items() if value is not None})


def open_db(url: str) -> "Database":
    """Open the shop's database. Raises NoShop, and makes nothing, where there is none."""
    from picker.services.shop import open_shop

    return open_shop(url)


@contextmanager
def opened(db: str | None) -> "Iterator[Database]":
    """The shop's database that `--db` or the settings name, closed afterwards."""
    database = open_db(settings(db).db)
    try:
        yield database
    finally:
        database.dispose()


def shop_of(database: "Database", shop: str | None) -> ShopId:
    """The code of the shop a command is about: the named one, else that of the settings, else the only one.

    Raises Unknown where that is none or could be several.
    """
    from picker.services.shop import chosen_shop

    return chosen_shop(database, settings(shop=shop).shop)


def say(words: str, *, err: bool = False) -> None:
    """Print lines of words, on standard error if asked to; foreign text in them can't command the terminal."""
    from picker.safe import clean

    for line in words.splitlines():
        typer.echo(clean(line, len(line)), err=err)


def fail(words: str) -> typer.Exit:
    """Say what is wrong on standard error; raise the returned exit."""
    typer.echo(f"picker: {words}", err=True)
    return typer.Exit(2)
