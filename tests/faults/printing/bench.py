"""A printer with faults, a spool and a worker in front of it, with time limits of a tenth of the real ones."""

import hashlib
import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image

from printing.abilities import Language
from printing.drivers.base import Driver
from printing.drivers.escpos import EscposDriver
from printing.drivers.stream import Limits
from printing.drivers.tcp import tcp
from printing.drivers.zpl import ZplDriver
from printing.health import Health
from printing.jobs import WAITING, Job, JobState
from printing.media import MEDIA
from printing.spool import Spool
from printing.virtual import VirtualPrinter
from printing.worker import HELD_SECONDS, Worker
from tests.unit.printing.samples import new_job, until

FAST = Limits(answer=0.25, patience=0.4, stall=0.4, confirm=0.4, close=0.05)
MEDIUM = MEDIA["roll58"]
ROWS = 96


def picture(name: str) -> Image.Image:
    """A page that no other name has."""
    dots = random.Random(name).randbytes(MEDIUM.width_dots // 8 * ROWS)
    return Image.frombytes("1", (MEDIUM.width_dots, ROWS), dots)


def payload(name: str, language: Language) -> bytes:
    """That page for a printer."""
    from printing.escpos import to_escpos
    from printing.zpl import to_zpl

    return (to_zpl if language is Language.ZPL else to_escpos)((picture(name),), MEDIUM)


class Bench:
    """One printer and what prints to it."""

    def __init__(
        self, path: Path, language: Language, confirms: bool, held_seconds: float = HELD_SECONDS
    ) -> None:
        self.printer = VirtualPrinter(language=language)
        self.printer.machine.confirms = confirms
        self.printer.start()
        self.spool = Spool(path)
        self.said: list[Health] = []
        self.worker = Worker(
            self.spool,
            "p1",
            self._driver(confirms),
            MEDIUM,
            self._heard,
            self.printer.language,
            held_seconds=held_seconds,
        )

    def _driver(self, confirms: bool) -> Driver:
        opened = tcp("127.0.0.1", int(self.printer.target.rpartition(":")[2]), 0.4)
        if self.printer.language is Language.ZPL:
            return ZplDriver(opened, limits=FAST)
        return EscposDriver(opened, limits=FAST, confirms=confirms, in_turn=False)

    def _heard(self, _: str, health: Health, __: str) -> None:
        self.said.append(health)

    def take(self, name: str) -> Job:
        """A job with its bytes made."""
        job = self.spool.take(new_job("slip", name))
        data = payload(name, self.printer.language)
        self.spool.freeze(job.id, job.printer, data, hashlib.sha256(data).hexdigest(), "")
        return job

    def tried(self, job: Job) -> bool:
        """Whether the worker has done anything with the job."""
        now = self.spool.job(job.id)
        return now.state not in (JobState.QUEUED, JobState.SENDING) or bool(now.detail)

    def settled(self, *jobs: Job) -> bool:
        """Whether nothing is left to do for these."""
        return all(self.spool.job(job.id).state not in WAITING | {JobState.SENDING} for job in jobs)

    def whole(self, name: str) -> int:
        """How often a page came out whole."""
        wanted = picture(name)
        box = (0, 0, *wanted.size)
        return sum(
            paper.height >= ROWS and paper.crop(box).tobytes() == wanted.tobytes()
            for paper in self.printer.whole
        )

    def honest(self, job: Job) -> str:
        """What is wrong between the job's state and the paper, "" for nothing."""
        before, whole, state = (
            self.spool.job(job.id).state,
            self.whole(job.order),
            self.spool.job(job.id).state,
        )
        if before is not state:  # the worker went on meanwhile: the paper is not of that state
            return self.honest(job)
        fits = {
            JobState.PRINTED: whole == 1,
            JobState.SENT: whole == 1,
            JobState.UNSURE: whole <= 1,
            JobState.SENDING: whole <= 1,
            JobState.QUEUED: whole == 0,
            JobState.FAILED: whole == 0,
        }
        return "" if fits.get(state) else f"{job.order} is {state}, on paper {whole} times"


@contextmanager
def bench(
    path: Path, language: Language, confirms: bool, held_seconds: float = HELD_SECONDS
) -> Iterator[Bench]:
    """A bench, cleared up at the end; the worker is not started yet."""
    made = Bench(path, language, confirms, held_seconds)
    try:
        yield made
    finally:
        assert made.worker.stop()
        made.printer.stop()
        made.spool.close()


def wait_for(made: Bench, *jobs: Job) -> None:
    """Wait until these jobs are settled, waking the worker as an outbox does."""

    def done() -> bool:
        made.worker.wake()
        return made.settled(*jobs)

    until(done, 15)
