"""The print queue: time to the first byte, jobs back to back, CPU and memory, and what a dead printer costs.

Printers are processes of their own; a bare socket sends the same bytes to the same printer in the same run.
"""

import hashlib
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

from data.types import OrderId, StationId
from printing.drivers.escpos import EscposDriver
from printing.drivers.tcp import tcp
from printing.escpos import to_escpos
from printing.jobs import WAITING, JobState
from printing.media import MEDIA
from printing.spool import Spool
from printing.worker import Worker
from tests.benchmarks.table import Report, arguments, percentile
from tests.unit.printing.samples import label, new_job

if TYPE_CHECKING:
    from data.engine import Database
    from picker.config import Settings

MEDIUM = MEDIA["roll80"]
ROUNDS = 4
FAST_PRINTER = 400_000
"""Bytes a second: 80 mm paper at 680 mm/s, which is faster than any."""


class Printer:
    """A printer's process and what it wrote."""

    def __init__(self, rate: int = 0, trouble: int = 0) -> None:
        command = [sys.executable, "-m", "tests.benchmarks.printed.printer", str(rate), str(trouble), "7"]
        self._process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        assert self._process.stdout is not None
        self.port = int(self._process.stdout.readline())
        self.first: list[float] = []
        self.whole: list[str] = []
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            came, digest = line.split()
            self.first.append(int(came) / 1e9)
            self.whole += [] if digest == "-" else [digest]

    def stop(self) -> None:
        self._process.kill()
        self._process.wait()


@contextmanager
def printers(count: int = 1, rate: int = 0, trouble: tuple[int, ...] = (0,)) -> Iterator[list[Printer]]:
    """Printers, killed in the end; each has its own trouble."""
    made = [Printer(rate, trouble[number % len(trouble)]) for number in range(count)]
    try:
        yield made
    finally:
        for printer in made:
            printer.stop()


