"""What a template prints, what it refuses, and that names stay names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from picker.inserts.template import LONGEST_BLOCK, Block, BlockKind, TemplateError, parse_template

CARD = """# Welcome, {{ customer|default("friend", true) }}!

You bought from {{ shop }}
for the first time.
{% if points >= 100 %}You have {{ points }} points.{% endif %}

![logo]
[coupon: For your next order]
---
[qr: https://example.com/r?o={{ order }} | How was it?]
"""
VALUES: dict[str, str | int] = {
    "customer": "Anna",
    "shop": "Tea & Co",
    "order": "A&B=1",
    "points": 120,
    "coupon": "CDFH",
}


def test_a_card_is_made_of_its_blocks() -> None:
    template = parse_template(CARD)
    assert template.fill(VALUES) == (
        Block(BlockKind.HEADING, "Welcome, Anna!"),
        Block(BlockKind.TEXT, "You bought from Tea & Co for the first time. You have 120 points."),
        Block(BlockKind.PICTURE, "", "logo"),
        Block(BlockKind.COUPON, "For your next order", "CDFH"),
        Block(BlockKind.DIVIDER),
        Block(BlockKind.QR, "How was it?", "https://example.com/r?o=A%26B%3D1"),
    )
    assert template.asks == {"customer", "shop", "order", "points"}
    assert template.pictures == {"logo": 7}
    assert template.coupon


def test_what_is_empty_is_left_out() -> None:
    found = parse_template("{{ customer }}\n\n[coupon]\n\nStays.").fill({})
    assert found == (Block(BlockKind.TEXT, "Stays."),)


@pytest.mark.parametrize(
    "name", ["# Boss", "[qr: https://evil.example | x]", "{{ shop }}", "---", "![logo]", "a\n\n# b"]
)
def test_a_name_never_becomes_a_block_or_a_placeholder(name: str) -> None:
    found = parse_template("{{ customer }}\n\nHello {{ customer }}").fill({"customer": name, "shop": "Shop"})
    assert {block.kind for block in found} == {BlockKind.TEXT}
    assert found[1].text == f"Hello {' '.join(name.split())}"


@pytest.mark.parametrize(
    ("text", "words", "line"),
    [
        ("", "expected something to print", 1),
        ("one\n\n{{ custmer }}", "'custmer' is not known", 3),
        ("one\ntwo\n{% if points %}\nthree", "expected the {% endif %} in the same paragraph", 3),
        ("# ok\n{{ customer", "unexpected end of template", 2),
        ("{% for x in customer %}{{ x }}{% endfor %}", "a loop has no meaning here", 1),
        ("{{ customer.__class__ }}", "a dot has no meaning here", 1),
        ("{{ customer['x'] }}", "a bracket has no meaning here", 1),
        ("{{ customer() }}", "a call has no meaning here", 1),
        ("ok\n\n{{ 'x' * 10 ** 9 }}", "arithmetic has no meaning here", 3),
        ("{{ customer ~ shop }}", "~ has no meaning here", 1),
        ("{% include 'x' %}", "include has no meaning here", 1),
        ("{% set x = 1 %}", "set has no meaning here", 1),
        ("{{ range(9) }}", "a call has no meaning here", 1),
        ("{{ customer|tojson }}", "'tojson'", 1),
        ("[qr: javascript:alert(1)]", "expected an address that begins with https://", 1),
        ("ok\n\n{{ " + "9" * 9_000 + " }}", "4300 digits", 3),
        ("{{ " + "-" * 6_000 + "points }}", "expected fewer brackets", 1),
        ("x\n" * 20_000, "expected at most 20000 characters", 1),
        ("a\n\n" * 61, "expected at most 60 blocks", 121),
    ],
)
def test_a_template_that_cannot_be_used_is_told_with_its_line(text: str, words: str, line: int) -> None:
    with pytest.raises(TemplateError) as told:
        parse_template(text)
    assert words in str(told.value)
    assert told.value.line == line


def test_what_only_shows_when_filled_is_told_with_its_line() -> None:
    template = parse_template("ok\n\n{% if points >= customer %}x{% endif %}")
    with pytest.raises(TemplateError, match="line 3"):
        template.fill({"customer": "Anna", "points": 3})


def test_every_fault_of_a_template_is_told() -> None:
    with pytest.raises(TemplateError) as told:
        parse_template("{{ a }} {{ b }}\n{{ c.d }}\n\n[qr: ftp://x]\n\n# {{ customer")
    assert [one.line for one in (told.value, *told.value.further)] == [1, 1, 2, 2, 4, 6]


def test_an_address_too_long_for_a_code_is_told() -> None:
    template = parse_template("ok\n[qr: https://example.com/{{ products }}]")
    with pytest.raises(TemplateError, match="line 2: expected an address of at most 500 characters, got 520"):
        template.fill({"products": "x" * 500})


def test_a_card_of_which_nothing_is_left_is_told() -> None:
    template = parse_template("# {{ tier }}\n{% if points > 9 %}x{% endif %}")
    assert len(template.fill({"tier": "gold", "points": 10})) == 2
    with pytest.raises(TemplateError, match="got nothing but empty"):
        template.fill({"tier": "", "points": 0})


def test_a_card_stays_short_whatever_it_is_filled_with() -> None:
    template = parse_template("{{ customer }}" * 100)
    with pytest.raises(TemplateError, match=f"at most {LONGEST_BLOCK}"):
        template.fill({"customer": "x" * 10_000})


def test_brackets_without_end_are_refused() -> None:
    with pytest.raises(TemplateError):
        parse_template("{{ " + "(" * 5_000 + "customer" + ")" * 5_000 + " }}")


@given(st.text(max_size=200))
def test_no_text_does_anything_but_print_or_be_refused(text: str) -> None:
    try:
        parse_template(text).fill(VALUES)
    except TemplateError:
        return
