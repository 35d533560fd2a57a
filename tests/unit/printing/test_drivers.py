"""The same promises from every driver, over whatever line it prints."""

import contextlib
import os
import stat
import sys
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image

from printing.abilities import Language
from printing.drivers.base import Driver, Payload
from printing.drivers.escpos import EscposDriver
from printing.drivers.file import FileDriver
from printing.drivers.serial_port import serial_port
from printing.drivers.spooler import CupsDriver, WindowsDriver
from printing.drivers.stream import Limits
from printing.drivers.tcp import tcp
from printing.drivers.usb import usb_printer
from printing.drivers.zpl import ZplDriver
from printing.escpos import to_escpos
from printing.health import Health, Outcome
from printing.media import MEDIA
from printing.virtual import VirtualPrinter
from printing.virtual_escpos import EscposMachine
from printing.zpl import to_zpl

ROLL = MEDIA["roll58"]
PAGE = Image.frombytes("1", (384, 400), bytes(range(48)) * 400)
JOB = Payload("ORD-1-1-label", to_escpos((PAGE,), ROLL))
ZPL_JOB = Payload("ORD-1-1-label", to_zpl((PAGE,), ROLL))
LIMITS = Limits(answer=0.5, patience=1.0, stall=1.0, confirm=1.0, close=0.1)


class Rig(ABC):
    """A driver with something to print on, which can be taken away."""

    driver: Driver
    job = JOB
    outcome = Outcome.PRINTED
    healthy = Health.READY

    @abstractmethod
    def printed(self) -> int:
        """Whole jobs that came out."""

    @abstractmethod
    def unplug(self) -> None:
        """Take the printer away."""


class TcpRig(Rig):
    def __init__(self, language: Language = Language.ESCPOS) -> None:
        self.printer = VirtualPrinter(language=language)
        self.printer.start()
        opened = tcp("127.0.0.1", int(self.printer.target.rpartition(":")[2]), 0.5)
        self.driver = (EscposDriver if language is Language.ESCPOS else ZplDriver)(opened, limits=LIMITS)
        self.job = JOB if language is Language.ESCPOS else ZPL_JOB

    def printed(self) -> int:
        return len(self.printer.whole)

    def unplug(self) -> None:
        self.printer.stop()


class SerialRig(Rig):
    """A pseudo-terminal whose other end is a printer, under a name that goes when it is unplugged."""

    def __init__(self, home: Path) -> None:
        import pty
        import tty

        self._printer, self._line = pty.openpty()
        tty.setraw(self._line)
        self.machine = EscposMachine(None)
        self._port = home / "ttyUSB0"
        self._port.symlink_to(os.ttyname(self._line))
        self.driver = EscposDriver(serial_port(str(self._port), 115_200), limits=LIMITS)
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                os.write(self._printer, self.machine.receive(os.read(self._printer, 2048)))

    def printed(self) -> int:
        return len(self.machine.done)

    def unplug(self) -> None:
        self._port.unlink(missing_ok=True)


class UsbRig(Rig):
    def __init__(self) -> None:
        from tests.unit.printing.usb_device import PRODUCT, VENDOR, Bus  # here, because pyusb is an extra

        self.bus = Bus()
        self.driver = EscposDriver(usb_printer(VENDOR, PRODUCT, backend=self.bus), limits=LIMITS)

    def printed(self) -> int:
        return len(self.bus.machine.done)

    def unplug(self) -> None:
        self.bus.plugged = False


class FileRig(Rig):
    def __init__(self, home: Path) -> None:
        self.folder = home / "out"
        self.driver = FileDriver(self.folder)

    def printed(self) -> int:
        return len(list(self.folder.glob("*.escpos")))

    def unplug(self) -> None:
        if self.folder.exists():
            for path in self.folder.iterdir():
                path.unlink()
            self.folder.rmdir()
        self.folder.write_text("in the way")


