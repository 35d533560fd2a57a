"""What is typed is never glued to a scan, and a scan is never cut: whatever the times, the text is whole or refused."""

from collections.abc import Sequence
from itertools import accumulate

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from scanning.characters import BROKEN
from scanning.parse import parse
from scanning.result import ScanProblem
from scanning.rhythm import BURST, OLD, PACE, PAUSE, of_device
from scanning.wedge import Entry, WedgeBuffer

CODE = "SN-900001"
CHARS = st.sampled_from("AB12-")
HAND = st.floats(PACE + 0.001, 5.0)
QUICK = st.floats(0.0, 0.008)
"""Where 99 of 100 gaps of a scanner lie."""


def entries(keys: Sequence[tuple[float, str]], buffer: WedgeBuffer | None = None) -> list[Entry]:
    """What comes of keys, each given as the seconds since the one before it and its character."""
    buffer = buffer or WedgeBuffer()
    times = accumulate(gap for gap, _ in keys)
    return [entry for at, (_, char) in zip(times, keys, strict=True) for entry in buffer.feed(char, at)]


def keys_of(text: str, gap: float, first: float = 0.0) -> list[tuple[float, str]]:
    """A text typed evenly, `first` seconds after what was before it."""
    return [(gap if place else first, char) for place, char in enumerate(text)]


def by_hand(texts: st.SearchStrategy[str]) -> st.SearchStrategy[list[tuple[float, str]]]:
    return texts.flatmap(
        lambda text: st.lists(HAND, min_size=len(text), max_size=len(text)).map(
            lambda gaps: list(zip(gaps, text, strict=True))
        )
    )


def by_machine(texts: st.SearchStrategy[str]) -> st.SearchStrategy[list[tuple[float, str]]]:
    return texts.flatmap(
        lambda text: st.lists(QUICK, min_size=len(text), max_size=len(text)).map(
            lambda gaps: list(zip(gaps, text, strict=True))
        )
    )


def text(keys: Sequence[tuple[float, str]]) -> str:
    return "".join(char for _, char in keys)


def refused(found: Sequence[Entry]) -> bool:
    return all(parse(entry.text, "keyboard").problem is ScanProblem.BROKEN for entry in found)


@given(
    by_hand(st.text(CHARS, max_size=12)),
    by_machine(st.text(CHARS, min_size=2, max_size=20)),
    st.floats(OLD + 0.001, 1e6),
)
def test_a_burst_stands_alone_after_what_was_typed_a_second_before(
    typed: list[tuple[float, str]], burst: list[tuple[float, str]], pause: float
) -> None:
    burst[0] = (pause, burst[0][1])
    assert entries([*typed, *burst, (0.001, "\r")]) == [Entry(text(burst), text(typed))]


@given(
    by_hand(st.text(CHARS, min_size=1, max_size=12)),
    by_machine(st.text(CHARS, min_size=2, max_size=20)),
    st.floats(PACE + 0.001, OLD - 0.001),
)
def test_a_burst_sooner_after_a_typed_key_is_refused(
    typed: list[tuple[float, str]], burst: list[tuple[float, str]], pause: float
) -> None:
    burst[0] = (pause, burst[0][1])
    found = entries([*typed, *burst, (0.001, "\r")])
    assert refused(found)
    assert found == [Entry(f"{text(typed)}{BROKEN}{text(burst)}")]


@given(
    by_machine(st.text(CHARS, min_size=4, max_size=30)),
    st.dictionaries(st.integers(1, 29), st.floats(PACE + 0.001, 10.0), min_size=1, max_size=4),
)
@example([(0.0, char) for char in "111111"], {1: 1.0, 4: 1.0})
def test_a_burst_with_gaps_is_whole_or_refused_and_never_cut(
    burst: list[tuple[float, str]], gaps: dict[int, float]
) -> None:
    """Only keys that came long before, fewer than a burst in one go, pass for typed ones, and then they are told."""
    stalled = [(gaps.get(place, gap), char) for place, (gap, char) in enumerate(burst)]
    (found,) = entries([*stalled, (0.001, "\r")])
    if not refused([found]):
        assert found.aside + found.text == text(burst)
        assert all(len(stretch) < BURST for stretch in _stretches(stalled[: len(found.aside)]))
        assert not found.aside or max(gaps.values()) >= OLD


