"""`picker customs`: the numbers and rates by which customs know a shop and its parcels."""

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from picker.commands.common import Db, ShopCode, opened, say, shop_of
from picker.errors import Mistake

if TYPE_CHECKING:
    from sqlalchemy import Row

Eori = Annotated[str | None, typer.Option(help="The shop's EORI number, or none.")]
Ioss = Annotated[
    str | None,
    typer.Option(help="Its IOSS number, IM and ten digits, for what it sends into the EU; or none."),
]
SdrRate = Annotated[
    list[str] | None,
    typer.Option(
        metavar="CURRENCY=RATE", help="What one SDR is worth (imf.org): EUR=1.1718; again for more."
    ),
]


def add_to(app: typer.Typer) -> None:
    """Add this command."""
    app.command("customs")(customs)


def customs(
    eori: Eori = None, ioss: Ioss = None, sdr_rate: SdrRate = None, shop: ShopCode = None, db: Db = None
) -> None:
    """Show or set what papers for customs say of the shop, and what one SDR is worth: a CN 22 serves up to 300."""
    from data.store import lookup, setup

    read = {
        "eori": _number("EORI", eori, r"[A-Z]{2}[0-9A-Z]{1,15}", "two letters and up to 15 digits", ""),
        "ioss": _number("IOSS", ioss, r"IM[0-9]{10}", "IM and ten digits", "none"),
    }
    given: dict[str, object] = {field: value for field, value in read.items() if value is not None}
    rates = dict(_rate(text) for text in sdr_rate or ())
    with opened(db) as database:
        code = shop_of(database, shop)
        if given or rates:
            with database.writer.begin() as connection:
                setup.lock(connection, code)
                known = lookup.shop(connection, code).sdr_rates
                setup.set_shop(connection, code, {**given, "sdr_rates": {**known, **rates}})
        with database.reader.connect() as connection:
            say(_words(lookup.shop(connection, code)))


def _words(row: "Row[Any]") -> str:
    from picker.services.documents.rates import SDR, SDR_OF

    parts = [f"{rate} {currency} ({day})" for currency, (rate, day) in sorted(row.sdr_rates.items())]
    rates = ", ".join([*parts, f"else as of {SDR_OF} ({SDR['EUR']} EUR)"])
    return f"{row.id}: EORI {row.eori or 'none'}; IOSS {row.ioss or 'not said'}\n  one SDR is worth {rates}"


def _rate(text: str) -> tuple[str, list[str]]:
    """A currency with what one SDR is worth in it, and today's date."""
    match = re.fullmatch(r"\s*([A-Za-z]{3})\s*=\s*([0-9]{1,7}(?:\.[0-9]{1,6})?)\s*", text)
    if match is None or float(match[2]) <= 0:
        raise Mistake(
            f"SDR rate: expected a currency and what one SDR is worth such as EUR=1.1718, got {text!r}"
        )
    return match[1].upper(), [match[2], datetime.now(UTC).date().isoformat()]


def _number(name: str, text: str | None, pattern: str, expected: str, without: str) -> str | None:
    if text is None:
        return None
    if text.strip().casefold() == "none":
        return without
    number = re.sub(r"[\s-]", "", text).upper()
    if not re.fullmatch(pattern, number):
        raise Mistake(f"{name} number: expected {expected}, or none, got {text!r}")
    return number
