"""`picker product …`: what a shop says once of lines of its orders."""

import re
from enum import StrEnum
from typing import Annotated

import typer

from picker.commands.common import Db, ShopCode, opened, say, shop_of
from picker.errors import Mistake


class Treatment(StrEnum):
    """What becomes of lines that fit: `ok` is packed without a scan, by OK; `ask` takes back what was said."""

    NEVER_PACKED = "never-packed"
    OK = "ok"
    PRODUCT = "product"
    ASK = "ask"


_LONGEST = 200


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    group = typer.Typer(
        help="Say what lines of orders are that no import has brought.",
        no_args_is_help=True,
        rich_markup_mode=None,
    )
    group.command("treat")(treat)
    group.command("rules")(rules)
    app.add_typer(group, name="product")


def treat(
    pattern: Annotated[
        str, typer.Argument(metavar="PATTERN", help="A SKU or a name; * stands for any letters.")
    ],
    treatment: Annotated[Treatment, typer.Option("--as", help="What becomes of such lines.")],
    sku: Annotated[str, typer.Option(metavar="SKU", help="The product that they are.")] = "",
    barcode: Annotated[str, typer.Option(metavar="CODE", help="What is scanned for a new product.")] = "",
    by: Annotated[str, typer.Option("--by", metavar="WORKER", help="Who decides; it is recorded.")] = "lead",
    shop: ShopCode = None,
    db: Db = None,
) -> None:
    """Say once how lines are treated whose SKU or name fits; orders on hold are looked at anew."""
    from data.types import LineTreatment, WorkerId
    from picker.services.office.treating import treat as treat_lines

    words = " ".join(pattern.split())
    if not words.strip("*? ") or len(words) > _LONGEST:
        raise Mistake(
            f"PATTERN: expected a SKU or a name of at most {_LONGEST} characters, got {pattern!r:.80}"
        )
    with opened(db) as database:
        confirmed = treatment is Treatment.OK
        kind = LineTreatment.PRODUCT if confirmed else LineTreatment(treatment.value.replace("-", "_"))
        sku = sku.strip() or (_sku_of(words) if confirmed else "")
        freed = treat_lines(
            database,
            shop_of(database, shop),
            words,
            kind,
            WorkerId(by),
            sku,
            barcode.strip(),
            confirmed=confirmed,
        )
    say(f"{words}: {treatment.value}{f' ({sku})' if sku else ''}.")
    if freed:
        say(f"{len(freed)} orders on hold can go on: {', '.join(freed[:20])}.")


def _sku_of(words: str) -> str:
    """A SKU for what the shop has none for: its name in capitals, signs as dashes, at most 40 characters."""
    return re.sub(r"\W+", "-", words).strip("-").upper()[:40]


def rules(shop: ShopCode = None, db: Db = None) -> None:
    """List what was said, the newest first."""
    from data.store import line_rules, lookup

    with opened(db) as database, database.reader.connect() as connection:
        known = line_rules.rules(connection, shop_of(database, shop))
        products = lookup.products(connection, [rule.sku for rule in known])
        for rule in known:
            confirmed = rule.sku in products and products[rule.sku].no_barcode
            what = Treatment.OK.value if confirmed else rule.treatment.value.replace("_", "-")
            say(f"{rule.pattern}: {what} {rule.sku}".rstrip() + f" ({rule.at:%Y-%m-%d}, {rule.by})")
