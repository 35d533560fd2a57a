"""`picker campaign preview|dry-run|report`: what a campaign would do, and what it did."""

import json
import shutil
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from data.types import ShopId
from picker.amounts import amount
from picker.commands.campaign_saving import Code, campaign_mistakes, faulty, read, zone
from picker.commands.common import Db, Json, ShopCode, opened, say, shop_of
from picker.errors import Mistake

if TYPE_CHECKING:
    from picker.inserts import Campaign
    from picker.services.campaigns.report import GroupResult
    from printing.documents.inserts import Insert

MOST_COLUMNS = 100
PAPER_MM, PAPER_DPI = 80, 203

File = Annotated[Path | None, typer.Option("--file", help="A changed file that isn't saved yet.")]


def add_to(group: typer.Typer) -> None:
    """Add these commands to the group of campaigns."""
    group.command("preview")(preview)
    group.command("dry-run")(dry_run)
    group.command("report")(report)


def _campaign(
    code: str, file: Path | None, given: str | None, db: str | None, as_json: bool = False
) -> "tuple[Campaign, ShopId]":
    """The campaign as it counts now, or as an unsaved file has it, and its shop. Raises Mistake."""
    from data.store import campaigns
    from picker.inserts import CampaignError
    from picker.services.campaigns.campaigns import check
    from picker.services.campaigns.inserts import live_campaign

    with campaign_mistakes(), opened(db) as database, database.reader.connect() as connection:
        shop = shop_of(database, given)
        if file is None:
            row = campaigns.one(connection, shop, code)
            if row is None:
                raise Mistake(f"There is no campaign {code!r}.")
            return live_campaign(row), shop
        try:
            return check(connection, shop, read(file), zone(db)), shop
        except CampaignError as error:
            raise faulty(file.name, error, as_json) from None


def preview(
    code: Code,
    order: Annotated[str, typer.Option("--order", metavar="ORDER", help="Any order, also a past one.")],
    parcel: Annotated[int, typer.Option(min=1, max=999, help="The order's parcel.")] = 1,
    language: Annotated[str, typer.Option(help="As a customer of this language sees it, such as pl.")] = "",
    file: File = None,
    words: Annotated[bool, typer.Option("--words", help="Its words instead of its picture.")] = False,
    shop: ShopCode = None,
    db: Db = None,
) -> None:
    """Show a campaign's card in the terminal as it would be printed for an order; nothing is given away."""
    from picker.services.campaigns.dry_run import REASONS, why_not
    from picker.services.campaigns.preview import preview as card
    from picker.services.documents.any_document import parcel_of
    from picker.services.orders.lookups import order_number

    campaign, of = _campaign(code, file, shop, db)
    with opened(db) as database:
        number = order_number(database, order)
        if not number:
            raise Mistake(f"There is no order {order!r}")
        with database.reader.connect() as connection:
            shown = card(connection, campaign, number, parcel, language)
            why = why_not(connection, of, campaign, parcel_of(connection, number, parcel))
    _words(shown) if words else _picture(shown)
    if why:
        typer.echo(f"This order would not get it: {REASONS[why]}.", err=True)


def _words(insert: "Insert") -> None:
    from picker.services.campaigns.preview import card_words

    for line in card_words(insert):
        say(line)


def _picture(insert: "Insert") -> None:
    from printing.media import of_width
    from printing.preview import to_text
    from printing.rendering import render

    picture = render(insert, of_width(PAPER_MM, PAPER_DPI))
    for note in picture.notes:
        say(f"{note.kind}: {note.text}")
    columns = min(shutil.get_terminal_size().columns, MOST_COLUMNS)
    for page in picture.pages:
        typer.echo("\n".join(to_text(page, columns)))


def dry_run(
    code: Code,
    file: File = None,
    at: Annotated[str, typer.Option("--at", metavar="DATE", help="As if it were this day: 2026-12-24.")] = "",
    shop: ShopCode = None,
    db: Db = None,
    as_json: Json = False,
) -> None:
    """Say how many of the orders that wait now would get a campaign, and why the others would not."""
    from picker.services.campaigns.dry_run import REASONS
    from picker.services.campaigns.dry_run import dry_run as rehearse

    campaign, of = _campaign(code, file, shop, db, as_json)
    with opened(db) as database, database.reader.connect() as connection:
        rehearsal = rehearse(connection, of, campaign, _noon(at, db) if at else None)
    if as_json:
        say(json.dumps(rehearsal.to_json()))
        return
    say(f"{rehearsal.get} of {rehearsal.orders} waiting orders would get {rehearsal.code}.")
    for reason, count in rehearsal.reasons.items():
        say(f"{count:>6}  {REASONS[reason]}")


def _noon(day: str, db: str | None) -> datetime:
    """The middle of a day in the warehouse, in UTC. Raises Mistake for what is no date."""
    try:
        return datetime.combine(date.fromisoformat(day), time(12), zone(db)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise Mistake(f"{day!r} is no date: expected one such as 2026-12-24") from None


def report(shop: ShopCode = None, db: Db = None, as_json: Json = False) -> None:
    """Tell what campaigns brought: printed, redeemed, and what customers ordered afterwards, by group."""
    from picker.services.campaigns.report import campaign_report

    with opened(db) as database, database.reader.connect() as connection:
        results = campaign_report(connection, shop_of(database, shop))
    if as_json:
        say(json.dumps([result.to_json() for result in results]))
        return
    for result in results:
        sold = f" for {amount(result.redeemed_cents, result.decimals)}" if result.redeemed_cents else ""
        broken = f", {result.broken} could not be made" if result.broken else ""
        missed = f", {result.unprinted} were never printed" if result.unprinted else ""
        say(f"{result.code}: {result.name}; {result.redeemed} coupons redeemed{sold}{broken}{missed}")
        _group("test", result.test, result.decimals)
        _group("control", result.control, result.decimals)


def _group(name: str, group: "GroupResult", places: int) -> None:
    each = (
        f" ({amount(group.cents_per_customer, places)} each)" if group.cents_per_customer is not None else ""
    )
    say(
        f"  {name:<8} {group.parcels} parcels, {group.customers} customers; afterwards {group.orders_after} orders "
        f"of {amount(group.cents_after, places)}{each}"
    )
