"""`picker lead` and `picker events`: what holds the shift up, and what happened to an order."""

import json
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from data.types import ShopId, WorkerId
from picker.commands.campaign_saving import By, decider, zone
from picker.commands.common import Db, Json, open_db, say, settings, shop_of

if TYPE_CHECKING:
    from data.engine import Database
    from picker.config import Settings
    from picker.services.campaigns.managing import ManagedCampaigns
    from picker.services.reports.types import LeadReport


Only = Annotated[str | None, typer.Option("--shop", metavar="CODE", help="Of one shop only.")]


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    app.command("lead")(lead)
    app.command("events")(events)


def lead(by: By = "", shop: Only = None, db: Db = None, as_json: Json = False) -> None:
    """Show the shift: cut-offs, stations, output per hour, exceptions; live in a terminal, with the campaigns.

    Of all shops; --shop narrows it to one, and where there are several opens that one's campaigns.
    """
    from picker.services.reports.lead import lead_report, shift_start
    from picker.services.reports.words import in_words

    chosen = settings(db)
    database = open_db(chosen.db)

    try:
        only = shop_of(database, shop) if shop else ShopId("")

        def read() -> "LeadReport":
            return lead_report(database, chosen.timezone, shift_start(chosen.timezone), shop=only)

        if as_json:
            typer.echo(read().to_json())
        elif sys.stdout.isatty():
            who = decider(database, by) if by else _only_lead(database)
            _screen(
                read, _campaigns(database, only or chosen.shop, db, who), _language(database, who, chosen)
            )
        else:
            say(in_words(read()))
    finally:
        database.dispose()


def _campaigns(database: "Database", shop: str, db: str | None, who: str) -> "ManagedCampaigns | None":
    """The campaigns of a shop, or of the only one; None where it could be several."""
    from picker.errors import Unknown
    from picker.services.campaigns.managing import ManagedCampaigns
    from picker.services.shop import chosen_shop

    try:
        return ManagedCampaigns(database, chosen_shop(database, shop), zone(db), who)
    except Unknown:
        return None


def _only_lead(database: "Database") -> str:
    """The one there is, else nobody: who only looks need not say who it is."""
    from picker.services.leads import NoLead, who_decides

    with database.reader.connect() as connection:
        try:
            return who_decides(connection, "")
        except NoLead:
            return ""


def _language(database: "Database", who: str, chosen: "Settings") -> str:
    """What the lead who reads speaks; where nobody knows who that is, what the station speaks."""
    from data.store import lookup

    with database.reader.connect() as connection:
        reader = lookup.worker(connection, WorkerId(who)) if who else None
    return reader.language if reader else chosen.language


def _screen(read: "Callable[[], LeadReport]", campaigns: "ManagedCampaigns | None", language: str) -> None:
    from picker.tui.lead import LeadApp

    LeadApp(read, campaigns, language).run(mouse=False)


def events(
    order: Annotated[str, typer.Argument(metavar="ORDER", help="The order's number.")],
    db: Db = None,
    as_json: Json = False,
) -> None:
    """Tell what happened to an order: who scanned what, when, and where it went wrong."""
    from picker.services.devices.order_photos import OrderPhotos
    from picker.services.office.history import order_history

    chosen = settings(db)
    database = open_db(chosen.db)
    try:
        history = order_history(database, order, OrderPhotos(chosen))
    finally:
        database.dispose()
    if as_json:
        typer.echo(json.dumps([line.to_json() for line in history], ensure_ascii=True))
        return
    for line in history:
        say(f"{line.at:%Y-%m-%d %H:%M:%S}  {line.station:<10} {line.worker:<12} {line.words}")
