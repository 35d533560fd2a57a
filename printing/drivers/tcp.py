"""A raw network port, usually 9100.

It acknowledges nothing: the kernel takes megabytes for a printer that reads none of them, and a reset
after the last byte looks like success. So the send buffer is small, and the line is read to its end.
"""

import contextlib
import socket
import time

from printing.drivers.channel import Channel, Open

SEND_BUFFER = 4096
LOOK_SECONDS = 0.5
"""After which a printer that takes nothing is listened to: it may say why."""


def tcp(host: str, port: int, seconds: float) -> Open:
    """Opens connections to a port; each must succeed within `seconds`."""

    def connect() -> Channel:
        return TcpChannel(socket.create_connection((host, port), timeout=seconds))

    return connect


class TcpChannel:
    """One connection."""

    def __init__(self, connection: socket.socket) -> None:
        """Take an open connection over."""
        # Set after connecting it still bounds what is taken unread; before, it would need a raw connect.
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._connection = connection

    def write(self, data: bytes, seconds: float) -> int:
        """Write what fits; raises `TimeoutError` when the printer takes nothing for a while."""
        self._connection.settimeout(min(seconds, LOOK_SECONDS))
        return self._connection.send(data)

    def read(self, seconds: float) -> bytes:
        """What comes within `seconds`; raises `ConnectionResetError` at the end of the connection."""
        self._connection.settimeout(max(seconds, 0))
        try:
            data = self._connection.recv(4096)
        except (TimeoutError, BlockingIOError):
            return b""
        if not data:
            raise ConnectionResetError("the printer closed the connection")
        return data

    def finish(self, seconds: float) -> None:
        """Close our side and read to the end, which shows a reset that sending never does."""
        self._connection.shutdown(socket.SHUT_WR)
        deadline = time.monotonic() + seconds
        with contextlib.suppress(TimeoutError):
            while (left := deadline - time.monotonic()) > 0:
                self._connection.settimeout(left)
                if not self._connection.recv(4096):
                    return

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()
