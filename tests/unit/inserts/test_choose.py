"""Who gets which insert, in which language, and that names stay text."""

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from picker.inserts import CAMPAIGNS, Audience, Campaign, CampaignText, InsertFacts, choose
from picker.inserts.texts import COMMON, THANKS

FACTS = InsertFacts(
    order="1001",
    parcel=1,
    shop_name="Tea & Co",
    customer_name="Anna Nowak",
    language="en",
    orders_before=0,
    spent_cents=0,
    consent=True,
    categories=frozenset({"tea"}),
    value_cents=4_000,
    packer_name="Marek Kowal",
    return_url_base="https://shop.example/returns",
)


def campaign(code: str, **rule: object) -> Campaign:
    texts = (CampaignText("en", f"{code} heading", (f"{code} text",), f"{code} coupon"),)
    return Campaign(code=code, texts=texts, **rule)  # type: ignore[arg-type]


def test_a_first_order_is_welcomed_with_the_coupon() -> None:
    content = choose(FACTS, CAMPAIGNS, "CDFH-JKMN")
    assert content.campaign == "welcome"
    assert content.heading == "Welcome to Tea & Co!"
    assert content.paragraphs[0] == "Hello Anna,"
    assert content.paragraphs[-1] == "Packed for you by Marek."
    assert (content.coupon, content.coupon_text) == ("CDFH-JKMN", "For your next order:")


def test_a_returning_customer_is_thanked_for_coming_back() -> None:
    assert choose(replace(FACTS, orders_before=3), CAMPAIGNS, "CDFH").campaign == "welcome-back"


def test_without_consent_there_is_no_campaign_and_no_coupon() -> None:
    content = choose(replace(FACTS, consent=False), CAMPAIGNS, "CDFH")
    assert (content.campaign, content.coupon, content.coupon_text) == ("thanks", "", "")
    assert content.return_url


def test_a_campaign_with_a_coupon_is_passed_over_without_a_code() -> None:
    assert choose(FACTS, CAMPAIGNS).campaign == "thanks"


def test_no_campaign_at_all_is_a_plain_thank_you() -> None:
    assert choose(FACTS, ()).campaign == THANKS.code


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ({"audience": Audience.FIRST_ORDER}, True),
        ({"audience": Audience.RETURNING}, False),
        ({"categories": frozenset({"tea", "cups"})}, True),
        ({"categories": frozenset({"cups"})}, False),
        ({"languages": frozenset({"en"})}, True),
        ({"languages": frozenset({"pl"})}, False),
        ({"min_value_cents": 4_000}, True),
        ({"min_value_cents": 4_001}, False),
        ({"min_spent_cents": 1}, False),
    ],
)
def test_every_condition_counts(rule: dict[str, object], expected: bool) -> None:
    assert (choose(FACTS, [campaign("special", **rule)]).campaign == "special") is expected


def test_priority_wins_then_the_one_named_first() -> None:
    low, first, second = campaign("low"), campaign("first", priority=5), campaign("second", priority=5)
    assert choose(FACTS, [low, first, second]).campaign == "first"


@pytest.mark.parametrize("tag", ["pl", "pl-PL", "PL_pl"])
def test_language_tags_are_read_by_their_first_part(tag: str) -> None:
    content = choose(replace(FACTS, language=tag), CAMPAIGNS, "CDFH")
    assert content.language == "pl"
    assert content.paragraphs[0] == "Dzień dobry, Anna!"


@pytest.mark.parametrize("language", sorted(COMMON))
def test_every_language_has_every_text(language: str) -> None:
    for one in CAMPAIGNS:
        assert language in {text.language for text in one.texts}
    content = choose(replace(FACTS, language=language), CAMPAIGNS, "CDFH")
    assert content.language == language
    assert len(content.paragraphs) == 3
    assert "{" not in " ".join((content.heading, *content.paragraphs))


def test_an_unknown_language_falls_back_to_english() -> None:
    assert choose(replace(FACTS, language="fr"), CAMPAIGNS, "CDFH").language == "en"


def test_a_nameless_customer_and_packer_leave_no_hole() -> None:
    content = choose(replace(FACTS, customer_name=" \x1b ", packer_name=""), CAMPAIGNS, "CDFH")
    assert content.paragraphs[0] == "Hello,"
    assert not any("Packed" in paragraph for paragraph in content.paragraphs)


@pytest.mark.parametrize("name", ["{packer}", "{shop}", "%s", "{0.__class__}", "{{7*7}}", "[b]", "^XZ"])
def test_a_hostile_name_stays_text(name: str) -> None:
    assert choose(replace(FACTS, customer_name=name), CAMPAIGNS, "CDFH").paragraphs[0] == f"Hello {name},"


@given(st.text(), st.text())
def test_names_bring_no_control_characters_and_no_length(customer: str, packer: str) -> None:
    content = choose(replace(FACTS, customer_name=customer, packer_name=packer), CAMPAIGNS, "CDFH")
    for line in (content.heading, *content.paragraphs):
        assert len(line) <= 120
        assert not any(ord(char) < 32 or char in "\x7f\x9b\u202e\u2028" for char in line)


def test_the_returns_address_keeps_the_order_whole() -> None:
    facts = replace(FACTS, order="A/1 &?#ä", parcel=2, return_url_base="https://shop.example/r?shop=7")
    parts = urlsplit(choose(facts, ()).return_url)
    assert parse_qs(parts.query) == {"shop": ["7"], "order": ["A/1 &?#ä"], "parcel": ["2"]}
    assert parts.fragment == ""


def test_no_returns_address_prints_no_words_about_it() -> None:
    content = choose(replace(FACTS, return_url_base=""), ())
    assert (content.return_url, content.return_text) == ("", "")


@pytest.mark.parametrize("base", ["javascript:alert(1)", "shop.example/returns", "file:///etc/passwd"])
def test_a_returns_address_that_is_none_is_named(base: str) -> None:
    with pytest.raises(ValueError, match=r"expected http"):
        choose(replace(FACTS, return_url_base=base), ())


def test_a_campaign_without_words_is_refused() -> None:
    with pytest.raises(ValueError, match="'mute'"):
        Campaign("mute", ())
