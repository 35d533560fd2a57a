"""`picker import`: files of the shop in, with a report of what became of every record."""

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from picker.commands.common import Db, Json, ShopCode, open_db, say, settings
from picker.errors import Mistake


class Kind(StrEnum):
    """What a file holds; the shop systems' own exports are told apart by their columns."""

    PRODUCTS = "products"
    PACKAGING = "packaging"
    WORKERS = "workers"
    CUSTOMERS = "customers"
    ORDERS = "orders"
    SERVICES = "services"
    RETURNS = "returns"
    PURCHASES = "purchases"
    KITS = "kits"
    SHOPIFY_ORDERS = "shopify-orders"
    SHOPIFY_PRODUCTS = "shopify-products"
    WOOCOMMERCE_ORDERS = "woocommerce-orders"


class DateOrder(StrEnum):
    """What a date with slashes begins with."""

    DMY = "dmy"
    MDY = "mdy"


File = Annotated[Path, typer.Argument(metavar="FILE", help="A CSV file, or .xlsx, .ods, .xls.")]
Encoding = Annotated[
    str | None,
    typer.Option(
        metavar="NAME", help="What the file is written in, such as cp1250, where that can't be told."
    ),
]
Dates = Annotated[
    DateOrder | None,
    typer.Option(help="What dates such as 3/4/2026 begin with, where the file doesn't tell."),
]
Map = Annotated[
    list[str] | None,
    typer.Option(
        "--map", metavar="FIELD=COLUMN", help="The column of a field, such as sku=Article; repeatable."
    ),
]
SaveMap = Annotated[
    bool,
    typer.Option(
        "--save-map", help="Keep the --map columns for the shop's later orders; alone it forgets them."
    ),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would happen; write nothing.")]


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    app.command("import")(import_)


def import_(
    kind: Kind,
    file: File,
    dry_run: DryRun = False,
    encoding: Encoding = None,
    dates: Dates = None,
    columns: Map = None,
    save_map: SaveMap = False,
    shop: ShopCode = None,
    db: Db = None,
    as_json: Json = False,
) -> None:
    """Import products, orders and the like; the same file again changes nothing.

    Exit code 0: everything was understood. 1: some records were not, the others came in. 2: nothing
    could be imported.
    """
    from picker.services.office.imports import Reading, import_file
    from picker.services.office.new_shop import make_shop

    if not file.is_file():
        raise Mistake(f"There is no file {str(file)!r}")
    if save_map and "orders" not in kind.value:
        raise Mistake(f"--save-map keeps columns of orders, not of {kind.value}")
    chosen, reading = (
        settings(db, shop=shop),
        Reading(encoding, dates or "", _mapping(columns or ()), save_map),
    )
    database = open_db(chosen.db) if dry_run else make_shop(chosen.db)
    try:
        with _progress(file.name, quiet=as_json) as progress:
            report = import_file(
                database, kind.value, file, chosen, reading, dry_run=dry_run, progress=progress
            )
    finally:
        database.dispose()
    say(json.dumps({**json.loads(report.to_json()), "dry_run": dry_run}) if as_json else report.words())
    if dry_run and not as_json:
        say("Dry run: nothing was written.")
    raise typer.Exit(1 if report.problems else 0)


def _mapping(named: Sequence[str]) -> tuple[tuple[str, str], ...]:
    pairs = [text.partition("=") for text in named]
    for text, (field, _, column) in zip(named, pairs, strict=True):
        if not field.strip() or not column.strip():
            raise Mistake(f"--map: expected FIELD=COLUMN such as sku=Article, got {text!r}")
    return tuple((field.strip(), column.strip()) for field, _, column in pairs)


@contextmanager
def _progress(title: str, *, quiet: bool) -> Iterator[Callable[[int, int], None]]:
    if quiet or not sys.stderr.isatty():
        yield lambda done, total: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(title, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
