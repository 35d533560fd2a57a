"""A customs declaration is complete or refused, with words for what it lacks."""

from dataclasses import replace
from typing import Any

import pytest

from printing.customs import CustomsIncomplete, Gap, gaps
from printing.documents import (
    AddressBlock,
)
from printing.media import MEDIA
from printing.rendering import render
from tests.unit.printing.samples import (
    customs,
)


@pytest.mark.parametrize(
    ("change", "gap"),
    [
        ({"items": ()}, Gap("", "items", "no goods are named")),
        ({"gross_g": None}, Gap("", "gross_g", "the parcel's weight is missing")),
        ({"currency": "euro"}, Gap("", "currency", "currency: expected an ISO 4217 code, got 'euro'")),
        ({"date": ""}, Gap("", "date", "date: expected year-month-day, got ''")),
        ({"sender": AddressBlock(())}, Gap("", "sender", "the sender's address is missing")),
    ],
)
def test_an_incomplete_customs_form_is_refused_in_words(change: dict[str, Any], gap: Gap) -> None:
    form = replace(customs(), **change)
    assert gap in gaps(form)
    with pytest.raises(CustomsIncomplete, match="CN 22 of order ORD-100234 is incomplete") as refused:
        render(form, MEDIA["roll80"])
    assert refused.value.gaps == gaps(form)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"hs_code": ""}, "hs_code"),
        ({"hs_code": "12"}, "hs_code"),
        ({"origin": "Poland"}, "origin"),
        ({"net_g": None}, "net_g"),
        ({"value_cents": None}, "value_cents"),
        ({"value_cents": 0}, "value_cents"),
        ({"description": " "}, "description"),
        ({"quantity": 0}, "quantity"),
    ],
)
def test_goods_that_customs_would_stop_are_named(change: dict[str, Any], field: str) -> None:
    first, *rest = customs().items
    found = gaps(replace(customs(), items=(replace(first, **change), *rest)))
    assert field in {gap.field for gap in found}
    assert gaps(customs()) == ()


def test_a_heavy_parcel_and_a_gift_have_rules_of_their_own() -> None:
    assert "CN 23" in str(gaps(replace(customs(), gross_g=2001))[0])
    bare = tuple(replace(item, hs_code="", origin="") for item in customs().items)
    assert gaps(replace(customs(), nature="gift", items=bare)) == ()
