"""Every fault a printer can have, on a real socket: an honest state, no double label, no silent loss."""

import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image

from printing import worker as worker_module
from printing.drivers.base import Payload
from printing.drivers.network import Limits, NetworkDriver
from printing.escpos import to_escpos
from printing.health import Health, Outcome
from printing.jobs import Answer, JobState
from printing.media import MEDIA
from printing.spool import Spool
from printing.virtual import VirtualPrinter
from printing.worker import Worker
from tests.unit.printing.samples import SSCC, new_job, read, until

FAST = Limits(connect=0.5, answer=0.3, stall=0.6, confirm=0.6, close=0.1)
SSCC_CODE = ("]C1", b"00" + SSCC.encode())


class Station:
    """A spool, a worker and what the worker said of its printer."""

    def __init__(self, path: Path, printer: VirtualPrinter, asks_status: bool = True) -> None:
        self.spool = Spool(path)
        port = int(printer.target.rpartition(":")[2])
        self.driver = NetworkDriver("127.0.0.1", port, asks_status, FAST)
        self.said: list[Health] = []
        self.worker = Worker(
            self.spool, "p1", self.driver, MEDIA["roll58"], lambda _, health, words: self.said.append(health)
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
    monkeypatch.setattr(worker_module, "IDLE_SECONDS", 0.05)


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
    for document in ("label", "slip", "insert"):
        station.reaches(station.print(document), JobState.PRINTED)
    assert len(printer.whole) == 3
    assert SSCC_CODE in read(printer.whole[0])
    saved = sorted((tmp_path / "paper").iterdir())
    assert [path.name for path in saved] == [f"paper-{n:04d}.png" for n in (1, 2, 3)]
    with Image.open(saved[0]) as picture:
        assert SSCC_CODE in read(picture)
    assert station.said == [Health.READY]


@pytest.mark.parametrize(
    ("fault", "health"),
    [
        (lambda printer: printer.run_out(), Health.PAPER_OUT),
        (lambda printer: printer.open_cover(), Health.COVER_OPEN),
        (lambda printer: setattr(printer.faults, "mute", True), Health.OFFLINE),
        (lambda printer: setattr(printer.faults, "stall", True), Health.OFFLINE),
        (lambda printer: setattr(printer.faults, "reset_after", 2), Health.OFFLINE),
    ],
)
def test_a_printer_that_is_not_ready_gets_nothing_and_the_job_waits(
    station: Station, printer: VirtualPrinter, fault: Callable[[VirtualPrinter], None], health: Health
) -> None:
    fault(printer)
    job = station.print()
    station.reaches(job, JobState.FAILED, JobState.PRINTED)
    assert health in station.said
    printer.mend()
    station.reaches(job, JobState.PRINTED)
    assert labels(printer) == 1


@pytest.mark.parametrize("taken", [60, 300, 5_000, 20_000])
@pytest.mark.parametrize("how", ["reset_after", "close_after"])
def test_a_broken_connection_leaves_the_job_unsure_and_the_next_one_whole(
    station: Station, printer: VirtualPrinter, how: str, taken: int
) -> None:
    station.reaches(station.print("slip"), JobState.PRINTED)
    setattr(printer.faults, how, taken)
    job = station.print()
    assert station.reaches(job, JobState.UNSURE, JobState.PRINTED) is JobState.UNSURE
    assert station.reaches(station.print("insert"), JobState.PRINTED, JobState.UNSURE) is JobState.PRINTED
    assert read(printer.whole[-1]) >= {("]C0", b"SPRING-10")}
    assert labels(printer) == 0
    again = station.spool.resolve(job, Answer.TORN, "w1")
    station.worker.wake()
    station.reaches(again.id, JobState.PRINTED)
    assert labels(printer) == 1


def test_paper_that_ends_within_a_label_is_unsure_and_comes_out_once(
    station: Station, printer: VirtualPrinter
) -> None:
    printer.run_out(after_rows=400)
    job = station.print()
    station.reaches(job, JobState.UNSURE)
    until(lambda: Health.PAPER_OUT in station.said)
    assert labels(printer) == 0
    waiting = station.print("slip")
    printer.feed()
    station.reaches(waiting, JobState.PRINTED)
    assert labels(printer) == 1
    assert station.spool.job(job).state is JobState.UNSURE
    assert station.spool.resolve(job, Answer.YES, "w1").state is JobState.PRINTED


def test_a_cover_opened_while_printing_is_unsure(station: Station, printer: VirtualPrinter) -> None:
    station.reaches(station.print("slip"), JobState.PRINTED)
    printer.run_out(after_rows=200)
    printer.open_cover()
    printer.faults.no_confirm = True
    job = station.print()
    station.reaches(job, JobState.FAILED)
    printer.mend()
    station.reaches(job, JobState.PRINTED)
    assert labels(printer) == 1


def test_a_printer_that_stops_reading_within_a_label_is_unsure(
    station: Station, printer: VirtualPrinter, monkeypatch: pytest.MonkeyPatch
) -> None:
    from printing import virtual_engine

    station.reaches(station.print("slip"), JobState.PRINTED)
    monkeypatch.setattr(virtual_engine, "MEMORY", 6_000)
    printer.run_out(after_rows=100)
    job = station.print()
    assert station.reaches(job, JobState.UNSURE, JobState.PRINTED) is JobState.UNSURE
    assert labels(printer) == 0


def test_power_cut_after_the_label_was_taken_loses_it_but_not_silently(
    station: Station, printer: VirtualPrinter
) -> None:
    printer.run_out(after_rows=300)
    job = station.print()
    station.reaches(job, JobState.UNSURE)
    printer.cut_power()
    printer.mend()
    printer.start()
    station.reaches(station.print("slip"), JobState.PRINTED)
    assert labels(printer) == 0
    assert station.spool.job(job).state is JobState.UNSURE
    again = station.spool.resolve(job, Answer.TORN, "w1")
    station.worker.wake()
    station.reaches(again.id, JobState.PRINTED)
    assert labels(printer) == 1


def test_a_printer_that_is_switched_off_is_waited_for(station: Station, printer: VirtualPrinter) -> None:
    printer.cut_power()
    job = station.print()
    station.reaches(job, JobState.FAILED)
    assert "can't connect" in station.spool.job(job).detail
    printer.start()
    station.reaches(job, JobState.PRINTED)
    assert labels(printer) == 1


def test_a_printer_that_cannot_confirm_ends_as_sent(tmp_path: Path, printer: VirtualPrinter) -> None:
    printer.faults.no_confirm = True
    station = Station(tmp_path / "spool.db", printer)
    for document in ("label", "slip"):
        station.reaches(station.print(document), JobState.SENT)
    assert len(printer.whole) == 2
    station.close()


def test_a_printer_that_can_confirm_and_does_not_is_unsure(station: Station, printer: VirtualPrinter) -> None:
    station.reaches(station.print("slip"), JobState.PRINTED)
    printer.faults.no_confirm = True
    station.reaches(station.print(), JobState.UNSURE)


def test_a_printer_that_never_answers_can_be_used_and_ends_as_sent(
    tmp_path: Path, printer: VirtualPrinter
) -> None:
    printer.faults.mute = True
    station = Station(tmp_path / "spool.db", printer, asks_status=False)
    station.reaches(station.print(), JobState.SENT)
    until(lambda: labels(printer) == 1)
    printer.faults.reset_after = 4_000
    station.reaches(station.print("insert"), JobState.UNSURE)
    station.close()


def test_another_device_on_the_port_gets_no_label(tmp_path: Path) -> None:
    """An HTTP server greets nobody with 0x12-like bytes; its answer must not pass for a status."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        driver = NetworkDriver("127.0.0.1", listener.getsockname()[1], limits=FAST)
        job = Payload("x", to_escpos((Image.new("1", (384, 8), 1),), MEDIA["roll58"]))
        result = driver.send(job, lambda: pytest.fail("started"), False)
    assert (result.outcome, result.health) == (Outcome.NOT_SENT, Health.OFFLINE)


def test_two_stations_share_a_printer_without_mixing(tmp_path: Path, printer: VirtualPrinter) -> None:
    stations = [Station(tmp_path / f"spool{number}.db", printer) for number in (1, 2)]
    jobs = [
        (station, station.print("slip", f"S{n}-{k}")) for k in range(4) for n, station in enumerate(stations)
    ]
    for station, job in jobs:
        station.reaches(job, JobState.PRINTED, JobState.UNSURE)
    printed = [code for paper in printer.whole for _, code in read(paper)]
    assert sorted(printed) == sorted(f"S{n}-{k}".encode() for k in range(4) for n in range(2))
    for station in stations:
        station.close()
