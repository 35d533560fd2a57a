"""`picker printer`: this station's printers."""

import json
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from picker.commands.common import Json, say, settings
from picker.commands.station import Name
from picker.errors import Mistake

if TYPE_CHECKING:
    from printing.abilities import Abilities
    from printing.printers import PrinterSetup

Printer = Annotated[str, typer.Argument(metavar="NAME", help="Your own name for the printer.")]

_app = typer.Typer(help="Add, list, test and remove this station's printers.", no_args_is_help=True)


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    app.add_typer(_app, name="printer")


Target = Annotated[
    str,
    typer.Argument(
        metavar="TARGET",
        help="tcp://HOST:PORT, usb://VENDOR:PRODUCT, serial:PORT, cups:QUEUE, windows:PRINTER, file:DIR",
    ),
]
Paper = Annotated[
    str | None,
    typer.Option(
        help="Its paper: roll80, roll58, label-203, label-300; if not given, roll80, for zpl label-203."
    ),
]
For = Annotated[
    str,
    typer.Option(
        "--for",
        help="What it prints: some of label,slip,insert,cn22,cn23,invoice,return; empty: all that is left.",
    ),
]


@_app.command("add")
def add(
    name: Printer,
    target: Target,
    language: Annotated[str, typer.Option(help="What it understands: escpos or zpl.")] = "escpos",
    medium: Paper = None,
    documents: For = "",
    fallback: Annotated[str, typer.Option(help="The printer that takes over when this one can't.")] = "",
    station: Name = None,
) -> None:
    """Add a printer, or change the one of this name; a running station takes it up between two jobs."""
    from picker.services.printers.printers import registry
    from picker.services.printers.setup import look_at
    from printing.abilities import Language
    from printing.printers import PrinterSetup

    if language not in set(Language):
        raise Mistake(f"--language {language!r}: expected escpos or zpl")
    kinds = _kinds(documents)
    usual = "label-203" if language == Language.ZPL else "roll80"
    setup = PrinterSetup(name, target, Language(language), medium or usual, kinds, fallback)
    chosen = settings(station=station)
    registry(chosen).put(setup)
    seen = look_at(chosen, name)
    say(f"Added {_line(setup)}")
    _warn(seen)
    say(f"Now prove that it prints: picker printer test {name}")


def _warn(setup: "PrinterSetup") -> None:
    """Say what the printer is otherwise than it is set up."""
    from printing.printers import unfit

    if words := unfit(setup):
        say(
            f"But {words}. Change it with picker printer add {setup.name} ... --medium or --language, or the printer"
        )


def _kinds(documents: str) -> tuple[str, ...]:
    """Raises Mistake for a kind of document that isn't printed."""
    from printing.jobs import PRINTED

    kinds = tuple(kind.strip() for kind in documents.split(",") if kind.strip())
    unknown = sorted(set(kinds) - set(PRINTED))
    if unknown:
        raise Mistake(f"--for {unknown[0]!r}: expected some of {', '.join(PRINTED)}")
    return kinds


@_app.command("list")
def show(station: Name = None, as_json: Json = False) -> None:
    """List the printers and what is known of each."""
    from dataclasses import asdict

    from picker.services.printers.printers import station_printers

    setups = station_printers(settings(station=station))
    if as_json:
        typer.echo(json.dumps([asdict(setup) for setup in setups]))
        return
    for setup in setups:
        say(_line(setup))
        say(f"  {', '.join(_abilities(setup.abilities)) or 'not tested yet'}")


@_app.command("remove")
def remove(name: Printer, station: Name = None) -> None:
    """Forget a printer; what waits for it goes to the others."""
    from picker.services.printers.printers import registry

    registry(settings(station=station)).remove(name)
    say(f"Removed {name}")


@_app.command("status")
def status(station: Name = None, as_json: Json = False) -> None:
    """Tell how every printer is now; exit code 1 when one can't print."""
    from picker.services.printers.setup import printers_now
    from printing.health import WELL

    states = printers_now(settings(station=station))
    if as_json:
        typer.echo(json.dumps([printer.to_json() for printer in states]))
    else:
        for printer in states:
            waiting = f", {printer.waiting} waiting" if printer.waiting else ""
            say(f"{printer.setup.name}: {printer.words}{waiting}")
    if not all(printer.health in WELL for printer in states):
        raise typer.Exit(1)


@_app.command("test")
def prove(
    name: Printer,
    code: Annotated[str | None, typer.Option(help="The code on the last test page, as scanned.")] = None,
    whole: Annotated[
        bool | None, typer.Option("--whole/--not-whole", help="All four sides of the frame are there.")
    ] = None,
    cuts: Annotated[bool | None, typer.Option("--cut/--no-cut", help="The paper was cut off.")] = None,
    station: Name = None,
    as_json: Json = False,
) -> None:
    """Find out what a printer can do, print a test page, and have its code scanned back.

    In a terminal it asks; without one, give the printed code to a second call with --code.
    """
    from picker.services.printers.printers import registry
    from picker.services.printers.setup import answer_test, print_test_page

    chosen = settings(station=station)
    abilities = None
    if code is None:
        abilities = print_test_page(chosen, name).abilities
        if sys.stdin.isatty() and not as_json:
            code = typer.prompt("Scan or type the code on the page")
            whole = typer.confirm("Are all four sides of the frame there?") if whole is None else whole
            cuts = typer.confirm("Was the paper cut off?") if cuts is None else cuts
    if code is not None:
        abilities = answer_test(chosen, name, code, whole, cuts)
    if abilities is not None:
        _tell(name, abilities, as_json=as_json)
        if not as_json:
            _warn(registry(chosen).get(name))


def _tell(name: str, abilities: "Abilities", *, as_json: bool) -> None:
    from dataclasses import asdict

    if as_json:
        # The code is on the paper, and only there: who scans it proves that it was printed.
        typer.echo(json.dumps({key: value for key, value in asdict(abilities).items() if key != "code"}))
        return
    say(f"{name}: {', '.join(_abilities(abilities))}")
    if not abilities.code_read:
        say(f"A test page was printed. Scan its code: picker printer test {name} --code CODE")


def _line(setup: "PrinterSetup") -> str:
    what = ", ".join(setup.documents) or "everything else"
    fallback = f"; falls back on {setup.fallback}" if setup.fallback else ""
    return f"{setup.name}: {setup.target}, {setup.language}, {setup.medium}, prints {what}{fallback}"


def _abilities(abilities: "Abilities") -> Iterator[str]:
    """What is known, in words."""
    facts = (
        (abilities.status, "answers status", "answers no status"),
        (abilities.automatic, "reports changes by itself", "reports no changes"),
        (abilities.confirms, "confirms printing", "can't confirm printing"),
        (abilities.cuts, "cuts", "doesn't cut"),
        (abilities.code_read or None, "its test code was scanned", ""),
    )
    yield from (yes if fact else no for fact, yes, no in facts if fact is not None)
    if abilities.width_dots:
        yield f"{abilities.width_dots} dots across"
    if abilities.dpi:
        yield f"{abilities.dpi} dpi"
    if abilities.model:
        yield abilities.model
