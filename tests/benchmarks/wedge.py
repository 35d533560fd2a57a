"""A keyboard scanner as fast as they come: a character a millisecond, no pause between scans."""

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from scanning.codes import gtin_check_digit
from tests.benchmarks.feedback import launched
from tests.benchmarks.table import Report, percentile
from tests.tui.terminal import Terminal

GAP_S = 0.001
SETTLE_S = 20.0
GOALS_MS = {"idle": 5.0, "busy": 50.0}


def main(arguments: Sequence[str]) -> None:
    """Measure and print; exits with 1 when a scan is wrong, lost or merged, or a goal is missed."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks wedge", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    parser.add_argument("--small", action="store_true", help="100 scans instead of 1,000")
    given = parser.parse_args(arguments)
    report = Report(
        "Keyboard scanner on a pseudo-terminal",
        "Milliseconds from a scan's last character to the station's handler; busy: the whole screen is painted "
        "anew 20 times a second.",
    )
    for screen in GOALS_MS:
        _measure(report, screen, 100 if given.small else 1000)
    report.show(as_json=given.json)
    sys.exit(0 if all(met for _, met in report.goals) else 1)


def _measure(report: Report, screen: str, count: int) -> None:
    scans = [_barcode(number) for number in range(count)]
    with tempfile.TemporaryDirectory() as folder, _station(Path(folder), screen) as terminal:
        sent = [_type(terminal, scan) for scan in scans]
        got = _handled(terminal, count)
    late = [(at - end) * 1000 for (at, _), end in zip(got, sent, strict=False)]
    wrong = sum(text != scan for (_, text), scan in zip(got, scans, strict=False)) + abs(len(got) - count)
    p95 = percentile(late, 0.95)
    report.rows.append(
        {
            "screen": screen,
            "scans": count,
            "wrong, lost, merged": wrong,
            "median": percentile(late, 0.5),
            "p95": p95,
            "max": max(late, default=0.0),
        }
    )
    report.goal(f"{screen}: no scan of {count} is wrong, lost or merged", met=not wrong)
    report.goal(
        f"{screen}: last character to handler, p95 at most {GOALS_MS[screen]:.0f} ms",
        met=p95 <= GOALS_MS[screen],
    )


@contextmanager
def _station(home: Path, screen: str) -> Iterator[Terminal]:
    with launched(["tests.tui.timed_program", str(home / "record"), screen], home) as terminal:
        terminal.until(b"Scan Blue mug")
        yield terminal


def _barcode(number: int) -> str:
    payload = f"590{number:09d}"
    return f"{payload}{gtin_check_digit(payload)}"


def _type(terminal: Terminal, scan: str) -> float:
    """Type a scan with its suffix; returns when its last character was written."""
    terminal.write(scan.encode(), gap=GAP_S)
    terminal.read()
    # A screen that is always painted fills megabytes, which would be copied at every read.
    terminal.output = b""
    at = time.monotonic()
    terminal.write(b"\r")
    return at


def _handled(terminal: Terminal, count: int) -> list[tuple[float, str]]:
    """When each scan reached its handler, and what it was there."""
    times = terminal.record.with_suffix(".times")
    end = time.monotonic() + SETTLE_S
    lines: list[str] = []
    while len(lines) < count and time.monotonic() < end:
        terminal.read(0.05)
        lines = times.read_text("utf-8").splitlines() if times.exists() else []
    found = (line.partition(" ") for line in lines)
    return [(float(at), text) for at, _, text in found]
