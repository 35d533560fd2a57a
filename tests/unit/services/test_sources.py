"""The scanners of a station: all that the settings name, each known by its source, sounding the verdict."""

import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("pseudo-terminals are POSIX only", allow_module_level=True)

import os
import tty

from pydantic import ValidationError

from picker.config import Settings
from picker.services.devices.scanners import keyboard_habits, open_sources
from scanning.serial_port import ERROR_TONE, GOOD_TONE
from scanning.wedge import ENDS


def eventually(happens: Callable[[], bool], seconds: float = 5) -> bool:
    deadline = time.monotonic() + seconds
    while not happens() and time.monotonic() < deadline:
        time.sleep(0.01)
    return happens()


def test_two_serial_scanners_at_once_each_hear_the_verdict_on_their_own_scan(tmp_path: Path) -> None:
    lines = [os.openpty() for _ in range(2)]
    for _, host in lines:
        tty.setraw(host)
    ports = [os.ttyname(host) for _, host in lines]
    heard: list[tuple[str, str]] = []
    states: dict[str, str] = {}
    settings = Settings(home=tmp_path, serial_scanner=", ".join(ports), serial_beep=True, serial_baud=115200)
    sources = open_sources(settings, lambda raw, source: heard.append((raw, source)), states.__setitem__)
    try:
        assert eventually(lambda: len(states) == 2)
        os.write(lines[0][0], b"A\r")
        assert eventually(lambda: len(heard) == 1)
        os.write(lines[1][0], b"B\r")
        assert eventually(lambda: len(heard) == 2)
        assert heard == [("A", f"serial:{ports[0]}"), ("B", f"serial:{ports[1]}")]
        assert set(states.values()) == {""}
        sources.answer(heard[0][1], good=True)
        sources.answer(heard[1][1], good=False)
        sources.answer("keyboard", good=False)
        assert [os.read(end, 10) for end, _ in lines] == [GOOD_TONE, ERROR_TONE]
    finally:
        sources.stop()
        for end, host in lines:
            os.close(end)
            os.close(host)


def test_a_scanner_that_is_not_there_is_reported_and_the_others_go_on(tmp_path: Path) -> None:
    states: dict[str, str] = {}
    settings = Settings(
        home=tmp_path, serial_scanner=str(tmp_path / "none"), input_scanner=str(tmp_path / "no")
    )
    sources = open_sources(settings, lambda raw, source: None, states.__setitem__)
    try:
        assert eventually(lambda: len(states) == 2)
    finally:
        sources.stop()
    assert all(str(tmp_path) in trouble for trouble in states.values())


def test_a_suffix_of_the_keyboards_own_leaves_serial_scanners_their_enter(tmp_path: Path) -> None:
    line, host = os.openpty()
    tty.setraw(host)
    heard: list[str] = []
    settings = Settings(
        home=tmp_path, serial_scanner=os.ttyname(host), scanner_suffix=";", scanner_prefix="~"
    )
    sources = open_sources(settings, lambda raw, source: heard.append(raw), lambda *state: None)
    try:
        assert eventually(lambda: len(sources.running) == 1)
        time.sleep(0.2)
        os.write(line, b"~A\r\n~B;~C\n")
        assert eventually(lambda: heard == ["A", "B", "C"])
    finally:
        sources.stop()
        os.close(line)
        os.close(host)


def test_a_layout_that_is_none_is_refused_when_the_settings_are_read(tmp_path: Path) -> None:
    assert Settings(home=tmp_path, input_layout="FR").input_layout == "fr"
    with pytest.raises(ValidationError, match="Expected a keyboard layout of us, uk"):
        Settings(home=tmp_path, input_layout="azerty")


def test_settings_become_habits(tmp_path: Path) -> None:
    habits = keyboard_habits(Settings(home=tmp_path))
    assert (habits.prefix, habits.suffixes, habits.separator) == ("", ENDS, "")
    habits = keyboard_habits(
        Settings(home=tmp_path, scanner_prefix="stx", scanner_suffix="\\x03\\r", scanner_gs="~")
    )
    assert (habits.prefix, habits.suffixes, habits.separator) == ("\x02", ("\x03\r",), "~")
