"""The scanner doctor on a serial line: speed, bits, parity, framing and a missing suffix are found and named."""

import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from picker.config import Settings
from picker.services.doctor.finding import Finding
from picker.services.doctor.serial import Line, Port, examine_serial
from scanning.diagnose import TEST_CODES
from scanning.serial_line import LineFormat, line_format

WHOLE = [(code.aim + code.text).encode() for code in TEST_CODES]
SENT = [text + b"\r" for text in WHOLE]


class Wire:
    """A scanner that is scanned whenever it is asked for, and a line that is rubbish but at its speed and format."""

    def __init__(self, texts: list[bytes], speaks: str = "9600 8N1") -> None:
        self._texts, self._speaks, self._next = texts, speaks, 0
        baud, _, form = speaks.partition(" ")
        self._line = Line(int(baud), line_format(form))

    def burst(self, line: Line) -> bytes | None:
        if line.format.port.get("parity") == "O":
            return None
        fits = line.baud == self._line.baud and line.format.port == self._line.format.port
        self._next = self._next + 1 if fits else 0
        return self._line.format.sent(self._texts[self._next - 1]) if fits else b"\x80\xfe\x00\xf8" * 3


def examined(
    texts: list[bytes], speaks: str = "9600 8N1", **settings: Any
) -> tuple[list[Finding], list[str]]:
    told: list[str] = []
    found = examine_serial(Settings(home=Path("/nowhere"), **settings), Wire(texts, speaks), told.append)
    return found, told


def wrong(found: list[Finding]) -> list[str]:
    return [finding.words for finding in found if not finding.ok]


def test_a_good_scanner_as_it_is_set() -> None:
    found, told = examined(SENT)
    assert wrong(found) == []
    assert [words[:20] for words in told] == [f"Scan test code {n} of 3"[:20] for n in (1, 2, 3)]


@pytest.mark.parametrize(
    ("speaks", "mend"),
    [
        ("9600 7E1", 'set serial_format = "7E1"'),
        ("9600 7O1", 'set serial_format = "7O1"'),
        ("9600 7M1", 'set serial_format = "7M1"'),
        ("115200 8N1", "set serial_baud = 115200"),
        ("1200 7O1", 'set serial_baud = 1200, serial_format = "7O1"'),
        ("19200 8E1", 'set serial_baud = 19200, serial_format = "8E1"'),
    ],
)
def test_speed_and_format_are_found(speaks: str, mend: str) -> None:
    found, told = examined(SENT, speaks)
    (words,) = wrong(found)
    assert mend in words
    assert any("Rubbish" in words for words in told) == (not speaks.startswith("9600"))
    baud, _, form = speaks.partition(" ")
    found, _ = examined(SENT, speaks, serial_baud=int(baud), serial_format=form)
    assert wrong(found) == []


def test_a_format_that_is_set_wrong_is_found() -> None:
    assert any(
        'set serial_format = "8N1"' in words for words in wrong(examined(SENT, serial_format="7E1")[0])
    )


def test_frames_are_well_and_a_missing_suffix_is_named() -> None:
    assert wrong(examined([b"\x02" + text + b"\x03" for text in WHOLE])[0]) == []
    assert wrong(examined([b"\x02" + text + b"\x03\r\n" for text in WHOLE])[0]) == []
    (words,) = wrong(examined(WHOLE)[0])
    assert "serial_silence = true" in words
    assert wrong(examined(WHOLE, serial_silence=True)[0]) == []


def test_a_line_that_is_never_text_comes_to_an_end() -> None:
    (words,) = wrong(examined(SENT, "300 8N1")[0])
    assert "no text came at any speed" in words


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are POSIX only")
def test_at_a_port(tmp_path: Path) -> None:
    import os
    import tty

    scanner, host = os.openpty()
    tty.setraw(host)
    port = Port(os.ttyname(host), patience_s=5)
    asked = threading.Event()

    def scan() -> None:
        for text in SENT:
            asked.wait(5)
            asked.clear()
            time.sleep(0.05)
            os.write(scanner, line_format("7E1").sent(text))

    threading.Thread(target=scan, daemon=True).start()
    try:
        found = examine_serial(Settings(home=tmp_path), port, lambda words: asked.set())
    finally:
        port.close()
        os.close(scanner)
        os.close(host)
    assert ['set serial_format = "7E1"' in words for words in wrong(found)] == [True]


@pytest.mark.parametrize("text", ["8N1", "7e1", " 7o2 "])
def test_a_format_is_written_as_on_the_scanners_sheet(text: str) -> None:
    assert str(line_format(text)) == text.strip().upper()


@pytest.mark.parametrize("text", ["", "9N1", "8X1", "8N3", "8N1.5", "8N"])
def test_other_formats_are_refused_with_what_was_expected(text: str) -> None:
    with pytest.raises(ValueError, match="such as 8N1 or 7E1"):
        line_format(text)


@pytest.mark.parametrize("name", ["7E1", "7O1", "7M1", "7S1", "7N2", "8N1"])
def test_what_is_sent_is_received_and_a_flipped_bit_is_known(name: str) -> None:
    line: LineFormat = line_format(name)
    text = bytes(range(0x20, 0x7F))
    assert line.received(line.sent(text)) == text
    if name != "8N1":
        assert set(line.received(bytes(byte ^ 0x80 for byte in line.sent(text)))) == {0xFF}
