"""A real pseudo-terminal with a station in it."""

import fcntl
import os
import pty
import select
import struct
import sys
import termios
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


class Terminal:
    """Writes keys to a program and keeps what it painted."""

    def __init__(self, pid: int, fd: int, record: Path) -> None:
        self.pid, self.fd, self.record = pid, fd, record
        self.output = b""

    def write(self, data: bytes, gap: float = 0.0) -> None:
        """Send bytes in one write, or one by one a gap apart."""
        if not gap:
            os.write(self.fd, data)
            return
        for byte in data:
            os.write(self.fd, bytes([byte]))
            time.sleep(gap)

    def read(self, seconds: float = 0.0) -> bytes:
        """Take in what was painted meanwhile."""
        while select.select([self.fd], [], [], seconds)[0]:
            try:
                data = os.read(self.fd, 65536)
            except OSError:
                break
            if not data:
                break
            self.output += data
            seconds = 0.0
        return self.output

    def until(self, words: bytes, seconds: float = 15.0) -> None:
        """Wait until these words were painted."""
        end = time.monotonic() + seconds
        while words not in self.read(0.05):
            assert time.monotonic() < end, f"{words!r} was never painted: {self.output[-2000:]!r}"

    def recorded(self, count: int, seconds: float = 15.0) -> list[str]:
        """Wait for so many inputs and return all there are."""
        end = time.monotonic() + seconds
        lines: list[str] = []
        while len(lines) < count and time.monotonic() < end:
            self.read(0.02)
            lines = self.record.read_text("utf-8").splitlines() if self.record.exists() else []
        return lines

    def alive(self) -> bool:
        """Whether the program still runs."""
        return os.waitpid(self.pid, os.WNOHANG) == (0, 0)


@contextmanager
def station(record: Path, block: float = 0.0, size: tuple[int, int] = (80, 24)) -> Iterator[Terminal]:
    """A recording station on a pseudo-terminal, ready for scans; killed at the end if it still runs."""
    program = [sys.executable, "-m", "tests.tui.station_program", str(record), str(block)]
    pid, fd = pty.fork()
    if pid == 0:
        os.chdir(ROOT)
        os.environ.update(TERM="xterm-256color", TEXTUAL_ANIMATIONS="none", PYTHONPATH=str(ROOT))
        os.execv(program[0], program)
    fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
    terminal = Terminal(pid, fd, record)
    try:
        terminal.until(b"Scan Blue mug")
        yield terminal
    finally:
        if terminal.alive():
            os.kill(pid, 9)
            os.waitpid(pid, 0)
        os.close(fd)
