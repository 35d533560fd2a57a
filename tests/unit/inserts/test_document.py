"""A campaign as one TOML file: what it means, and what a lead is told of one that can't be used."""

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.types import OrderId
from picker.inserts import CampaignError, Shelf, campaign_of, choose, read_campaign, words_for
from picker.inserts.campaign import Broken, Once, Usage
from picker.inserts.document import Fault
from picker.inserts.examples import EXAMPLES, THANKS, WELCOME, beginning
from picker.inserts.facts import InsertFacts
from picker.inserts.names import code_of
from picker.inserts.questions import FUNCTIONS, NAMES
from picker.inserts.rules import parse_rule
from picker.inserts.template import BlockKind, parse_template
from picker.inserts.terms import BLOCKS, KEYS, PLACEHOLDERS, RULES

FACTS = InsertFacts(
    order=OrderId("1001"), parcel=1, today=date(2026, 11, 22), shop_name="Tea & Co", customer="c1",
    customer_name="Anna Nowak", language="en", consent=True, packer_name="Marek Kowal",
)  # fmt: skip
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
WHOLE = '''# Autumn, for those who had green tea
code = "autumn-tea"
name = "Autumn tea"
who = 'bought("TEA-GRN", days=180) >= 2'
starts = 2026-11-01
ends = 2026-12-24
priority = 7
once = "days"
days = 30
budget = 500
control = 10
series = "autumn"
broken = "block"
marketing = true

[templates]
en = """
# Autumn
[coupon]
"""
pl = "[coupon: Jesień]"
'''


def faults(text: str) -> list[tuple[int, int, str]]:
    with pytest.raises(CampaignError) as told:
        read_campaign(text)
    return [(fault.line, fault.column, fault.words) for fault in told.value.faults]


def test_every_key_has_its_meaning() -> None:
    found = read_campaign(WHOLE, ZoneInfo("Europe/Warsaw"))
    assert (found.code, found.name, found.priority, found.budget) == ("autumn-tea", "Autumn tea", 7, 500)
    assert (found.once, found.days, found.control_percent) == (Once.DAYS, 30, 10)
    assert (found.series, found.broken, found.marketing) == ("autumn", Broken.BLOCK, True)
    assert found.who.text == 'bought("TEA-GRN", days=180) >= 2'
    assert list(found.templates) == ["en", "pl"]


def test_dates_are_the_warehouses_and_the_last_day_counts_whole() -> None:
    found = read_campaign(WHOLE, ZoneInfo("Europe/Warsaw"))
    assert found.starts == datetime(2026, 10, 31, 23, tzinfo=UTC)
    assert found.ends == datetime(2026, 12, 24, 23, tzinfo=UTC)


