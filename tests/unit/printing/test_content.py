"""Documents survive being stored, and nothing else passes for one."""

import json
from dataclasses import replace
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from printing.content import ContentError, canonical, content_hash, dump, load
from printing.documents import KINDS
from printing.documents.inserts import Block
from tests.unit.printing.samples import gift, insert, label

DOCUMENT = st.one_of(*(st.builds(cls) for cls in KINDS.values()))


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


@pytest.mark.parametrize(
    ("block", "words"),
    [
        ({"kind": "script"}, r"insert.blocks\[0\].kind: expected one of .* got 'script'"),
        ({"text": "x"}, r"insert.blocks\[0\].kind: expected one of .* got None"),
        (["text"], r"insert.blocks\[0\].kind"),
        ({"kind": "text", "text": 7}, r"insert.blocks\[0\].text: expected str, got 7"),
        ({"kind": "picture", "file": "no!"}, r"insert.blocks\[0\].file: expected base64, got 'no!'"),
        ({"kind": "picture", "file": 5}, r"insert.blocks\[0\].file: expected base64, got '5'"),
    ],
)
def test_what_is_no_block_is_refused_with_its_place(block: object, words: str) -> None:
    with pytest.raises(ContentError, match=words):
        load({**dump(insert()), "blocks": [block]})


@given(st.lists(st.one_of(*map(st.builds, get_args(Block))), max_size=4))
def test_blocks_of_every_kind_come_back(blocks: list[Any]) -> None:
    document = replace(insert(), blocks=tuple(blocks))
    assert load(json.loads(canonical(dump(document)))) == document


def test_a_missing_value_is_named() -> None:
    data = dump(insert())
    del data["blocks"]
    with pytest.raises(ContentError, match=r"insert.blocks: expected a value, got nothing"):
        load(data)


def test_a_field_with_a_default_may_be_missing() -> None:
    data = dump(gift())
    del data["message"]
    assert load(data) == replace(gift(), message="")
