"""From the start of the process to the station's first paint, and to its first prompt, on a terminal."""

import re
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

from tests.benchmarks.big_shop import FULL, SMALL, described, working_copy
from tests.benchmarks.feedback import launched, sentence
from tests.benchmarks.table import Report, arguments, percentile
from tests.tui.terminal import ROOT, Terminal

GOAL_S = 0.8
_ESCAPES = re.compile(rb"\x1b(\[[0-9;?<>=$]*[ -/]*[@-~]|[PX^_\]][^\x1b\x07]*(\x1b\\|\x07)|.)")
_BEFORE_PAINT = "import picker.cli, picker.tui.run"
_AFTER_PAINT = f"{_BEFORE_PAINT}, picker.services.station.running, picker.services.devices.scanners"


def start(file: Path) -> tuple[float, float]:
    """Return the seconds to the first paint and to the first prompt of one start."""
    began = time.perf_counter()
    with launched(["picker", "station", "--db", str(file)], file.parent) as terminal:
        _until_painted(terminal)
        painted = time.perf_counter() - began
        terminal.until(sentence("prompt.badge"))
        return painted, time.perf_counter() - began


def _until_painted(terminal: Terminal) -> None:
    end = time.monotonic() + 15
    while not re.search(rb"[A-Za-z]{3}", _ESCAPES.sub(b"", terminal.read(0.05))):
        if time.monotonic() > end:
            raise TimeoutError(f"Nothing was painted: {terminal.output[:200]!r}")


def imports(code: str) -> Counter[str]:
    """Return the microseconds that each top-level package takes to import, by itself, in a fresh process."""
    command = [sys.executable, "-X", "importtime", "-c", code]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    found: Counter[str] = Counter()
    for line in done.stderr.splitlines()[1:]:
        own, _, name = line.removeprefix("import time:").split("|")
        found[name.strip().partition(".")[0]] += int(own)
    return found


def where_imports_go() -> Report:
    """Measure the imports before the first paint, and those that the station's thread does after it."""
    report = Report(
        "Imports of a station",
        "Milliseconds of each package by itself, in a process of its own; what comes after the paint is "
        "imported by the station's thread while the screen stands.",
    )
    before, both = imports(_BEFORE_PAINT), imports(_AFTER_PAINT)
    for name, micros in [*both.most_common(10), ("all of them", both.total())]:
        first = min(before[name], micros) if name in both else before.total()
        report.rows.append(
            {"package": name, "before the paint": first // 1000, "after it": max(0, micros - first) // 1000}
        )
    return report


def main(given: list[str]) -> None:
    """Measure and print."""
    parser = arguments(__doc__)
    parser.add_argument("--runs", type=int, default=10, help="how many warm starts to time")
    options = parser.parse_args(given)
    size = SMALL if options.small else FULL
    with working_copy(options.cache, size) as file:
        start(file)
        times = [start(file) for _ in range(3 if options.small else options.runs)]
    report = Report(
        f"Start of a station: {described(size)}",
        "`python -m picker station` in a pseudo-terminal, warm, from the start of the process.",
    )
    for name, seconds in zip(("first paint", "first prompt"), zip(*times, strict=True), strict=True):
        ms = {"p50 ms": round(percentile(seconds, 0.5) * 1e3), "max ms": round(max(seconds) * 1e3)}
        report.rows.append({"what": name, "starts": len(seconds), **ms})
    painted = percentile([pair[0] for pair in times], 0.5)
    report.goal(f"first paint in under {GOAL_S} s: {painted:.2f} s", met=painted < GOAL_S)
    report.show(as_json=options.json)
    where_imports_go().show(as_json=options.json)
