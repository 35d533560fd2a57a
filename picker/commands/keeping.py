"""`picker init`, `picker db …` and `picker doctor`: making, keeping and examining."""

import json
from pathlib import Path
from typing import Annotated

import typer

from picker.commands import scanner
from picker.commands.common import Db, Json, open_db, say, settings


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    app.command("init")(init)
    examining = typer.Typer(invoke_without_command=True, rich_markup_mode=None)
    examining.callback()(doctor)
    scanner.add_to(examining)
    app.add_typer(examining, name="doctor")
    group = typer.Typer(help="Keep the database.", no_args_is_help=True, rich_markup_mode=None)
    group.command("upgrade")(upgrade)
    group.command("verify")(verify)
    group.command("backup")(backup)
    app.add_typer(group, name="db")


def init(db: Db = None) -> None:
    """Make a shop's database: its tables, a first badge, a carrier service and the usual packagings."""
    from data.starter import LEAD_BADGE
    from picker.services.office.new_shop import make_shop
    from picker.services.shop import is_empty

    chosen = settings(db)
    was_empty = is_empty(chosen.db)
    database = make_shop(chosen.db)
    database.dispose()
    if not was_empty:
        say(f"{database.name} is a shop's database already; nothing was changed.")
        return
    say(f"Made {database.name}.")
    say(f"The first badge is {LEAD_BADGE} (worker lead). Import your own with: picker import workers FILE")


def upgrade(db: Db = None) -> None:
    """Bring the database up to this program; a SQLite file is copied first."""
    from data.schema import current
    from data.schema import upgrade as upgrade_tables
    from picker.services.shop import existing

    database = existing(settings(db).db)
    try:
        before = current(database)
        copy = upgrade_tables(database)
        after = current(database)
    finally:
        database.dispose()
    say(f"Schema {before} -> {after}." if before != after else f"Schema {after} is up to date.")
    if copy is not None:
        say(f"A copy from before is in {copy}.")


def verify(db: Db = None, as_json: Json = False) -> None:
    """Rebuild everything from the event log in memory and compare. Exit code 1: something differs."""
    from picker.services.verify import verify as compare

    database = open_db(settings(db).db)
    try:
        comparison = compare(database)
    finally:
        database.dispose()
    if as_json:
        say(
            json.dumps(
                {
                    "events": comparison.events,
                    "orders": comparison.orders,
                    "differences": comparison.differences,
                }
            )
        )
    else:
        for difference in comparison.differences:
            say(difference)
        verdict = (
            f"{len(comparison.differences)} differences" if comparison.differences else "everything agrees"
        )
        say(f"{comparison.events} events of {comparison.orders} orders: {verdict}.")
    raise typer.Exit(1 if comparison.differences else 0)


def backup(
    target: Annotated[Path, typer.Argument(metavar="FILE", help="Where the copy goes; it must not exist.")],
    db: Db = None,
) -> None:
    """Copy a SQLite database while stations work, and check the copy."""
    from data.backup import backup as copy
    from picker.services.shop import existing

    database = existing(settings(db).db)
    try:
        say(f"Copied to {copy(database, target)} and checked.")
    finally:
        database.dispose()


def doctor(context: typer.Context, db: Db = None, as_json: Json = False) -> None:
    """Examine this machine: database, scanner libraries, fonts, printer, terminal; or, by name, the scanner."""
    if context.invoked_subcommand is not None:
        return
    from picker.services.doctor import examine

    findings = examine(settings(db))
    if as_json:
        rows = [{"ok": f.ok, "topic": f.topic, "words": f.words} for f in findings]
        typer.echo(json.dumps(rows))
    else:
        for finding in findings:
            say(f"{'ok  ' if finding.ok else 'LOOK'}  {finding.topic}: {finding.words}")
    raise typer.Exit(0 if all(finding.ok for finding in findings) else 1)
