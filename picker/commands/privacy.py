"""`picker privacy erase`: who buyers are is forgotten when it is no longer needed."""

import json
from typing import Annotated

import typer

from picker.commands.common import Db, Json, opened, say, settings


def add_to(app: typer.Typer) -> None:
    """Add this command."""
    group = typer.Typer(help="Buyers' data.", no_args_is_help=True, rich_markup_mode=None)
    group.callback()(_group)
    group.command("erase")(erase)
    app.add_typer(group, name="privacy")


def _group() -> None:
    """Buyers' data."""


def erase(
    days: Annotated[
        int | None, typer.Option(min=0, max=36_500, help="Days after closing; the setting erase_after_days.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be erased; erase nothing.")
    ] = False,
    db: Db = None,
    as_json: Json = False,
) -> None:
    """Erase names, addresses, e-mails, phones, notes and documents of orders closed long enough ago.

    Of customers without a later order also tags, tier, points, birthday and imported purchases. Stations do the same by
    themselves at their start and at the turn of each day. The log, figures and coupons stay. Backups and recordings
    made earlier still hold what was erased.
    """
    from picker.services.office.privacy import erase as erase_now

    chosen = settings(db)
    after = chosen.erase_after_days if days is None else days
    with opened(db) as database:
        with database.reader.connect() as connection:
            now = database.now(connection)
        erased = erase_now(database, chosen, after, now, dry_run=dry_run)
    if as_json:
        say(json.dumps(erased.to_json()))
        return
    done = "Would erase" if dry_run else "Erased"
    say(f"{done} {erased.orders} orders over before {erased.before:%Y-%m-%d %H:%M} UTC")
    say(f"  and {erased.customers} customers without a later order.")
    if not dry_run:
        say(f"  {erased.print_jobs} print jobs and {erased.carrier_labels} carriers' labels were emptied,")
        say(f"  {erased.spooled} jobs of this machine's print spools, and {erased.files} files removed.")
