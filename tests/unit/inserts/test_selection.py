"""Which campaign a parcel gets: rule, time, priority, how often, budget, control group, consent."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from data.types import OrderId
from picker.inserts.campaign import Campaign, Group, Once, Passed, Usage
from picker.inserts.facts import Content, InsertFacts
from picker.inserts.rules import parse_rule
from picker.inserts.selection import choose, group_of, words_for

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
FACTS = InsertFacts(
    order=OrderId("1001"), parcel=1, today=NOW.date(), customer="c1", customer_name="Anna Nowak", language="pl",
    consent=True, shop_name="Tea & Co", box=(Content("TEA", "Green tea", "tea", 2),), points=5,
)  # fmt: skip
FRESH = Usage(codes=1)


def campaign(code: str = "a", rule: str = "", **more: object) -> Campaign:
    templates = {"en": "# Hello {{ customer }}", "pl": "# Witaj {{ customer }}"}
    facts: dict[str, object] = {"name": code, "who": parse_rule(rule), "templates": templates}
    return Campaign(code=code, **(facts | more))  # type: ignore[arg-type]


def passed(
    one: Campaign, usage: Usage = FRESH, facts: InsertFacts = FACTS, now: datetime = NOW
) -> Passed | None:
    choice = choose(facts, now, [(one, usage)])
    return dict(choice.passed).get(one.code)


def test_the_highest_priority_wins_and_the_others_say_why_not() -> None:
    offers = [
        (campaign("low"), FRESH),
        (campaign("high", priority=5), FRESH),
        (campaign("rule", "gift"), FRESH),
    ]
    choice = choose(FACTS, NOW, offers)
    assert choice.campaign is not None
    assert choice.campaign.code == "high"
    assert dict(choice.passed) == {"low": Passed.LESS_URGENT, "rule": Passed.RULE}


def test_a_gift_gets_only_what_speaks_of_gifts() -> None:
    present = replace(FACTS, gift=True)
    assert passed(campaign(series="autumn"), facts=present) is Passed.GIFT
    assert passed(campaign(rule="points >= 0"), facts=present) is Passed.GIFT
    assert passed(campaign(rule="not gift"), facts=present) is Passed.RULE
    assert passed(campaign(rule="gift"), facts=present) is None


def test_of_equals_the_first_named_wins() -> None:
    assert choose(FACTS, NOW, [(campaign("b"), FRESH), (campaign("a"), FRESH)]).campaign == campaign("b")


def test_a_campaign_has_its_time() -> None:
    timed = campaign(starts=NOW, ends=NOW + timedelta(days=1))
    assert passed(timed) is None
    assert passed(timed, now=NOW - timedelta(seconds=1)) is Passed.NOT_YET
    assert passed(timed, now=NOW + timedelta(days=1)) is Passed.OVER


def test_without_consent_only_what_the_order_needs() -> None:
    silent = replace(FACTS, consent=False)
    assert passed(campaign(), facts=silent) is Passed.NO_CONSENT
    assert passed(campaign(marketing=False), facts=silent) is None
    assert passed(campaign(rule="points >= 1", marketing=False), facts=FACTS) is Passed.RULE


@pytest.mark.parametrize(
    ("once", "usage", "had_it"),
    [
        (Once.CUSTOMER, Usage(last=date(2020, 1, 1), codes=1), True),
        (Once.CUSTOMER, Usage(codes=1), False),
        (Once.DAYS, Usage(last=date(2026, 11, 13), codes=1), True),
        (Once.DAYS, Usage(last=date(2026, 11, 12), codes=1), False),
        (Once.ORDER, Usage(orders=frozenset({"1001"}), codes=1), True),
        (Once.ORDER, Usage(orders=frozenset({"1000"}), codes=1), False),
        (Once.PARCEL, Usage(parcels=frozenset({("1001", 1)}), codes=1), True),
        (Once.PARCEL, Usage(orders=frozenset({"1001"}), parcels=frozenset({("1001", 2)}), codes=1), False),
    ],
)
def test_nobody_gets_it_more_often_than_wished(once: Once, usage: Usage, had_it: bool) -> None:
    assert passed(campaign(once=once, days=10), usage) is (Passed.HAD_IT if had_it else None)


def test_budgets_and_codes_end() -> None:
    assert passed(campaign(budget=3), Usage(printed=3)) is Passed.BUDGET
    assert passed(campaign(budget=3), Usage(printed=2)) is None
    assert passed(campaign(series="autumn"), Usage(codes=0)) is Passed.NO_CODES


def test_a_control_group_is_the_same_share_of_customers_every_time() -> None:
    half = campaign(control_percent=30)
    people = [replace(FACTS, customer=f"c{n}") for n in range(2_000)]
    groups = [group_of(half, person) for person in people]
    assert groups == [group_of(half, person) for person in people]
    assert 540 <= groups.count(Group.CONTROL) <= 660
    assert group_of(campaign(control_percent=0), FACTS) is Group.TEST
    assert group_of(campaign(control_percent=100), FACTS) is Group.CONTROL


def test_who_stands_in_a_control_group_gets_what_comes_next() -> None:
    offers = [(campaign("new", priority=9, control_percent=100), FRESH), (campaign("thanks"), FRESH)]
    choice = choose(FACTS, NOW, offers)
    assert choice.campaign is not None
    assert (choice.campaign.code, dict(choice.passed)["new"]) == ("thanks", Passed.CONTROL)


def test_words_are_in_the_customers_language_or_english_or_the_first() -> None:
    both = campaign()
    assert words_for(both, FACTS, "")[0] == "pl"
    assert words_for(both, replace(FACTS, language="zh-CN"), "")[0] == "en"
    german = replace(both, templates={"de": "# Hallo"})
    assert words_for(german, FACTS, "")[0] == "de"
    assert words_for(both, FACTS, "")[1][0].text == "Witaj Anna"


@pytest.mark.parametrize(
    "bad",
    [
        {"templates": {}},
        {"control_percent": 101},
        {"once": Once.DAYS, "days": 0},
        {"starts": NOW, "ends": NOW},
    ],
)
def test_a_campaign_that_makes_no_sense_is_refused(bad: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="expected"):
        campaign(**bad)  # type: ignore[arg-type]
