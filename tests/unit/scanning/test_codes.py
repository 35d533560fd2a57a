"""Check digits, look-up keys and our own codes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanning.codes import (
    check_character,
    command_code,
    command_name,
    gtin_check_digit,
    is_command,
    is_gtin,
    is_sscc,
    lookup_key,
    own_code,
    read_own_code,
    sscc,
)

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
names = st.text(ALPHABET, min_size=1, max_size=32)
items = st.integers(0, 10**11 - 1).map(lambda number: f"{number:011d}")


def with_check(payload: str) -> str:
    return f"{payload}{gtin_check_digit(payload)}"


@pytest.mark.parametrize(
    ("payload", "digit"),
    # The worked examples of GS1's check digit calculator and of its SSCC guideline.
    [
        ("629104150021", 3),
        ("950600013435", 2),
        ("37610425002123456", 9),
        ("9638507", 4),
    ],
)
def test_known_check_digits(payload: str, digit: int) -> None:
    assert gtin_check_digit(payload) == digit


@pytest.mark.parametrize("text", ["", "12a", "²", "١٢٣", "-1", " 1"])
def test_a_check_digit_is_of_ascii_digits_only(text: str) -> None:
    with pytest.raises(ValueError, match="Expected digits"):
        gtin_check_digit(text)


@given(items)
def test_every_length_of_one_item_has_one_key(payload: str) -> None:
    upc = with_check(payload)
    assert {
        lookup_key(upc),
        lookup_key(f"0{upc}"),
        lookup_key(f"00{upc}"),
        lookup_key(f" {upc} "),
    } == {upc.zfill(14)}


@given(st.text())
def test_a_key_is_its_own_key(text: str) -> None:
    assert lookup_key(lookup_key(text)) == lookup_key(text)


def test_texts_are_upper_cased_and_keep_inner_spaces() -> None:
    assert lookup_key("  a-01 b ") == "A-01 B"


def test_a_wrong_check_digit_or_length_is_no_gtin() -> None:
    assert is_gtin("9506000134352")
    assert not is_gtin("9506000134351")
    assert not is_gtin(with_check("123456789"))
    assert lookup_key("9506000134351") == "9506000134351"


@given(st.integers(0, 9), st.integers(4, 12), st.data())
def test_an_sscc_is_eighteen_valid_digits(extension: int, length: int, data: st.DataObject) -> None:
    prefix = data.draw(st.text("0123456789", min_size=length, max_size=length))
    serial = data.draw(st.integers(0, 10 ** (16 - length) - 1))
    code = sscc(extension, prefix, serial)
    assert is_sscc(code)
    assert code[0] == str(extension)
    assert code[1 : 1 + length] == prefix
    assert int(code[1 + length : 17]) == serial


@pytest.mark.parametrize(
    ("extension", "prefix", "serial"),
    [
        (10, "9506000", 1),
        (-1, "9506000", 1),
        (0, "950", 1),
        (0, "95060O0", 1),
        (0, "9506000", 10**9),
        (0, "9506000", -1),
    ],
)
def test_an_impossible_sscc_is_refused(extension: int, prefix: str, serial: int) -> None:
    with pytest.raises(ValueError, match=r"Expected .* got"):
        sscc(extension, prefix, serial)


def test_known_check_character() -> None:
    """The Global Release Identifier standard's example of MOD 37,36: A1-2425G-ABC1234002-M."""
    assert check_character("A12425GABC1234002") == "M"


@given(names)
def test_a_command_comes_back_from_its_code(name: str) -> None:
    assert command_name(command_code(name)) == name
    assert is_command(command_code(name))
    assert read_own_code("B", command_code(name)) is None


@given(names, st.data())
def test_every_single_wrong_character_is_caught(name: str, data: st.DataObject) -> None:
    code = command_code(name)
    place = data.draw(st.integers(0, len(code) - 1))
    wrong = data.draw(st.sampled_from(sorted(set(ALPHABET) - {code[place]})))
    assert not is_command(code[:place] + wrong + code[place + 1 :])


@pytest.mark.parametrize(
    ("kind", "payload"),
    [
        ("c", "A"),
        ("", "A"),
        ("CC", "A"),
        ("C", ""),
        ("C", "take out"),
        ("C", "A" * 33),
        ("C", "a\n"),
    ],
)
def test_a_code_that_could_not_be_scanned_is_not_made(kind: str, payload: str) -> None:
    with pytest.raises(ValueError, match="Expected"):
        own_code(kind, payload)


@given(st.text())
def test_any_text_can_be_asked_for_its_command(text: str) -> None:
    assert command_name(text) is None or command_code(command_name(text) or "") == text
