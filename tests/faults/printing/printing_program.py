"""A small printing program for tests to kill: `printing_program.py SPOOL TARGET JOBS`.

It takes the jobs (again at every start, as an outbox would) and prints until all are settled.
"""

import sys
import time
from pathlib import Path

from printing.jobs import WAITING, JobState
from printing.media import MEDIA
from printing.spool import Spool
from printing.targets import open_driver
from printing.worker import Worker
from tests.unit.printing.samples import new_job


def main(path: str, target: str, jobs: str) -> None:
    """Print until nothing waits."""
    spool = Spool(Path(path))
    for number in range(int(jobs)):
        spool.take(new_job("slip", f"ORDER-{number}"))
    worker = Worker(spool, "p1", open_driver(target), MEDIA["roll58"])
    worker.start()
    while spool.jobs(states=WAITING | {JobState.SENDING}):
        time.sleep(0.01)
    worker.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
