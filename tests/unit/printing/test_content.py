"""Documents survive being stored, and nothing else passes for one."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from printing.content import ContentError, canonical, content_hash, dump, load
from printing.documents import CardSheet, Insert, PackingSlip, ParcelLabel
from tests.unit.printing.samples import insert, label

DOCUMENT = st.one_of(*(st.builds(cls) for cls in (ParcelLabel, PackingSlip, Insert, CardSheet)))


@given(DOCUMENT)
def test_a_document_comes_back_equal_through_json(document: Any) -> None:
    stored = json.loads(canonical(dump(document)))
    assert load(stored) == document
    assert content_hash(stored) == content_hash(dump(document))


def test_the_hash_depends_on_every_value_and_not_on_the_order() -> None:
    data = dump(label())
    assert content_hash(dict(reversed(data.items()))) == content_hash(data)
    assert content_hash({**data, "weight_g": 1251}) != content_hash(data)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"kind": "poster"}, "kind: expected one of .* got 'poster'"),
        ({"parcel": "1"}, r"label.parcel: expected int, got '1'"),
        ({"parcel": True}, r"label.parcel: expected int, got True"),
        ({"marks": "FRAGILE"}, r"label.marks: expected a list, got 'FRAGILE'"),
        ({"marks": [1]}, r"label.marks\[0\]: expected str, got 1"),
        ({"recipient": []}, r"label.recipient: expected an object, got \[\]"),
        ({"colour": "red"}, r"got also \['colour'\]"),
        ({"weight_g": 1.5}, r"label.weight_g: expected int, got 1.5"),
    ],
)
def test_what_is_no_document_is_refused_with_its_place(change: dict[str, object], words: str) -> None:
    with pytest.raises(ContentError, match=words):
        load({**dump(label()), **change})


def test_a_missing_value_is_named() -> None:
    data = dump(insert())
    del data["heading"]
    with pytest.raises(ContentError, match=r"insert.heading: expected a value, got nothing"):
        load(data)


def test_a_field_with_a_default_may_be_missing() -> None:
    data = dump(insert())
    del data["coupon"]
    assert load(data) == Insert(**{**{n: getattr(insert(), n) for n in Insert.__slots__}, "coupon": ""})
