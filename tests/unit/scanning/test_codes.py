"""Check digits, look-up keys and our own codes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanning.codes import (
    OwnKind,
    check_character,
    command_code,
    command_name,
    gtin_check_digit,
    has_upc_e,
    is_gtin,
    is_like_own_code,
    is_sscc,
    item_of,
    lookup_key,
    other_keys,
    own_code,
    parcel_number,
    read_own_code,
    sscc,
    sscc_capacity,
    sscc_count,
    upc_a_of,
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
    assert command_name(command_code(name)) is not None
    assert read_own_code("B", command_code(name)) is None


@given(names, st.data())
def test_every_single_wrong_character_is_caught(name: str, data: st.DataObject) -> None:
    code = command_code(name)
    place = data.draw(st.integers(0, len(code) - 1))
    wrong = data.draw(st.sampled_from(sorted(set(ALPHABET) - {code[place]})))
    assert command_name(code[:place] + wrong + code[place + 1 :]) is None


@pytest.mark.parametrize(
    ("kind", "payload"),
    [
        ("c", "A"),
        ("", "A"),
        ("CC", "A"),
        ("C", ""),
        ("C", "A" * 33),
        ("C", "ł" * 20),
    ],
)
def test_a_code_that_could_not_be_scanned_is_not_made(kind: str, payload: str) -> None:
    with pytest.raises(ValueError, match="Expected"):
        own_code(kind, payload)


@given(st.sampled_from(OwnKind), st.text("AQZ019-# /łß好", min_size=1, max_size=10))
def test_whatever_a_house_calls_its_things_comes_back(kind: OwnKind, ref: str) -> None:
    code = own_code(kind, ref)
    assert set(code) <= set(ALPHABET)
    assert [read_own_code(other, code) for other in OwnKind] == [
        ref if other is kind else None for other in OwnKind
    ]


@given(st.sampled_from(OwnKind), st.text("AQ0-", min_size=1, max_size=10), st.data())
def test_no_code_with_one_wrong_character_is_ours_and_each_is_like_ours(
    kind: OwnKind, ref: str, data: st.DataObject
) -> None:
    code = own_code(kind, ref)
    place = data.draw(st.integers(0, len(code) - 1))
    wrong = data.draw(st.sampled_from(ALPHABET + ALPHABET.lower() + "-. ]éß") | st.characters(codec="utf-8"))
    mangled = code[:place] + wrong + code[place + 1 :]
    if wrong.upper() != code[place]:
        assert all(read_own_code(other, mangled) is None for other in OwnKind)
    assert is_like_own_code(mangled)
    assert is_like_own_code(mangled.swapcase())
    assert is_like_own_code(code[:place] + code[place + 1 :])
    assert is_like_own_code(code[:place] + wrong + code[place:])


@pytest.mark.parametrize(
    "text", ["PACK-77", "PKX-100", "KP100", "PKG100", "9506000134352", "", "PK", "SKU-PKB12"]
)
def test_what_goods_carry_is_not_like_ours(text: str) -> None:
    assert not is_like_own_code(text)


@pytest.mark.parametrize(
    ("short", "long"),
    # One for each way of leaving zeros out; GS1 General Specifications, figure 5.2.2.4.2.
    [
        ("01234505", "012000003455"),
        ("04567840", "045670000080"),
        ("01234531", "012300000451"),
        ("01234565", "012345000065"),
    ],
)
def test_a_short_upc_and_its_long_form_are_each_others_other_key(short: str, long: str) -> None:
    assert upc_a_of(short) == long
    assert other_keys(lookup_key(short)) == (lookup_key(long),)
    assert lookup_key(short) in other_keys(lookup_key(long))


@given(st.text("0123456789", min_size=6, max_size=6), st.sampled_from("01"))
def test_every_short_upc_is_found_under_its_long_form(body: str, system: str) -> None:
    shorts = [f"{system}{body}{check}" for check in range(10)]
    longs = {short: long for short in shorts if (long := upc_a_of(short))}
    assert len(longs) == 1
    for short, long in longs.items():
        assert is_gtin(long)
        assert upc_a_of(short) == long
        again = other_keys(lookup_key(long))
        assert again
        assert {upc_a_of(key.removeprefix("000000")) for key in again} == {long}


@pytest.mark.parametrize(
    ("code", "has"),
    [
        ("01234505", True),
        ("012345000065", True),
        ("036000291452", False),
        ("4006381333931", False),
        ("96385074", False),
        ("0212345000069", False),
        ("SKU-1", False),
    ],
)
def test_a_package_may_carry_a_upc_e_where_its_number_has_a_short_form(code: str, has: bool) -> None:
    assert has_upc_e(lookup_key(code)) is has


def test_other_keys_are_few() -> None:
    assert other_keys("9506000134351") == ()
    assert other_keys(lookup_key("9506000134352")) == ()
    assert other_keys("0109506000134352") == ("09506000134352",)
    assert other_keys("0109506000134351") == ()


def test_a_case_names_its_item() -> None:
    item = with_check("0950600013435")
    case = with_check("1950600013435")
    assert item_of(case) == item
    assert item_of(item) is None
    assert item_of(with_check("9950600013435")) is None


@given(st.text())
def test_any_text_can_be_asked_for_its_command(text: str) -> None:
    assert command_name(text) is None or command_code(command_name(text) or "") == text.upper()


@given(st.text("0123456789", min_size=4, max_size=12), st.data())
def test_no_number_of_a_parcel_is_given_twice(prefix: str, data: st.DataObject) -> None:
    end = 2 * sscc_capacity(prefix)
    one, other = data.draw(st.integers(0, end)), data.draw(st.integers(0, end))
    number = parcel_number(prefix, one)
    assert len(number) == 18
    assert is_sscc(number) == (one < sscc_capacity(prefix))
    assert (number == parcel_number(prefix, other)) == (one == other)
    if is_sscc(number):
        assert sscc_count(prefix, number) == one
        assert number[1:].startswith(prefix)
    else:
        assert read_own_code("R", number)