class CupsRig(Rig):
    """Programs named lp and lpstat that do what CUPS's do with a raw queue."""

    outcome = Outcome.SENT
    healthy = Health.UNKNOWN

    def __init__(self, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.home = home
        self.words = home / "lpstat.txt"
        self.words.write_text("printer shop is idle.  enabled since Sun Nov 22 2026\n")
        self._program("lpstat", f'cat "{self.words}"')
        self._program("lp", f'echo "$@" >> "{home}/arguments"; cat > "{home}/$$.job"')
        monkeypatch.setenv("PATH", f"{home}{os.pathsep}{os.environ['PATH']}")
        self.driver = CupsDriver("shop")

    def _program(self, name: str, script: str) -> None:
        path = self.home / name
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)

    def printed(self) -> int:
        return sum(path.read_bytes() == JOB.data for path in self.home.glob("*.job"))

    def unplug(self) -> None:
        self._program("lpstat", "echo 'lpstat: Invalid destination name' >&2; exit 1")


class Spooler:
    """Windows' spooler, as far as its own manual tells."""

    def __init__(self) -> None:
        self.bits = 0
        self.gone = False
        self.refuses_bytes = False
        self.documents: list[bytes] = []
        self.titles: list[str] = []
        self._open: bytes | None = None

    def status(self, printer: str) -> int:
        if self.gone:
            raise OSError("the print spooler refused with Windows error 1801")
        return self.bits

    def begin(self, printer: str, title: str) -> None:
        self.titles.append(title)
        self._open = b""

    def write(self, data: bytes) -> None:
        assert self._open is not None
        if self.refuses_bytes:
            raise OSError("the print spooler took 10 of 100 bytes")
        self._open += data

    def end(self) -> None:
        assert self._open is not None
        self.documents.append(self._open)
        self._open = None

    def abort(self) -> None:
        self._open = None


class WindowsRig(Rig):
    outcome = Outcome.SENT
    healthy = Health.UNKNOWN

    def __init__(self) -> None:
        self.spooler = Spooler()
        self.driver = WindowsDriver("Labels", self.spooler)

    def printed(self) -> int:
        return self.spooler.documents.count(JOB.data)

    def unplug(self) -> None:
        self.spooler.gone = True


POSIX = pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal or a shell")


@pytest.fixture(
    params=[
        "tcp",
        "zpl",
        "file",
        "windows",
        pytest.param("usb", marks=pytest.mark.usb),
        pytest.param("serial", marks=POSIX),
        pytest.param("cups", marks=POSIX),
    ]
)
def rig(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Rig]:
    makers: dict[str, Callable[[], Rig]] = {
        "tcp": TcpRig,
        "zpl": lambda: TcpRig(Language.ZPL),
        "usb": UsbRig,
        "file": lambda: FileRig(tmp_path),
        "windows": WindowsRig,
        "serial": lambda: SerialRig(tmp_path),
        "cups": lambda: CupsRig(tmp_path, monkeypatch),
    }
    made = makers[request.param]()
    yield made
    made.driver.close()
    with contextlib.suppress(OSError):
        made.unplug()


def test_a_job_comes_out_once_and_its_end_is_known(rig: Rig) -> None:
    assert rig.driver.preflight() is rig.healthy
    begun: list[int] = []
    result = rig.driver.send(rig.job, lambda: begun.append(rig.printed()), False)
    assert (result.outcome, result.health) == (rig.outcome, rig.healthy)
    assert (begun, rig.printed()) == ([0], 1)


def test_jobs_of_one_parcel_follow_each_other(rig: Rig) -> None:
    for number, more in enumerate((True, True, False), start=1):
        payload = Payload(f"ORD-1-1-{number}", rig.job.data, more)
        assert rig.driver.send(payload, lambda: None, False).outcome is rig.outcome
        assert rig.printed() == number


def test_what_may_not_begin_is_not_sent(rig: Rig) -> None:
    class TakenBack(Exception):
        """As the spool says it of a job that was cancelled meanwhile."""

    def refuse() -> None:
        raise TakenBack

    with pytest.raises(TakenBack):
        rig.driver.send(rig.job, refuse, False)
    assert rig.printed() == 0
    assert rig.driver.send(rig.job, lambda: None, False).outcome is rig.outcome
    assert rig.printed() == 1


def test_a_printer_that_is_gone_gets_nothing(rig: Rig) -> None:
    rig.unplug()
    assert rig.driver.preflight() is Health.OFFLINE
    result = rig.driver.send(rig.job, lambda: pytest.fail("started"), False)
    assert result.outcome is Outcome.NOT_SENT
    assert result.detail