def payload(number: int, rows: int) -> bytes:
    """A page that no other number has."""
    from PIL import Image

    row = number.to_bytes(8, "big") * (MEDIUM.width_dots // 64)
    page = Image.frombytes("1", (MEDIUM.width_dots, rows), row * rows, "raw", "1;I")
    return to_escpos((page,), MEDIUM)


def filled(spool: Spool, printer: str, count: int, rows: int) -> list[bytes]:
    """Jobs for a printer with their bytes frozen; returns those."""
    made = []
    for number in range(count):
        new = new_job("slip", f"{printer}-{number}")
        job = spool.take(type(new)(new.order, 1, "slip", new.content, printer))
        made.append(payload(number, rows))
        spool.freeze(job.id, job.printer, made[-1], hashlib.sha256(made[-1]).hexdigest(), "")
    return made


def worker(spool: Spool, name: str, printer: Printer) -> Worker:
    """A worker that knows its printer, as after `picker printer test`."""
    driver = EscposDriver(tcp("127.0.0.1", printer.port, 1.0), confirms=True)
    return Worker(spool, name, driver, MEDIUM)


def first_byte(home: Path, count: int) -> Report:
    """From the commit that seals a parcel to the first byte of its label at an idle printer."""
    from datetime import UTC, datetime

    from data.store import print_jobs
    from data.store.print_jobs import NewPrintJob
    from data.types import ParcelRef
    from picker.config import Settings
    from picker.services.ids import uuid7
    from picker.services.printers.outbox import Outbox
    from picker.services.printers.printers import registry
    from printing.abilities import Abilities
    from printing.content import content_hash, dump
    from printing.printers import PrinterSetup
    from tests.contracts.shop import add_order, open_shop

    settings, content = Settings(db=str(home / "shop.db"), home=home, station=StationId("B")), dump(label())
    times: list[float] = []
    with printers() as (printer,), open_shop(f"sqlite:///{home.as_posix()}/shop.db") as db:
        target = f"tcp://127.0.0.1:{printer.port}"
        registry(settings).put(PrinterSetup("main", target, abilities=Abilities(confirms=True)))
        outbox = Outbox(db, settings)
        outbox.start()
        for number in range(-3, count):
            order = f"O{number}"
            add_order(db, order, {"MUG": 1})
            job = NewPrintJob(uuid7(), ParcelRef(OrderId(order), 1), "label", content, content_hash(content))
            with db.writer.begin() as connection:
                print_jobs.add_jobs(connection, StationId("B"), [job], datetime.now(UTC))
            sealed, seen = time.monotonic(), len(printer.first)
            outbox.wake()
            while len(printer.first) == seen or outbox.spool.jobs(states=WAITING | {JobState.SENDING}):
                time.sleep(0.002)
            if number >= 0:
                times.append((printer.first[-1] - sealed) * 1e3)
            time.sleep(0.05)
        outbox.stop()
    report = Report("Sealed to first byte", "A label, rendered on the way, at an idle network printer.")
    values = [percentile(times, share) for share in (0.5, 0.95, 0.99)]
    report.rows = [{"jobs": count, "p50 ms": values[0], "p95 ms": values[1], "p99 ms": values[2]}]
    report.goal(f"p50 at most 40 ms: {values[0]:.1f} ms", met=values[0] <= 40)
    report.goal(f"p99 at most 150 ms: {values[2]:.1f} ms", met=values[2] <= 150)
    return report


def back_to_back(home: Path, count: int) -> Report:
    """Jobs one behind the other, beside a bare socket."""
    report = Report(
        f"{count} jobs back to back, printer at {FAST_PRINTER // 1000} kB/s",
        "Confirmed one by one, beside a bare socket that sends the same bytes over one connection.",
    )
    spool = Spool(home / "back.db")
    with printers(rate=FAST_PRINTER) as (printer,):
        made = filled(spool, "p1", count, 1000)
        ours = worker(spool, "p1", printer)
        # The other threads' time is the worker's; this one only waits.
        began, cpu = time.perf_counter(), time.process_time() - time.thread_time()
        ours.start()
        while spool.next_job("p1") or spool.jobs(states={JobState.SENDING}):
            time.sleep(0.02)
        seconds = time.perf_counter() - began
        used = time.process_time() - time.thread_time() - cpu
        ours.stop()
        bare = _bare(printer, made)
    states = {job.state for job in spool.jobs()}
    spool.close()
    for name, taken in (("bare socket", bare), ("spool", seconds)):
        rate = sum(map(len, made)) / taken / 1e3
        report.rows.append({"sender": name, "seconds": taken, "kB/s": rate})
    report.rows[1]["CPU ms per job"] = used / count * 1e3
    report.goal(f"at least 90 % of the bare socket: {bare / seconds:.0%}", met=bare / seconds >= 0.9)
    report.goal(f"at most 5 ms of CPU per job: {used / count * 1e3:.1f} ms", met=used / count <= 0.005)
    report.goal(f"all printed: {sorted(states)}", met=states == {JobState.PRINTED})
    return report


def _bare(printer: Printer, made: list[bytes]) -> float:
    seen, began = len(printer.whole), time.perf_counter()
    with socket.create_connection(("127.0.0.1", printer.port)) as line:
        for data in made:
            line.sendall(data)
        while len(printer.whole) < seen + len(made):
            time.sleep(0.005)
    return time.perf_counter() - began


def many(home: Path, count: int) -> Report:
    """Four printers, two of which hang up within a job now and then."""
    report = Report(f"{count} jobs to four printers", "Two of them hang up within one of 40 jobs.")
    spool, each = Spool(home / "many.db"), count // 4
    with printers(4, trouble=(0, 40)) as made:
        sent = {f"p{n}": filled(spool, f"p{n}", each, 16) for n in range(4)}
        workers = [worker(spool, f"p{n}", printer) for n, printer in enumerate(made)]
        memory, began = psutil.Process().memory_info().rss, time.perf_counter()
        for one in workers:
            one.start()
        while _waiting(spool):
            time.sleep(0.2)
        seconds = time.perf_counter() - began
        grown = (psutil.Process().memory_info().rss - memory) / 2**20
        for one in workers:
            one.stop()
        time.sleep(0.3)
        wrong = sum(_wrong(spool, f"p{n}", sent[f"p{n}"], printer) for n, printer in enumerate(made))
    unsure = len(spool.jobs(states={JobState.UNSURE}))
    spool.close()
    row = {"jobs": each * 4, "seconds": seconds, "unsure": unsure, "wrong": wrong, "RSS grown MB": grown}
    report.rows = [row]
    report.goal("every job is on paper once, or unsure and at most once", met=wrong == 0)
    report.goal(f"memory stays flat: {grown:+.1f} MB", met=grown < 20)
    return report


def _waiting(spool: Spool) -> bool:
    return any(spool.next_job(f"p{n}") for n in range(4)) or bool(spool.jobs(states={JobState.SENDING}))


def _wrong(spool: Spool, name: str, sent: list[bytes], printer: Printer) -> int:
    """Jobs whose state is not what the paper says."""
    whole: dict[str, int] = {}
    for digest in printer.whole:
        whole[digest] = whole.get(digest, 0) + 1
    wrong = 0
    for job in spool.jobs(printer=name):
        data = sent[int(job.order.rpartition("-")[2])]
        times = whole.get(hashlib.sha256(data).hexdigest(), 0)
        good = times == 1 if job.state is JobState.PRINTED else job.state is JobState.UNSURE and times <= 1
        wrong += not good
    return wrong


@contextmanager
def _outbox(db: "Database", settings: "Settings | None") -> Iterator[None]:
    """A station's printing, started and at work, when there are settings for it."""
    if settings is None:
        yield
        return
    from picker.services.printers.outbox import Outbox

    outbox = Outbox(db, settings)
    outbox.start()
    while not any(job.detail for job in outbox.spool.jobs()):
        time.sleep(0.05)
    yield
    outbox.stop()


def beside_a_stalled_printer(cache: Path, scans: int) -> Report:
    """Scans of goods while jobs wait for a printer that reads nothing, and without one."""
    from picker.config import Settings
    from picker.services.printers.printers import open_spool, registry
    from printing.printers import PrinterSetup
    from printing.virtual import VirtualPrinter
    from printing.virtual_machine import Fault
    from tests.benchmarks.big_shop import SMALL, working_copy
    from tests.benchmarks.station import Bench, Times

    report = Report("Scans beside a stalled printer", "One pick each: Station.handle, committed.")
    found: dict[str, Times] = {}
    with working_copy(cache, SMALL) as file, VirtualPrinter() as printer:
        printer.cause(Fault.STALL)
        settings = Settings(db=str(file), home=file.parent, station=StationId("BENCH-1"))
        registry(settings).put(PrinterSetup("main", printer.target))
        spool = open_spool(settings)
        for number in range(50):
            spool.take(new_job("slip", f"S{number}"))
        spool.close()
        bench = Bench(file)
        bench.order()
        for name in ("no printer", "printer stalled") * ROUNDS:
            with _outbox(bench.db, settings if name == "printer stalled" else None):
                bench.picks = found.setdefault(name, Times())
                wanted = len(bench.picks.wall) + scans // ROUNDS
                while len(bench.picks.wall) < wanted:
                    bench.order()
        bench.db.dispose()
    report.rows = [times.row(name, found["no printer"]) for name, times in found.items()]
    medians = [percentile(found[name].wall, 0.5) * 1e3 for name in ("printer stalled", "no printer")]
    words = f"the median differs by at most 1 ms: {medians[0]:.1f} and {medians[1]:.1f} ms"
    report.goal(words, met=medians[0] - medians[1] <= 1.0)
    return report


def main(given: list[str]) -> None:
    """Measure and print."""
    parser = arguments(__doc__)
    parser.add_argument("--jobs", type=int, default=1000, help="how many jobs to four printers")
    parser.add_argument("--part", choices=("all", "first", "back", "many", "scans"), default="all")
    options = parser.parse_args(given)
    few = 20 if options.small else 100
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        parts: dict[str, Callable[[], Report]] = {
            "first": lambda: first_byte(home, few),
            "back": lambda: back_to_back(home, few),
            "many": lambda: many(home, 200 if options.small else options.jobs),
            "scans": lambda: beside_a_stalled_printer(options.cache, few),
        }
        for name, part in parts.items():
            if options.part in ("all", name):
                part().show(as_json=options.json)
