"""Scanners on a real pseudo-terminal: every byte they can send, as fast as they can send it."""

import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("pseudo-terminals are POSIX", allow_module_level=True)

from tests.tui.terminal import Terminal, station

TRIES = 5
SCANS = [f"59012341{n:05d}" for n in range(200)]


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Terminal]:
    """One station for all tests that leave it as they found it."""
    with station(tmp_path_factory.mktemp("terminal") / "record") as terminal:
        yield terminal


@pytest.fixture
def terminal(shared: Terminal) -> Terminal:
    shared.read()
    shared.record.write_text("")
    return shared


def answers(terminal: Terminal, data: bytes, count: int, gap: float = 0.0) -> list[str]:
    """What the station was given after these bytes and one good scan behind them.

    A busy machine may stall them, which a station is told by "Came in pieces"; then they are sent again.
    """
    for _ in range(TRIES):
        terminal.record.write_text("")
        terminal.write(data, gap)
        time.sleep(0.15)
        terminal.write(b"LAST\r")
        got = terminal.recorded(count + 1)
        assert got[-1:] == ["LAST"], got
        assert terminal.alive()
        if "!Came in pieces" not in got:
            break
        assert len(got) == count + 1, got
    return got[:-1]


@pytest.mark.parametrize("suffix", [b"\r", b"\n", b"\r\n", b"\t"])
def test_every_suffix(terminal: Terminal, suffix: bytes) -> None:
    scans = SCANS[:10]
    assert answers(terminal, b"".join(scan.encode() + suffix for scan in scans), 10) == scans


def test_a_character_every_millisecond(terminal: Terminal) -> None:
    scans = SCANS[:15]
    assert answers(terminal, b"".join(scan.encode() + b"\r" for scan in scans), 15, gap=0.001) == scans


def test_two_hundred_scans_in_one_breath(terminal: Terminal) -> None:
    assert answers(terminal, b"".join(scan.encode() + b"\r" for scan in SCANS), 200) == SCANS


def test_the_separator_is_kept(terminal: Terminal) -> None:
    assert answers(terminal, b"]C1010345312000001117140704\x1d10AB-123\r", 1) == [
        "010345312000001117140704<GS>10AB-123"
    ]


@pytest.mark.parametrize("gap", [0.0, 0.001])
def test_f8_in_a_scan_is_the_separator(terminal: Terminal, gap: float) -> None:
    scans = b"]C10103453120000011" + b"10AB\x1b[19~21C\r" + b"]C110AB\x1b[19~21D\r"
    assert answers(terminal, scans, 2, gap) == ["010345312000001110AB<GS>21C", "10AB<GS>21D"]


@pytest.mark.parametrize(
    "byte", [0x00, 0x03, 0x04, 0x08, 0x0B, 0x10, 0x11, 0x15, 0x1A, 0x1B, 0x1C, 0x1E, 0x7F]
)
def test_a_control_character_refuses_the_scan_and_nothing_else(terminal: Terminal, byte: int) -> None:
    (refused,) = answers(terminal, b"AB" + bytes([byte]) + b"CD\r", 1)
    assert refused.startswith("!")


@pytest.mark.parametrize("data", [b"\xe9", b"\xff", b"\xc3", b"\xe4\xb8", b"\x80", b"\xf8\x88"])
def test_bytes_that_are_no_text_refuse_the_scan(terminal: Terminal, data: bytes) -> None:
    (refused,) = answers(terminal, b"AB" + data + b"CD\r", 1)
    assert refused.startswith("!")


@pytest.mark.parametrize(
    "data", [b"\x1b3", b"\x1b[", b"\x1bx", b"\x1b\x1b", b"\x1b]0;x\x07", b"\x1bOP", b"\x1b[A", b"\x1b[15~"]
)
def test_escape_sequences_inside_a_scan_refuse_it(terminal: Terminal, data: bytes) -> None:
    (refused,) = answers(terminal, b"AB" + data + b"12\r", 1)
    assert refused.startswith("!")


@pytest.mark.parametrize("data", ["é".encode("latin-1"), "ＡＢ１".encode(), "ß٣あ".encode()])
def test_a_byte_alone_and_text_of_an_input_method_end_nothing(terminal: Terminal, data: bytes) -> None:
    """A scanner's characters come one by one, and the bytes of a character too."""
    answers(terminal, b"AB" + data + b"CD\r", 1, gap=0.002)


def test_text_of_the_whole_world(terminal: Terminal) -> None:
    assert answers(terminal, "Zażółć-Привет-绿茶\r".encode(), 1) == ["Zażółć-Привет-绿茶"]


