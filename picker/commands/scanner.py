"""`picker doctor scanner`: what is wrong with the scanner at this station, by three printed codes."""

import json
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from picker.commands.common import Json, say, settings
from picker.errors import Mistake

if TYPE_CHECKING:
    from picker.config import Settings
    from picker.services.doctor.finding import Finding


def add_to(doctor: typer.Typer) -> None:
    """Add this command to `picker doctor`."""
    doctor.command("scanner")(scanner)


def scanner(
    keep: Annotated[
        bool,
        typer.Option(
            "--keep", help="Keep a translation that mends the keyboard layout, drop one not needed."
        ),
    ] = False,
    forget: Annotated[bool, typer.Option("--forget", help="Forget the translation kept before.")] = False,
    serial: Annotated[
        str, typer.Option("--serial", metavar="PORT", help="Examine the scanner at this serial port.")
    ] = "",
    as_json: Json = False,
) -> None:
    """Examine the scanner: print its test codes with picker cards --scanner-test, then scan them here.

    At a serial port it finds speed, bits and parity too; leave the station before. In a terminal it asks for one code
    after the other. Elsewhere each line of standard input is what arrived for one code. Exit code 1: something is to
    be mended.
    """
    from picker.locale.messages import render
    from picker.services.doctor.scanner import examine_scanner, learn

    chosen = settings()
    if forget:
        _forget(chosen)
        return
    received = [] if serial else _received(chosen)
    findings = _serial(serial, chosen) if serial else examine_scanner(received, chosen)
    learned = learn(received, chosen) if keep else None
    if as_json:
        rows = [{"ok": f.ok, "topic": f.topic, "words": f.words} for f in findings]
        typer.echo(json.dumps({"findings": rows, "kept": bool(learned)}))
    else:
        for finding in findings:
            say(f"{'ok  ' if finding.ok else 'LOOK'}  {finding.topic}: {finding.words}")
        if learned:
            say(render(learned))
    raise typer.Exit(0 if all(finding.ok for finding in findings) else 1)


def _serial(port: str, chosen: "Settings") -> "list[Finding]":
    from picker.services.doctor.serial import Port, examine_serial

    opened = Port(port)
    try:
        return examine_serial(chosen, opened, lambda words: say(words, err=True))
    except OSError as error:
        raise Mistake(f"{port} can't be opened: {error}") from None
    finally:
        opened.close()


def _forget(chosen: "Settings") -> None:
    from picker.services.devices.scanner_habits import forget

    say("Forgotten." if forget(chosen.home) else "Nothing was kept.")


def _received(chosen: "Settings") -> list[str]:
    """What the scanner typed for each of the test codes."""
    if sys.stdin.isatty() and sys.stdout.isatty():
        from picker.tui.scanner import run_scanner_doctor

        received = run_scanner_doctor(chosen)
        if not received:
            raise Mistake("Nothing was scanned: print the codes with picker cards test.pdf --scanner-test")
        return received
    from scanning.diagnose import arrivals

    return arrivals(sys.stdin.buffer.read().decode("utf-8", "replace"))
