"""Scanners on a serial line: RS-232, or USB in its COM-port mode."""

import codecs
import threading
from collections.abc import Callable
from typing import Any

from scanning.device import DeviceReader
from scanning.rhythm import PAUSE, of_device
from scanning.wedge import Habits, WedgeBuffer

GOOD_TONE = b"\x1b7,"
ERROR_TONE = b"\x1b8,"

_READ_TIMEOUT_S = PAUSE
_WRITE_TIMEOUT_S = 0.05
"""A scanner that no longer listens must not hold up the verdict on the next scan."""


class SerialScanner(DeviceReader):
    """Delivers each line of a serial scanner as raw text; opens the port again when it goes away.

    `on_raw` gets text without its suffix, bytes that are no UTF-8 as U+FFFD.
    """

    def __init__(
        self,
        port: str,
        on_raw: Callable[[str], None],
        *,
        baud_rate: int = 9600,
        habits: Habits | None = None,
        **reports: Any,
    ) -> None:
        """`port` is a device name such as COM3 or /dev/ttyACM0, `baud_rate` the speed of the line in bit/s.

        `reports` are `on_trouble`, `on_well` and `retry_s` of every device.
        """
        super().__init__(port, on_raw, **reports)
        self._baud_rate = baud_rate
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
                device.write(GOOD_TONE if good else ERROR_TONE)
            except OSError:
                return False
            return True

    def _open(self) -> None:
        import serial

        self._device = serial.Serial(
            self.name, self._baud_rate, timeout=_READ_TIMEOUT_S, write_timeout=_WRITE_TIMEOUT_S
        )

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
        at = 0.0
        while not self._stopped.is_set():
            received = self._device.read(max(1, self._device.in_waiting))
            at += 0.0 if received else _READ_TIMEOUT_S
            for entry in lines.feed(text.decode(received, final=not received), at):
                self._deliver(self._habits.separated(entry.text))