def _stretches(keys: list[tuple[float, str]]) -> list[str]:
    """The keys that came in one go."""
    found = [""]
    for gap, char in keys:
        found = [*found, char] if gap >= PACE else [*found[:-1], found[-1] + char]
    return found


@given(by_hand(st.text(CHARS, min_size=1, max_size=30)), HAND)
def test_what_a_hand_types_counts_whatever_its_pauses(typed: list[tuple[float, str]], enter: float) -> None:
    assert entries([*typed, (enter, "\r")]) == [Entry(text(typed), by_hand=True)]


@given(st.lists(st.tuples(st.floats(0, 3), st.sampled_from("AB12-\r")), max_size=60))
def test_nothing_is_lost_or_reordered(keys: list[tuple[float, str]]) -> None:
    found = entries([*keys, (0.0, "\r")])
    said = "".join(entry.aside + entry.text.replace(BROKEN, "") for entry in found)
    assert said == text(keys).replace("\r", "")


@pytest.mark.parametrize("delay", [0.0, 0.005, 0.012, 0.03, 0.05, 0.059, 0.1, 0.5, 0.99])
def test_a_scanner_may_wait_between_characters(delay: float) -> None:
    (found,) = entries(keys_of(f"{CODE}\r", delay))
    assert (found.text, found.aside) == (CODE, "")


def test_a_bluetooth_scanner_need_not_be_even_and_stands_alone() -> None:
    uneven = [0.02, 0.05, 0.03, 0.09, 0.05, 0.012, 0.1, 0.05, 0.04, 0.05]
    keys = [(gap, char) for gap, char in zip([3.0, *uneven[1:]], f"{CODE}\r", strict=True)]
    assert entries([(0.0, "5"), *keys]) == [Entry(CODE, "5")]


@pytest.mark.parametrize("late", [0.3, 5.0])
def test_a_burst_without_a_suffix_may_be_ended_by_hand(late: float) -> None:
    assert entries([*keys_of(CODE, 0.001), (late, "\r")]) == [Entry(CODE)]


@pytest.mark.parametrize("pause", [0.3, 3.0, 600.0])
def test_a_burst_that_never_ended_is_not_glued_to_the_next(pause: float) -> None:
    assert refused(entries([*keys_of(CODE, 0.001), *keys_of("LOT77\r", 0.001, first=pause)]))
    assert refused(entries([*keys_of(CODE, 0.001), *keys_of("12\r", 0.2, first=pause)]))


def test_a_burst_twice_as_long_as_anybody_types_is_as_good() -> None:
    long = "A1" * 60
    assert entries([(0.0, "5"), *keys_of(f"{long}\r", 0.0001, first=2.0)]) == [Entry(long, "5")]


@given(
    st.text(CHARS, min_size=1, max_size=20),
    st.text(CHARS, min_size=1, max_size=20),
    st.floats(PAUSE + 0.001, 1e6),
)
def test_a_device_that_was_silent_within_a_scan_has_sent_pieces(half: str, whole: str, pause: float) -> None:
    keys = [*keys_of(half, 0.0), *keys_of(f"{whole}\r", 0.0, first=pause)]
    buffer = WedgeBuffer(judge=of_device)
    if len(half) + len(whole) > 2:
        assert refused(entries(keys, buffer))
    assert entries(keys_of(f"{whole}\r", 0.0), buffer) == [Entry(whole)]


@pytest.mark.parametrize("delay", [0.0, 0.05, 0.2, 0.6, 0.99])
def test_a_device_may_wait_between_characters(delay: float) -> None:
    assert entries(keys_of(f"{CODE}\r", delay), WedgeBuffer(judge=of_device)) == [Entry(CODE)]
