"""Scanners on a serial line: RS-232, or USB in its COM-port mode."""

import codecs
import threading
from collections.abc import Callable
from typing import Any

from scanning.characters import BROKEN, REPLACEMENT
from scanning.device import DeviceReader
from scanning.rhythm import OLD, PAUSE, of_device
from scanning.serial_line import LineFormat
from scanning.wedge import Habits, WedgeBuffer

GOOD_TONE = b"\x1b7,"
ERROR_TONE = b"\x1b8,"

_WRITE_TIMEOUT_S = 0.05
"""A scanner that no longer listens must not hold up the verdict on the next scan."""


def open_port(port: str, baud_rate: int, line: LineFormat) -> Any:
    """An open `serial.Serial`; reads wait `PAUSE` seconds. Raises OSError, ValueError or the driver's own errors."""
    import serial

    return serial.Serial(port, baud_rate, timeout=PAUSE, write_timeout=_WRITE_TIMEOUT_S, **line.port)


class SerialScanner(DeviceReader):
    """Delivers each line of a serial scanner as raw text; opens the port again when it goes away.

    `on_raw` gets text without its suffix, bytes that are no UTF-8 or have the wrong parity as U+FFFD. What
    has no suffix is refused in time: see `_wait`.
    """

    def __init__(
        self,
        port: str,
        on_raw: Callable[[str], None],
        *,
        baud_rate: int = 9600,
        line: LineFormat | None = None,
        silence: bool = False,
        habits: Habits | None = None,
        **reports: Any,
    ) -> None:
        """`port` is a device name such as COM3 or /dev/ttyACM0, `baud_rate` the speed of the line in bit/s, `line` its
        bits, parity and stop bits. With `silence` a pause ends a scan, for scanners that send no suffix.

        `reports` are `on_trouble`, `on_well` and `retry_s` of every device.
        """
        super().__init__(port, on_raw, **reports)
        self._baud_rate, self._line, self._silence = baud_rate, line or LineFormat(), silence
        self._habits = habits or Habits()
        self._device: Any = None
        self._sending = threading.Lock()

    def answer(self, good: bool) -> bool:
        """Make the scanner sound its good or its error tone; returns whether it could be told.

        "Host ACK" of Honeywell's Xenon and Granit guides: the host sends ESC 7 for a code on file and ESC 8 for
        one that isn't, each ended by a comma; the scanner is silent and waits until then.
        """
        with self._sending:
            device = self._device
            if device is None:
                return False
            try:
                device.write(self._line.sent(GOOD_TONE if good else ERROR_TONE))
            except OSError:
                return False
            return True

    def _open(self) -> None:
        self._device = open_port(self.name, self._baud_rate, self._line)

    def _close(self) -> None:
        with self._sending:
            device, self._device = self._device, None
        if device is not None:
            device.close()

    def _read(self) -> None:
        """Read until stopped. Half a line before a break is given up: its other half never comes.

        The time of a character is the silence that the line has shown, so that a busy computer makes no pause.
        """
        text = codecs.getincrementaldecoder("utf-8")("replace")
        lines = WedgeBuffer(self._habits.suffixes, of_device)
        at = quiet = 0.0
        while not self._stopped.is_set():
            received = self._device.read(max(1, self._device.in_waiting))
            quiet = 0.0 if received else quiet + PAUSE
            at += quiet and PAUSE
            plain = text.decode(self._line.received(received), final=not received)
            for entry in lines.feed(plain, at):
                self._deliver(self._habits.separated(entry.text))
            if quiet and not lines.empty:
                self._wait(lines, quiet)

    def _wait(self, lines: WedgeBuffer, quiet: float) -> None:
        """A text waits for its end for `quiet` seconds. Once, it is told; it stays, for the next may be its rest."""
        ended = self._silence or (quiet >= OLD and REPLACEMENT in lines.held)
        if ended and (entry := lines.end()):
            self._deliver(self._habits.separated(entry.text))
        elif OLD <= quiet < OLD + PAUSE:
            self._deliver(self._habits.separated(lines.held) + BROKEN)
