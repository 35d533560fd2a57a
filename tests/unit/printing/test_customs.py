"""A customs declaration is complete or refused, with words for what it lacks."""

from dataclasses import replace
from typing import Any

import pytest

from printing.customs import CustomsIncomplete, Gap, beyond, gaps
from printing.descriptions import describes
from printing.documents.address import AddressBlock
from printing.media import MEDIA
from printing.render.sheet import Sheet
from printing.rendering import render
from tests.unit.printing.samples import (
    customs,
    heavy,
    invoice,
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


@pytest.mark.parametrize(
    ("text", "sku", "says"),
    [
        ("TEA-EGR", "TEA-EGR", False), ("TEA-EGR", "", False), ("tea-egr", "TEA-EGR", False),
        ("TEAEGR", "TEAEGR", False),
        ("Stuff", "S", False), ("3 x Stuff", "S", False), ("Gift set", "G", False), ("Goods", "", False),
        ("Various items", "", False), ("9520000000011", "", False), ("Artykuły różne", "", False),
        ("Geschenke", "", False),
        ("Cadeau", "", False), ("Подарок", "", False), ("礼品", "", False), ("A1", "", False), ("-", "", False),
        ("Parts", "", False), ("SKU 1234", "", False), ("Earl Grey, loose leaf 100 g", "TEA-EGR", True),
        ("绿茶", "T1", True),
        ("Gift box of tea", "G", True), ("Koszulka", "K", True), ("Mug", "MUG", True), ("Чай", "", True),
    ],
)  # fmt: skip
def test_a_description_names_what_it_is(text: str, sku: str, says: bool) -> None:
    assert describes(text, sku) is says
    first, *rest = customs().items
    found = gaps(replace(customs(), items=(replace(first, description=text, sku=sku), *rest)))
    assert ("description" in {gap.field for gap in found}) is not says


def test_a_form_never_certifies_harmlessness_of_dangerous_goods(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(Sheet, "text", lambda _, text, *__, **___: said.append(text))
    first, *rest = customs().items
    for danger in ("class 3", "UN 1266", "UN 3480", "lithium batteries"):
        form = replace(customs(), items=(replace(first, danger=danger), *rest))
        assert "danger" in {gap.field for gap in gaps(form)}
    render(replace(customs(), items=(replace(first, danger="UN 3481"), *rest)), MEDIA["label-203"])
    assert any("UN 3481" in text for text in said)
    assert not any("dangerous article" in text for text in said)
    said.clear()
    render(customs(), MEDIA["label-203"])
    assert any("does not contain any dangerous article" in text for text in said)


def test_what_is_worth_more_than_300_sdr_is_beyond_a_cn22() -> None:
    form = replace(customs(), limit_cents=3_989)
    assert beyond(form)
    assert "300 SDR" in str(gaps(form)[0])
    assert not beyond(replace(form, limit_cents=3_990))
    assert gaps(heavy()) == gaps(invoice()) == ()
    assert "IOSS" in str(gaps(replace(customs(), ioss=None))[0])


def test_a_heavy_parcel_and_a_gift_have_rules_of_their_own() -> None:
    assert "CN 23" in str(gaps(replace(customs(), gross_g=2001))[0])
    bare = tuple(replace(item, hs_code="", origin="") for item in customs().items)
    assert gaps(replace(customs(), nature="gift", items=bare)) == ()
