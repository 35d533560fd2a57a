"""A serial scanner on a pair of pseudo-terminals."""

import queue
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from scanning.parse import parse
from scanning.result import ScanProblem
from scanning.serial_line import line_format
from scanning.serial_port import ERROR_TONE, GOOD_TONE, SerialScanner
from scanning.wedge import Habits

if sys.platform == "win32":
    pytest.skip("pseudo-terminals are POSIX only", allow_module_level=True)

import os
import tty


class Line:
    """The scanner's end of the line."""

    def __init__(self) -> None:
        self.end, self._host_end = os.openpty()
        tty.setraw(self._host_end)
        self.port = os.ttyname(self._host_end)

    def send(self, data: bytes) -> None:
        os.write(self.end, data)

    def received(self, size: int) -> bytes:
        data = b""
        while len(data) < size:
            data += os.read(self.end, size - len(data))
        return data

    def close(self) -> None:
        os.close(self.end)
        os.close(self._host_end)


@pytest.fixture
def line() -> Iterator[Line]:
    made = Line()
    yield made
    made.close()


def eventually(happens: Callable[[], bool], seconds: float = 5) -> bool:
    deadline = time.monotonic() + seconds
    while not happens():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.01)
    return True


def test_lines_come_in_order_whatever_ends_them(line: Line) -> None:
    heard: queue.Queue[str] = queue.Queue()
    troubles: list[str] = []
    scanner = SerialScanner(line.port, heard.put, on_trouble=troubles.append)
    scanner.start()
    try:
        assert eventually(lambda: scanner.answer(True))
        line.send(b"9506000134352\r\n]C110A\x1d21B\rGr\xc3\xbc")
        line.send(b"n\nbad\xe9\r")
        raws = [heard.get(timeout=5) for _ in range(4)]
    finally:
        scanner.stop()
    assert raws == ["9506000134352", "]C110A\x1d21B", "Grün", "bad\ufffd"]
    assert parse(raws[3], "serial").problem is ScanProblem.UNDECODABLE
    assert troubles == []
    assert not scanner.answer(True)


def test_the_scanner_is_told_good_and_bad(line: Line) -> None:
    scanner = SerialScanner(line.port, print, on_trouble=print)
    scanner.start()
    try:
        assert eventually(lambda: scanner.answer(True))
        assert scanner.answer(False)
        assert line.received(6) == GOOD_TONE + ERROR_TONE == b"\x1b7,\x1b8,"
    finally:
        scanner.stop()


@pytest.mark.parametrize(("baud_rate", "end"), [(1200, b"\r"), (115200, b"\r\n"), (57600, b"\t")])
def test_any_speed_and_any_suffix(line: Line, baud_rate: int, end: bytes) -> None:
    heard: queue.Queue[str] = queue.Queue()
    habits = Habits(prefix="\x02", separator="~")
    scanner = SerialScanner(line.port, heard.put, on_trouble=heard.put, baud_rate=baud_rate, habits=habits)
    scanner.start()
    try:
        assert eventually(lambda: scanner.answer(True))
        line.send(b"".join(b"\x02]C110L%d~21S" % number + end for number in range(50)))
        got = [heard.get(timeout=5) for _ in range(50)]
    finally:
        scanner.stop()
    assert got == [f"]C110L{number}\x1d21S" for number in range(50)]


def heard_of(wire: Line, *sent: bytes | float, count: int, **options: Any) -> list[str]:
    """What a scanner's host hears of bytes, with pauses of so many seconds between."""
    heard: queue.Queue[str] = queue.Queue()
    scanner = SerialScanner(wire.port, heard.put, on_trouble=heard.put, **options)
    scanner.start()
    try:
        assert eventually(lambda: scanner.answer(True))
        for part in sent:
            if isinstance(part, float):
                time.sleep(part)
            else:
                wire.send(part)
        return [heard.get(timeout=5) for _ in range(count)]
    finally:
        scanner.stop()


def refused(raw: str) -> bool:
    return parse(raw, "serial").problem is ScanProblem.BROKEN


