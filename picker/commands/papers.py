"""`picker cards` and `picker jobs`: what is printed, and what became of it."""

import json
from pathlib import Path
from typing import Annotated

import typer

from picker.commands.common import Db, Json, Mistake, say, settings


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    app.command("cards")(cards)
    app.command("jobs")(jobs)


def cards(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Ends in .pdf or .png.")],
    badges: Annotated[
        bool, typer.Option("--badges", help="The workers' badges instead of commands.")
    ] = False,
    db: Db = None,
) -> None:
    """Print the sheet of command barcodes to a file, so that a packer needs no keyboard."""
    from picker.services.cards import write_cards

    if file.suffix.lower() not in (".pdf", ".png"):
        raise Mistake(f"{file.name!r} must end in .pdf or .png")
    try:
        written = write_cards(file, settings(db), badges=badges)
    except OSError as error:
        raise Mistake(f"{file} can't be written: {error.strerror}") from None
    for path in written:
        say(f"Wrote {path}")


def jobs(
    order: Annotated[str | None, typer.Argument(metavar="ORDER", help="Only this order's.")] = None,
    db: Db = None,
    as_json: Json = False,
) -> None:
    """List print jobs and their states as the stations report them."""
    from picker.services.jobs import print_jobs

    found = print_jobs(settings(db), order)
    if as_json:
        typer.echo(json.dumps([job.to_json() for job in found]))
        return
    for job in found:
        say(f"{job.order:<14} parcel {job.parcel}  {job.document:<8} {job.state:<10} {job.detail}")
