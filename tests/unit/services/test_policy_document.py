"""What a lead may write into a packing policy, and what the refusals say."""

from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from picker.packing.types import Cushioning, Objective, PackingPolicy, VoidFill
from picker.services.packing.policy_document import Fill, Material, PolicyDocument, PolicyError, document_of
from picker.services.packing.policy_text import read_toml, toml_of, with_setting

NAMES = st.text("abc żü漢\"'\\#=[]{}", min_size=1, max_size=8).filter(lambda name: name.strip() == name)
GRADES = st.tuples(*(st.integers(0, 1_000) for _ in range(4)))
LIMITS = st.none() | st.integers(0, 1_000_000)


@st.composite
def documents(draw: st.DrawFn) -> PolicyDocument:
    names = draw(st.lists(NAMES, min_size=1, max_size=3, unique=True))
    fills = draw(st.lists(NAMES, min_size=1, max_size=3, unique=True))
    return PolicyDocument(
        cushioning=draw(st.sampled_from(names)),
        materials=tuple(Material(name=name, padding_mm=draw(GRADES), wall_mm=draw(GRADES)) for name in names),
        void_fills=tuple(Fill(name=name, cents_per_litre=draw(st.integers(0, 99))) for name in fills),
        max_empty_percent=draw(st.integers(0, 100)),
        apart=tuple(draw(st.lists(st.tuples(NAMES, NAMES), max_size=3))),
        hazmat_classes=draw(st.none() | st.lists(NAMES, max_size=3).map(tuple)),
        max_batteries=draw(LIMITS),
        objective=draw(st.sampled_from(Objective)),
        stable=draw(st.booleans()),
    )


def test_a_policy_nobody_changed_is_the_one_packing_has_of_itself() -> None:
    assert PolicyDocument().policy() == PackingPolicy()


def test_every_setting_of_packing_but_the_tariffs_can_be_decided() -> None:
    settings = {field.name for field in fields(PackingPolicy)} - {"tariffs"}
    assert set(PolicyDocument.model_fields) == settings | {"materials"}


@given(documents())
def test_what_is_shown_can_be_given_back(document: PolicyDocument) -> None:
    assert read_toml(toml_of(document)) == document
    assert document_of(document.body()) == document


def test_packing_gets_the_material_in_use_and_every_void_fill() -> None:
    document = read_toml(
        """
        cushioning = "kraft"
        hazmat_classes = []
        apart = [["food", "chemical"]]
        max_battery_wh = 100
        [[materials]]
        name = "bubble wrap"
        padding_mm = [0, 5, 20, 50]
        wall_mm = [0, 0, 10, 20]
        [[materials]]
        name = "kraft"
        padding_mm = [0, 8, 25, 60]
        wall_mm = [0, 1, 15, 25]
        [[void_fills]]
        name = "air"
        cents_per_litre = 2
        """
    )
    policy = document.policy()
    assert policy.cushioning == Cushioning("kraft", (0, 8, 25, 60), (0, 1, 15, 25))
    assert policy.void_fills == (VoidFill("air", 2),)
    assert (policy.apart, policy.hazmat_classes) == (frozenset({("food", "chemical")}), frozenset())
    assert (policy.max_battery_wh, policy.max_batteries, policy.effort) == (100, None, PackingPolicy().effort)


