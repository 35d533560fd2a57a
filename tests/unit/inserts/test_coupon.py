"""Coupon codes: different, readable, and proof against the usual slips."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from picker.inserts import coupon_code, is_coupon_code
from picker.inserts.coupon import ALPHABET, LONGEST

NUMBERS = st.integers(0, len(ALPHABET) ** LONGEST - 1)


def bare(code: str) -> str:
    return code.replace("-", "")


def test_a_code_is_in_groups_of_four() -> None:
    assert coupon_code(0) == "2222-2222"
    assert coupon_code(bytes(8)) == "2222-2222-2222-222" + "2"


def test_no_character_looks_like_another() -> None:
    assert not set(ALPHABET) & set("01AEIOUBGLQSZ")


@given(NUMBERS)
def test_every_code_is_sound_also_when_typed_carelessly(number: int) -> None:
    code = coupon_code(number)
    assert is_coupon_code(code)
    assert is_coupon_code(" " + code.lower().replace("-", " "))


@given(NUMBERS, NUMBERS)
def test_different_numbers_give_different_codes(one: int, other: int) -> None:
    assert (coupon_code(one) == coupon_code(other)) == (one == other)


@given(st.binary(min_size=5, max_size=5), st.binary(min_size=5, max_size=5))
def test_different_bytes_of_one_length_give_different_codes(one: bytes, other: bytes) -> None:
    assert (coupon_code(one) == coupon_code(other)) == (one == other)


@given(NUMBERS, st.data())
def test_one_wrong_character_is_found(number: int, data: st.DataObject) -> None:
    code = bare(coupon_code(number))
    at = data.draw(st.integers(0, len(code) - 1))
    wrong = data.draw(st.sampled_from(ALPHABET.replace(code[at], "")))
    assert not is_coupon_code(code[:at] + wrong + code[at + 1 :])


@given(NUMBERS, st.data())
def test_exchanged_neighbours_are_found(number: int, data: st.DataObject) -> None:
    code = bare(coupon_code(number))
    at = data.draw(st.integers(0, len(code) - 2))
    exchanged = code[:at] + code[at + 1] + code[at] + code[at + 2 :]
    assert is_coupon_code(exchanged) == (exchanged == code)


@given(st.text(max_size=30))
def test_any_text_is_judged_without_an_error(text: str) -> None:
    is_coupon_code(text)


@pytest.mark.parametrize("number", [-1, len(ALPHABET) ** LONGEST, bytes(20)])
def test_numbers_out_of_range_are_named(number: int | bytes) -> None:
    with pytest.raises(ValueError, match="coupon number"):
        coupon_code(number)
