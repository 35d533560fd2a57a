"""The printing program killed again and again: nothing printed twice, nothing lost without a word."""

import os
import random
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from printing.jobs import WAITING, JobState
from printing.media import MEDIA
from printing.prepare import prepare
from printing.spool import Spool
from printing.virtual import VirtualPrinter
from tests.unit.printing.samples import new_job, read

ROOT = Path(__file__).resolve().parents[3]
KILLS = int(os.environ.get("PICKER_TEST_KILLS", "20"))
WAITING_JOBS = 8
"""So many wait at every start, which is more than one short life prints."""
MOMENTS = (0.0, 0.03)
"""Seconds after a first byte left within which the program is killed; a job takes some ten ms."""


def fill(spool: Spool) -> None:
    """Enough jobs with their bytes frozen already, so that the program spends its short lives sending."""
    taken = len(spool.jobs())
    for number in range(taken, taken + WAITING_JOBS - len(spool.jobs(states=WAITING))):
        job = spool.take(new_job("slip", f"ORDER-{number}"))
        made = prepare(spool.content(job.id), MEDIA["roll58"], job.copy)
        spool.freeze(job.id, job.printer, made.payload, made.sha256, made.notes)


def program(spool: Path, target: str) -> subprocess.Popen[bytes]:
    """The program, started."""
    command = [sys.executable, "-m", "tests.faults.printing.printing_program", str(spool), target]
    return subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE)


def wait_for_sending(spool: Spool, cursor: int, process: subprocess.Popen[bytes]) -> None:
    """Wait until the program has begun to send another job."""
    deadline = time.monotonic() + 20
    while not any(change.state is JobState.SENDING for change in spool.changes_since(cursor)):
        assert time.monotonic() < deadline, "the program sends nothing"
        assert process.poll() is None, "nothing is left to send"
        time.sleep(0.001)


def last_cursor(spool: Spool) -> int:
    """The cursor of the latest step."""
    cursor = 0
    while changes := spool.changes_since(cursor):
        cursor = changes[-1].cursor
    return cursor


@pytest.mark.timeout(120 + 3 * KILLS)
def test_killed_again_and_again(tmp_path: Path) -> None:
    dice = random.Random(20_261_122)
    path = tmp_path / "spool.db"
    with VirtualPrinter() as printer:
        watch = Spool(path)
        for _ in range(KILLS):
            fill(watch)
            cursor = last_cursor(watch)
            process = program(path, printer.target)
            wait_for_sending(watch, cursor, process)
            time.sleep(dice.uniform(*MOMENTS))
            process.kill()
            process.communicate()
        last = program(path, printer.target)
        _, errors = last.communicate(timeout=60)
        assert last.returncode == 0, errors.decode()
        jobs = watch.jobs()
        watch.close()
        whole = Counter(code for paper in printer.whole for _, code in read(paper))
    states = Counter(job.state for job in jobs)
    assert states[JobState.UNSURE] >= KILLS // 4, "too few kills hit a job under way"
    assert set(states) <= {JobState.PRINTED, JobState.UNSURE}, states
    assert not [code for code, count in whole.items() if count > 1]
    for job in jobs:
        if job.state is JobState.PRINTED:
            assert whole[job.order.encode()] == 1, job
    assert set(whole) <= {job.order.encode() for job in jobs}
