"""Real documents on a real socket: what is learnt of a printer, what a person settles, who shares it."""

import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from printing import worker as worker_module
from printing.drivers.base import Driver
from printing.drivers.escpos import EscposDriver
from printing.drivers.stream import Limits
from printing.drivers.tcp import tcp
from printing.health import Health
from printing.jobs import Answer, JobState
from printing.media import MEDIA
from printing.spool import Spool
from printing.virtual import VirtualPrinter
from printing.virtual_machine import Fault
from printing.worker import Worker
from tests.unit.printing.samples import SSCC, new_job, read, until

LIMITS = Limits(answer=0.4, patience=0.8, stall=0.8, confirm=0.8, close=0.1)
SSCC_CODE = ("]C1", b"00" + SSCC.encode())


def driver(printer: VirtualPrinter, asks_status: bool = True) -> Driver:
    port = int(printer.target.rpartition(":")[2])
    return EscposDriver(tcp("127.0.0.1", port, 0.5), asks_status, LIMITS)


class Station:
    """A spool, a worker and what the worker said of its printer."""

    def __init__(self, path: Path, printer: VirtualPrinter, asks_status: bool = True) -> None:
        self.spool = Spool(path)
        self.said: list[Health] = []
        self.worker = Worker(
            self.spool,
            "p1",
            driver(printer, asks_status),
            MEDIA["roll58"],
            lambda _, health, words: self.said.append(health),
        )
        self.worker.start()

    def print(self, document: str = "label", order: str = "ORD-100234") -> str:
        job = self.spool.take(new_job(document, order))
        self.worker.wake()
        return job.id

    def reaches(self, job: str, *states: JobState) -> JobState:
        """Wait until the job has one of these states; within the ten seconds a packer may wait."""
        until(lambda: self.spool.job(job).state in states, 10)
        return self.spool.job(job).state

    def close(self) -> None:
        assert self.worker.stop()
        self.spool.close()


@pytest.fixture(autouse=True)
def short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker_module, "FIRST_PAUSE", 0.05)
    monkeypatch.setattr(worker_module, "LONGEST_PAUSE", 0.2)
    monkeypatch.setattr(worker_module, "POLL_SECONDS", 0.1)
    monkeypatch.setattr(worker_module, "MANNERS_SECONDS", 0.1)


@pytest.fixture
def printer(tmp_path: Path) -> Iterator[VirtualPrinter]:
    with VirtualPrinter(tmp_path / "paper") as made:
        yield made


@pytest.fixture
def station(tmp_path: Path, printer: VirtualPrinter) -> Iterator[Station]:
    made = Station(tmp_path / "spool.db", printer)
    yield made
    made.close()


def labels(printer: VirtualPrinter) -> int:
    """Pieces of paper that show the parcel's SSCC, whole or torn."""
    return sum(SSCC_CODE in read(paper) for paper in printer.paper)


def test_a_good_printer_confirms_and_the_paper_can_be_scanned(
    station: Station, printer: VirtualPrinter, tmp_path: Path
) -> None:
    for document in ("label", "slip"):
        station.reaches(station.print(document), JobState.PRINTED)
    assert len(printer.whole) == 2
    assert SSCC_CODE in read(printer.whole[0])
    saved = sorted((tmp_path / "paper").iterdir())
    assert [path.name for path in saved] == [f"paper-{n:04d}.png" for n in (1, 2)]
    with Image.open(saved[0]) as picture:
        assert SSCC_CODE in read(picture)
    assert station.said == [Health.READY]


def test_an_idle_printer_is_looked_at_and_its_faults_are_known_at_once(
    station: Station, printer: VirtualPrinter
) -> None:
    until(lambda: station.said == [Health.READY])
    for fault, health in (
        (Fault.COVER_OPEN, Health.COVER_OPEN),
        (Fault.CUTTER, Health.CUTTER),
        (Fault.HOT, Health.HOT),
    ):
        printer.cause(fault)
        until(lambda health=health: station.said[-1] is health, 3)  # type: ignore[misc]
        printer.mend()
        until(lambda: station.said[-1] is Health.READY, 3)


@pytest.mark.parametrize("taken", [60, 5_000, 20_000])
@pytest.mark.parametrize("how", [Fault.RESET, Fault.CLOSE])
def test_a_broken_connection_is_settled_by_a_person_and_the_next_job_is_whole(
    station: Station, printer: VirtualPrinter, how: Fault, taken: int
) -> None:
    station.reaches(station.print("slip"), JobState.PRINTED)
    printer.cause(how, taken)
    job = station.print()
    assert station.reaches(job, JobState.UNSURE, JobState.PRINTED) is JobState.UNSURE
    assert station.reaches(station.print("slip-2"), JobState.PRINTED, JobState.UNSURE) is JobState.PRINTED
    assert read(printer.whole[-1])
    assert labels(printer) == 0
    again = station.spool.resolve(job, Answer.TORN, "w1")
    station.worker.wake()
    station.reaches(again.id, JobState.PRINTED)
    assert labels(printer) == 1


