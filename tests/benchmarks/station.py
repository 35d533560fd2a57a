"""One scan of a packing station on a big shop: its transaction beside raw sqlite3, its verdict on a terminal.

The transactions are measured on one file, in turns, in one process: an order of ours, an order of the raw
loop, and so on.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from data.engine import open_database
from data.types import StationId
from picker.flow import Command, CommandName, FlowPolicy, Phase, look
from picker.flow.work import OrderWork
from picker.services.station.station import Reply, Station
from scanning.parse import parse
from tests.benchmarks.big_shop import BADGE, FULL, SMALL, Size, described, working_copy
from tests.benchmarks.raw_station import RawStation
from tests.benchmarks.table import Report, arguments, percentile

CPU_GOAL = 8.0


@dataclass(slots=True)
class Times:
    """Seconds of each scan: by the clock, and of the processor in this thread."""

    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    def measure(self, work: Callable[[], object]) -> None:
        """Run `work` once and keep its times."""
        wall, cpu = time.perf_counter(), time.thread_time()
        work()
        self.cpu.append(time.thread_time() - cpu)
        self.wall.append(time.perf_counter() - wall)

    def row(self, name: str, raw: "Times | None") -> dict[str, object]:
        """Return a line of the table; CPU is the median, so that one stall doesn't count."""
        cpu = percentile(self.cpu, 0.5)
        return {
            "scan": name,
            "scans": len(self.wall),
            "p50 ms": percentile(self.wall, 0.5) * 1e3,
            "p99 ms": percentile(self.wall, 0.99) * 1e3,
            "CPU us": cpu * 1e6,
            "x raw CPU": cpu / percentile(raw.cpu, 0.5) if raw else 1.0,
        }


class Bench:
    """The station being measured; what is not a scan of goods is done but not timed."""

    def __init__(self, file: Path) -> None:
        self.db = open_database(str(file))
        self.station = Station(self.db, StationId("BENCH-1"), FlowPolicy())
        self._must(self.station.handle(parse(BADGE, "bench")), Phase.HOME)
        self.picks, self.checks, self.claims = Times(), Times(), Times()

    def order(self) -> int:
        """Take the next order, pick and check all of it, put it aside; return how many units it had."""
        self.claims.measure(lambda: self.station.handle(Command(CommandName.NEXT)))
        units = sum(line.wanted for line in self._work().lines)
        while self.station.state.phase is Phase.PICK:
            self._scan(self.picks)
        while self.station.state.phase is Phase.CHECK:
            self._scan(self.checks)
        self.station.handle(Command(CommandName.PARK))
        self._must(self.station.handle(Command(CommandName.CHOICE, 1)), Phase.HOME)
        return units

    def _scan(self, times: Times) -> None:
        code = look(self.station.state).accepts[0].codes[0]
        version = self._work().version
        times.measure(lambda: self.station.handle(parse(code, "bench")))
        if self._work().version != version + 1:
            raise AssertionError(f"The scan of {code} wasn't counted")

    def _work(self) -> OrderWork:
        if self.station.state.work is None:
            raise AssertionError("No order in hand")
        return self.station.state.work

    def _must(self, reply: Reply, phase: Phase) -> None:
        if not reply.saved or reply.state.phase is not phase:
            raise AssertionError(f"Expected {phase}, got {reply.message}")


def measure(file: Path, scans: int) -> tuple[Bench, Times]:
    """Scan orders in turns with the raw loop until each has picked `scans` units."""
    bench, raw, raw_times = Bench(file), RawStation(file), Times()
    bench.order()
    raw.order(lambda scan: scan())
    bench.picks, bench.checks, bench.claims = Times(), Times(), Times()
    while len(bench.picks.wall) < scans:
        for _ in range(8):
            bench.order()
        while len(raw_times.wall) < len(bench.picks.wall):
            raw.order(raw_times.measure)
    raw.close()
    bench.db.dispose()
    return bench, raw_times


def transactions(file: Path, size: Size, scans: int) -> Report:
    """Compare the scan transaction with the raw one."""
    bench, raw = measure(file, scans)
    report = Report(
        f"Scan transaction: {described(size)}",
        "Station.handle, from raw text to committed, beside the reads and writes of a pick by the "
        "same driver without a layer; SQLite WAL, synchronous=FULL, BEGIN IMMEDIATE, in turns on one file.",
    )
    report.rows = [
        raw.row("raw sqlite3", None),
        bench.picks.row("pick", raw),
        bench.checks.row("check", raw),
        bench.claims.row("take next order", raw),
    ]
    ratio = percentile(bench.picks.cpu, 0.5) / percentile(raw.cpu, 0.5)
    report.goal(f"a pick costs at most {CPU_GOAL:.0f} x raw CPU: {ratio:.1f} x", met=ratio <= CPU_GOAL)
    return report


def feedback(file: Path, size: Size, scans: int) -> Report:
    """Measure what the packer waits for, with the database and without."""
    from tests.benchmarks.feedback import SIZE, on_big_shop, without_database

    report = Report(
        f"Last character to painted verdict: {described(size)}",
        f"`picker station` in a pseudo-terminal of {SIZE[0]}x{SIZE[1]}, a pick each time, beside the same screen "
        "over a station that answers at once; 13 digits and CR, 1 ms apart or in one write.",
    )
    with_db, bare = on_big_shop(file, scans), without_database(file.parent, scans)
    for name, times in (("station", with_db), ("no database", bare)):
        for how, seconds in zip(("1 ms apart", "one burst"), times, strict=True):
            ms = [percentile(seconds, share) * 1e3 for share in (0.5, 0.95, 0.99)]
            row = {"scan": f"{name}, {how}", "scans": len(seconds)}
            report.rows.append({**row, "p50 ms": ms[0], "p95 ms": ms[1], "p99 ms": ms[2]})
    for share, goal in ((0.5, 15.0), (0.99, 50.0)):
        ms_reached = percentile(with_db[0], share) * 1e3
        report.goal(f"p{share * 100:.0f} at most {goal:.0f} ms: {ms_reached:.1f} ms", met=ms_reached <= goal)
    return report


def main(given: list[str]) -> None:
    """Measure and print."""
    parser = arguments(__doc__)
    parser.add_argument("--scans", type=int, default=1000, help="how many scans of goods to time")
    parser.add_argument("--part", choices=("all", "transaction", "feedback"), default="all")
    options = parser.parse_args(given)
    size = SMALL if options.small else FULL
    scans = min(options.scans, 200) if options.small else options.scans
    with working_copy(options.cache, size) as file:
        if options.part != "feedback":
            transactions(file, size, scans).show(as_json=options.json)
        if options.part != "transaction":
            feedback(file, size, max(20, scans // 5)).show(as_json=options.json)