def test_half_a_scan_is_refused_and_so_is_what_follows_it(line: Line) -> None:
    raws = heard_of(line, b"SN-9", 0.6, b"SN-900001\rSN-900001\r", count=2)
    assert [refused(raw) for raw in raws] == [True, False]
    assert raws[1] == "SN-900001"


def test_half_a_scan_is_told_before_the_next_comes(line: Line) -> None:
    raws = heard_of(line, b"SN-9", 1.6, b"00001\rB\r", count=3)
    assert [refused(raw) for raw in raws] == [True, True, False]


def test_stx_and_etx_frame_a_scan(line: Line) -> None:
    assert heard_of(line, b"\x02]C110A\x1d21B\x03\x02A1\x03\r\n", count=2) == ["]C110A\x1d21B", "A1"]


def test_a_pause_ends_a_scan_where_that_is_set(line: Line) -> None:
    assert heard_of(line, b"A1", 0.6, b"B2\r", 0.6, b"C3", count=3, silence=True) == ["A1", "B2", "C3"]


@pytest.mark.parametrize("name", ["7E1", "7O1", "7M1"])
def test_seven_bits_with_their_parity(line: Line, name: str) -> None:
    form = line_format(name)
    sent = form.sent(b"]C110A\x1d21B\r") + b"\x55\xd5" + form.sent(b"\rC3\r")
    raws = heard_of(line, sent, count=3, line=form)
    assert [raws[0], raws[2]] == ["]C110A\x1d21B", "C3"]
    assert parse(raws[1], "serial").problem is ScanProblem.UNDECODABLE
    assert line.received(3) == form.sent(GOOD_TONE)


def test_rubbish_without_an_end_is_refused_and_forgotten(line: Line) -> None:
    rubbish, good = heard_of(line, b"\xfe\x80\xf8", 1.6, b"SN-900001\r", count=2)
    assert parse(rubbish, "serial").problem is ScanProblem.UNDECODABLE
    assert good == "SN-900001"


def test_a_scanner_that_no_longer_listens_holds_nobody_up(line: Line) -> None:
    scanner = SerialScanner(line.port, print, on_trouble=print)
    scanner.start()
    try:
        assert eventually(lambda: scanner.answer(True))
        while scanner.answer(False):
            pass
        began = time.monotonic()
        assert not scanner.answer(True)
        assert time.monotonic() - began < 0.5
    finally:
        scanner.stop()


def test_a_listener_that_fails_does_not_deafen(line: Line) -> None:
    heard: list[str] = []
    troubles: list[str] = []

    def listen(raw: str) -> None:
        heard.append(raw)
        raise OSError("disk full")

    scanner = SerialScanner(line.port, listen, on_trouble=troubles.append)
    scanner.start()
    try:
        assert eventually(lambda: scanner.answer(True))
        line.send(b"A\rB\r")
        assert eventually(lambda: len(troubles) == 2)
    finally:
        scanner.stop()
    assert heard == ["A", "B"]
    assert "'A' was read but not taken: disk full" in troubles[0]


def test_a_port_that_goes_away_is_reported_once_and_found_again(tmp_path: Path) -> None:
    first, second = Line(), Line()
    port = tmp_path / "scanner"
    heard: list[str] = []
    troubles: list[str] = []
    well: list[int] = []
    scanner = SerialScanner(
        str(port), heard.append, on_trouble=troubles.append, on_well=lambda: well.append(1), retry_s=0.02
    )
    scanner.start()
    try:
        assert eventually(lambda: len(troubles) == 1)
        port.symlink_to(first.port)
        assert eventually(lambda: scanner.answer(True))
        first.send(b"A\rhalf")
        assert eventually(lambda: heard == ["A"])
        port.unlink()
        first.close()
        assert eventually(lambda: len(troubles) == 2)
        port.symlink_to(second.port)
        assert eventually(lambda: scanner.answer(True))
        second.send(b"B\r")
        assert eventually(lambda: heard == ["A", "B"])
    finally:
        scanner.stop()
        second.close()
    assert len(troubles) == len(well) == 2
