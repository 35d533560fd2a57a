"""Note attributes: who they are for."""

import pytest

from data.importers.attributes import read_attributes

CELL = """Gift message: Happy birthday!
Love, and see you soon
Gift from: Ann
Delivery date: 2026-12-10
_cart: 12
Engraving: A: B"""


def test_a_gifts_words_are_apart_from_what_is_for_the_packer() -> None:
    said = read_attributes(CELL)
    assert said.message == "Happy birthday! Love, and see you soon"
    assert said.giver == "Ann"
    assert said.further == ("Delivery date: 2026-12-10", "Engraving: A: B")


@pytest.mark.parametrize(
    "name", ["gift_note", "Gift Message", "_gift-message", "GIFT CARD MESSAGE", "greeting"]
)
def test_apps_call_the_message_as_they_like(name: str) -> None:
    assert read_attributes(f"{name}: Hello").message == "Hello"


@pytest.mark.parametrize("cell", ["", "just words", "\n\n", ": no name"])
def test_what_is_no_attribute_is_none(cell: str) -> None:
    assert read_attributes(cell) == read_attributes("")


def test_long_and_strange_values_are_cut_and_cleaned() -> None:
    said = read_attributes("gift message: " + "x" * 5000 + "\nDate: \x1b[31m" + "y" * 900)
    assert len(said.message) == 1000
    assert len(said.further[0]) < 220
    assert "\x1b" not in said.further[0]
