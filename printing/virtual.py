"""A printer that exists only here: a real TCP server that speaks ESC/POS or ZPL and prints pictures.

It is part of the product: a newcomer runs a station with it, a trainee practises on it, and every
fault that a real printer can have is a switch.
"""

import contextlib
import socket
import struct
import sys
import threading
import time
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from printing.abilities import Language
from printing.virtual_escpos import EscposMachine
from printing.virtual_machine import Fault, Machine
from printing.virtual_zpl import ZplMachine

if TYPE_CHECKING:
    from PIL.Image import Image

ON_CONNECTION = -1
"""For `cause`: with the first byte that comes over a new connection."""
LATE_SECONDS = 0.4
CYCLE_SECONDS = 0.2

_TICK = 0.02
_JOB_BEGINS = {Language.ESCPOS: b"\x1b@", Language.ZPL: b"^XA"}
_ENDING = frozenset({Fault.RESET, Fault.CLOSE, Fault.POWER_CUT, Fault.POWER_CYCLE})
# Closing at once with a reset; the option's two numbers are shorter on Windows.
_ABORT = struct.pack("hh" if sys.platform == "win32" else "ii", 1, 0)


class VirtualPrinter:
    """A printer on 127.0.0.1; use it as a context manager or with `start` and `stop`.

    Like a real one it serves one connection at a time, keeps in memory what it can't print yet, and
    loses its memory with its power. Each piece of paper is a picture of mode "1".
    """

    def __init__(
        self, directory: Path | None = None, port: int = 0, language: Language = Language.ESCPOS
    ) -> None:
        """`directory` gets each paper as a PNG; `port` 0 takes any free one."""
        self.language = language
        self.machine: Machine = (
            ZplMachine(directory) if language is Language.ZPL else EscposMachine(directory)
        )
        self._planned: list[tuple[int, Fault]] = []
        self._lock = threading.RLock()
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
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
            return [piece.image for piece in self.machine.done]

    @property
    def whole(self) -> list["Image"]:
        """Those of them that were printed to their end and cut."""
        with self._lock:
            return [piece.image for piece in self.machine.done if piece.whole]

    def start(self) -> None:
        """Switch on and listen."""
        listener = socket.create_server(("127.0.0.1", self._port), backlog=8)
        # A real printer's receive buffer is small, which is what makes a sender notice a stall.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
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

    def cause(self, fault: Fault, after: int | None = None) -> None:
        """Let something go wrong: now, with the next connection (`ON_CONNECTION`), or within a job.

        `after` counts the bytes of the next job that were taken before it happens; bytes behind the
        job count on.
        """
        with self._lock:
            if after is None:
                self.machine.faults.add(fault)
            else:
                self._planned.append((after, fault))

    def run_out(self, after_rows: int = 0) -> None:
        """Let the roll end after so many more rows of dots."""
        with self._lock:
            self.machine.rows_left = after_rows

    def mend(self) -> None:
        """Put paper in, clear every fault, and switch it on if it is off; memory is printed."""
        with self._lock:
            self._planned.clear()
            self.machine.faults.clear()
            self.machine.rows_left = None
            self.machine.run()
        if self._thread is None:
            self.start()

    def cut_power(self) -> None:
        """Take the power away: connections break, memory is lost, begun paper is torn off."""
        self.stop()
        with self._lock:
            self.machine.lose_power()

    def _serve(self, listener: socket.socket) -> None:
        while not self._stopping.is_set():
            faults = self.machine.faults
            if Fault.REFUSED in faults or Fault.POWER_CUT in faults:
                listener.close()
                self._stopping.wait(_TICK)
                continue
            if listener.fileno() < 0:
                listener = socket.create_server(("127.0.0.1", self._port), backlog=8)
                listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            self._serve_next(listener)
        listener.close()

    def _serve_next(self, listener: socket.socket) -> None:
        """Serve one connection, or go on with what is in memory for a tick."""
        listener.settimeout(_TICK)
        try:
            connection, _ = listener.accept()
        except TimeoutError:
            with self._lock:
                self.machine.run()
            return
        with connection, contextlib.suppress(OSError):
            # Asked after the accept, so that nobody slips in while it is waited in.
            while Fault.BUSY in self.machine.faults and not self.stopping:
                self._stopping.wait(_TICK)
            _Talk(self, connection).run()

    def reached(self, taken: int) -> set[Fault]:
        """Begin the faults planned for so many bytes of a job; returns what is wrong now."""
        with self._lock:
            due = [plan for plan in self._planned if plan[0] <= taken]
            self._planned = [plan for plan in self._planned if plan[0] > taken]
            self.machine.faults.update(fault for _, fault in due)
            return set(self.machine.faults)

    def next_plan(self) -> int | None:
        """After how many bytes of a job the next planned fault begins."""
        with self._lock:
            return min((after for after, _ in self._planned), default=None)

    def take(self, data: bytes) -> bytes:
        """Bytes for the machine; returns its answers."""
        with self._lock:
            return self.machine.receive(data)

    def end(self, fault: Fault) -> None:
        """A connection has ended by a fault that is over with it, or by the power."""
        with self._lock:
            if fault in (Fault.POWER_CUT, Fault.POWER_CYCLE):
                self.machine.lose_power()
            if fault is Fault.POWER_CYCLE:
                time.sleep(CYCLE_SECONDS)
            if fault is not Fault.POWER_CUT:
                self.machine.faults.discard(fault)

    @property
    def stopping(self) -> bool:
        """Whether it is being switched off."""
        return self._stopping.is_set()


