"""Addresses stand as the post of their country wants them, and abroad they say so in capitals."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from printing.addresses import Postal, block, country_name, destination

PLAIN = Postal("Ann Lee", "", ("Street 1",), "Town", "12345", "", "")


def lines(country: str, **parts: object) -> tuple[str, ...]:
    """The lines within that country, where it needs no name of its own."""
    changed = replace(PLAIN, country=country, **parts)  # type: ignore[arg-type]
    return block(changed, country).lines


@pytest.mark.parametrize(
    ("country", "parts", "wanted"),
    [
        ("PL", {"zip": "00-950", "city": "Warszawa"}, ("Ann Lee", "Street 1", "00-950 Warszawa")),
        ("DE", {"province": "Bayern"}, ("Ann Lee", "Street 1", "12345 Town")),
        ("DE", {"province": "Bayern", "city": ""}, ("Ann Lee", "Street 1", "12345 Bayern")),
        ("FR", {"company": "Thé SA"}, ("Thé SA", "Ann Lee", "Street 1", "12345 Town")),
        ("GB", {"zip": "SW1A 2AA"}, ("Ann Lee", "Street 1", "Town", "SW1A 2AA")),
        ("US", {"province": "IL"}, ("Ann Lee", "Street 1", "Town, IL 12345")),
        ("US", {}, ("Ann Lee", "Street 1", "Town 12345")),
        ("CA", {"province": "ON", "zip": "K1A 0B1"}, ("Ann Lee", "Street 1", "Town ON K1A 0B1")),
        ("AU", {"province": "NSW"}, ("Ann Lee", "Street 1", "Town NSW 12345")),
        ("IT", {"province": "MI"}, ("Ann Lee", "Street 1", "12345 Town MI")),
        ("HU", {}, ("Ann Lee", "Town", "Street 1", "12345")),
        ("UA", {"province": "Київ"}, ("Ann Lee", "Street 1", "Town", "Київ", "12345")),
        ("LT", {"zip": "01001"}, ("Ann Lee", "Street 1", "LT-01001 Town")),
        ("LT", {"zip": "LT-01001"}, ("Ann Lee", "Street 1", "LT-01001 Town")),
        ("JP", {"province": "Tokyo"}, ("Ann Lee", "Street 1", "Town, Tokyo 12345")),
        ("AE", {"zip": "", "province": "Dubai"}, ("Ann Lee", "Street 1", "Town", "Dubai")),
        ("PL", {"street": ("a", "", "b")}, ("Ann Lee", "a", "b", "12345 Town")),
        ("", {}, ("Ann Lee", "Street 1", "Town 12345")),
        ("XX", {}, ("Ann Lee", "Street 1", "Town 12345")),
    ],
)
def test_the_parts_stand_in_the_countrys_order(
    country: str, parts: dict[str, object], wanted: tuple[str, ...]
) -> None:
    assert lines(country, **parts) == wanted


@pytest.mark.parametrize(
    ("country", "parts", "wanted", "name_at"),
    [
        (
            "JP",
            {"street": ("千代田1-1",), "city": "千代田区", "province": "東京都", "zip": "100-0001"},
            ("〒100-0001", "東京都千代田区", "千代田1-1", "Ann Lee"),
            3,
        ),
        (
            "CN",
            {"street": ("中山路 5",), "city": "杭州市", "province": "浙江省"},
            ("12345", "浙江省杭州市", "中山路 5", "Ann Lee"),
            3,
        ),
        ("KR", {"street": ("세종대로 1",), "city": "서울"}, ("서울", "세종대로 1", "Ann Lee", "12345"), 2),
        ("FR", {"company": "Thé SA"}, ("Thé SA", "Ann Lee", "Street 1", "12345 Town"), 1),
    ],
)
def test_an_eastern_address_goes_from_large_to_small_and_its_name_is_known(
    country: str, parts: dict[str, object], wanted: tuple[str, ...], name_at: int
) -> None:
    found = block(replace(PLAIN, country=country, **parts), country)  # type: ignore[arg-type]
    assert found.lines == wanted
    assert found.name_at == name_at
    assert found.country == country


@pytest.mark.parametrize(
    ("to", "sent_from", "words"),
    [
        ("GB", "DE", "VEREINIGTES KÖNIGREICH / UNITED KINGDOM"),
        ("DE", "PL", "NIEMCY / GERMANY"),
        ("PL", "GB", "POLAND"),
        ("JP", "CN", "日本 / JAPAN"),
        ("PL", "??", "POLAND"),
        ("QQ", "PL", "QQ"),
    ],
)
def test_abroad_the_country_is_named_in_capitals_for_sender_and_world(
    to: str, sent_from: str, words: str
) -> None:
    assert destination(to, sent_from) == words
    assert block(replace(PLAIN, country=to.lower()), sent_from).lines[-1] == words


def test_a_country_or_language_that_nobody_knows_harms_nothing() -> None:
    assert country_name("PL", "tlh") == "Poland"
    assert country_name("Poland", "en") == "Poland"


COUNTRIES = (
    "PL", "DE", "GB", "US", "JP", "CN", "KR", "TW", "HK", "HU", "FR", "BR", "IE",
    "SG", "LT", "CH", "UA", "RU", "AE", "EG", "IL", "TH", "IN", "VN", "ZZ",
)  # fmt: skip
TEXT = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=8)


@given(
    st.builds(Postal, TEXT, TEXT, st.tuples(TEXT, TEXT), TEXT, TEXT, st.just(""), st.just("")),
    st.sampled_from(COUNTRIES),
)
def test_no_part_that_a_carrier_needs_is_ever_lost(address: Postal, country: str) -> None:
    """Name, company, street, city and postcode are all there, whatever the country and the script."""
    shown = "\n".join(block(replace(address, country=country), country).lines)
    for part in (address.name, address.company, *address.street, address.city, address.zip):
        assert part in shown


@pytest.mark.parametrize(
    ("country", "sent_from", "shown"),
    [
        ("GB", "TR", "BİRLEŞİK KRALLIK / UNITED KINGDOM"),
        ("AT", "GR", "ΑΥΣΤΡΙΑ / AUSTRIA"),
        ("BY", "UA", "БІЛОРУСЬ / BELARUS"),
    ],
)
def test_capitals_are_those_of_the_senders_language(country: str, sent_from: str, shown: str) -> None:
    assert destination(country, sent_from) == shown
