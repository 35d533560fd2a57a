"""`picker shop`: what is set once about each shop that a warehouse packs for."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from data.types import ShopId
from picker.commands.common import Db, ShopCode, opened, say, settings, shop_of
from picker.errors import Mistake

if TYPE_CHECKING:
    from sqlalchemy import Connection, Row

    from data.engine import Database


MOST_DAYS = 3650
_DATING = {"holidays", "sender_country"}
"""What decides on which days carriers collect."""
_NAMED = {True: "are named", False: "are not named"}


class What(StrEnum):
    """What is done, where it isn't to show or set a shop."""

    ADD = "add"
    LIST = "list"


Do = Annotated[What | None, typer.Argument(help="Make a further shop, or list them.")]
NewCode = Annotated[
    str | None, typer.Argument(metavar="CODE", help="Of the new shop: 1 to 16 letters, digits or _.")
]
ShopName = Annotated[str | None, typer.Option(help="The shop's name, on slips and inserts.")]
Sender = Annotated[str | None, typer.Option(help="Return address, lines separated by |.")]
Country = Annotated[str | None, typer.Option(help="The sender's country, two letters.")]
Currency = Annotated[
    str | None, typer.Option(metavar="CODE", help="Of prices whose file names none: EUR, KWD.")
]
Language = Annotated[
    str | None, typer.Option(metavar="TAG", help="Of buyers of whom neither language nor country is known.")
]
Prefix = Annotated[str | None, typer.Option(help="GS1 company prefix, 4 to 12 digits.")]
ReturnUrl = Annotated[str | None, typer.Option(help="Where the returns code leads, https://…")]
ExchangeUrl = Annotated[
    str | None, typer.Option(help="Where who receives a gift exchanges it, https://…; empty for nowhere.")
]
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
    what: Do = None,
    code: NewCode = None,
    of: ShopCode = None,
    name: ShopName = None,
    sender: Sender = None,
    country: Country = None,
    currency: Currency = None,
    language: Language = None,
    gs1_prefix: Prefix = None,
    return_url: ReturnUrl = None,
    exchange_url: ExchangeUrl = None,
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
    """Show or set a shop: its name, sender, GS1 company prefix, returns, the days that goods must keep, holidays.

    `picker shop add CODE` makes a further one, with papers, campaigns and prices of its own.
    """
    from data.rest_days import known_region

    changes: dict[str, object] = {
        "name": name,
        "sender_lines": _parts(sender) if sender else None,
        "sender_country": _country(country),
        "currency": _currency(currency),
        "language": _language(language),
        "company_prefix": _prefix(gs1_prefix),
        "return_url": _url("Returns", return_url),
        "exchange_url": _url("Exchange", exchange_url),
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
    change = _Change(given, in_countries, rest, sscc_start)
    with opened(db) as database:
        if what is What.ADD:
            of = _new_code(code, change)
            _set(database, of, change, new=True)
        elif code or (what and (of or change)):
            raise Mistake("Expected picker shop add CODE, picker shop list, or options alone")
        elif change:
            _set(database, shop_of(database, of), change)
        _show(database, of or "", whole=what is not What.LIST)


@dataclass(frozen=True, slots=True)
class _Change:
    """What is set: fields, days by country, days of rest or none, and the serial of the next SSCC."""

    fields: dict[str, object]
    days_in: Mapping[str, int]
    rest: Mapping[str, bool]
    sscc_start: int | None

    def __bool__(self) -> bool:
        return bool(self.fields or self.days_in or self.rest) or self.sscc_start is not None


def _new_code(code: str | None, change: _Change) -> ShopId:
    if code is None or not re.fullmatch(r"[A-Za-z0-9_]{1,16}", code):
        raise Mistake(f"A shop's code: expected 1 to 16 letters, digits or _, got {code or 'none'!r}")
    change.fields.setdefault("name", code)
    return ShopId(code)


def _tell_apart(connection: "Connection", code: str, name: str, *, new: bool) -> None:
    """Raises Mistake where another shop has the name, or the code of the new one."""
    from data.store import setup

    for row in setup.shops(connection):
        same = row.id.casefold() == code.casefold()
        if (new and same) or (not same and row.name.casefold() == name.casefold()):
            raise Mistake(f"There is a shop {row.id} ({row.name}) already")


def _set(database: "Database", code: ShopId, change: _Change, *, new: bool = False) -> None:
    """Make the shop where it is new, and set what is given, all or nothing."""
    from data.store import lookup, setup
    from data.store.cutoffs import redate
    from picker.services.office.new_shop import add_shop
    from picker.services.orders import numbers

    moved = 0
    with database.writer.begin() as connection:
        if "name" in change.fields:
            _tell_apart(connection, code, str(change.fields["name"]), new=new)
        if new:
            add_shop(connection, code)
        setup.set_shop(connection, code, change.fields, change.days_in, change.rest)
        prefix = lookup.shop(connection, code).company_prefix
        if "company_prefix" in change.fields:
            numbers.take_prefix(connection, code, prefix)
        if change.sscc_start is not None:
            numbers.begin(connection, prefix, change.sscc_start)
        if change.rest or change.fields.keys() & _DATING:
            moved = redate(connection, settings().timezone)
    if moved:
        say(f"{moved} open orders are due anew.")


def _show(database: "Database", of: str, *, whole: bool) -> None:
    from data.store import setup

    only = shop_of(database, of) if of else ""
    with database.reader.connect() as connection:
        for row in setup.shops(connection):
            if not only or row.id == only:
                say(_words(row) if whole else f"{row.id}: {row.name}; GS1 prefix {row.company_prefix}")


def _words(row: "Row[Any]") -> str:
    returns = f"  return days {row.return_days}; {' | '.join(row.return_policy)}".rstrip("; ")
    return "\n".join(
        (
            f"{row.id}: {row.name}; sender {' | '.join(row.sender_lines)} {row.sender_country}".rstrip(),
            f"  prices in {row.currency}; buyers spoken to in {row.language} where nothing says another",
            f"  GS1 prefix {row.company_prefix}; returns {row.return_url or 'nowhere'}",
            f"  gifts are exchanged at {row.exchange_url or 'no address'}",
            returns,
            f"  return slip {row.return_slip or 'never'}; packers {_NAMED[row.name_packer]} on inserts",
            f"  goods must keep {_keep(row.min_days_left, row.min_days_left_in)}",
            f"  carriers collect for {' | '.join(row.collect_for) or 'no way of payment'}",
            f"  no cut-offs on holidays of {_region(row)}{''.join(f', {day}' for day in row.closed_days)}",
        )
    )


def _keep(days: int, in_countries: Mapping[str, int]) -> str:
    parts = [f"{code} {more}" for code, more in sorted(in_countries.items())]
    return "; ".join([f"{days} days", *([", ".join(parts)] if parts else [])])


def _region(row: "Row[Any]") -> str:
    return row.holidays or row.sender_country or "no country"


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text.strip()).isoformat()
    except ValueError:
        raise Mistake(f"Closed: expected a date such as 2026-12-24, got {text!r}") from None


