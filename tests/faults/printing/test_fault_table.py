"""Every fault at every moment of a job, in every way of speaking: the state is honest, nothing is doubled.

A job that did not leave prints by itself when the printer is mended, an unsure one never does, and the
job behind it comes out whole. One in which the printer stopped, and says why, goes on when it is mended.
"""

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from printing import virtual
from printing import worker as worker_module
from printing.abilities import Language
from printing.drivers import zpl
from printing.health import Health
from printing.jobs import JobState
from printing.virtual import ON_CONNECTION
from printing.virtual_machine import STOPPING, Fault
from tests.faults.printing.bench import Bench, bench, payload, wait_for
from tests.unit.printing.samples import until

MOMENTS = (
    "before connect",
    "in preflight",
    "first byte",
    "in the middle",
    "last byte",
    "before confirmation",
)
WAYS = {
    "escpos confirming": (Language.ESCPOS, True),
    "escpos": (Language.ESCPOS, False),
    "zpl": (Language.ZPL, True),
}
HARMLESS = {Fault.LATE, Fault.PIECES, Fault.STRAY, Fault.OLD_NUMBER}
HEALTHS = {
    Fault.PAPER_OUT: Health.PAPER_OUT,
    Fault.RIBBON_OUT: Health.RIBBON_OUT,
    Fault.COVER_OPEN: Health.COVER_OPEN,
    Fault.CUTTER: Health.CUTTER,
    Fault.HOT: Health.HOT,
    Fault.OFFLINE: Health.OFFLINE,
    Fault.REFUSED: Health.OFFLINE,
    Fault.POWER_CUT: Health.OFFLINE,
    Fault.BUSY: Health.BUSY,
    Fault.MUTE: Health.BUSY,
    Fault.STALL: Health.BUSY,
    Fault.GARBAGE: Health.WRONG_DEVICE,
}
"""What a printer in this condition is said to be, when it is so before it is asked."""
OF_LABELS = {Fault.RIBBON_OUT}
ALREADY_THERE = {Fault.REFUSED, Fault.BUSY, Fault.GARBAGE}
"""Faults that make sense only before anything is connected."""


@pytest.fixture(autouse=True)
def short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker_module, "FIRST_PAUSE", 0.05)
    monkeypatch.setattr(worker_module, "LONGEST_PAUSE", 0.2)
    monkeypatch.setattr(worker_module, "POLL_SECONDS", 0.1)
    monkeypatch.setattr(worker_module, "MANNERS_SECONDS", 0.0)
    monkeypatch.setattr(virtual, "LATE_SECONDS", 0.1)
    monkeypatch.setattr(zpl, "LABEL_SECONDS", 0.3)
    monkeypatch.setattr(zpl, "_LOOK_AGAIN", 0.03)


def begin(made: Bench, fault: Fault, moment: str) -> None:
    """Have the fault happen at that moment of the first job."""
    size = len(payload("FIRST", made.printer.language))
    if moment == "before connect":
        made.printer.cause(fault)
        time.sleep(0.1)  # its thread may be about to take a connection
        return
    after = {
        "in preflight": ON_CONNECTION,
        "first byte": 1,
        "in the middle": size // 2,
        "last byte": size,
        "before confirmation": size + 1,
    }
    made.printer.cause(fault, after[moment])


def one_case(path: Path, way: str, fault: Fault, moment: str) -> str:
    """What went wrong in one case, "" for nothing."""
    with bench(path, *WAYS[way]) as made:
        first, second = made.take("FIRST"), made.take("SECOND")
        begin(made, fault, moment)
        made.worker.start()
        until(lambda: made.tried(first), 15)
        problems = [made.honest(first)]
        if moment == "before connect" and fault in HEALTHS and not _excused(way, fault):
            until(lambda: bool(made.said), 15)
            if made.said[0] is not HEALTHS[fault]:
                problems.append(f"it was said to be {made.said[0]}")
        made.printer.mend()
        wait_for(made, first, second)
        problems += [made.honest(first), made.honest(second)]
        if fault in STOPPING and WAYS[way][1] and made.spool.job(first.id).state is not JobState.PRINTED:
            problems.append(f"it did not go on when it was mended: {made.spool.job(first.id).detail}")
        if fault in HARMLESS and made.spool.job(first.id).state is JobState.UNSURE:
            problems.append(f"unsure for nothing: {made.spool.job(first.id).detail}")
        if made.spool.job(second.id).state not in (JobState.PRINTED, JobState.SENT):
            problems.append(f"the second is {made.spool.job(second.id)}")
    return "; ".join(f"{moment}: {problem}" for problem in problems if problem)


