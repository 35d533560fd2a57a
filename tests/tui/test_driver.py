"""Keys on their way from the input's thread to the app."""

import queue
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.events import Key

from picker.tui.driver import KeyParser, Struck
from scanning.characters import is_refused

COUNT = 5000


def taken(struck: Struck) -> list[str]:
    return [event.key for event in struck.take() if isinstance(event, Key)]


def test_keys_that_come_during_a_painting_are_one_message() -> None:
    struck = Struck()
    assert [struck.add(Key(char, char)) for char in "5901"] == [True, False, False, False]
    assert taken(struck) == list("5901")
    assert struck.add(Key("2", "2"))


def test_a_flood_of_keys_does_not_keep_the_screen_from_its_turn() -> None:
    struck = Struck()
    struck.add(Key("0", "0"))
    for number, _ in enumerate(struck.take(), 1):
        assert struck.add(Key("1", "1")) == (number == 1)
        assert number == 1, "what comes meanwhile is for the next turn"
    assert taken(struck) == ["1"]


def test_no_key_is_lost_or_overtaken_between_the_threads() -> None:
    struck = Struck()
    told: queue.SimpleQueue[bool] = queue.SimpleQueue()

    def type_all() -> None:
        for number in range(COUNT):
            if struck.add(Key(str(number), None)):
                told.put(True)

    typist = threading.Thread(target=type_all)
    typist.start()
    got: list[str] = []
    while len(got) < COUNT:
        told.get(timeout=5)
        got += taken(struck)
    typist.join()
    assert got == [str(number) for number in range(COUNT)]


def keys_of(parser: KeyParser, *reads: str) -> str:
    """The characters of the keys that come of these reads from the terminal."""
    events = [event for text in reads for event in parser.read(text)]
    return "".join(event.character or "" for event in events if isinstance(event, Key))


def test_a_read_of_half_a_character_is_not_the_end() -> None:
    assert keys_of(KeyParser(), "A", "", "é", "", "1") == "Aé1"


@pytest.mark.parametrize(
    "sequence", ["[1:2u", "[99999999u", "[1114112;1u", "[552961114112~", "[:A", "[<-;;M"]
)
def test_a_sequence_with_impossible_numbers_is_a_refused_character(sequence: str) -> None:
    parser = KeyParser()
    got = keys_of(parser, f"A\x1b{sequence}B\r", "C\r")
    assert any(is_refused(char) for char in got if char != "\r") or sequence == "[<-;;M"
    assert got.endswith("C\r")


@given(st.lists(st.text("\x1b[]O<;:?0129uRMm~tA\r\ufffd全é-$y"), max_size=6))
def test_nothing_that_a_terminal_sends_ends_the_reading(reads: list[str]) -> None:
    parser = KeyParser()
    keys_of(parser, *reads)
    assert keys_of(parser, "\x1b[201~" + "\r" * 40, "LAST\r").endswith("LAST\r")