def _days_in(text: str) -> tuple[str, int]:
    match = re.fullmatch(r"\s*([A-Za-z]{2})\s*=\s*([0-9]{1,4})\s*", text)
    if match is None or int(match[2]) > MOST_DAYS:
        raise Mistake(f"Days left: expected a country and 0 to {MOST_DAYS} days such as DE=30, got {text!r}")
    return _country(match[1]) or "", int(match[2])


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


def _currency(text: str | None) -> str | None:
    from data.money import is_currency

    if text is not None and not is_currency(text.upper()):
        raise Mistake(f"Currency: expected its three letters of ISO 4217 such as EUR or KWD, got {text!r}")
    return text and text.upper()


def _language(text: str | None) -> str | None:
    if text is not None and not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", text):
        raise Mistake(f"Language: expected a tag such as pl or zh-CN, got {text!r}")
    return text


def _rule(text: str | None) -> str | None:
    """A rule as campaigns have them; every parcel's is `parcel >= 1`."""
    from picker.inserts import RuleError, parse_rule

    if text is None or text.strip().casefold() == "none":
        return text and ""
    try:
        return parse_rule(text).text
    except RuleError as error:
        raise Mistake(f"Return slip: {error}") from None


def _url(name: str, text: str | None) -> str | None:
    from picker.inserts.returns import return_url

    try:
        if text and re.search(r"\s", return_url(text, "1", 1)):
            raise ValueError("it has blanks")
    except ValueError:
        raise Mistake(f"{name} address: expected https://…, got {text!r}") from None
    return text
