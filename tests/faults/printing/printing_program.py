"""A small printing program for tests to kill: `printing_program.py SPOOL TARGET`.

It takes every job once more, as an outbox does after a crash, and prints until all are settled.
"""

import sys
import time
from pathlib import Path

from printing.jobs import WAITING, JobState, NewJob
from printing.media import MEDIA
from printing.spool import Spool
from printing.targets import open_driver
from printing.worker import Worker


def main(path: str, target: str) -> None:
    """Print until nothing waits."""
    spool = Spool(Path(path))
    for job in spool.jobs():
        spool.take(NewJob(job.order, job.parcel, job.document, spool.content(job.id), job.printer))
    worker = Worker(spool, "p1", open_driver(target), MEDIA["roll58"])
    worker.start()
    while spool.jobs(states=WAITING | {JobState.SENDING}):
        time.sleep(0.01)
    worker.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
