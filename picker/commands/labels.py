"""`picker label …`: carriers' own labels for parcels."""

import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from picker.commands.common import Db, opened, say, settings
from picker.errors import Mistake

LOOK_SECONDS = 2.0

Order = Annotated[str, typer.Argument(metavar="ORDER", help="The order's number.")]


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    group = typer.Typer(help="Carriers' own labels.", no_args_is_help=True, rich_markup_mode=None)
    group.command("attach")(attach)
    group.command("list")(list_labels)
    group.command("watch")(watch)
    app.add_typer(group, name="label")


def attach(
    order: Order,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="PDF, PNG or ZPL.")],
    parcel: Annotated[int, typer.Option(min=1, max=999, help="The parcel of the first label.")] = 1,
    medium: Annotated[
        str | None, typer.Option(help="The paper it is for; without it that of this station's labels.")
    ] = None,
    page: Annotated[
        list[int] | None,
        typer.Option(min=1, help="A page that is a label, where that can't be told; more than once."),
    ] = None,
    by: Annotated[str, typer.Option("--by", metavar="WORKER", help="Who adds it; it is recorded.")] = "lead",
    db: Db = None,
) -> None:
    """Attach a carrier's label to an order's parcel; of several pages each is the next parcel's."""
    from picker.services.documents import carrier_labels
    from picker.services.orders.lookups import order_number
    from printing.media import medium as medium_of

    chosen = settings(db)
    try:
        paper = medium_of(medium) if medium else carrier_labels.label_medium(chosen)
        given = carrier_labels.LabelFile(file.name, file.read_bytes(), parcel, tuple(page or ()))
        with opened(db) as database:
            number = order_number(database, order)
            if not number:
                raise Mistake(f"There is no order {order!r}")
            done = carrier_labels.attach(database, number, given, paper, chosen.carrier_zpl, by)
    except OSError as error:
        raise Mistake(f"{file} can't be read: {error.strerror}") from None
    except ValueError as error:
        raise Mistake(str(error)) from None
    for label in done:
        news = f"revision {label.revision}" if label.revision else "it was there already"
        where = f"page {label.page}, " if label.page else ""
        say(
            f"{label.order}, parcel {label.parcel}: {where}{news}; its barcodes read {', '.join(label.codes)}"
        )
    if words := carrier_labels.left_out(done):
        say(f"{file.name}: {words}")


def list_labels(order: Order, db: Db = None) -> None:
    """List the labels of an order."""
    from data.store import carrier_labels
    from picker.services.orders.lookups import order_number

    with opened(db) as database:
        number = order_number(database, order)
        if not number:
            raise Mistake(f"There is no order {order!r}")
        with database.reader.connect() as connection:
            rows = carrier_labels.of_order(connection, number)
    for row in rows:
        codes = ", ".join(row.codes)
        say(
            f"parcel {row.parcel}  revision {row.revision}  {row.format}  {row.source} by {row.added_by}  {codes}"
        )
    if not rows:
        say(f"Order {number} has no label of its carrier's.")


def watch(
    once: Annotated[bool, typer.Option("--once", help="Look once and end.")] = False,
    db: Db = None,
) -> None:
    """Take in labels that are dropped into the folder of the setting `carrier_labels`, until Ctrl+C."""
    from picker.services.documents.label_folder import LOOK_SECONDS, collect

    chosen = settings(db)
    if chosen.carrier_labels is None:
        raise Mistake("Which folder? Set carrier_labels (PICKER_CARRIER_LABELS) to it")
    with opened(db) as database:
        refused = False
        while True:
            try:
                for outcome in collect(database, chosen, datetime.now(UTC)):
                    refused = refused or bool(outcome.why)
                    say(f"{outcome.name}: {outcome.words}")
            except OSError as error:
                raise Mistake(f"{chosen.carrier_labels} can't be read: {error.strerror}") from None
            if once:
                break
            time.sleep(LOOK_SECONDS)
    if refused:
        raise typer.Exit(1)