@pytest.mark.parametrize(
    ("old", "new", "line", "column", "words"),
    [
        ('"autumn-tea"', '"Autumn tea"', 2, 0, "code: expected small letters"),
        ("priority = 7", "priority = '7'", 7, 0, "priority: expected a whole number"),
        ("priority = 7", "priority = true", 7, 0, "priority: expected a whole number"),
        ("days = 30", "days = 0", 8, 0, "expected days = 1 or more"),
        ("control = 10", "control = 101", 11, 0, "control: expected a whole number from 0 to 100, got 101"),
        ("budget = 500", "budgett = 500", 10, 0, "budgett: expected one of"),
        ("2026-12-24", "2026-10-01", 6, 0, "ends: expected a time after starts"),
        ("2026-12-24", '"2026-12-24"', 6, 0, "ends: expected a date"),
        ('"days"\n', '"always"\n', 8, 0, "once: expected customer or days or order or parcel, got 'always'"),
        ("days=180", "days=x", 4, 31, "who: expected a plain value, got 'x'"),
        ("# Autumn\n[", "# Autumn\n{{ nam }}\n[", 19, 0, "template en: 'nam' is not known"),
        ("# Autumn\n[coupon]", "# Autumn", 17, 0, "template en: expected a [coupon] of series 'autumn'"),
        ("marketing = true", "marketing = false", 4, 0, "bought may be asked only of customers who agreed"),
        ('pl = "', 'polski = "', 21, 0, "expected a language such as po, got 'polski'"),
        ("priority = 7", "priority = ", 7, 12, "this is no TOML"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(old: str, new: str, line: int, column: int, words: str) -> None:
    assert old in WHOLE
    found = faults(WHOLE.replace(old, new, 1))
    assert any(fault[:2] == (line, column) and words in fault[2] for fault in found), found


def test_all_that_is_wrong_is_told_at_once() -> None:
    found = faults(WHOLE.replace("control = 10", "control = -1").replace("priority = 7", "priority = 0.5"))
    assert [fault[0] for fault in found] == [7, 11]


def test_faults_of_keys_rules_and_templates_are_told_together() -> None:
    text = WHOLE.replace("control = 10", "control = -1").replace("days=180", "days=999999")
    text = text.replace("# Autumn\n[", "# {{ nam }} {{ shop.x }}\n![logo]\n\n{{ nam }}\n[").replace(
        "Jesień", "{{ y }}"
    )
    assert [fault[0] for fault in faults(text)] == [4, 11, 18, 18, 21, 24]


def test_what_the_shop_does_not_have_is_told_with_its_line() -> None:
    text = WHOLE.replace("# Autumn\n[", "# Autumn\n![logo]\n[")
    with pytest.raises(CampaignError) as told:
        read_campaign(text, shelf=Shelf(frozenset({"other"}), frozenset({"photo"})))
    found = [(fault.line, fault.words.partition(":")[0]) for fault in told.value.faults]
    assert found == [(12, "there is no coupon series 'autumn'"), (19, "template en")]
    assert read_campaign(text, shelf=Shelf(frozenset({"autumn"}), frozenset({"logo"}))).code == "autumn-tea"


def test_a_campaign_read_again_asks_no_time_zone() -> None:
    west = ZoneInfo("America/Los_Angeles")
    text = WHOLE.replace("2026-11-01", "2026-12-25T05:00:00Z")
    assert read_campaign(text, west).ends == datetime(2026, 12, 25, 8, tzinfo=UTC)
    assert campaign_of(text).starts is None


def test_dotted_keys_have_their_lines() -> None:
    text = 'code = "x"\nname = "X"\ntemplates.en = "{{ y }}"\ntemplates . pl = "{{ z }}"\n'
    assert [fault[0] for fault in faults(text)] == [3, 4]


def test_a_coupon_needs_its_series() -> None:
    assert "expected series" in faults(WHOLE.replace('series = "autumn"\n', ""))[0][2]


def test_a_key_inside_a_text_is_no_key() -> None:
    text = WHOLE.replace("# Autumn\n", "# Autumn\npriority = x\n").replace("priority = 7", "priority = 0.5")
    assert faults(text)[0][0] == 7


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_examples_are_fit_to_be_used(example: str) -> None:
    assert read_campaign(example) == campaign_of(example)


@pytest.mark.parametrize(
    "name", ["Welcome, Poland!", '"{x}\\', "茶", "\x1b[2J\ud800\x7f", "", "x" * 200, "Żółta"]
)
def test_a_campaign_to_begin_with_is_fit_to_be_saved(name: str) -> None:
    found = read_campaign(beginning(name))
    assert found.code == code_of(name)
    assert words_for(found, FACTS, "")[1][0].text == "Hello Anna!"


def test_what_a_lead_is_told_can_be_written() -> None:
    for rule, _ in RULES:
        assert parse_rule(rule).asks
    shown = "\n\n".join(text for text, _ in (*BLOCKS, *PLACEHOLDERS))
    assert {one.kind for one in parse_template(shown).fill({"coupon": "C", "points": 100})} == set(BlockKind)
    asked = {name for rule, _ in RULES for name in parse_rule(rule).asks} | {"points", "every"}
    assert asked == {*NAMES, *FUNCTIONS}
    keys = "\n".join(key for key, _ in KEYS).replace("marketing = false", "marketing = true")
    assert read_campaign(f'code = "x"\nname = "X"\n{keys}\n[templates]\nen = "[coupon]"').budget == 500


@pytest.mark.parametrize("language", ["en", "pl", "ru", "zh"])
def test_the_first_examples_speak_four_languages(language: str) -> None:
    for example in EXAMPLES[:3]:
        found, blocks = words_for(read_campaign(example), replace(FACTS, language=language), "CDFH-JKMN")
        assert found == language
        words = " ".join(block.text for block in blocks)
        assert "Anna" in words
        assert "Marek" in words
        assert "{" not in words


def test_nobody_named_leaves_no_hole() -> None:
    _, blocks = words_for(read_campaign(THANKS), replace(FACTS, customer_name=" \x1b ", packer_name=""), "")
    assert [block.text for block in blocks] == [
        "Thank you!",
        "Hello,",
        "Thank you for your order at Tea & Co.",
    ]


def test_a_welcome_is_for_the_first_order_only() -> None:
    offer = [(read_campaign(WELCOME), Usage(codes=1))]
    assert choose(FACTS, NOW, offer).campaign is not None
    assert choose(replace(FACTS, orders_before=1), NOW, offer).campaign is None


@given(st.text(max_size=300))
def test_no_file_does_anything_but_be_read_or_refused(text: str) -> None:
    for whole in (text, f"{WHOLE}\nde = '''{text}'''", WHOLE.replace("Autumn tea", text)):
        faults: tuple[Fault, ...] = ()
        try:
            read_campaign(whole)
        except CampaignError as error:
            faults = error.faults
        assert all(fault.line >= 1 for fault in faults)
