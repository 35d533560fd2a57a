"""Cut-offs are wall-clock times, whatever the clocks do."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.cutoff import (
    EVERY_DAY,
    WORKING_DAYS,
    Collection,
    next_cutoff,
    read_weekdays,
    weekdays_text,
)
from data.errors import DataError
from data.rest_days import known_region, rest_days

WARSAW = ZoneInfo("Europe/Warsaw")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_the_same_day_before_it_and_the_next_day_after_it() -> None:
    assert next_cutoff(at("2026-11-22 14:59"), Collection("16:00"), WARSAW) == at("2026-11-22 15:00")
    assert next_cutoff(at("2026-11-22 15:00"), Collection("16:00"), WARSAW) == at("2026-11-22 15:00")
    assert next_cutoff(at("2026-11-22 15:01"), Collection("16:00"), WARSAW) == at("2026-11-23 15:00")


def test_four_in_the_afternoon_stays_four_when_the_clocks_change() -> None:
    assert next_cutoff(at("2026-03-28 16:00"), Collection("16:00"), WARSAW) == at("2026-03-29 14:00")
    assert next_cutoff(at("2026-10-24 15:00"), Collection("16:00"), WARSAW) == at("2026-10-25 15:00")


@given(
    st.integers(1_577_836_800, 2_051_222_400),
    st.times().map(lambda time: f"{time.hour:02}:{time.minute:02}"),
    st.sampled_from(["Europe/Warsaw", "UTC", "Asia/Shanghai", "America/St_Johns", "Australia/Lord_Howe"]),
)
def test_it_is_never_before_and_never_more_than_a_day_away(seconds: int, cutoff: str, zone: str) -> None:
    after = datetime.fromtimestamp(seconds, UTC)
    due = next_cutoff(after, Collection(cutoff), ZoneInfo(zone))
    assert after <= due <= after + timedelta(hours=25)


def test_a_carrier_of_working_days_comes_on_monday() -> None:
    working = Collection("16:00", WORKING_DAYS)
    saturday = at("2026-11-28 09:00")
    assert next_cutoff(saturday, working, WARSAW) == at("2026-11-30 15:00")
    assert next_cutoff(at("2026-11-27 15:01"), working, WARSAW) == at("2026-11-30 15:00")
    assert next_cutoff(saturday, Collection("16:00", "6"), WARSAW) == at("2026-11-28 15:00")


def test_public_holidays_and_the_shops_own_days_are_skipped() -> None:
    resting = Collection("16:00", WORKING_DAYS, rest_days("", "pl", ["2026-12-24"]))
    assert next_cutoff(at("2026-12-23 16:00"), resting, WARSAW) == at("2026-12-28 15:00")
    assert next_cutoff(at("2026-11-10 16:00"), resting, WARSAW) == at("2026-11-12 15:00")


def test_a_region_has_holidays_of_its_own() -> None:
    epiphany = date(2027, 1, 6)
    assert rest_days("DE-BY", "", ())(epiphany)
    assert not rest_days("DE", "", ())(epiphany)
    assert not rest_days("none", "PL", ())(epiphany)
    assert rest_days("", "PL", ())(epiphany)
    assert not rest_days("", "", ())(epiphany)
    assert known_region(" de-by ") == "DE-BY"
    assert known_region("None") == "none"
    for nonsense in ("DE-XX", "Bavaria", "XX"):
        with pytest.raises(DataError, match="expected a region such as PL or DE-BY"):
            known_region(nonsense)


def test_who_never_comes_is_taken_to_come_after_all() -> None:
    never = Collection("16:00", EVERY_DAY, lambda day: True)
    assert next_cutoff(at("2026-11-22 14:59"), never, WARSAW) == at("2026-11-22 15:00")


@pytest.mark.parametrize(
    ("text", "digits", "written"),
    [
        ("mon-fri", "12345", "mon-fri"),
        ("Monday - Friday", "12345", "mon-fri"),
        ("fri-mon", "1567", "mon,fri,sat,sun"),
        ("wed", "3", "wed"),
        ("sat, mon,wed", "136", "mon,wed,sat"),
        ("daily", EVERY_DAY, "daily"),
        ("", None, ""),
        ("mon-", None, ""),
        ("mon-wed-fri", None, ""),
        ("noday", None, ""),
    ],
)
def test_weekdays_in_words(text: str, digits: str | None, written: str) -> None:
    assert read_weekdays(text) == digits
    if digits is not None:
        assert weekdays_text(digits) == written
        assert read_weekdays(written) == digits
