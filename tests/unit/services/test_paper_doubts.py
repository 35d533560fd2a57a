"""What a card's text would show on paper as it stands is told when the campaign is saved."""

from types import SimpleNamespace
from typing import cast

import pytest

from picker.inserts import Campaign
from picker.services.campaigns.doubts import on_paper


def doubts(text: str) -> list[str]:
    return on_paper(cast("Campaign", SimpleNamespace(templates={"en": text})))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("# Thank you \U0001f49a\n", "\U0001f49a"),
        ("Take **10 %** off", "**10 %**"),
        ("For **{{ customer }}**", "**x**"),
        ("Have a *nice* day", "*nice*"),
        ("[our shop](https://example.com)", "[our shop](https://example.com)"),
        ("Hello<br>again, <b>you</b>", "<br>"),
    ],
)
def test_what_paper_cant_show_is_named(text: str, told: str) -> None:
    (words,) = doubts(text)
    assert words.endswith(told)


@pytest.mark.parametrize(
    "text",
    [
        "# Hello, {{ customer }}!\n",
        "![logo]\n\nDziękujemy, спасибо, 谢谢, شكرا",
        "3 * 4 = 12, 5 < 7 > 2, SNAKE_CASE_SKU",
        "{% if a %}x{% endif %} [x]",
    ],
)
def test_what_it_can_show_is_not(text: str) -> None:
    assert doubts(text) == []