def test_paste(terminal: Terminal) -> None:
    assert answers(terminal, b"\x1b[200~5901234123457\x1b[201~", 1) == ["5901234123457"]
    terminal.record.write_text("")
    assert answers(terminal, b"\x1b[200~A1\rB2\n\x1b[201~", 2) == ["A1", "B2"]


def test_function_keys_between_scans_are_commands_in_order(terminal: Terminal) -> None:
    terminal.write(b"A1\r")
    time.sleep(0.1)
    terminal.write(b"\x1bOR")
    time.sleep(0.1)
    terminal.write(b"B2\r")
    assert terminal.recorded(3) == ["A1", "=UNDO", "B2"]


def test_keys_of_other_phases_do_nothing(terminal: Terminal) -> None:
    assert answers(terminal, b"\x1b[19~", 0) == []


def test_a_scan_closes_the_menu_and_counts(terminal: Terminal) -> None:
    terminal.output = b""
    terminal.write(b"\x1bOP")
    terminal.until(b"WHAT THE KEYS DO")
    terminal.output = b""
    terminal.write(b"A1\r")
    assert terminal.recorded(1) == ["A1"]
    terminal.until(b"Scan Blue mug")


def test_typed_text_shows_and_backspace_edits_it(terminal: Terminal) -> None:
    terminal.output = b""
    terminal.write(b"12x", gap=0.12)
    terminal.until(b"12x")
    terminal.write(b"\x7f", gap=0.12)
    terminal.write(b"5\r", gap=0.12)
    assert terminal.recorded(1) == ["125"]


def test_a_blocked_desk_loses_nothing(tmp_path: Path) -> None:
    with station(tmp_path / "record", block=0.4) as terminal:
        terminal.output = b""
        terminal.write(b"FIRST\rSECOND\r")
        terminal.until(b"Checking FIRST")
        terminal.write(b"THIRD\r")
        assert terminal.recorded(3) == ["FIRST", "SECOND", "THIRD"]
        terminal.until(b"#3#")


def test_an_unanswered_scan_is_not_confirmed_and_leaving_waits_for_it(tmp_path: Path) -> None:
    with station(tmp_path / "record", block=1.6) as terminal:
        terminal.output = b""
        terminal.write(b"FIRST\r")
        terminal.until(b"NOT CONFIRMED")
        terminal.write(b"SECOND\r")
        time.sleep(0.1)
        terminal.write(b"\x1bOP")
        time.sleep(0.1)
        terminal.write(b"\x1b[21~")
        assert terminal.recorded(2) == ["FIRST", "SECOND"]
        _, status = os.waitpid(terminal.pid, 0)
        assert status == 0
        terminal.alive = lambda: False  # type: ignore[method-assign]


def test_a_thousand_scans(tmp_path: Path) -> None:
    scans = [f"59012{n:08d}" for n in range(1000)]
    with station(tmp_path / "record") as terminal:
        for start in range(0, 1000, 50):
            terminal.write(b"".join(scan.encode() + b"\r" for scan in scans[start : start + 50]))
            terminal.read()
        assert terminal.recorded(1000, 60) == scans


def test_a_stray_key_is_not_glued_to_the_scan_behind_it(terminal: Terminal) -> None:
    terminal.output = b""
    terminal.write(b"5")
    time.sleep(1.1)
    terminal.write(b"SN-900001\r")
    assert terminal.recorded(1) == ["SN-900001"]
    terminal.until(b"5 typed, left aside")
    terminal.write(b"5")
    time.sleep(0.3)
    terminal.write(b"SN-900002\r")
    assert terminal.recorded(2)[1] == "!Came in pieces"
    terminal.write(b"5")
    time.sleep(0.3)
    terminal.write(b"\x1b")
    time.sleep(0.3)
    terminal.write(b"SN-900003\r")
    assert terminal.recorded(3)[2] == "SN-900003"


def test_a_scan_with_a_gap_in_it_is_refused_and_never_cut(terminal: Terminal) -> None:
    terminal.write(b"SN-90")
    time.sleep(0.3)
    terminal.write(b"0001\r")
    assert terminal.recorded(1) == ["!Came in pieces"]


def test_a_hand_may_pause_as_long_as_it_likes(terminal: Terminal) -> None:
    terminal.write(b"L7", gap=1.05)
    terminal.write(b"42", gap=0.12)
    time.sleep(0.12)
    terminal.write(b"\r")
    assert terminal.recorded(1) == ["L742"]