@pytest.mark.parametrize(
    ("key", "words", "field", "value"),
    [
        ("max_empty_percent", ["40"], "max_empty_percent", 40),
        ("max_batteries", ["4"], "max_batteries", 4),
        ("max_batteries", ["none"], "max_batteries", None),
        ("stable", ["yes"], "stable", True),
        ("objective", ["boxes"], "objective", Objective.BOXES),
        (
            "void_fills",
            ["kraft paper:3", "air:2"],
            "void_fills",
            (VoidFill("kraft paper", 3), VoidFill("air", 2)),
        ),
        ("apart", ["Food/chemical"], "apart", frozenset({("food", "chemical")})),
        ("apart", ["none"], "apart", frozenset()),
        ("hazmat_classes", ["3", "8"], "hazmat_classes", frozenset({"3", "8"})),
        ("hazmat_classes", ["none"], "hazmat_classes", frozenset()),
        ("hazmat_classes", ["all"], "hazmat_classes", None),
        ("cushioning", ["bubble", "wrap"], "cushioning", PackingPolicy().cushioning),
    ],
)
def test_one_setting_in_words(key: str, words: list[str], field: str, value: object) -> None:
    assert getattr(with_setting(PolicyDocument(), key, words).policy(), field) == value


def test_materials_in_words() -> None:
    more = with_setting(
        PolicyDocument(), "materials", ["bubble wrap:0,5,20,50:0,0,10,20", "kraft:0,8,25,60:0,0,15,25"]
    )
    used = with_setting(more, "cushioning", ["kraft"]).policy().cushioning
    assert used == Cushioning("kraft", (0, 8, 25, 60), (0, 0, 15, 25))


@pytest.mark.parametrize(
    ("key", "words", "told"),
    [
        ("max_empty_percent", ["140"], "max_empty_percent: expected less than or equal to 100, got 140"),
        ("max_empty_percent", ["-1"], "max_empty_percent: expected .* got '-1'"),
        ("handling_cents", ["1.5"], "handling_cents: .* got '1.5'"),
        ("effort", ["0"], "effort: .* got 0"),
        ("stable", ["maybe"], "stable: .* got 'maybe'"),
        ("objective", ["speed"], "objective: expected 'cost' or 'boxes', got 'speed'"),
        ("cushioning", ["straw"], r"cushioning: expected one of the materials \(bubble wrap\), got 'straw'"),
        ("materials", ["straw"], "materials: expected NAME:PADDING:WALL .* got 'straw'"),
        ("materials", ["straw:1,2,3:0,0,0,0"], "materials 1 padding_mm 4: expected a value, got none"),
        (
            "materials",
            ["a:0,0,0,0:0,0,0,0", "a:0,0,0,0:0,0,0,0"],
            "materials: expected each name once, got a, a",
        ),
        ("void_fills", ["paper"], "void_fills 1 .* got 'paper'"),
        ("void_fills", ["pa\x1bper:1"], r"void_fills 1 name: .* got 'pa\\x1bper'"),
        ("apart", ["food"], "apart: expected GROUP/GROUP such as food/chemical, got 'food'"),
        ("colour", ["red"], r"expected a setting of the policy \(cushioning, .*\), got 'colour'"),
    ],
)
def test_what_a_setting_cannot_be(key: str, words: list[str], told: str) -> None:
    with pytest.raises(PolicyError, match=told):
        with_setting(PolicyDocument(), key, words)


def test_a_file_names_the_line_and_the_field_of_everything_at_fault() -> None:
    text = """efort = 3
max_empty_percent = 101

[[materials]]
name = "a"
padding_mm = [0, 0, 0, 0]
wall_mm = [0, 0, 0, 0]

[[materials]]
name = "b"
padding_mm = [0, 0, "x", 0]
"""
    with pytest.raises(PolicyError) as refused:
        read_toml(text)
    told = str(refused.value).split("; ")
    assert [part.split(",")[0] for part in told] == ["line 11", "line 9", "line 2", "line 1"]
    assert told[0] == "line 11, materials 2 padding_mm 3: expected a valid integer, got 'x'"
    assert told[1] == "line 9, materials 2 wall_mm: expected a value, got none"
    assert "efort: expected one of cushioning, materials" in told[3]


def test_a_file_that_is_no_toml_is_told_so_with_its_line() -> None:
    with pytest.raises(PolicyError, match=r"expected TOML, got something else: .*line 2"):
        read_toml("effort = 3\nstable =\n")
