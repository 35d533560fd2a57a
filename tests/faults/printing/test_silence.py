"""What a printer doesn't say by itself: silence within a job, faults it must be asked for, a stop nobody ended."""

import re
import socket
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from printing.abilities import Language
from printing.drivers import escpos, stream, zpl
from printing.drivers.base import Payload
from printing.drivers.escpos import EscposDriver
from printing.drivers.tcp import tcp
from printing.drivers.zpl import ZplDriver
from printing.health import Health, Outcome
from printing.jobs import JobState
from printing.virtual import VirtualPrinter
from printing.virtual_machine import Fault
from tests.faults.printing.bench import FAST, bench, payload, wait_for
from tests.unit.printing.samples import until

SIZE = len(payload("FIRST", Language.ESCPOS))


@pytest.fixture(autouse=True)
def short_silence(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (escpos, stream, zpl):
        monkeypatch.setattr(module, "SILENT_SECONDS", 0.05)
    monkeypatch.setattr(escpos, "ASK_AGAIN_SECONDS", 0.05)
    monkeypatch.setattr(zpl, "_LOOK_AGAIN", 0.01)


@pytest.mark.parametrize("fault", [Fault.MUTE, Fault.STALL])
@pytest.mark.parametrize("confirms", [True, False])
def test_a_printer_that_falls_silent_within_a_job_is_shown_before_the_wait_for_it_ends(
    tmp_path: Path, fault: Fault, confirms: bool
) -> None:
    with bench(tmp_path / "spool.db", Language.ESCPOS, confirms) as made:
        first = made.take("FIRST")
        seen: list[tuple[Health, JobState]] = []
        made.worker._on_health = lambda _, health, __: seen.append((health, made.spool.job(first.id).state))
        made.printer.cause(fault, SIZE // 2)
        made.worker.start()
        wait_for(made, first)
        until(lambda: bool(seen))
        assert seen[0][0] is Health.BUSY
        assert "ready" not in made.spool.job(first.id).detail
        if confirms:
            assert seen[0][1] is JobState.SENDING
        made.printer.mend()
        assert not made.honest(first)


def test_a_printer_that_reports_nothing_by_itself_is_asked_why_it_does_not_go_on(tmp_path: Path) -> None:
    with bench(tmp_path / "spool.db", Language.ESCPOS, confirms=True) as made:
        made.printer.machine.reports = False
        first = made.take("FIRST")
        made.printer.run_out(50)
        made.worker.start()
        until(lambda: Health.PAPER_OUT in made.said, 3)
        assert made.spool.job(first.id).state is JobState.SENDING
        made.printer.mend()
        wait_for(made, first)
        assert made.spool.job(first.id).state is JobState.PRINTED
        assert made.whole("FIRST") == 1


def test_a_printer_that_cannot_confirm_is_waited_for_and_then_asked_about(tmp_path: Path) -> None:
    """Asked while the paper is out, the packer would have it printed again, and both would come."""
    with bench(tmp_path / "spool.db", Language.ESCPOS, confirms=False) as made:
        first, second = made.take("FIRST"), made.take("SECOND")
        made.printer.run_out(50)
        made.worker.start()
        until(lambda: "paper is out" in made.spool.job(first.id).detail, 3)
        time.sleep(0.3)
        assert made.spool.job(first.id).state is JobState.SENDING
        made.printer.mend()
        wait_for(made, first, second)
        now = made.spool.job(first.id)
        assert now.state is JobState.UNSURE
        assert "stopped within it" in now.detail
        assert made.spool.job(second.id).state is JobState.SENT
        assert made.whole("SECOND") == 1


def test_a_stop_whose_end_was_not_reported_ends_when_the_printer_is_asked(tmp_path: Path) -> None:
    with bench(tmp_path / "spool.db", Language.ESCPOS, confirms=True) as made:
        first = made.take("FIRST")
        made.printer.run_out(50)
        made.worker.start()
        until(lambda: Health.PAPER_OUT in made.said, 3)
        made.printer.machine.reports = False
        made.printer.mend()
        wait_for(made, first)
        assert made.spool.job(first.id).state is JobState.PRINTED


def test_a_name_that_is_slow_to_find_holds_nothing_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """The last addresses do meanwhile; without any, the printer is offline in time."""
    find, slow = socket.getaddrinfo, threading.Event()

    def resolver(*given: Any, **options: Any) -> Any:
        if slow.is_set():
            time.sleep(3)
        return find(*given, **options)

    monkeypatch.setattr(socket, "getaddrinfo", resolver)
    with VirtualPrinter() as printer:
        port = int(printer.target.rpartition(":")[2])
        known, new = (EscposDriver(tcp("localhost", port, 0.4), limits=FAST) for _ in range(2))
        assert known.preflight() is Health.READY
        slow.set()
        began = time.monotonic()
        assert known.preflight() is Health.READY
        result = new.send(Payload("J", b"x"), lambda: None, False)
        assert time.monotonic() - began < 2
    assert result.outcome is Outcome.NOT_SENT
    assert "nobody knows the name 'localhost' here" in result.detail


class JammedCutter:
    """A label printer whose cutter is jammed, for which ~HS has no word: the label just doesn't come."""

    def __init__(self) -> None:
        self.jammed, self.waiting = True, 0
        self._answers = b""

    def write(self, data: bytes, seconds: float) -> int:
        self.waiting += data.count(b"^XZ")
        for _ in re.findall(b"~HS", data):
            first = f"030,0,0,1245,{self.waiting:03d},0,0,0,000,0,0,0"
            self._answers += (
                f"\2{first}\3\r\n\x02000,0,0,0,0,2,4,0,00000000,1,000\3\r\n\x021234,0\3\r\n".encode()
            )
        for _ in re.findall(b"~HQES", data):
            self._answers += b"\2  ERRORS:  %d 00000000 %08X\r\n\3" % (self.jammed, 8 * self.jammed)
        return len(data)

    def read(self, seconds: float) -> bytes:
        answers, self._answers = self._answers, b""
        if not answers:
            time.sleep(seconds)
        return answers

    def finish(self, seconds: float) -> None:
        raise AssertionError("the line is only closed")

    def close(self) -> None:
        return


def test_a_label_printer_is_asked_for_what_its_status_has_no_word_for() -> None:
    printer = JammedCutter()
    driver = ZplDriver(lambda: printer, limits=FAST)
    assert driver.preflight() is Health.CUTTER
    printer.jammed = False
    assert driver.preflight() is Health.READY
    held: list[Health] = []

    def started() -> None:
        printer.jammed = True

    def mended_at_once(health: Health) -> bool:
        held.append(health)
        printer.jammed, printer.waiting = False, 0
        return True

    result = driver.send(Payload("J", b"^XA^XZ", held=mended_at_once), started, False)
    assert held == [Health.CUTTER]
    assert result.outcome is Outcome.PRINTED
