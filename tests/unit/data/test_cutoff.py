"""Cut-offs are wall-clock times, whatever the clocks do."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from data.cutoff import next_cutoff

WARSAW = ZoneInfo("Europe/Warsaw")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_the_same_day_before_it_and_the_next_day_after_it() -> None:
    assert next_cutoff(at("2026-11-22 14:59"), "16:00", WARSAW) == at("2026-11-22 15:00")
    assert next_cutoff(at("2026-11-22 15:00"), "16:00", WARSAW) == at("2026-11-22 15:00")
    assert next_cutoff(at("2026-11-22 15:01"), "16:00", WARSAW) == at("2026-11-23 15:00")


def test_four_in_the_afternoon_stays_four_when_the_clocks_change() -> None:
    assert next_cutoff(at("2026-03-28 16:00"), "16:00", WARSAW) == at("2026-03-29 14:00")
    assert next_cutoff(at("2026-10-24 15:00"), "16:00", WARSAW) == at("2026-10-25 15:00")


@given(
    st.integers(1_577_836_800, 2_051_222_400),
    st.times().map(lambda time: f"{time.hour:02}:{time.minute:02}"),
    st.sampled_from(["Europe/Warsaw", "UTC", "Asia/Shanghai", "America/St_Johns", "Australia/Lord_Howe"]),
)
def test_it_is_never_before_and_never_more_than_a_day_away(seconds: int, cutoff: str, zone: str) -> None:
    after = datetime.fromtimestamp(seconds, UTC)
    due = next_cutoff(after, cutoff, ZoneInfo(zone))
    assert after <= due <= after + timedelta(hours=25)
