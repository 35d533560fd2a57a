"""A raw network port, usually 9100.

It acknowledges nothing: the kernel takes megabytes for a printer that reads none of them, and a reset
after the last byte looks like success. So the send buffer is small, and the line is read to its end.
"""

import contextlib
import socket
import threading
import time
from typing import Any

from printing.drivers.channel import Channel, Open

SEND_BUFFER = 4096
LOOK_SECONDS = 0.5
"""After which a printer that takes nothing is listened to: it may say why."""


def tcp(host: str, port: int, seconds: float) -> Open:
    """Opens connections to a port; each must succeed within `seconds`, the look-up of the name included."""
    name = _Name(host, port)

    def connect() -> Channel:
        deadline = time.monotonic() + seconds
        addresses = name.addresses(seconds)
        trouble: OSError = OSError(f"nobody knows the name {host!r} here, or answers for names")
        for number, (family, kind, protocol, _, address) in enumerate(addresses):
            connection = socket.socket(family, kind, protocol)
            try:
                # One of a name's addresses may lead nowhere: the others get their share of the time.
                connection.settimeout(max(0.1, deadline - time.monotonic()) / (len(addresses) - number))
                connection.connect(address)
            except OSError as error:
                connection.close()
                trouble = error
                continue
            return TcpChannel(connection)
        raise trouble

    return connect


class _Name:
    """A host's addresses; while nobody answers for names, those it had last.

    The system's resolver knows no time limit, so it is asked in a thread that may be left behind.
    """

    def __init__(self, host: str, port: int) -> None:
        self._host, self._port = host, port
        self._known: list[Any] = []
        self._number = False
        self._idle = threading.Event()
        self._idle.set()
        with contextlib.suppress(OSError, UnicodeError):
            self._known = self._look_up(socket.AI_NUMERICHOST)
            self._number = True

    def addresses(self, seconds: float) -> list[Any]:
        """Everything needed to connect, in the system's order; empty when the name is not known in time."""
        if not self._number and self._idle.is_set():
            self._idle.clear()
            threading.Thread(target=self._ask, name=f"resolve-{self._host}", daemon=True).start()
        self._idle.wait(seconds)
        return self._known

    def _ask(self) -> None:
        with contextlib.suppress(OSError, UnicodeError):
            self._known = self._look_up()
        self._idle.set()

    def _look_up(self, flags: int = 0) -> list[Any]:
        return socket.getaddrinfo(self._host, self._port, type=socket.SOCK_STREAM, flags=flags)


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
