"""The lead's list speaks the lead's language, also of what imports wrote down before anybody read it."""

import pytest

from data.importers.holds import Item
from picker.locale.messages import render
from picker.locale.translations import translations
from picker.services.reports.words import exception_message

GIFT, MUG = Item(1, "", "Gift wrapping").stored(), Item(2, "MUG", "Mug").stored()


@pytest.mark.parametrize(
    ("kind", "detail", "english", "polish"),
    [
        (
            "unknown_sku",
            {"lines": [GIFT, MUG], "skus": ["", "MUG"]},
            "unknown SKU: line 1, Gift wrapping, line 2, Mug (MUG)",
            "nieznane SKU: pozycja 1, Gift wrapping, pozycja 2, Mug (MUG)",
        ),
        (
            "no_address",
            {"parts": ["street", "zip"]},
            "the address lacks street, postcode",
            "w adresie brakuje: ulica, kod pocztowy",
        ),
        (
            "left_out",
            {"file": "a.csv", "what": "left.order:unpaid", "items": ["7"]},
            "left out of a.csv: order: not paid: 7",
            "pominięte w a.csv: zamówienie: niezapłacone: 7",
        ),
        (
            "left_out",
            {"file": "a.csv", "what": "Total: expected an amount", "items": ["line 3"]},
            "left out of a.csv: Total: expected an amount: line 3",
            "pominięte w a.csv: Total: expected an amount: line 3",
        ),
    ],
)
def test_what_is_wrong_is_told_in_the_readers_language(
    kind: str, detail: dict[str, object], english: str, polish: str
) -> None:
    told = exception_message(kind, detail)
    assert render(told) == english
    assert render(told, translations("pl")) == polish
