"""A printer at a serial port, such as /dev/ttyUSB0 or COM4."""

import time

from printing.drivers.channel import Channel, Open

BAUD = 115_200
PIECE_SECONDS = 0.5
"""For which the line may be busy with what was written, so that time limits hold at any speed."""
_SYSTEMS_BUFFER = 4096
"""Bytes that the system keeps for a port; some take no more until nearly all of them have left."""


def serial_port(port: str, baud: int) -> Open:
    """Opens a serial port with eight data bits, no parity, and RTS/CTS left to the adapter."""

    def connect() -> Channel:
        return SerialChannel(port, baud)

    return connect


class SerialChannel:
    """One opened port; pyserial's errors are `OSError`s."""

    def __init__(self, port: str, baud: int) -> None:
        """Open the port for this program alone; raises `OSError`."""
        import serial

        # Ten bits are sent for every byte.
        self._piece = max(16, int(baud / 10 * PIECE_SECONDS))
        self._patience = 1.5 * _SYSTEMS_BUFFER * 10 / baud
        # Without a write timeout a printer that does not read would block the program for ever.
        self._port = serial.Serial(port, baud, timeout=0, write_timeout=1.0, exclusive=True)

    def write(self, data: bytes, seconds: float) -> int:
        """Write a piece within `seconds`, or longer on a slow line.

        Raises pyserial's own error when the printer doesn't take it.
        """
        deadline = time.monotonic() + max(seconds, self._patience)
        while self._port.out_waiting > self._piece:
            if time.monotonic() > deadline:
                raise TimeoutError(f"{self._port.out_waiting} bytes are stuck in the serial port")
            time.sleep(0.01)
        piece = data[: self._piece]
        self._port.write_timeout = max(0.1, deadline - time.monotonic())
        self._port.write(piece)
        return len(piece)

    def read(self, seconds: float) -> bytes:
        """What comes within `seconds`; raises `OSError` when the port is gone."""
        self._port.timeout = max(seconds, 0)
        first = bytes(self._port.read(1))
        return first + bytes(self._port.read(self._port.in_waiting)) if first else b""

    def finish(self, seconds: float) -> None:
        """Wait until the adapter has passed on what it holds; raises `TimeoutError` when it can't."""
        deadline = time.monotonic() + seconds
        while self._port.out_waiting:
            if time.monotonic() > deadline:
                raise TimeoutError(f"{self._port.out_waiting} bytes are stuck in the serial port")
            time.sleep(0.01)

    def close(self) -> None:
        """Close the port; what it holds unsent is dropped, not waited for."""
        self._port.close()
