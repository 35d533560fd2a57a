"""Eight stations scan on one SQLite file while a file of orders is imported, and once without an import."""

import csv
import multiprocessing
import random
import subprocess
import sys
import tempfile
import time
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import TYPE_CHECKING

from data.engine import open_database
from data.types import StationId
from picker.flow import Command, CommandName, FlowPolicy, Phase, look
from picker.services.station.station import Station
from scanning.parse import parse
from scanning.result import Scan
from tests.benchmarks.big_shop import BADGE, FULL, SMALL, described, sku, working_copy
from tests.benchmarks.table import Report, arguments, percentile
from tests.tui.terminal import ROOT

if TYPE_CHECKING:
    from multiprocessing.queues import SimpleQueue

STATIONS = 8
PAUSE_S = 0.5
"""Between two scans of one station: 2 scans a second."""
P99_GOAL_MS = 50.0


def scan_until(
    file: str, number: int, ready: "SimpleQueue[int]", stop: Event, out: "SimpleQueue[list[float]]"
) -> None:
    """Pick and check orders at a steady pace; send the seconds that each scan took."""
    db, dice = open_database(file), random.Random(number)
    station = Station(db, StationId(f"SCAN-{number}"), FlowPolicy())
    station.handle(parse(BADGE, "bench"))
    ready.put(number)
    times: list[float] = []
    stop.wait(dice.uniform(0, PAUSE_S))
    while not stop.wait(dice.uniform(0.8, 1.2) * PAUSE_S):
        given = _next(station)
        began = time.perf_counter()
        reply = station.handle(given)
        times.append(time.perf_counter() - began)
        if not reply.saved:
            raise AssertionError(reply.message)
    db.dispose()
    out.put(times)


def _next(station: Station) -> Scan | Command:
    phase = station.state.phase
    if phase is Phase.HOME:
        return Command(CommandName.NEXT)
    if station.state.dialog is not None:
        return Command(CommandName.CHOICE, 1)
    if phase not in (Phase.PICK, Phase.CHECK):
        return Command(CommandName.PARK)
    return parse(look(station.state).accepts[0].codes[0], "bench")


def write_orders(path: Path, lines: int, products: int) -> None:
    """Write a file of new orders, 2 or 3 lines each."""
    dice = random.Random(7)
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["order", "sku", "quantity", "name", "address1", "city", "zip", "country"])
        order = 0
        while lines > 0:
            order += 1
            for _ in range(min(lines, dice.randint(2, 3))):
                goods = [sku(dice.randrange(products)), dice.randint(1, 3)]
                rows.writerow([f"N{order}", *goods, "Anna Example", "1 High Street", "Town", "00-001", "PL"])
                lines -= 1


def imported(file: Path, orders: Path) -> float:
    """Import the file in a process of its own; return the seconds."""
    command = [sys.executable, "-m", "picker", "import", "orders", str(orders), "--db", str(file), "--json"]
    began = time.perf_counter()
    subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - began


def beside(file: Path, orders: Path | None, seconds: float) -> tuple[list[float], float]:
    """Return the scans' times while the orders are imported, or for so many seconds, and how long it took."""
    processes = multiprocessing.get_context("spawn")
    ready, out, stop = processes.SimpleQueue(), processes.SimpleQueue(), processes.Event()
    crew = [
        processes.Process(target=scan_until, args=(str(file), number, ready, stop, out))
        for number in range(STATIONS)
    ]
    for member in crew:
        member.start()
    for _ in crew:
        ready.get()
    time.sleep(1.0)
    if orders is None:
        time.sleep(seconds)
    else:
        seconds = imported(file, orders)
    stop.set()
    times = [one for _ in crew for one in out.get()]
    for member in crew:
        member.join()
    return times, seconds


def _row(name: str, times: list[float], rate: float) -> dict[str, object]:
    ms = {f"p{share * 100:.0f} ms": percentile(times, share) * 1e3 for share in (0.5, 0.95, 0.99)}
    return {"import": name, "scans": len(times), **ms, "max ms": max(times) * 1e3, "lines/s": round(rate)}


def main(given: list[str]) -> None:
    """Measure and print."""
    parser = arguments(__doc__)
    parser.add_argument("--lines", type=int, default=100_000, help="order lines to import")
    options = parser.parse_args(given)
    size = SMALL if options.small else FULL
    lines = min(options.lines, 5_000) if options.small else options.lines
    report = Report(
        f"{lines:,} order lines imported beside {STATIONS} stations: {described(size)}",
        f"{STATIONS} processes with a scan every {PAUSE_S} s on one SQLite file, each scan a whole transaction; "
        "without an import, beside one, and the import alone.",
    )
    with tempfile.TemporaryDirectory(prefix="picker-import-") as folder:
        orders = Path(folder) / "orders.csv"
        write_orders(orders, lines, size.products)
        with working_copy(options.cache, size) as file:
            quiet, _ = beside(file, None, 5.0 if options.small else 30.0)
            times, seconds = beside(file, orders, 0.0)
        with working_copy(options.cache, size) as file:
            alone = imported(file, orders)
    report.rows = [
        _row("none", quiet, 0.0),
        _row("beside", times, lines / seconds),
        {"import": "alone", "scans": 0, "lines/s": round(lines / alone)},
    ]
    p99 = percentile(times, 0.99) * 1e3
    report.goal(f"p99 of a scan at most {P99_GOAL_MS:.0f} ms: {p99:.1f} ms", met=p99 <= P99_GOAL_MS)
    report.show(as_json=options.json)
