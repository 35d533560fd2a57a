"""Who is meant by a rule, and what a lead is told of one that can't be read."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.types import OrderId
from picker.inserts.facts import Birthday, Content, InsertFacts, Purchase
from picker.inserts.rules import DEEPEST, RuleError, parse_rule

FACTS = InsertFacts(
    order=OrderId("1001"),
    parcel=1,
    today=date(2026, 11, 22),
    orders_before=2,
    spent_cents=12_050,
    value_cents=4_990,
    country="pl",
    language="pl-PL",
    channel="shopify",
    tags=frozenset({"VIP", "press"}),
    tier="gold",
    points=500,
    birthday=Birthday(12, 1),
    history=(
        Purchase("TEA-GRN", "tea", 3, 2_700, date(2026, 9, 1)),
        Purchase("MUG-BLU", "mugs", 1, 950, date(2025, 1, 5)),
    ),
    box=(Content("TEA-GRN", "Green tea", "tea", 2), Content("POT", "Pot", "pots", 1)),
)


@pytest.mark.parametrize(
    ("rule", "holds"),
    [
        ("", True),
        ("order == 3", True),
        ("order == 1", False),
        ("every(3)", True),
        ("every(2)", False),
        ("spent >= 120.50", True),
        ("spent > 120.50", False),
        ("value >= 49.90 and value < 50", True),
        ('country == "PL"', True),
        ('country in ("DE", "AT")', False),
        ('country == "pl" and country in ("pl", "de")', True),
        ('language == "PL-pl"', True),
        ('tier == "Gold" and tier in ("GOLD", "silver") and channel == "Shopify"', True),
        ('bought("tea-grn", category="Tea") == 3 and in_box(category="POTS") == 1', True),
        ('bought("TEA-GRN", days=82) and not bought("TEA-GRN", days=81)', True),
        ("bought(days=36500) == 4", True),
        ('country not in ("DE", "AT")', True),
        ('language == "pl"', True),
        ('channel != "shopify"', False),
        ('tag("vip")', True),
        ('tag("wholesale")', False),
        ("birthday(9)", True),
        ("birthday(8)", False),
        ('tier == "gold" and points >= 500', True),
        ("gift", False),
        ("not gift", True),
        ("gift or order > 2", True),
        ("gift == False", True),
        ('bought("TEA-GRN")', True),
        ('bought("TEA-GRN", days=30)', False),
        ('bought(category="tea", days=120) >= 3', True),
        ("bought() == 4", True),
        ('paid(category="tea") >= 27', True),
        ("paid(days=120) == 27", True),
        ('since("TEA-GRN") == 82', True),
        ('since("NEVER-HAD-IT") > 365', True),
        ('in_box("TEA-GRN") >= 2', True),
        ('in_box(category="pots") and not in_box("MUG-BLU")', True),
        ("(order == 1 or order == 3) and not (gift or points < 10)", True),
    ],
)
def test_rules_ask_the_facts(rule: str, holds: bool) -> None:
    assert parse_rule(rule).holds(FACTS) is holds


def test_a_birthday_is_near_across_the_turn_of_the_year_and_on_leap_days() -> None:
    new_year = replace(FACTS, today=date(2026, 12, 30), birthday=Birthday(1, 2))
    assert parse_rule("birthday(3)").holds(new_year)
    leap = replace(FACTS, today=date(2026, 3, 1), birthday=Birthday(2, 29))
    assert parse_rule("birthday(0)").holds(leap)
    assert not parse_rule("birthday(180)").holds(replace(FACTS, birthday=None))


@pytest.mark.parametrize(
    ("rule", "words", "column"),
    [
        ("order = 1", "no rule", 7),
        ("ordr == 1", "'ordr' is not known", 1),
        ("order == 'one'", "expected a whole number, got 'one'", 10),
        ("order == 1 and countri == 'PL'", "'countri' is not known", 16),
        ("1 < order < 3", "one comparison at a time", 1),
        ("country in 'PL'", "expected a list", 12),
        ("country < 'PL'", "expected == or !=", 1),
        ("spent", "expected a comparison", 1),
        ("bought", "bought wants brackets", 1),
        ("every(0)", "expected 1 or more, got 0", 1),
        ("every('x')", "expected a whole number", 7),
        ("bought(sort='tea')", "got bought(sort='tea')", 1),
        ("bought(category='tea', days='x')", "expected a whole number", 29),
        ("bought(days=999999)", "bought: expected 1 to 36500 days, got 999999", 1),
        ("gift or paid(days=-1)", "paid: expected 1 to 36500 days, got -1", 9),
        ("country == 'Poland'", "expected a country's two letters such as PL, got 'Poland'", 12),
        ("country in ('PL', 'Germany')", "expected a country's two letters", 19),
        ("-" * 500 + "1", "expected fewer brackets", 1),
        ("birthday(400)", "expected 0 to 180 days, got 400", 1),
        ("order == order", "expected a plain value", 10),
        ("__import__('os').system('id')", "has no meaning here", 1),
        ("(lambda: 1)()", "has no meaning here", 1),
        ("[x for x in (1, 2)]", "has no meaning here", 1),
        ("order == 10 ** 10 ** 10", "expected a plain value", 10),
        ("tag('a').upper()", "has no meaning here", 1),
        ("open('/etc/passwd')", "has no meaning here", 1),
        ("tag('żółć') and nothing", "'nothing' is not known", 17),
        ("  gift and\n nothing", "'nothing' is not known", 13),
    ],
)
def test_a_rule_that_cannot_be_read_is_told_with_its_column(rule: str, words: str, column: int) -> None:
    with pytest.raises(RuleError) as told:
        parse_rule(rule)
    assert words in str(told.value)
    assert told.value.column == column


def test_brackets_without_end_are_refused_not_followed() -> None:
    for rule in ("not " * (DEEPEST + 5) + "gift", "(" * 500 + "gift" + ")" * 500, "gift or " * 2000 + "gift"):
        with pytest.raises(RuleError):
            parse_rule(rule)


def test_a_rule_says_what_it_asks() -> None:
    assert parse_rule('order == 1 and tag("vip")').asks == {"order", "tag"}


@given(st.text(max_size=200))
def test_no_text_ever_does_anything_but_hold_or_be_refused(text: str) -> None:
    try:
        rule = parse_rule(text)
    except RuleError:
        return
    assert rule.holds(FACTS) in (True, False)


NOBODY_KNOWN = replace(FACTS, history=(), history_whole=False, last_order=None)


@pytest.mark.parametrize(
    "rule",
    ["since() > 60", "since() <= 60", "not since() > 60", 'since("TEA-GRN") > 60', "since()", "since() != 3"],
)
def test_what_no_date_is_known_of_is_no_reason(rule: str) -> None:
    """Not even its opposite: somebody with eleven orders of no known date was not missed."""
    assert not parse_rule(rule).holds(NOBODY_KNOWN)
    assert not parse_rule(f"{rule} and order >= 1").holds(NOBODY_KNOWN)
    assert parse_rule(f"{rule} or order >= 1").holds(NOBODY_KNOWN)


def test_the_last_order_counts_as_much_as_the_last_purchase() -> None:
    last = replace(FACTS, last_order=FACTS.today - timedelta(days=5))
    assert parse_rule("since() == 5").holds(last)
    assert parse_rule("since() == 5").holds(replace(last, history=()))
    assert parse_rule('since("TEA-GRN") == 82').holds(last)
    assert not parse_rule('since("NEVER-HAD-IT") > 365').holds(replace(last, history_whole=False))
