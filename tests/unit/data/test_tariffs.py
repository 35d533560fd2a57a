"""Prices and limits in a carrier's words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.importers import tariffs
from data.types import Tariff


@pytest.mark.parametrize(
    ("text", "rates"),
    [
        ("1000:2.99|2000:3.99", [[1000, 299], [2000, 399]]),
        (" 1000 : 2,99 | 2000:3 ", [[1000, 299], [2000, 300]]),
        ("1000:2.99|2000:2.99", [[1000, 299], [2000, 299]]),
        ("none", []),
        ("2000:3.99|1000:2.99", None),
        ("1000:2.99|1000:3.99", None),
        ("1000:2.99|2000:1.99", None),
        ("1000:2.999", None),
        ("1000", None),
        ("0:1", None),
        ("1kg:2.99", None),
        ("", None),
    ],
)
def test_rates(text: str, rates: list[list[int]] | None) -> None:
    assert tariffs.parse_rates(text) == rates


@given(st.dictionaries(st.integers(1, 9_999_999), st.integers(0, 10**9), min_size=1, max_size=6))
def test_rates_are_read_as_they_are_written(table: dict[int, int]) -> None:
    rates = tuple(zip(sorted(table), sorted(table.values()), strict=True))
    read = tariffs.parse_rates(tariffs.rates_text(rates))
    assert read == [list(rate) for rate in rates]
    assert Tariff(rates=rates).heaviest_g <= rates[-1][0]


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("400x600X300", [600, 400, 300]),
        ("60 × 40 * 20", [60, 40, 20]),
        ("none", []),
        ("600x400", None),
        ("0x1x1", None),
    ],
)
def test_sides_are_put_in_order(text: str, sides: list[int] | None) -> None:
    assert tariffs.parse_sides(text) == sides


@pytest.mark.parametrize(
    ("text", "tenths"),
    [
        ("1", 10),
        ("10 mm", 100),
        ("0,5", 5),
        ("inch", 254),
        ("IN", 254),
        ("25.4", 254),
        ("0", None),
        ("x", None),
    ],
)
def test_side_steps(text: str, tenths: int | None) -> None:
    assert tariffs.parse_side_step(text) == tenths
    if tenths:
        assert tariffs.parse_side_step(tariffs.side_step_text(tenths)) == tenths


def test_girth() -> None:
    assert [tariffs.parse_girth(text) for text in ("3000", "none", "0", "3 m")] == [3000, 0, None, None]