def _excused(way: str, fault: Fault) -> bool:
    """What a language has no word for."""
    return way == "zpl" and fault is Fault.OFFLINE


@pytest.mark.parametrize(
    ("way", "fault"),
    [(way, fault) for fault in Fault for way in WAYS if way == "zpl" or fault not in OF_LABELS],
)
def test_a_fault(tmp_path: Path, way: str, fault: Fault) -> None:
    moments = MOMENTS[:1] if fault in ALREADY_THERE else MOMENTS
    with ThreadPoolExecutor(len(moments)) as pool:
        cases = [
            pool.submit(one_case, tmp_path / f"{number}.db", way, fault, moment)
            for number, moment in enumerate(moments)
        ]
        problems = [case.result() for case in cases]
    assert not any(problems), "\n".join(problem for problem in problems if problem)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("rows", [0, 1, 50, 95])
def test_a_roll_that_ends_within_a_job(tmp_path: Path, way: str, rows: int) -> None:
    with bench(tmp_path / "spool.db", *WAYS[way]) as made:
        first, second = made.take("FIRST"), made.take("SECOND")
        made.printer.run_out(rows)
        made.worker.start()
        until(lambda: made.tried(first), 15)
        assert not made.honest(first)
        until(lambda: Health.PAPER_OUT in made.said, 15)
        made.printer.mend()
        wait_for(made, first, second)
        assert not made.honest(first)
        assert not made.honest(second)
        assert made.whole("SECOND") == 1
        if WAYS[way][1]:
            assert made.spool.job(first.id).state is JobState.PRINTED


@pytest.mark.parametrize("way", ["escpos confirming", "zpl"])
@pytest.mark.parametrize("end", ["a person gives it up", "nobody comes", "the station closes", "power cut"])
def test_a_job_that_stopped_in_its_middle_is_waited_for_until(tmp_path: Path, way: str, end: str) -> None:
    with bench(tmp_path / "spool.db", *WAYS[way], held_seconds=0.3 if end == "nobody comes" else 60) as made:
        first = made.take("FIRST")
        made.printer.run_out(50)
        made.worker.start()
        until(lambda: "paper is out" in made.spool.job(first.id).detail, 15)
        if end != "nobody comes":
            assert made.spool.job(first.id).state is JobState.SENDING
            assert made.worker.health is Health.PAPER_OUT
        if end == "a person gives it up":
            made.spool.give_up(first.id, "w1")
        elif end == "the station closes":
            assert made.worker.stop()
        elif end == "power cut":
            made.printer.cut_power()
        until(lambda: made.spool.job(first.id).state is JobState.UNSURE, 15)
        made.printer.mend()
        assert made.whole("FIRST") <= 1


@pytest.mark.parametrize("fault", sorted(STOPPING - {Fault.OFFLINE}))
def test_a_label_printer_that_answers_in_every_condition(tmp_path: Path, fault: Fault) -> None:
    from printing.virtual_zpl import ZplMachine

    with bench(tmp_path / "spool.db", Language.ZPL, True) as made:
        assert isinstance(made.printer.machine, ZplMachine)
        made.printer.machine.tells = True
        made.printer.cause(fault)
        first = made.take("FIRST")
        made.worker.start()
        until(lambda: made.tried(first) and bool(made.said), 15)
        assert made.said[0] is ({**HEALTHS, Fault.PAUSED: Health.PAUSED, Fault.CUTTER: Health.PAUSED}[fault])
        made.printer.mend()
        wait_for(made, first)
        assert made.spool.job(first.id).state is JobState.PRINTED
        assert not made.honest(first)