def test_power_cut_after_the_label_was_taken_loses_it_but_not_silently(
    station: Station, printer: VirtualPrinter
) -> None:
    printer.run_out(after_rows=300)
    job = station.print()
    until(lambda: Health.PAPER_OUT in station.said)
    printer.cut_power()
    station.reaches(job, JobState.UNSURE)
    printer.mend()
    station.reaches(station.print("slip"), JobState.PRINTED)
    assert labels(printer) == 0
    assert station.spool.job(job).state is JobState.UNSURE
    again = station.spool.resolve(job, Answer.TORN, "w1")
    station.worker.wake()
    station.reaches(again.id, JobState.PRINTED)
    assert labels(printer) == 1


def test_remains_of_a_job_are_flushed_after_a_restart_too(tmp_path: Path, printer: VirtualPrinter) -> None:
    station = Station(tmp_path / "spool.db", printer)
    station.reaches(station.print("slip"), JobState.PRINTED)
    printer.cause(Fault.CLOSE, 5_000)
    station.reaches(station.print(), JobState.UNSURE)
    station.close()
    later = Station(tmp_path / "spool.db", printer)
    again = later.spool.resolve(later.spool.jobs(states={JobState.UNSURE})[0].id, Answer.TORN, "w1")
    later.worker.wake()
    later.reaches(again.id, JobState.PRINTED)
    assert labels(printer) == 1
    later.close()


def test_a_printer_that_cannot_confirm_ends_as_sent(tmp_path: Path, printer: VirtualPrinter) -> None:
    printer.machine.confirms = False
    station = Station(tmp_path / "spool.db", printer)
    for document in ("label", "slip"):
        station.reaches(station.print(document), JobState.SENT)
    assert len(printer.whole) == 2
    station.close()


def test_a_printer_that_can_confirm_and_does_not_is_unsure(station: Station, printer: VirtualPrinter) -> None:
    station.reaches(station.print("slip"), JobState.PRINTED)
    printer.machine.confirms = False
    station.reaches(station.print(), JobState.UNSURE)


def test_a_slow_printer_is_waited_for(tmp_path: Path, printer: VirtualPrinter) -> None:
    printer.machine.rows_a_second = 2_000
    station = Station(tmp_path / "spool.db", printer)
    assert station.reaches(station.print("label"), JobState.PRINTED, JobState.UNSURE) is JobState.PRINTED
    assert labels(printer) == 1
    station.close()


def test_a_printer_that_never_answers_can_be_used_and_ends_as_sent(
    tmp_path: Path, printer: VirtualPrinter
) -> None:
    printer.cause(Fault.MUTE)
    station = Station(tmp_path / "spool.db", printer, asks_status=False)
    station.reaches(station.print(), JobState.SENT)
    until(lambda: labels(printer) == 1)
    printer.cause(Fault.RESET, 4_000)
    station.reaches(station.print("slip"), JobState.UNSURE)
    station.close()


def test_a_printer_that_serves_another_computer_is_waited_for_and_no_job_fails(
    station: Station, printer: VirtualPrinter
) -> None:
    until(lambda: station.said == [Health.READY])
    printer.cause(Fault.BUSY)
    job = station.print()
    until(lambda: "busy with another computer" in station.spool.job(job).detail)
    assert station.spool.job(job).state is JobState.QUEUED
    printer.mend()
    station.reaches(job, JobState.PRINTED)
    assert JobState.FAILED not in {change.state for change in station.spool.changes_since()}
    assert labels(printer) == 1


def test_a_printer_that_becomes_busy_answers_nobody_from_then_on(printer: VirtualPrinter) -> None:
    status, port = b"\x10\x04\x01", int(printer.target.rpartition(":")[2])
    for _ in range(5):
        time.sleep(0.03)  # until it waits for a connection again
        printer.cause(Fault.BUSY)
        with socket.create_connection(("127.0.0.1", port)) as line:
            line.sendall(status)
            line.settimeout(0.06)  # three times as long as the printer waits for a connection
            with pytest.raises(TimeoutError):
                line.recv(1)
            printer.mend()
            line.settimeout(10)
            assert line.recv(1)


def test_two_stations_share_a_printer_without_mixing(tmp_path: Path, printer: VirtualPrinter) -> None:
    stations = [Station(tmp_path / f"spool{number}.db", printer) for number in (1, 2)]

    def fill(number: int) -> None:
        for order in range(4):
            for document in ("slip", "slip-2"):
                stations[number].print(document, f"S{number}-{order}")

    threads = [threading.Thread(target=fill, args=(number,)) for number in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for station in stations:
        until(lambda station=station: all(job.state is JobState.PRINTED for job in station.spool.jobs()), 20)  # type: ignore[misc]
        assert JobState.FAILED not in {change.state for change in station.spool.changes_since()}
        station.close()
    printed = [code for paper in printer.whole for _, code in read(paper)]
    assert sorted(printed) == sorted(f"S{n}-{k}".encode() for k in range(4) for n in range(2) for _ in "12")
