"""A recorded shift: what is written comes back, and nothing else passes for it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanning.recording import (
    Heard,
    Moment,
    Pressed,
    Recorder,
    RecordingError,
    Started,
    is_cut,
    line_of,
    read,
)

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
times = st.integers(0, 10**9).map(lambda us: AT + timedelta(microseconds=us))
moments = st.one_of(
    st.builds(Started, times, st.dictionaries(st.text(max_size=5), st.booleans() | st.text(max_size=5))),
    st.builds(Heard, times, st.text(max_size=20), st.text(max_size=60)),
    st.builds(Pressed, times, st.text(max_size=8), st.integers(0, 9)),
)


@given(st.lists(moments, max_size=8))
def test_what_is_recorded_comes_back(tmp_path_factory: pytest.TempPathFactory, sent: list[Moment]) -> None:
    file = tmp_path_factory.mktemp("recorded") / "shift.jsonl"
    for half in (sent[: len(sent) // 2], sent[len(sent) // 2 :]):
        recorder = Recorder(file)
        for moment in half:
            recorder.write(moment)
        recorder.close()
    assert list(read(file)) == sent


@given(st.text())
def test_a_line_is_one_line_of_ascii_whatever_was_scanned(raw: str) -> None:
    line = line_of(Heard(AT, "keyboard", raw))
    assert line.isascii()
    assert line.isprintable()


def test_every_moment_is_in_the_file_at_once(tmp_path: Path) -> None:
    recorder = Recorder(tmp_path / "new" / "shift.jsonl")
    recorder.write(Heard(AT, "keyboard", "A"))
    assert list(read(recorder.file)) == [Heard(AT, "keyboard", "A")]
    recorder.close()
    recorder.write(Heard(AT, "keyboard", "B"))
    assert len(list(read(recorder.file))) == 1


def test_a_line_that_a_power_cut_broke_off_is_left_out(tmp_path: Path) -> None:
    file = tmp_path / "shift.jsonl"
    file.write_text(line_of(Pressed(AT, "OK")) + "\n" + line_of(Pressed(AT, "UNDO"))[:30])
    assert list(read(file)) == [Pressed(AT, "OK")]
    assert is_cut(file)
    recorder = Recorder(file)
    recorder.write(Pressed(AT, "PARK"))
    recorder.close()
    assert list(read(file)) == [Pressed(AT, "OK"), Pressed(AT, "PARK")]
    assert not is_cut(file)


@pytest.mark.parametrize(
    "line",
    [
        "x",
        "[]",
        "{}",
        "[" * 100_000,
        '{"at": "9:30"}',
        '{"at": "2026-03-02T09:30:00", "source": "a", "raw": "b"}',
        '{"at": "0001-01-01T00:00:00+14:00", "source": "a", "raw": "b"}',
    ],
)
def test_another_file_is_refused_with_its_line(tmp_path: Path, line: str) -> None:
    file = tmp_path / "shift.jsonl"
    file.write_text(f"{line_of(Pressed(AT, 'OK'))}\n{line}\n")
    with pytest.raises(RecordingError, match="line 2"):
        list(read(file))
