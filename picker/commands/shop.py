"""`picker shop`: what a warehouse sets once about itself."""

import re
from collections.abc import Mapping
from typing import Annotated

import typer

from picker.commands.common import Db, open_db, say, settings
from picker.errors import Mistake

MOST_DAYS = 3650
_NAMED = {True: "are named", False: "are not named"}


def add_to(app: typer.Typer) -> None:
    """Add this command."""
    app.command("shop")(shop)


def shop(
    name: Annotated[str | None, typer.Option(help="The shop's name, on slips and inserts.")] = None,
    sender: Annotated[str | None, typer.Option(help="Return address, lines separated by |.")] = None,
    country: Annotated[str | None, typer.Option(help="The sender's country, two letters.")] = None,
    gs1_prefix: Annotated[str | None, typer.Option(help="GS1 company prefix, 7 to 10 digits.")] = None,
    return_url: Annotated[str | None, typer.Option(help="Where the returns code leads, https://…")] = None,
    return_slip: Annotated[
        str | None,
        typer.Option(
            metavar="RULE", help='Parcels that get a return slip: country in ("DE", "AT"); or none.'
        ),
    ] = None,
    return_days: Annotated[
        int | None, typer.Option(min=0, max=3650, help="For how long goods may come back; 0 says nothing.")
    ] = None,
    return_policy: Annotated[
        str | None, typer.Option(help="What the return slip says about it, lines separated by |.")
    ] = None,
    name_packer: Annotated[
        bool | None, typer.Option("--name-packer/--no-name-packer", help="Inserts may name who packed.")
    ] = None,
    min_days_left: Annotated[
        int | None,
        typer.Option(min=0, max=MOST_DAYS, help="Days that goods with a date must keep when they go out."),
    ] = None,
    min_days_left_in: Annotated[
        list[str] | None,
        typer.Option(metavar="COUNTRY=DAYS", help="The same for one country: DE=30; DE=0 takes it back."),
    ] = None,
    db: Db = None,
) -> None:
    """Show or set the shop: its name, sender, GS1 company prefix, returns and the days that goods must keep."""
    from data.store import setup

    changes: dict[str, object] = {
        "name": name,
        "sender_lines": _parts(sender) if sender else None,
        "sender_country": _country(country),
        "company_prefix": _prefix(gs1_prefix),
        "return_url": _url(return_url),
        "return_slip": _rule(return_slip),
        "return_days": return_days,
        "return_policy": None if return_policy is None else _parts(return_policy),
        "name_packer": name_packer,
        "min_days_left": min_days_left,
    }
    in_countries = dict(_days_in(text) for text in min_days_left_in or ())
    given = {field: value for field, value in changes.items() if value is not None}
    chosen = settings(db)
    database = open_db(chosen.db)
    try:
        if given or in_countries:
            with database.writer.begin() as connection:
                if not setup.set_shop(connection, chosen.shop, given, in_countries):
                    raise Mistake(f"There is no shop {chosen.shop!r}")
        with database.reader.connect() as connection:
            for row in setup.shops(connection):
                lines = " | ".join(row.sender_lines)
                say(f"{row.id}: {row.name}; sender {lines} {row.sender_country}".rstrip())
                say(f"  GS1 prefix {row.company_prefix}; returns {row.return_url or 'nowhere'}")
                say(f"  return days {row.return_days}; {' | '.join(row.return_policy)}".rstrip("; "))
                say(
                    f"  return slip {row.return_slip or 'never'}; packers {_NAMED[row.name_packer]} on inserts"
                )
                say(f"  goods must keep {_keep(row.min_days_left, row.min_days_left_in)}")
    finally:
        database.dispose()


def _keep(days: int, in_countries: Mapping[str, int]) -> str:
    told = [f"{code} {more}" for code, more in sorted(in_countries.items())]
    return "; ".join([f"{days} days", *([", ".join(told)] if told else [])])


def _days_in(text: str) -> tuple[str, int]:
    found = re.fullmatch(r"\s*([A-Za-z]{2})\s*=\s*([0-9]{1,4})\s*", text)
    if found is None or int(found[2]) > MOST_DAYS:
        raise Mistake(f"Days left: expected a country and 0 to {MOST_DAYS} days such as DE=30, got {text!r}")
    return _country(found[1]) or "", int(found[2])


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split("|") if part.strip()]


def _prefix(text: str | None) -> str | None:
    if text is not None and not re.fullmatch(r"[0-9]{7,10}", text):
        raise Mistake(f"GS1 company prefix: expected 7 to 10 digits, got {text!r}")
    return text


def _country(text: str | None) -> str | None:
    from printing.addresses import is_country

    if text is not None and not is_country(text.upper()):
        raise Mistake(f"Country: expected its two letters of ISO 3166 such as PL or DE, got {text!r}")
    return text and text.upper()


def _rule(text: str | None) -> str | None:
    """A rule as campaigns have them; every parcel's is `parcel >= 1`."""
    from picker.inserts import RuleError, parse_rule

    if text is None or text.strip().casefold() == "none":
        return text and ""
    try:
        return parse_rule(text).text
    except RuleError as error:
        raise Mistake(f"Return slip: {error}") from None


def _url(text: str | None) -> str | None:
    if text and not re.match(r"https?://[^\s/]+", text):
        raise Mistake(f"Returns address: expected https://…, got {text!r}")
    return text
