"""`picker shop`: what a warehouse sets once about itself."""

import re
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from picker.commands.common import Db, opened, say, settings
from picker.errors import Mistake

if TYPE_CHECKING:
    from sqlalchemy import Row


MOST_DAYS = 3650
_DATING = {"holidays", "sender_country"}
"""What decides on which days carriers collect."""
_NAMED = {True: "are named", False: "are not named"}


ShopName = Annotated[str | None, typer.Option(help="The shop's name, on slips and inserts.")]
Sender = Annotated[str | None, typer.Option(help="Return address, lines separated by |.")]
Country = Annotated[str | None, typer.Option(help="The sender's country, two letters.")]
Prefix = Annotated[str | None, typer.Option(help="GS1 company prefix, 4 to 12 digits.")]
ReturnUrl = Annotated[str | None, typer.Option(help="Where the returns code leads, https://…")]
ReturnSlip = Annotated[
    str | None,
    typer.Option(metavar="RULE", help='Parcels that get a return slip: country in ("DE", "AT"); or none.'),
]
ReturnDays = Annotated[
    int | None, typer.Option(min=0, max=3650, help="For how long goods may come back; 0 says nothing.")
]
ReturnPolicy = Annotated[
    str | None, typer.Option(help="What the return slip says about it, lines separated by |.")
]
NamePacker = Annotated[
    bool | None, typer.Option("--name-packer/--no-name-packer", help="Inserts may name who packed.")
]
MinDaysLeft = Annotated[
    int | None,
    typer.Option(min=0, max=MOST_DAYS, help="Days that goods with a date must keep when they go out."),
]
MinDaysLeftIn = Annotated[
    list[str] | None,
    typer.Option(metavar="COUNTRY=DAYS", help="The same for one country: DE=30; DE=0 takes it back."),
]


SsccStart = Annotated[
    int | None,
    typer.Option(min=0, help="Serial of the next SSCC, where earlier ones were given elsewhere."),
]
CollectFor = Annotated[
    str | None,
    typer.Option(metavar="WAY|…", help="Ways of payment packed unpaid, for the carrier collects; or none."),
]
Holidays = Annotated[
    str | None,
    typer.Option(metavar="REGION", help="Whose public holidays carriers keep: PL, DE-BY, or none."),
]
Closed = Annotated[
    list[str] | None,
    typer.Option(metavar="DATE", help="A further day without a cut-off: 2026-12-24; again for more."),
]
Opened = Annotated[list[str] | None, typer.Option("--open", metavar="DATE", help="Takes such a day back.")]


def add_to(app: typer.Typer) -> None:
    """Add this command."""
    app.command("shop")(shop)


def shop(
    name: ShopName = None,
    sender: Sender = None,
    country: Country = None,
    gs1_prefix: Prefix = None,
    return_url: ReturnUrl = None,
    return_slip: ReturnSlip = None,
    return_days: ReturnDays = None,
    return_policy: ReturnPolicy = None,
    name_packer: NamePacker = None,
    min_days_left: MinDaysLeft = None,
    min_days_left_in: MinDaysLeftIn = None,
    sscc_start: SsccStart = None,
    collect_for: CollectFor = None,
    holidays: Holidays = None,
    closed: Closed = None,
    opened_on: Opened = None,
    db: Db = None,
) -> None:
    """Show or set the shop: its name, sender, GS1 company prefix, returns, the days that goods must keep, holidays."""
    from data.rest_days import known_region

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
        "collect_for": None if collect_for is None else _ways(collect_for),
        "holidays": None if holidays is None else known_region(holidays),
    }
    given = {field: value for field, value in changes.items() if value is not None}
    in_countries = dict(_days_in(text) for text in min_days_left_in or ())
    rest = {_day(text): True for text in closed or ()} | {_day(text): False for text in opened_on or ()}
    _set_and_show(db, given, in_countries, rest, sscc_start)


def _set_and_show(
    db: str | None,
    given: dict[str, object],
    in_countries: dict[str, int],
    rest: dict[str, bool],
    sscc_start: int | None,
) -> None:
    from data.store import lookup, setup
    from data.store.cutoffs import redate
    from picker.services.orders import numbers

    chosen, moved = settings(db), 0
    with opened(db) as database:
        if given or in_countries or rest or sscc_start is not None:
            with database.writer.begin() as connection:
                if not setup.set_shop(connection, chosen.shop, given, in_countries, rest):
                    raise Mistake(f"There is no shop {chosen.shop!r}")
                prefix = lookup.shop(connection, chosen.shop).company_prefix
                if "company_prefix" in given:
                    numbers.take_prefix(connection, chosen.shop, prefix)
                if sscc_start is not None:
                    numbers.begin(connection, prefix, sscc_start)
                if rest or given.keys() & _DATING:
                    moved = redate(connection, chosen.timezone)
        if moved:
            say(f"{moved} open orders are due anew.")
        with database.reader.connect() as connection:
            for row in setup.shops(connection):
                say(_words(row))


def _words(row: "Row[Any]") -> str:
    returns = f"  return days {row.return_days}; {' | '.join(row.return_policy)}".rstrip("; ")
    return "\n".join(
        (
            f"{row.id}: {row.name}; sender {' | '.join(row.sender_lines)} {row.sender_country}".rstrip(),
            f"  GS1 prefix {row.company_prefix}; returns {row.return_url or 'nowhere'}",
            returns,
            f"  return slip {row.return_slip or 'never'}; packers {_NAMED[row.name_packer]} on inserts",
            f"  goods must keep {_keep(row.min_days_left, row.min_days_left_in)}",
            f"  carriers collect for {' | '.join(row.collect_for) or 'no way of payment'}",
            f"  no cut-offs on holidays of {_region(row)}{''.join(f', {day}' for day in row.closed_days)}",
        )
    )


def _keep(days: int, in_countries: Mapping[str, int]) -> str:
    told = [f"{code} {more}" for code, more in sorted(in_countries.items())]
    return "; ".join([f"{days} days", *([", ".join(told)] if told else [])])


def _region(row: "Row[Any]") -> str:
    return row.holidays or row.sender_country or "no country"


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text.strip()).isoformat()
    except ValueError:
        raise Mistake(f"Closed: expected a date such as 2026-12-24, got {text!r}") from None


def _days_in(text: str) -> tuple[str, int]:
    found = re.fullmatch(r"\s*([A-Za-z]{2})\s*=\s*([0-9]{1,4})\s*", text)
    if found is None or int(found[2]) > MOST_DAYS:
        raise Mistake(f"Days left: expected a country and 0 to {MOST_DAYS} days such as DE=30, got {text!r}")
    return _country(found[1]) or "", int(found[2])


def _ways(text: str) -> list[str]:
    return [] if text.strip().casefold() == "none" else _parts(text)


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split("|") if part.strip()]


def _prefix(text: str | None) -> str | None:
    if text is not None and not re.fullmatch(r"[0-9]{4,12}", text):
        raise Mistake(f"GS1 company prefix: expected 4 to 12 digits, got {text!r}")
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
