"""What printers answer: read right wherever it is cut, and never taken for more than it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from printing.drivers.status import Answers, is_status, judge, judge_error
from printing.drivers.zpl_status import HostAnswers
from printing.health import Health

DONE = b"\x37\x221234\x00"
ASB_PAPER_OUT = b"\x1c\x00\x0f\x0f"
ESCPOS = st.lists(st.sampled_from([DONE, ASB_PAPER_OUT, b"\x12", b"\x1a", b"\x10\x00\x00\x00", b"\xff"]))

IDLE = b"\x02030,0,0,1218,000,0,0,0,000,0,0,0\x03\r\n\x02000,0,0,0,0,2,4,0,00000000,1,000\x03\r\n\x021234,0\x03\r\n"
ERRORS = (
    b"\x02\r\n  PRINTER STATUS\r\n   ERRORS:         1 00000000 00000005\r\n   WARNINGS:       0 0 0\r\n\x03"
)


def heard(data: bytes, cut: int = 0) -> Answers:
    answers = Answers()
    answers.feed(data[:cut])
    answers.feed(data[cut:])
    return answers


@given(ESCPOS, st.integers(0, 60))
def test_answers_cut_anywhere_are_the_same(parts: list[bytes], cut: int) -> None:
    data = b"".join(parts)
    whole, apart = heard(data), heard(data, cut)
    assert (whole.done, whole.statuses, whole.automatic) == (apart.done, apart.statuses, apart.automatic)
    assert len(whole.done) == parts.count(DONE)


@given(st.binary(max_size=60))
def test_noise_is_never_a_confirmation(noise: bytes) -> None:
    answers = heard(noise)
    assert all(b"\x37\x22" + number + b"\x00" in noise for number in answers.done)
    assert all(is_status(status) and status in noise for status in answers.statuses)


def test_half_an_answer_hides_no_status_behind_it() -> None:
    assert heard(b"\x10\x12").statuses == [0x12]
    assert heard(b"\x37\x22\x12").statuses == [0x12]
    assert heard(DONE[:5]).done == []


def test_an_answer_shifted_by_a_stray_one_never_makes_a_printer_ready() -> None:
    """Without paper DLE EOT 1, 2 and 4 answer 1a, 32, 72; a stray 12 before them shifts them by one."""
    assert judge(0x12, 0x1A, 0x32) is not Health.READY
    assert judge(0x1A, 0x32, 0x72) is Health.PAPER_OUT
    assert judge(0x12, 0x16, 0x12) is Health.COVER_OPEN
    assert judge(0x12, 0x12, 0x1E) is Health.READY, "paper near its end still prints"
    assert (judge_error(0x1A), judge_error(0x52), judge_error(0x32)) == (
        Health.CUTTER,
        Health.HOT,
        Health.ERROR,
    )


@pytest.mark.parametrize(
    ("asb", "health"),
    [
        (ASB_PAPER_OUT, Health.PAPER_OUT),
        (b"\x3c\x00\x00\x00", Health.COVER_OPEN),
        (b"\x18\x08\x00\x00", Health.CUTTER),
        (b"\x18\x40\x00\x00", Health.HOT),
        (b"\x18\x20\x00\x00", Health.ERROR),
        (b"\x18\x00\x00\x00", Health.OFFLINE),
        (b"\x10\x00\x03\x00", Health.READY),
    ],
)
def test_automatic_status_names_the_fault(asb: bytes, health: Health) -> None:
    assert heard(asb).automatic is health


def zpl(data: bytes, cut: int = 0) -> HostAnswers:
    answers = HostAnswers()
    answers.feed(data[:cut])
    answers.feed(data[cut:])
    return answers


@given(st.lists(st.sampled_from([IDLE, ERRORS, b"noise", b"\x02X,Y\x03"]), max_size=6), st.integers(0, 500))
def test_host_status_is_found_wherever_it_is_cut(parts: list[bytes], cut: int) -> None:
    data = b"".join(parts)
    assert zpl(data, cut).statuses == zpl(data).statuses
    assert len(zpl(data).statuses) == parts.count(IDLE)
    assert zpl(data, cut).errors == [Health.PAPER_OUT] * parts.count(ERRORS)


@pytest.mark.parametrize(
    ("old", "new", "health", "idle"),
    [
        (b"030,0,0", b"030,1,0", Health.PAPER_OUT, True),
        (b"030,0,0", b"030,0,1", Health.PAUSED, True),
        (b"000,0,0,0,0,2", b"000,0,1,0,0,2", Health.COVER_OPEN, True),
        (b"000,0,0,0,0,2", b"000,0,0,1,0,2", Health.RIBBON_OUT, True),
        (b"000,0,0,0\x03", b"000,0,0,1\x03", Health.HOT, True),
        (b"1218,000,", b"1218,002,", Health.READY, False),
        (b"00000000,1", b"00000001,1", Health.READY, False),
        (b"000,0,0,0,000", b"000,0,0,1,000", Health.READY, False),
    ],
)
def test_host_status_names_fault_and_work_left(old: bytes, new: bytes, health: Health, idle: bool) -> None:
    (status,) = zpl(IDLE.replace(old, new, 1)).statuses
    assert (status.health, status.idle) == (health, idle)


@given(st.binary(max_size=200))
def test_noise_is_no_host_status(noise: bytes) -> None:
    answers = zpl(noise * 50)
    assert answers.statuses == []
