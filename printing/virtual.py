"""A printer that exists only here: a real TCP server that speaks ESC/POS and prints pictures.

It is part of the product: a newcomer runs a station with it, a trainee practises on it, and every
fault that a real printer can have is a switch.
"""

import contextlib
import socket
import struct
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from printing.virtual_engine import Engine

if TYPE_CHECKING:
    from PIL.Image import Image

_TICK = 0.02
# Closing at once with a reset; the option's two numbers are shorter on Windows.
_ABORT = struct.pack("hh" if sys.platform == "win32" else "ii", 1, 0)


@dataclass(slots=True)
class Faults:
    """What is wrong with the printer's line; paper, cover and power are methods of the printer.

    `mute` answers nothing, `no_confirm` answers all but GS ( H, `stall` stops reading, and
    `reset_after` or `close_after` end the next connection after so many bytes were taken.
    """

    mute: bool = False
    no_confirm: bool = False
    stall: bool = False
    reset_after: int | None = None
    close_after: int | None = None


class VirtualPrinter:
    """A printer on 127.0.0.1; use it as a context manager or with `start` and `stop`.

    Like a real one it serves one connection at a time, keeps in memory what it can't print yet, and
    loses its memory with its power. Each piece of paper is a picture of mode "1".
    """

    def __init__(self, directory: Path | None = None, port: int = 0) -> None:
        """`directory` gets each paper as a PNG; `port` 0 takes any free one."""
        self.faults = Faults()
        self._engine = Engine(directory)
        self._lock = threading.RLock()
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self._listener: socket.socket | None = None
        self._port = port

    @property
    def target(self) -> str:
        """The target to reach it by; raises `RuntimeError` before it was started."""
        if not self._port:
            raise RuntimeError("the virtual printer has no port before it is started")
        return f"tcp://127.0.0.1:{self._port}"

    @property
    def paper(self) -> list["Image"]:
        """The pieces of paper cut or torn off so far, oldest first."""
        with self._lock:
            return [piece.image for piece in self._engine.done]

    @property
    def whole(self) -> list["Image"]:
        """Those of them that were printed to their end and cut."""
        with self._lock:
            return [piece.image for piece in self._engine.done if piece.whole]

    def start(self) -> None:
        """Switch on and listen."""
        listener = socket.create_server(("127.0.0.1", self._port), backlog=8)
        # A real printer's receive buffer is small, which is what makes a sender notice a stall.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        self._listener = listener
        self._port = listener.getsockname()[1]
        self._stopping.clear()
        self._thread = threading.Thread(target=self._serve, args=(listener,), name="virtual-printer")
        self._thread.daemon = True
        self._thread.start()

    def stop(self) -> None:
        """Switch off and keep the paper; what is in memory stays for a next start."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join(5)
        self._thread = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def run_out(self, after_rows: int = 0) -> None:
        """Let the roll end after so many more rows of dots."""
        with self._lock:
            self._engine.rows_left = after_rows

    def feed(self) -> None:
        """Put a new roll in; what is in memory is printed."""
        with self._lock:
            self._engine.rows_left = None
            self._engine.run()

    def open_cover(self) -> None:
        """Open the cover, which stops printing."""
        with self._lock:
            self._engine.cover_open = True

    def mend(self) -> None:
        """Close the cover, put paper in and clear every fault of the line."""
        with self._lock:
            self.faults = Faults()
            self._engine.cover_open = False
            self.feed()

    def cut_power(self) -> None:
        """Take the power away: connections break, memory is lost, begun paper is torn off."""
        self.stop()
        with self._lock:
            self._engine.lose_power()

    def _serve(self, listener: socket.socket) -> None:
        with listener:
            listener.settimeout(_TICK)
            while not self._stopping.is_set():
                try:
                    connection, _ = listener.accept()
                except TimeoutError:
                    continue
                with connection, contextlib.suppress(OSError):
                    self._talk(connection)

    def _talk(self, connection: socket.socket) -> None:
        """One connection, from its first byte to its end."""
        taken, end = 0, self._hang_up_after()
        self._engine.connect()
        connection.settimeout(_TICK)
        while not self._stopping.is_set():
            if end is not None and taken >= end:
                self._hang_up(connection)
                return
            data = self._read(connection, 2048 if end is None else end - taken)
            if data == b"":
                return
            taken += len(data or b"")
            self._answer(connection, data or b"")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _ABORT)

    def _read(self, connection: socket.socket, limit: int) -> bytes | None:
        """What came within a tick; `None` for nothing, no bytes for the end."""
        room = min(limit, self._engine.room, 2048)
        if self.faults.stall or room <= 0:
            self._stopping.wait(_TICK)
            return None
        try:
            return connection.recv(room)
        except TimeoutError:
            return None

    def _hang_up_after(self) -> int | None:
        """After how many bytes a connection that begins now is to end: one that is open already is not."""
        ends = [end for end in (self.faults.reset_after, self.faults.close_after) if end is not None]
        return min(ends, default=None)

    def _hang_up(self, connection: socket.socket) -> None:
        if self.faults.reset_after is not None:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _ABORT)
        self.faults.reset_after = self.faults.close_after = None

    def _answer(self, connection: socket.socket, data: bytes) -> None:
        with self._lock:
            answers = self._engine.receive(data, confirms=not self.faults.no_confirm)
        if answers and not self.faults.mute:
            connection.sendall(answers)
