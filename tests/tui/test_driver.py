"""Keys on their way from the input's thread to the app."""

import queue
import threading

from textual.events import Key

from picker.tui.driver import Struck

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
