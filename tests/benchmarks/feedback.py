"""From a scan's last character to its painted verdict, in a real pseudo-terminal."""

import fcntl
import os
import pty
import signal
import struct
import sys
import termios
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from data.engine import open_database
from data.store import orders
from picker.flow import render, say
from scanning.codes import command_code
from tests.benchmarks.big_shop import BADGE, barcode
from tests.tui.terminal import ROOT, Terminal

SIZE = (120, 40)
QUIET_S = 0.06
"""A pause of the screen after which a packer's next scan may come."""


@dataclass(frozen=True, slots=True)
class Scan:
    """A barcode and the sentence its verdict is painted with."""

    code: str
    verdict: str


@contextmanager
def launched(program: Sequence[str], home: Path) -> Iterator[Terminal]:
    """Start a Python module on a pseudo-terminal; it is killed in the end."""
    command = [sys.executable, "-m", *program]
    pid, fd = pty.fork()
    if pid == 0:
        os.chdir(ROOT)
        os.environ.update(TERM="xterm-256color", PICKER_HOME=str(home), PYTHONPATH=str(ROOT))
        os.execv(command[0], command)
    fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", SIZE[1], SIZE[0], 0, 0))
    try:
        yield Terminal(pid, fd, home / "record")
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        os.close(fd)


def sentence(key: str, **params: object) -> bytes:
    """What the station paints for a message."""
    return render(say(key, **params)).encode()


def press(terminal: Terminal, text: str, wanted: bytes, *, burst: bool) -> float:
    """Scan `text` and return the seconds from its last character to the painting of `wanted`."""
    terminal.read(QUIET_S)
    terminal.output = b""
    if burst:
        began = time.perf_counter()
        terminal.write(f"{text}\r".encode())
    else:
        terminal.write(text.encode(), gap=0.001)
        began = time.perf_counter()
        terminal.write(b"\r")
    terminal.until(wanted)
    return time.perf_counter() - began


def measure(terminal: Terminal, scans: Iterator[Scan], count: int) -> tuple[list[float], list[float]]:
    """Return the seconds of scans typed at 1 ms a character, and of scans that came in one burst."""
    times: tuple[list[float], list[float]] = ([], [])
    for number in range(2 * count):
        scan = next(scans)
        burst = bool(number % 2)
        times[burst].append(press(terminal, scan.code, scan.verdict.encode(), burst=burst))
    return times


def on_big_shop(file: Path, count: int) -> tuple[list[float], list[float]]:
    """Measure the station's own program on a shop's database."""
    with launched(["picker", "station", "--db", str(file), "--station", "BENCH-2"], file.parent) as terminal:
        terminal.until(sentence("prompt.badge"))
        scans = _picks(file, lambda text, wanted: press(terminal, text, wanted, burst=True))
        return measure(terminal, scans, count)


def without_database(home: Path, count: int) -> tuple[list[float], list[float]]:
    """Measure the same screen over a station that only answers with a number."""
    with launched(["tests.tui.station_program", str(home / "record"), "0"], home) as terminal:
        terminal.until(b"Scan Blue mug")
        answers = (Scan(barcode(number), f"#{number}#") for number in range(1, 1 << 30))
        return measure(terminal, answers, count)


def _picks(file: Path, untimed: Callable[[str, bytes], object]) -> Iterator[Scan]:
    """Every unit of one order after the other; what lies between two orders is done `untimed`."""
    untimed(BADGE, sentence("signin.done", worker="Shift lead"))
    db = open_database(str(file))
    try:
        while True:
            with db.reader.connect() as connection:
                order = orders.next_waiting(connection, lock=False)
                lines = [(row.name, row.quantity) for row in orders.lines(connection, order)]
            untimed(command_code("NEXT"), f"{order} ".encode())
            yield from _units(lines)
            untimed(command_code("PARK"), sentence("prompt.choice", count=5)[:4])
            untimed(command_code("CHOICE1"), sentence("prompt.home", order="")[:5])
    finally:
        db.dispose()


def _units(lines: list[tuple[str, int]]) -> Iterator[Scan]:
    left = sum(quantity for _, quantity in lines)
    for name, quantity in lines:
        for unit in range(1, quantity + 1):
            left -= 1
            key = "pick.all_done" if not left else "pick.line_done" if unit == quantity else "pick.done"
            words = sentence(key, name=name, done=unit, wanted=quantity).decode()
            yield Scan(barcode(int(name.removeprefix("Product "))), words)