class _Talk:
    """One connection, from its first byte to its end."""

    def __init__(self, printer: VirtualPrinter, connection: socket.socket) -> None:
        self._printer = printer
        self._connection = connection
        self._tail = b""
        self._job: int | None = None
        self._answers: list[tuple[float, bytes]] = []
        printer.machine.connect()
        connection.settimeout(_TICK)

    def run(self) -> None:
        """Until the other side ends it, a fault does, or the printer is switched off."""
        while not self._printer.stopping:
            data = self._read()
            if data == b"":
                return
            faults = self._count(data or b"")
            if Fault.GARBAGE in faults:
                if data:
                    self._connection.sendall(b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n")
                continue
            answers = self._printer.take(data or b"")
            for fault in faults & _ENDING:
                if fault is not Fault.CLOSE:
                    self._connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _ABORT)
                self._connection.close()
                self._printer.end(fault)
                return
            self._queue(answers, faults)
            self._speak()
        self._connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _ABORT)

    def _read(self) -> bytes | None:
        """What came within a tick; `None` for nothing, no bytes for the end."""
        limit = min(2048, self._printer.machine.room)
        plan = self._printer.next_plan()
        if plan is not None:
            limit = min(limit, 1 if self._job is None else max(1, plan - self._job))
        if Fault.STALL in self._printer.machine.faults or limit <= 0:
            time.sleep(_TICK)
            return None
        try:
            return self._connection.recv(limit)
        except TimeoutError:
            return None

    def _count(self, data: bytes) -> set[Fault]:
        """Count the bytes of the job and begin the faults whose moment has come."""
        if self._job is not None:
            self._job += len(data)
        else:
            begin = _JOB_BEGINS[self._printer.language]
            seen = (self._tail + data).find(begin)
            if seen >= 0:
                self._job = len(self._tail) + len(data) - seen
            self._tail = (self._tail + data)[1 - len(begin) :]
        began = self._job if self._job is not None else ON_CONNECTION
        return self._printer.reached(began if data else ON_CONNECTION - 1)

    def _queue(self, answers: bytes, faults: set[Fault]) -> None:
        if not answers or Fault.MUTE in faults:
            return
        if Fault.STRAY in faults:
            answers = b"\x12\x00" + answers + b"\x12"
        due = time.monotonic() + LATE_SECONDS * (Fault.LATE in faults)
        size = len(answers) // 8 + 1 if Fault.PIECES in faults else len(answers)
        pieces = [answers[start : start + size] for start in range(0, len(answers), size)]
        self._answers += [(due + number * _TICK / 4, piece) for number, piece in enumerate(pieces)]

    def _speak(self) -> None:
        """Send the answers whose time has come."""
        while self._answers and self._answers[0][0] <= time.monotonic():
            self._connection.sendall(self._answers.pop(0)[1])
