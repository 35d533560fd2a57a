"""`picker cards`, `picker jobs` and `picker job`: what is printed, and what became of it."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from picker.commands.common import Db, Json, open_db, say, settings
from picker.errors import Mistake

if TYPE_CHECKING:
    from picker.config import Settings

_ANSWERS = {"yes": "yes", "again": "print_again", "torn": "torn"}
"""What a person may say of an unsure job, as the spool has it."""
_ACTIONS = ("reprint", "cancel", "lost", "resolve")


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    app.command("cards")(cards)
    app.command("jobs")(jobs)
    app.command("job")(job)


def cards(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Ends in .pdf or .png.")],
    badges: Annotated[bool, typer.Option("--badges", help="The workers' badges.")] = False,
    locations: Annotated[bool, typer.Option("--locations", help="The locations, along the walk.")] = False,
    packaging: Annotated[bool, typer.Option("--packaging", help="Cartons, mailers and tubes.")] = False,
    totes: Annotated[int, typer.Option("--totes", min=0, max=9999, help="So many numbered totes.")] = 0,
    scanner_test: Annotated[
        bool, typer.Option("--scanner-test", help="The codes for picker doctor scanner.")
    ] = False,
    db: Db = None,
) -> None:
    """Print a sheet of barcodes to a file: the commands, so that a packer needs no keyboard, or others."""
    from picker.services.documents import cards as sheets

    if file.suffix.lower() not in (".pdf", ".png"):
        raise Mistake(f"{file.name!r} must end in .pdf or .png")
    if badges + locations + packaging + bool(totes) + scanner_test > 1:
        raise Mistake("One sheet at a time: --badges, --locations, --packaging, --totes or --scanner-test")
    makers = {
        sheets.badge_cards: badges,
        sheets.location_cards: locations,
        sheets.packaging_cards: packaging,
    }
    of_shop = next((make for make, wanted in makers.items() if wanted), None)
    if of_shop is not None:
        sheet = sheets.shop_cards(settings(db), of_shop)
    elif totes:
        sheet = sheets.tote_cards(totes)
    else:
        sheet = sheets.scanner_cards() if scanner_test else sheets.command_cards()
    try:
        written = sheets.write_cards(file, sheet)
    except OSError as error:
        raise Mistake(f"{file} can't be written: {error.strerror}") from None
    for path in written:
        say(f"Wrote {path}")


def jobs(
    order: Annotated[str | None, typer.Argument(metavar="ORDER", help="Only this order's.")] = None,
    db: Db = None,
    as_json: Json = False,
) -> None:
    """List print jobs, their names and their states."""
    from picker.services.printers.jobs import print_jobs

    every = print_jobs(settings(db), order)
    if as_json:
        typer.echo(json.dumps([job.to_json() for job in every]))
        return
    for line in every:
        say(f"{line.id:<26} {line.station:<10} {line.state:<10} {line.detail}")


def job(
    name: Annotated[
        str, typer.Argument(metavar="JOB", help="Its name in picker jobs, ORDER-PARCEL-DOCUMENT.")
    ],
    action: Annotated[str, typer.Argument(metavar="reprint|cancel|lost|resolve")],
    answer: Annotated[
        str | None,
        typer.Argument(metavar="[yes|again|torn]", help="For resolve: it is there, nothing is, or a piece."),
    ] = None,
    reason: Annotated[str, typer.Option(help="Why, for reprint and cancel.")] = "",
    by: Annotated[
        str, typer.Option(metavar="BADGE", help="Who decides; for a reprint it may be a lead's.")
    ] = "",
    db: Db = None,
) -> None:
    """Print a job again, take back one that has not left, or say what became of an unsure one.

    A running station does it at once, another one at its next start.
    """
    from picker.services.printers.jobs import decide
    from printing.jobs import SpoolError

    chosen = settings(db)
    if name in _ACTIONS and action not in _ACTIONS:
        name, action = action, name
    if action not in _ACTIONS:
        raise Mistake(f"{action!r}: expected reprint, cancel, lost (it will not come) or resolve")
    if (action == "resolve") != (answer in _ANSWERS):
        raise Mistake(
            f"picker job {name} resolve yes|again|torn: got {action} {answer or 'without an answer'}"
        )
    try:
        needs_lead = action == "reprint" and chosen.reprint_pin
        by = _lead(chosen, by) if needs_lead else by or "command line"
        decided = decide(chosen, name, _ANSWERS.get(answer or "", action), reason, by)
    except SpoolError as error:
        raise Mistake(str(error)) from None
    say(f"{decided.name} is {decided.state}")


def _lead(chosen: "Settings", badge: str) -> str:
    from picker.services.printers.jobs import lead_of

    database = open_db(chosen.db)
    try:
        return lead_of(database, badge)
    finally:
        database.dispose()
