"""`picker station` and `picker demo`: packing."""

import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from io import TextIOWrapper
from typing import TYPE_CHECKING, Annotated

import typer

from picker.commands.common import Db, Json, settings
from picker.errors import Mistake

if TYPE_CHECKING:
    from picker.config import Settings

Name = Annotated[
    str | None, typer.Option("--station", metavar="NAME", help="This station's name (or PICKER_STATION).")
]
Plain = Annotated[bool, typer.Option("--plain", help="One line in, one line out, without a screen.")]
Language = Annotated[
    str | None,
    typer.Option(
        "--language", metavar="CODE", help="Of --plain and --json, whoever is signed in: en, pl, ..."
    ),
]
Fresh = Annotated[bool, typer.Option("--fresh", help="Make the demo warehouse anew.")]


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    app.command("station")(station)
    app.command("demo")(demo)


def station(
    db: Db = None,
    name: Name = None,
    plain: Plain = False,
    as_json: Json = False,
    language: Language = None,
) -> None:
    """Open a packing station.

    With --plain it reads one scan or command per line from standard input and answers one line each;
    with --json as well, one JSON object each, its words in English.
    """
    if plain or as_json:
        open_plain(settings(db, name), as_json=as_json, language=language)
    else:
        open_screen(lambda: settings(db, name), practice=False)


def demo(
    fresh: Fresh = False, plain: Plain = False, as_json: Json = False, language: Language = None
) -> None:
    """Try Picker: a demo warehouse, a practice scanner and a virtual printer; no hardware needed."""

    def choose() -> "Settings":
        from picker.services.station.demo import demo_settings

        return demo_settings(fresh=fresh)

    if plain or as_json:
        from picker.services.station.demo import demo_printer

        open_plain(choose(), as_json=as_json, language=language, beside=demo_printer)
    else:
        open_screen(choose, practice=True)


def _need_terminal() -> None:
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise Mistake("The station's screen needs a terminal; without one use --plain")


def open_plain(
    chosen: "Settings",
    *,
    as_json: bool,
    language: str | None,
    beside: "Callable[[Settings], AbstractContextManager[object]]" = nullcontext,
) -> None:
    """Run a station, and what is `beside` it, on lines of standard input until they end.

    Raises Mistake for an unknown language, AlreadyRunning when another program has the station's name.
    """
    from picker.plain import run
    from picker.services.devices.camera import station_camera
    from picker.services.devices.scanners import keyboard_habits
    from picker.services.logfile import log_file
    from picker.services.station.running import running_station

    always = _spoken(language) if language else "en" if as_json else None
    if isinstance(sys.stdout, TextIOWrapper):
        # A pipe on Windows may know no Chinese: written as \u4f60 it is still an answer.
        sys.stdout.reconfigure(errors="backslashreplace")
    _warn_of_scanners(chosen)
    # It takes photos only: each line that is read gets one answer, and a scan of the camera is no line.
    camera = station_camera(chosen, lambda raw, source: None, lambda source, trouble: None)

    def on_fault() -> None:
        typer.echo(f"picker: something beside the station went wrong; see {log_file(chosen)}", err=True)

    with running_station(chosen, camera=camera, beside=beside, on_fault=on_fault) as running:
        run(
            running.station,
            sys.stdin.buffer,
            sys.stdout,
            as_json=as_json,
            idle=chosen.language,
            always=always,
            habits=keyboard_habits(chosen),
        )


def _warn_of_scanners(chosen: "Settings") -> None:
    if chosen.serial_scanner or chosen.input_scanner:
        typer.echo(
            "picker: without a screen only standard input is read, no serial or input scanner", err=True
        )


def _spoken(language: str) -> str:
    from picker.locale import known

    try:
        return known(language)
    except ValueError as error:
        raise Mistake(str(error)) from error


def open_screen(choose: "Callable[[], Settings]", *, practice: bool) -> None:
    """Run a station on this terminal. Raises Mistake where there is none."""
    _need_terminal()
    from picker.tui.run import run_station

    run_station(choose, practice=practice)
