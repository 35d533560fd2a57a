"""Scanners on a serial line: RS-232, or USB in its COM-port mode."""

import codecs
import threading
from collections.abc import Callable
from typing import Any

from scanning.wedge import WedgeBuffer

GOOD_TONE = b"\x1b7,"
ERROR_TONE = b"\x1b8,"

_READ_TIMEOUT_S = 0.2
_WRITE_TIMEOUT_S = 1.0


class SerialScanner:
    """Delivers each line of a serial scanner as raw text; opens the port again when it goes away.

    `on_raw` gets text without its suffix, bytes that are no UTF-8 as U+FFFD, and is called from the
    reader's thread, as `on_trouble` is.
    """

    def __init__(
        self,
        port: str,
        on_raw: Callable[[str], None],
        *,
        on_trouble: Callable[[str], None],
        baud_rate: int = 9600,
        retry_s: float = 1.0,
    ) -> None:
        """`port` is a device name such as COM3 or /dev/ttyACM0; `retry_s` the pause between tries."""
        self.port = port
        self._on_raw = on_raw
        self._on_trouble = on_trouble
        self._baud_rate = baud_rate
        self._retry_s = retry_s
        self._device: Any = None
        self._sending = threading.Lock()
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"serial:{port}", daemon=True)

    def start(self) -> None:
        """Begin reading. A port that isn't there yet is reported once and tried again."""
        self._thread.start()

    def stop(self) -> None:
        """End the reader's thread and close the port. Not to be called from `on_raw`."""
        self._stopped.set()
        self._thread.join(timeout=5)

    def answer(self, good: bool) -> bool:
        """Make the scanner sound its good or its error tone; returns whether it could be told.

        Honeywell's "Host ACK": the host sends ESC 7 , after a good scan and ESC 8 , after a bad one.
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

    def _run(self) -> None:
        reported = False
        while not self._stopped.is_set():
            try:
                self._open()
                reported = False
                self._read_lines()
            except Exception as error:  # noqa: BLE001 - drivers raise more than OSError (termios.error)
                if not reported:
                    self._on_trouble(f"{self.port}: {error}")
                reported = True
            finally:
                self._close()
            self._stopped.wait(self._retry_s)

    def _open(self) -> None:
        import serial

        self._device = serial.Serial(
            self.port, self._baud_rate, timeout=_READ_TIMEOUT_S, write_timeout=_WRITE_TIMEOUT_S
        )

    def _close(self) -> None:
        with self._sending:
            device, self._device = self._device, None
        if device is not None:
            device.close()

    def _read_lines(self) -> None:
        """Read until stopped. Half a line before a break is given up: its other half never comes."""
        text = codecs.getincrementaldecoder("utf-8")("replace")
        lines = WedgeBuffer(f"serial:{self.port}", suffixes="\r\n")
        while not self._stopped.is_set():
            received = self._device.read(max(1, self._device.in_waiting))
            for raw in lines.feed(text.decode(received)):
                self._deliver(raw)

    def _deliver(self, raw: str) -> None:
        try:
            self._on_raw(raw)
        except Exception as error:  # noqa: BLE001 - the next scan must still be heard
            self._on_trouble(f"{self.port}: {raw!r} was read but not taken: {error}")
