"""The scanner doctor on a serial line: finds the speed, bits and parity by which the test codes become text."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import product
from time import monotonic
from typing import Any, Protocol

from picker.config import Settings
from picker.services.doctor.finding import Finding
from picker.services.doctor.scanner import examine_scanner
from scanning.diagnose import TEST_CODES, arrivals
from scanning.serial_line import ATTEMPTS, BAUD_RATES, LineFormat, line_format, understood

_COUNT = len(TEST_CODES)
_QUIET_S = 0.5
"""Seconds of silence after which a code has arrived whole."""
_ASK = f"Scan test code {{}} of {_COUNT} (print them: picker cards test.pdf --scanner-test)"
_NO_TEXT = (
    "no text came at any speed and format: is it the port of the scanner, and is the scanner in serial mode?"
)


@dataclass(frozen=True, slots=True)
class Line:
    """How a line is opened: its speed in bit/s and its format."""

    baud: int
    format: LineFormat

    def __str__(self) -> str:
        return f"{self.baud} {self.format}"


class Hears(Protocol):
    """Where the codes come from."""

    def burst(self, line: Line) -> bytes | None:
        """What a scanner sends for one code on a line that is opened so: nothing when it is silent, None when the
        line can't be opened so.
        """


def examine_serial(settings: Settings, port: Hears, tell: Callable[[str], object]) -> list[Finding]:
    """Return what is wrong with a serial scanner, asking by `tell` for its test codes, which come from `port`.

    Where what comes is rubbish, the next speed and format is tried, until one makes text of it.
    """
    set_so = Line(settings.serial_baud, line_format(settings.serial_format))
    line, received = set_so, list[str]()
    lines = _ways(set_so)
    tell(_ASK.format(1))
    while len(received) < _COUNT and (data := port.burst(line)) != b"":
        if data and (read := understood(data, line.format)):
            line = replace(line, format=read[0])
            received += arrivals(read[1])
            if len(received) < _COUNT:
                tell(_ASK.format(len(received) + 1))
            continue
        received.clear()
        if (other := next(lines, None)) is None:
            break
        if data:
            tell(f"Rubbish at {line}: now at {other}. {_ASK.format(1)}")
        line = other
    if not received:
        return [Finding(False, "scanner", _NO_TEXT)]
    return [_of_line(line, set_so), *examine_scanner(received, settings, serial=True)]


def _ways(first: Line) -> Iterator[Line]:
    """All lines but the first: every speed with the usual format, then with those that few scanners speak."""
    lines = (Line(baud, form) for form, baud in product(ATTEMPTS, (first.baud, *BAUD_RATES)))
    return iter(dict.fromkeys(line for line in lines if line != first))


def _of_line(line: Line, set_so: Line) -> Finding:
    if line == set_so:
        return Finding(True, "scanner", f"the line speaks {line}, as it is set")
    baud = f"serial_baud = {line.baud}" if line.baud != set_so.baud else ""
    form = f'serial_format = "{line.format}"' if line.format != set_so.format else ""
    mend = ", ".join(filter(None, (baud, form)))
    return Finding(False, "scanner", f"the line speaks {line}, not {set_so}: set {mend}")


class Port:
    """A serial port on which a person scans one code after the other. Close it in the end."""

    def __init__(self, name: str, patience_s: float = 60.0) -> None:
        self._name, self._patience_s = name, patience_s
        self._opened: tuple[int, object] | None = None
        self._device: Any = None

    def burst(self, line: Line) -> bytes | None:
        """What comes up to a pause. Raises OSError when there is no such port, or it is in use."""
        if (line.baud, line.format.port) != self._opened and not self._open(line):
            return None
        deadline, data = monotonic() + self._patience_s, b""
        until = deadline
        while monotonic() < until:
            if received := self._device.read(max(1, self._device.in_waiting)):
                data += received
                until = min(deadline, monotonic() + _QUIET_S)
        return data

    def _open(self, line: Line) -> bool:
        from scanning.serial_port import open_port

        self.close()
        try:
            self._device = open_port(self._name, line.baud, line.format)
        except OSError:
            raise
        except Exception:  # noqa: BLE001 - drivers raise more than OSError (termios.error) for formats they can't do
            return False
        self._opened = line.baud, line.format.port
        return True

    def close(self) -> None:
        """Let go of the port."""
        if self._device is not None:
            self._device.close()
        self._device = self._opened = None
