"""`picker dangerous`: the table of dangerous goods, and a lead's word that it is still right."""

from datetime import UTC, date, datetime
from typing import Annotated

import typer

from picker.commands.common import Db, opened, say


def add_to(app: typer.Typer) -> None:
    """Add this command."""
    group = typer.Typer(
        help="Dangerous goods: what may fly, which marks.", invoke_without_command=True, rich_markup_mode=None
    )
    group.callback()(show)
    group.command("confirm")(confirm)
    app.add_typer(group, name="dangerous")


def show(context: typer.Context, db: Db = None) -> None:
    """Show the table with its sources, and when it was last confirmed."""
    if context.invoked_subcommand is not None:
        return
    from picker import dangerous
    from picker.services.reports.tables import last_confirmed

    say((dangerous.__doc__ or "").strip())
    flying = [f"UN {un}{'' if flies else ' never by air'}" for un, flies in dangerous.BATTERIES.items()]
    limited = [_most(f"UN {un}", most) for un, most in dangerous.LIMITED.items()]
    by_class = [_most(f"class {code}", most) for code, most in dangerous.LIMITED_CLASSES.items()]
    say(f"Batteries: {', '.join(flying)}")
    say(f"Limited quantities, never by air: {', '.join(limited)}")
    say(f"Without a UN number: {', '.join(by_class)}")
    with opened(db) as database, database.reader.connect() as connection:
        checked = last_confirmed(connection)
    say(f"Read on {dangerous.READ_ON}, last confirmed {checked or 'never'}")


def confirm(
    on: Annotated[
        str | None, typer.Option(metavar="DATE", help="When it was compared, by default today.")
    ] = None,
    db: Db = None,
) -> None:
    """Say that the table was compared with its sources and is right; due once a year."""
    from data.store import setup
    from picker.errors import Mistake

    today = datetime.now(UTC).date()
    try:
        day = date.fromisoformat(on) if on else today
    except ValueError:
        raise Mistake(f"Expected a date such as 2026-12-01, got {on!r}") from None
    if day > today:
        raise Mistake(f"Expected a day that has come, got {day}")
    with opened(db) as database, database.writer.begin() as connection:
        for row in setup.shops(connection):
            setup.set_shop(connection, row.id, {"dangerous_checked": day.isoformat()})
    say(f"The table of dangerous goods was confirmed on {day}.")


def _most(what: str, most: int) -> str:
    return f"{what} up to {most} ml or g" if most else f"{what} never"