@pytest.mark.usb
def test_a_usb_printer_that_takes_nothing_or_is_pulled_out_is_unsure() -> None:
    rig = UsbRig()

    def stop_taking() -> None:
        rig.bus.takes_nothing = True

    def pull_out() -> None:
        rig.bus.takes_nothing = False
        rig.bus.plugged = False

    assert rig.driver.send(JOB, stop_taking, False).outcome is Outcome.UNSURE
    rig.bus.takes_nothing = False
    assert rig.driver.send(JOB, pull_out, True).outcome is Outcome.UNSURE


@pytest.mark.usb
def test_a_usb_printer_that_another_program_has_is_not_sent() -> None:
    rig = UsbRig()
    rig.bus.taken = True
    result = rig.driver.send(JOB, lambda: pytest.fail("started"), False)
    assert (result.outcome, "busy" in result.detail) == (Outcome.NOT_SENT, True)


@POSIX
def test_a_serial_printer_that_does_not_read_is_unsure_in_time() -> None:
    import pty
    import tty

    _, line = pty.openpty()
    tty.setraw(line)
    silent = EscposDriver(serial_port(os.ttyname(line), 9600), asks_status=False, limits=LIMITS)
    result = silent.send(Payload("x", bytes(200_000)), lambda: None, False)
    assert result.outcome is Outcome.UNSURE


@POSIX
def test_a_queue_that_is_held_or_refuses_gets_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rig = CupsRig(tmp_path, monkeypatch)
    rig.words.write_text("printer shop disabled since Sun Nov 22 2026 -\n\tPaused\n")
    assert rig.driver.send(JOB, lambda: pytest.fail("started"), False).health is Health.PAUSED
    rig.words.write_text("printer shop is idle.\n")
    rig._program("lp", "echo 'lp: Forbidden' >&2; exit 1")
    result = rig.driver.send(JOB, lambda: None, False)
    assert (result.outcome, "Forbidden" in result.detail) == (Outcome.NOT_SENT, True)


@POSIX
def test_a_hostile_name_is_one_argument_of_lp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rig = CupsRig(tmp_path, monkeypatch)
    rig.driver.send(Payload("$(touch x); -d other", JOB.data), lambda: None, False)
    assert "-t $(touch x); -d other -" in (tmp_path / "arguments").read_text()
    assert not Path("x").exists()


@pytest.mark.parametrize(
    ("bits", "health"),
    [
        (0x10, Health.PAPER_OUT),
        (0x40_0000, Health.COVER_OPEN),
        (0x80, Health.OFFLINE),
        (0x02, Health.ERROR),
        (0x01, Health.PAUSED),
    ],
)
def test_windows_says_what_is_wrong(bits: int, health: Health) -> None:
    rig = WindowsRig()
    rig.spooler.bits = bits
    assert rig.driver.preflight() is health
    assert rig.driver.send(JOB, lambda: pytest.fail("started"), False).outcome is Outcome.NOT_SENT


def test_windows_taking_a_part_is_unsure() -> None:
    rig = WindowsRig()
    rig.spooler.refuses_bytes = True
    assert rig.driver.send(JOB, lambda: None, False).outcome is Outcome.UNSURE


def test_an_address_that_nobody_answers_is_offline_in_time() -> None:
    def unreachable() -> None:
        raise TimeoutError("timed out")

    driver = EscposDriver(unreachable, limits=LIMITS)  # type: ignore[arg-type]
    assert driver.preflight() is Health.OFFLINE
    assert driver.send(JOB, lambda: pytest.fail("started"), False).outcome is Outcome.NOT_SENT


def test_what_a_printer_can_do_is_found_out() -> None:
    receipt, label = TcpRig(), TcpRig(Language.ZPL)
    found = receipt.driver.examine()
    assert (found.status, found.automatic, found.confirms, found.in_turn) == (True, True, True, True)
    receipt.printer.machine.confirms = False
    assert receipt.driver.examine().confirms is False
    found = label.driver.examine()
    assert (found.dpi, found.width_dots, found.model) == (203, 812, "VIRTUAL")
    assert receipt.printed() == label.printed() == 0
    receipt.unplug()
    with pytest.raises(OSError, match="refused"):
        receipt.driver.examine()
    label.unplug()
