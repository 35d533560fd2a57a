"""A network printer on a raw port (usually 9100) that speaks ESC/POS.

A raw port acknowledges nothing: the kernel takes megabytes for a printer that reads none of them, and
a reset after the last byte looks like success. So the connection is short, the send buffer small,
the printer is asked before and after, and whatever is not certain afterwards is unsure.
"""

import contextlib
import itertools
import secrets
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

from printing.drivers.base import Payload
from printing.drivers.status import (
    ASK_OFFLINE,
    ASK_PAPER,
    ASK_PRINTER,
    STATUS_BACK_ON,
    Answers,
    ask_done,
    judge,
)
from printing.escpos import flush_remains
from printing.health import Health, Outcome, Result

SEND_BUFFER = 4096
CHUNK = 2048
BYTES_A_SECOND = 50_000
_SILENT = "the printer does not answer a status request"


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds each stage may take: `stall` without a byte moving, `confirm` after the last one.

    A long job is printing for longer after its last byte: a second more for every 50 kB.
    """

    connect: float = 2.0
    answer: float = 1.0
    stall: float = 4.0
    confirm: float = 5.0
    close: float = 0.5


class NetworkDriver:
    """One printer at HOST:PORT; a connection lasts for one call."""

    def __init__(self, host: str, port: int, asks_status: bool = True, limits: Limits | None = None) -> None:
        """`asks_status=False` is for a printer that never answers: its jobs can only become sent."""
        self._address = (host, port)
        self._asks_status = asks_status
        self._limits = limits or Limits()
        self._confirms: bool | None = None
        self._numbers = itertools.count(secrets.randbelow(10_000))

    def preflight(self) -> Health:
        """What the printer answers to three status requests; silence is offline."""
        try:
            with self._connect() as line:
                return self._ask(line) if self._asks_status else Health.UNKNOWN
        except OSError:
            return Health.OFFLINE

    def send(self, payload: Payload, started: Callable[[], None], doubtful: bool) -> Result:
        """Send once. Not sent is certain up to the first byte, unsure is every doubt after it."""
        try:
            line = self._connect()
        except OSError as error:
            return Result(Outcome.NOT_SENT, Health.OFFLINE, f"can't connect: {error}")
        with line:
            refusal = self._prepare(line, doubtful)
            if refusal is not None:
                return refusal
            started()
            try:
                return self._print(line, payload.data)
            except OSError as error:
                health = line.answers.automatic or Health.OFFLINE
                return Result(Outcome.UNSURE, health, f"after the first byte: {error or 'timed out'}")

    def _connect(self) -> "_Line":
        line = socket.create_connection(self._address, timeout=self._limits.connect)
        # Set after connecting it still bounds what is taken unread; before, it would need a raw connect.
        line.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return _Line(line)

    def _ask(self, line: "_Line") -> Health:
        found = []
        for question in (ASK_PRINTER, ASK_OFFLINE, ASK_PAPER):
            # Answers nobody asked for may have come before; the next one is ours.
            line.answers.statuses.clear()
            line.send(question, self._limits.answer)
            if not line.wait(lambda: bool(line.answers.statuses), self._limits.answer):
                return Health.OFFLINE
            found.append(line.answers.statuses[0])
        return judge(*found)

    def _prepare(self, line: "_Line", doubtful: bool) -> Result | None:
        """Everything before the first byte of the job; a result when the job must not be sent."""
        try:
            health = self._ask(line) if self._asks_status else Health.READY
            if health is not Health.READY:
                words = _SILENT if health is Health.OFFLINE else f"the printer says {health}"
                return Result(Outcome.NOT_SENT, health, words)
            if doubtful:
                line.send(flush_remains(), self._limits.stall)
            if self._asks_status:
                line.send(STATUS_BACK_ON, self._limits.answer)
                self._learn(line, doubtful)
        except OSError as error:
            return Result(Outcome.NOT_SENT, Health.OFFLINE, f"before the first byte: {error or 'timed out'}")
        return None

    def _learn(self, line: "_Line", doubtful: bool) -> None:
        """Find out once whether this printer tells when it has printed; one with remains takes longer."""
        if self._confirms is None:
            seconds = self._limits.confirm if doubtful else self._limits.answer
            self._confirms = self._confirmed(line, seconds)

    def _confirmed(self, line: "_Line", seconds: float) -> bool:
        """Ask to be told when everything sent so far is printed, and wait for that."""
        number = b"%04d" % (next(self._numbers) % 10_000)
        line.send(ask_done(number), self._limits.stall)
        line.wait(lambda: number in line.answers.done or line.answers.stopped, seconds)
        return number in line.answers.done

    def _print(self, line: "_Line", data: bytes) -> Result:
        line.send(data, self._limits.stall)
        if not self._asks_status:
            line.finish(self._limits.close)
            return Result(Outcome.SENT, Health.UNKNOWN)
        if self._confirms:
            if self._confirmed(line, self._limits.confirm + len(data) / BYTES_A_SECOND):
                return Result(Outcome.PRINTED, Health.READY)
            health = line.answers.automatic or Health.OFFLINE
            return Result(Outcome.UNSURE, health, f"printing was not confirmed, the printer says {health}")
        health = self._ask(line)
        if health is not Health.READY:
            return Result(Outcome.UNSURE, health, f"after sending the printer says {health}")
        line.finish(self._limits.close)
        return Result(Outcome.SENT, health)


class _Line:
    """An open connection and what came back over it."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self.answers = Answers()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def send(self, data: bytes, stall: float) -> None:
        """Send all; raises `OSError` when no byte moves for `stall` seconds or the line breaks."""
        self._connection.settimeout(stall)
        for start in range(0, len(data), CHUNK):
            self._connection.sendall(data[start : start + CHUNK])
            self._take_waiting()
            self._connection.settimeout(stall)

    def wait(self, arrived: Callable[[], bool], seconds: float) -> bool:
        """Read until `arrived` or the time is up; raises `OSError` when the printer hangs up."""
        deadline = time.monotonic() + seconds
        while not arrived():
            left = deadline - time.monotonic()
            if left <= 0:
                return False
            self._connection.settimeout(left)
            try:
                data = self._connection.recv(4096)
            except TimeoutError:
                return False
            if not data:
                raise ConnectionResetError("the printer closed the connection")
            self.answers.feed(data)
        return True

    def finish(self, seconds: float) -> None:
        """Say that no more comes and read to the end, which shows a reset that sending never does."""
        self._connection.shutdown(socket.SHUT_WR)
        deadline = time.monotonic() + seconds
        with contextlib.suppress(TimeoutError):
            while (left := deadline - time.monotonic()) > 0:
                self._connection.settimeout(left)
                data = self._connection.recv(4096)
                if not data:
                    return
                self.answers.feed(data)

    def _take_waiting(self) -> None:
        self._connection.settimeout(0)
        with contextlib.suppress(BlockingIOError):
            data = self._connection.recv(4096)
            if not data:
                raise ConnectionResetError("the printer closed the connection")
            self.answers.feed(data)
