"""Cells to values: exact, or refused with the value and what was expected."""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.importers.fields import Cells, FieldError, parse_cents, parse_moment
from data.importers.read import Sheet, SheetRow

WARSAW = ZoneInfo("Europe/Warsaw")


def cells(**values: str) -> Cells:
    columns = {name: name.title() for name in values}
    return Cells(Sheet("f.csv", "", columns, []), SheetRow(7, values))


@pytest.mark.parametrize(
    ("written", "cents"),
    [
        ("12.50", 1250),
        ("12,50", 1250),
        ("12,5", 1250),
        ("7", 700),
        ("0.1", 10),
        ("1 234,50", 123450),
        ("1,234.50", 123450),
        ("1.234.567,89", 123456789),
        ("12.5000", 1250),
        ("8.264463", 826),
        ("8.265463", 827),
        ("1.234,56", 123456),
        ("99999999999", 9999999999900),
    ],
)
def test_money_is_exact(written: str, cents: int) -> None:
    assert parse_cents(written) == cents


@pytest.mark.parametrize(
    "written", ["1,234", "1.500", "12.345", "-1", "1e3", "NaN", "12.50 EUR", "1,23,456", "٣", ""]
)
def test_money_that_is_no_or_two_amounts_is_refused(written: str) -> None:
    assert parse_cents(written) is None


@given(st.integers(0, 10**11))
def test_every_amount_reads_back_as_itself(cents: int) -> None:
    assert parse_cents(f"{cents // 100}.{cents % 100:02}") == cents
    assert parse_cents(f"{cents // 100:,}.{cents % 100:02}") == cents


READERS: tuple[Callable[[Cells], object], ...] = (
    lambda row: row.whole("a"),
    lambda row: row.cents("a"),
    lambda row: row.flag("a"),
    lambda row: row.text("a"),
    lambda row: row.moment("a", WARSAW),
    lambda row: row.choice("a", frozenset({"x"})),
)


@given(st.text(max_size=20), st.sampled_from(READERS))
def test_a_cell_is_understood_or_refused_and_nothing_else(text: str, read: Callable[[Cells], object]) -> None:
    with suppress(FieldError):
        read(cells(a=text))


@pytest.mark.parametrize(
    ("written", "utc"),
    [
        ("2025-10-07 09:50:26 +0200", datetime(2025, 10, 7, 7, 50, 26, tzinfo=UTC)),
        ("2025-10-07T09:50:26Z", datetime(2025, 10, 7, 9, 50, 26, tzinfo=UTC)),
        ("2025-10-07 09:50:26 UTC", datetime(2025, 10, 7, 9, 50, 26, tzinfo=UTC)),
        ("2025-10-07 9:50", datetime(2025, 10, 7, 7, 50, tzinfo=UTC)),
        ("07.10.2025 09:50", datetime(2025, 10, 7, 7, 50, tzinfo=UTC)),
        ("2025-12-07", datetime(2025, 12, 6, 23, 0, tzinfo=UTC)),
        ("10/7/2025 6:29:00", datetime(2025, 10, 7, 4, 29, tzinfo=UTC)),
    ],
)
def test_instants_become_utc(written: str, utc: datetime) -> None:
    assert parse_moment(written, WARSAW, slashes="mdy") == utc


def test_a_slash_date_is_ambiguous_unless_its_dialect_says_otherwise() -> None:
    assert parse_moment("10/7/2025 06:29", WARSAW) is None


def test_a_refusal_quotes_the_value_the_column_and_what_was_expected() -> None:
    with pytest.raises(
        FieldError, match=r"line 7, column Quantity: expected a whole number from 1 to 9, got 'abc'"
    ):
        cells(quantity="abc").whole("quantity", 1, 9)


@pytest.mark.parametrize("written", ["0", "10", "2.5", "-1", "1_0", "٣", "1e1"])
def test_whole_numbers_outside_or_not_whole_are_refused(written: str) -> None:
    with pytest.raises(FieldError):
        cells(a=written).whole("a", 1, 9)


def test_spreadsheet_dress_is_taken_off() -> None:
    assert cells(zip="'75008").text("zip") == "75008"
    assert cells(sku='="00123"').text("sku") == "00123"
    assert cells(name="O'Hara  \n x").text("name") == "O'Hara x"


def test_yes_in_four_languages() -> None:
    assert all(cells(a=word).flag("a") for word in ("yes", "TRUE", "1", "tak", "Да", "是"))
    assert not any(cells(a=word).flag("a") for word in ("no", "0", "false", "nie", "нет", "否"))
