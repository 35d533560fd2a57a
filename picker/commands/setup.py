"""`picker shop` and `picker service`: what a warehouse sets once."""

import re
from typing import Annotated

import typer

from picker.commands.common import Db, Mistake, open_db, say, settings


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    app.command("shop")(shop)
    app.command("service")(service)


def shop(
    name: Annotated[str | None, typer.Option(help="The shop's name, on slips and inserts.")] = None,
    sender: Annotated[str | None, typer.Option(help="Return address, lines separated by |.")] = None,
    country: Annotated[str | None, typer.Option(help="The sender's country, two letters.")] = None,
    gs1_prefix: Annotated[str | None, typer.Option(help="GS1 company prefix, 7 to 10 digits.")] = None,
    return_url: Annotated[str | None, typer.Option(help="Where the returns code leads, https://…")] = None,
    db: Db = None,
) -> None:
    """Show or set the shop: its name, sender, GS1 company prefix and returns address."""
    from data.store import setup

    changes: dict[str, object] = {
        "name": name,
        "sender_lines": [part.strip() for part in sender.split("|")] if sender else None,
        "sender_country": country.upper() if country else None,
        "company_prefix": _prefix(gs1_prefix),
        "return_url": _url(return_url),
    }
    given = {field: value for field, value in changes.items() if value is not None}
    chosen = settings(db)
    database = open_db(chosen.db)
    try:
        if given:
            with database.writer.begin() as connection:
                if not setup.set_shop(connection, chosen.shop, given):
                    raise Mistake(f"There is no shop {chosen.shop!r}")
        with database.reader.connect() as connection:
            for row in setup.shops(connection):
                lines = " | ".join(row.sender_lines)
                say(f"{row.id}: {row.name}; sender {lines} {row.sender_country}".rstrip())
                say(f"  GS1 prefix {row.company_prefix}; returns {row.return_url or 'nowhere'}")
    finally:
        database.dispose()


def _prefix(text: str | None) -> str | None:
    if text is not None and not re.fullmatch(r"[0-9]{7,10}", text):
        raise Mistake(f"GS1 company prefix: expected 7 to 10 digits, got {text!r}")
    return text


def _url(text: str | None) -> str | None:
    if text and not re.match(r"https?://[^\s/]+", text):
        raise Mistake(f"Returns address: expected https://…, got {text!r}")
    return text


def service(
    code: Annotated[str | None, typer.Argument(metavar="CODE", help="As orders name it.")] = None,
    carrier: Annotated[str | None, typer.Option(help="The carrier's name, on the label.")] = None,
    name: Annotated[str | None, typer.Option(help="The service's name, on the label.")] = None,
    cutoff: Annotated[str | None, typer.Option(metavar="HH:MM", help="When the carrier collects.")] = None,
    max_weight_g: Annotated[int | None, typer.Option(min=1, help="Heaviest parcel, in g.")] = None,
    base_cents: Annotated[int | None, typer.Option(min=0, help="Price of a parcel, in cents.")] = None,
    step_cents: Annotated[int | None, typer.Option(min=0, help="Price of each started step.")] = None,
    step_g: Annotated[int | None, typer.Option(min=1, help="One step, in g.")] = None,
    dim_divisor: Annotated[int | None, typer.Option(min=1, help="cm³ per kg of billable weight.")] = None,
    db: Db = None,
) -> None:
    """Show the carrier services, or set one: its cut-off time, limits and prices."""
    from data.store import setup

    if cutoff is not None and not re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", cutoff):
        raise Mistake(f"Cut-off: expected HH:MM, got {cutoff!r}")
    changes: dict[str, object] = {
        "carrier": carrier,
        "name": name,
        "cutoff": cutoff,
        "max_weight_g": max_weight_g,
        "base_cents": base_cents,
        "step_cents": step_cents,
        "step_g": step_g,
        "dim_divisor": dim_divisor,
    }
    given = {field: value for field, value in changes.items() if value is not None}
    if given and code is None:
        raise Mistake("Which service? Name it: picker service CODE --cutoff 17:30")
    chosen, moved = settings(db), 0
    database = open_db(chosen.db)
    try:
        if code is not None and given:
            with database.writer.begin() as connection:
                setup.set_service(connection, code, given)
                if cutoff is not None:
                    moved = setup.redate(connection, code, cutoff, chosen.timezone)
        with database.reader.connect() as connection:
            for row in setup.services(connection):
                if code in (None, row.code):
                    say(f"{row.code}: {row.carrier}, {row.name}, cut-off {row.cutoff}, {_prices(row)}")
        if moved:
            say(f"{moved} open orders are due anew.")
    finally:
        database.dispose()


def _prices(row: object) -> str:
    values = (getattr(row, name) for name in ("base_cents", "step_cents", "step_g", "max_weight_g"))
    return "{} ct + {} ct each {} g, up to {} g".format(*values)
