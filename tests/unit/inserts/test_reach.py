"""Rules that nobody can meet, and what rules name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from picker.inserts.reach import Named, named_by, reaches_nobody
from picker.inserts.rules import parse_rule
from tests.unit.inserts.test_rules import FACTS


@pytest.mark.parametrize(
    "rule",
    [
        "order < 1",
        "order == 1 and order == 2",
        "order > 3 and order < 4",
        "parcel == 0",
        "spent < 0",
        "value > 10 and value < 10.005",
        'country == "pl" and country == "DE"',
        'language == "pl" and language != "pl-PL"',
        'country in ("PL", "DE") and country not in ("DE", "PL")',
        "gift and not gift",
        "not (gift or not gift)",
        "every(5) and not every(5)",
        'bought("TEA") > 2 and bought("TEA") < 3',
        "since() < 0 or points < 0",
    ],
)
def test_nobody_can_meet(rule: str) -> None:
    assert reaches_nobody(parse_rule(rule))


@pytest.mark.parametrize(
    "rule",
    [
        "",
        "order == 1",
        "order > 3 and order < 5",
        "points < 0 or gift",
        'country == "PL" or country == "DE"',
        'bought("TEA") > 2 and bought("MUG") < 3',
        'not in_box("TEA")',
        'not in_box("TEA") and in_box("TEA") < 5',
        " and ".join(f"bought('SKU-{n}') > {n}" for n in range(40)),
    ],
)
def test_somebody_can_meet(rule: str) -> None:
    assert not reaches_nobody(parse_rule(rule))


_PARTS = (
    "order == 3",
    "order >= 2",
    "gift",
    "every(5)",
    'country == "PL"',
    "points < 10",
    'tag("VIP")',
    "spent > 99.5",
)


def _larger(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    joined = st.tuples(parts, st.sampled_from(("and", "or")), parts).map(" ".join)
    return st.one_of(parts.map("not ({})".format), joined.map("({})".format))


@given(st.recursive(st.sampled_from(_PARTS), _larger, max_leaves=6))
def test_a_rule_that_somebody_meets_is_never_called_one_for_nobody(text: str) -> None:
    rule = parse_rule(text)
    assert not (rule.holds(FACTS) and reaches_nobody(rule))


def test_what_a_rule_names() -> None:
    rule = 'in_box("A") and bought("B", "tea") > 1'
    more = ' and paid(category="pots", days=9) > 2 and (tier in ("gold", "red") or tag("vip")) and channel != "post"'
    assert named_by(parse_rule(rule + more)) == {
        Named("sku", "A"),
        Named("sku", "B"),
        Named("category", "tea"),
        Named("category", "pots"),
        Named("tier", "gold"),
        Named("tier", "red"),
        Named("tag", "vip"),
        Named("channel", "post"),
    }
    assert named_by(parse_rule("order == 1 and since() > 3")) == frozenset()
