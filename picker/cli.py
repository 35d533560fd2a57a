"""The command line: `picker COMMAND`, each command for a person, with words instead of tracebacks."""

import gc
import os
import sys
from typing import Annotated

import typer

from picker import __version__
from picker.commands import (
    campaign,
    coupons,
    customs,
    dangerous,
    document,
    intake,
    keeping,
    labels,
    lead,
    orders,
    packing,
    papers,
    photos,
    printer,
    privacy,
    products,
    record,
    scan,
    service,
    shop,
    station,
)
from picker.errors import Mistake

app = typer.Typer(
    name="picker",
    no_args_is_help=True,
    invoke_without_command=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
station.add_to(app)
intake.add_to(app)
lead.add_to(app)
orders.add_to(app)
products.add_to(app)
keeping.add_to(app)
papers.add_to(app)
photos.add_to(app)
document.add_to(app)
labels.add_to(app)
printer.add_to(app)
packing.add_to(app)
campaign.add_to(app)
coupons.add_to(app)
privacy.add_to(app)
shop.add_to(app)
customs.add_to(app)
dangerous.add_to(app)
service.add_to(app)
record.add_to(app)
scan.add_to(app)


@app.callback()
def program(
    version: Annotated[
        bool, typer.Option("--version", is_eager=True, help="Say which Picker this is.")
    ] = False,
) -> None:
    """The terminal at a warehouse packing station."""
    if version:
        typer.echo(f"picker {__version__}")
        raise typer.Exit


def main() -> None:
    """Run a command; a mistake of the user ends with one line and exit code 2, never a traceback."""
    # What is written here names buyers: it is for this user alone. Windows' data folders are so already.
    os.umask(0o077)
    # What is imported stays: looking for garbage in it every 700 objects costs a fifth of a short command.
    gc.set_threshold(50_000)
    try:
        app(prog_name="picker")
    except Mistake as error:
        sys.exit(_say(str(error)))
    except Exception as error:
        from data.errors import DataError
        from printing.abilities import PrinterError
        from printing.jobs import SpoolError

        if isinstance(error, DataError | PrinterError | SpoolError):
            sys.exit(_say(str(error)))
        raise


def _say(words: str) -> int:
    typer.echo(f"picker: {words}", err=True)
    return 2
