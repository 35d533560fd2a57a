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
    from picker.services import cards as sheets

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
    """List print jobs and their states as the stations report them."""
    from picker.services.jobs import print_jobs

    found = print_jobs(settings(db), order)
    if as_json:
        typer.echo(json.dumps([job.to_json() for job in found]))
        return
    for job in found:
        say(f"{job.order:<14} parcel {job.parcel}  {job.document:<8} {job.state:<10} {job.detail}")
