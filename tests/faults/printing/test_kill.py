"""The printing program killed again and again: nothing printed twice, nothing lost without a word."""

import random
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

from printing.jobs import JobState
from printing.spool import Spool
from printing.virtual import VirtualPrinter
from tests.unit.printing.samples import read

ROOT = Path(__file__).resolve().parents[3]
JOBS = 60
KILLS = 12


def program(spool: Path, target: str) -> subprocess.Popen[bytes]:
    """The program, started."""
    command = [sys.executable, "-m", "tests.faults.printing.printing_program", str(spool), target, str(JOBS)]
    return subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE)


def sent_so_far(spool: Spool) -> int:
    """Jobs that have been tried."""
    return sum(job.state is not JobState.QUEUED for job in spool.jobs())


def test_killed_a_dozen_times(tmp_path: Path) -> None:
    dice = random.Random(20_261_122)
    path = tmp_path / "spool.db"
    with VirtualPrinter() as printer:
        watch = Spool(path)
        for _ in range(KILLS):
            before = sent_so_far(watch)
            process = program(path, printer.target)
            deadline = time.monotonic() + 20
            while sent_so_far(watch) <= before and process.poll() is None and time.monotonic() < deadline:
                time.sleep(0.005)
            time.sleep(dice.uniform(0, 0.12))
            process.kill()
            process.communicate()
        last = program(path, printer.target)
        _, errors = last.communicate(timeout=60)
        assert last.returncode == 0, errors.decode()
        jobs = watch.jobs()
        watch.close()
        whole = Counter(code for paper in printer.whole for _, code in read(paper))
    states = Counter(job.state for job in jobs)
    assert len(jobs) == JOBS
    assert set(states) <= {JobState.PRINTED, JobState.UNSURE}, states
    assert not [code for code, count in whole.items() if count > 1]
    for job in jobs:
        if job.state is JobState.PRINTED:
            assert whole[job.order.encode()] == 1, job
    assert set(whole) <= {job.order.encode() for job in jobs}
