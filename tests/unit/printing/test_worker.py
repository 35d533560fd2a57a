"""The worker: in order, honest, patient, and alone."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from printing import worker as worker_module
from printing.abilities import Abilities
from printing.drivers.base import Payload
from printing.drivers.file import FileDriver, safe_name
from printing.health import Health, Outcome, Result
from printing.interpret import papers
from printing.jobs import WAITING, JobState
from printing.media import MEDIA
from printing.printer_lock import PrinterLock
from printing.spool import Spool
from printing.targets import TargetError, open_driver
from printing.worker import Worker
from tests.unit.printing.samples import SSCC, new_job, read, until


class Scripted:
    """A driver that ends each sending as it was told, and prints when it is told nothing more."""

    def __init__(self, *script: Result | Exception) -> None:
        self.script = list(script)
        self.sent: list[tuple[str, bool]] = []
        self.health = Health.READY

    def preflight(self) -> Health:
        return self.health

    def send(self, payload: Payload, started: Callable[[], None], doubtful: bool) -> Result:
        step = self.script.pop(0) if self.script else Result(Outcome.PRINTED, Health.READY)
        if isinstance(step, Result) and step.outcome is Outcome.NOT_SENT:
            return step
        started()
        self.sent.append((payload.name, doubtful))
        if isinstance(step, Exception):
            raise step
        return step

    def examine(self) -> Abilities:
        return Abilities()

    def close(self) -> None:
        """Nothing is held."""


@pytest.fixture
def spool(tmp_path: Path) -> Iterator[Spool]:
    made = Spool(tmp_path / "spool.db")
    yield made
    made.close()


@pytest.fixture(autouse=True)
def short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker_module, "FIRST_PAUSE", 0.02)
    monkeypatch.setattr(worker_module, "POLL_SECONDS", 0.05)


def run(spool: Spool, driver: Scripted | FileDriver, until_idle: bool = True) -> list[tuple[Health, str]]:
    """Let a worker work until nothing waits; what it said of the printer's health."""
    said: list[tuple[Health, str]] = []
    worker = Worker(
        spool, "p1", driver, MEDIA["roll58"], lambda _, health, words: said.append((health, words))
    )
    worker.start()
    until(lambda: not spool.jobs(states=WAITING | {JobState.SENDING}) or not until_idle)
    until(lambda: bool(said))
    assert worker.stop()
    return said


def states(spool: Spool) -> list[JobState]:
    return [job.state for job in spool.jobs()]


def test_jobs_become_files_that_show_the_paper(spool: Spool, tmp_path: Path) -> None:
    for document in ("label", "slip", "slip-2"):
        spool.take(new_job(document))
    run(spool, FileDriver(tmp_path / "out"))
    assert states(spool) == [JobState.PRINTED] * 3
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    stems = [f"ORD-100234-1-{document}" for document in ("label", "slip-2", "slip")]
    assert names == sorted(f"{stem}.{suffix}" for stem in stems for suffix in ("escpos", "png"))
    (paper,) = papers((tmp_path / "out" / "ORD-100234-1-label.escpos").read_bytes())
    assert ("]C1", b"00" + SSCC.encode()) in read(paper)


def test_not_sent_is_tried_again_until_it_is_printed(spool: Spool) -> None:
    spool.take(new_job())
    driver = Scripted(*[Result(Outcome.NOT_SENT, Health.PAPER_OUT, "the printer says paper_out")] * 3)
    said = run(spool, driver)
    assert states(spool) == [JobState.PRINTED]
    assert len(driver.sent) == 1
    assert said[0] == (Health.PAPER_OUT, "the printer says paper_out")
    assert said[1][0] is Health.READY


def test_unsure_is_never_tried_again_and_flushes_before_the_next_job(spool: Spool) -> None:
    spool.take(new_job())
    spool.take(new_job("slip"))
    spool.take(new_job("slip-2"))
    driver = Scripted(Result(Outcome.UNSURE, Health.OFFLINE, "reset"))
    run(spool, driver)
    assert states(spool) == [JobState.UNSURE, JobState.PRINTED, JobState.PRINTED]
    assert [doubtful for _, doubtful in driver.sent] == [False, True, False]


def test_a_driver_that_breaks_after_the_first_byte_leaves_the_job_unsure(spool: Spool) -> None:
    spool.take(new_job())
    driver = Scripted(RuntimeError("broken"))
    said = run(spool, driver)
    assert states(spool) == [JobState.UNSURE]
    assert len(driver.sent) == 1
    assert said[0] == (Health.ERROR, "RuntimeError: broken")


def test_orphans_of_an_ended_program_are_unsure_before_anything_is_sent(spool: Spool) -> None:
    orphan = spool.take(new_job())
    spool.start_sending(orphan.id, "p1")
    spool.take(new_job("slip"))
    driver = Scripted()
    run(spool, driver)
    assert states(spool) == [JobState.UNSURE, JobState.PRINTED]
    assert driver.sent == [("ORD-100234-1-slip", True)]


def test_damaged_bytes_are_not_sent_and_hold_nothing_up(spool: Spool) -> None:
    damaged = spool.take(new_job())
    spool.freeze(damaged.id, damaged.printer, b"not what was hashed", "0" * 64, "")
    spool.take(new_job("slip"))
    driver = Scripted()
    worker = Worker(spool, "p1", driver, MEDIA["roll58"])
    worker.start()
    until(lambda: JobState.PRINTED in states(spool))
    worker.stop()
    assert states(spool) == [JobState.FAILED, JobState.PRINTED]
    assert "damaged" in spool.job(damaged.id).detail


def test_what_the_paper_could_not_show_is_noted_on_the_job(spool: Spool) -> None:
    new = new_job()
    new.content["carrier"] = "DHL 😀"
    job = spool.take(new)
    run(spool, Scripted())
    assert spool.job(job.id).notes == "missing_character: 😀"


def test_a_printer_that_never_answered_is_asked_ever_more_rarely(spool: Spool) -> None:
    driver = Scripted()
    worker = Worker(spool, "p", driver, MEDIA["roll80"])
    driver.health = Health.WRONG_DEVICE
    pauses = []
    for _ in range(9):
        worker._next_check = 0.0
        pauses.append(worker._look_after())
    assert pauses == sorted(pauses)
    assert pauses[0] < 1 < 20 < pauses[-1] <= worker_module.RAREST_SECONDS
    driver.health = Health.READY
    worker._next_check = 0.0
    worker._look_after()
    driver.health = Health.BUSY
    worker._next_check = 0.0
    assert worker._look_after() < 1, "one that answered before is only busy"


def test_a_printer_that_is_not_as_set_up_is_ready_with_words(spool: Spool) -> None:
    worker = Worker(spool, "p", Scripted(), MEDIA["roll80"], unfit="its head has 300 dpi")
    worker._look_after()
    assert (worker.health, worker.detail) == (Health.UNFIT, "its head has 300 dpi")
    assert worker.unwell_for == 0


def test_what_it_tells_of_itself_is_asked_at_the_start_and_when_it_is_ready_again(spool: Spool) -> None:
    asked = []

    class Looked(Scripted):
        def examine(self) -> Abilities:
            asked.append(self.health)
            if len(asked) == 1:
                raise ConnectionError("gone")
            return Abilities(status=True, length_dots=100 * len(asked))

    driver = Looked()
    worker = Worker(spool, "p", driver, MEDIA["roll80"], judge=lambda now: f"{now.length_dots} dots")

    def look(health: Health) -> str:
        driver.health, worker._next_check = health, 0.0
        worker._look_after()
        return worker.detail

    assert look(Health.READY) == "", "it fell silent: it is asked again"
    assert [look(Health.READY), look(Health.READY)] == ["200 dots"] * 2
    look(Health.COVER_OPEN)
    assert [look(Health.READY), look(Health.READY)] == ["300 dots"] * 2
    assert asked == [Health.READY] * 3


def test_silence_of_a_printer_of_another_language_is_told_as_that(spool: Spool) -> None:
    driver = Scripted()
    driver.health = Health.BUSY
    worker = Worker(spool, "p", driver, MEDIA["roll80"], unfit="it answers in zpl", foreign=True)
    worker._look_after()
    assert (worker.health, worker.detail) == (Health.WRONG_DEVICE, "it answers in zpl")


def test_a_second_worker_waits_for_the_first(spool: Spool) -> None:
    with PrinterLock(spool.path, "p1") as lock:
        assert lock.acquire()
        spool.take(new_job())
        said = run(spool, Scripted(), until_idle=False)
        assert said == [(Health.UNKNOWN, "another program works for this printer")]
        assert states(spool) == [JobState.QUEUED]
    run(spool, Scripted())
    assert states(spool) == [JobState.PRINTED]


def test_a_worker_stops_at_once_when_idle(spool: Spool) -> None:
    ready = threading.Event()
    worker = Worker(spool, "p1", Scripted(), MEDIA["roll58"], lambda *_: ready.set())
    worker.start()
    assert ready.wait(5)
    assert worker.stop(timeout=1.0)


def test_a_full_disk_is_not_sent(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    driver = FileDriver(tmp_path / "file" / "below")
    assert driver.preflight() is Health.OFFLINE
    result = driver.send(Payload("x", b"\x1b@\x1dVB\x00"), lambda: pytest.fail("started"), False)
    assert result.outcome is Outcome.NOT_SENT


@pytest.mark.parametrize(
    ("name", "safe"),
    [("A-1-label", "A-1-label"), ("../x/\x00y", "_.._x__y"), ("", "_"), ("Ł" * 500, "_" * 120)],
)
def test_file_names_are_safe_everywhere(name: str, safe: str) -> None:
    assert safe_name(name) == safe


@pytest.mark.parametrize(
    "target",
    [
        "",
        "lp0",
        "tcp:host",
        "tcp://",
        "tcp://h:0x1",
        "tcp://h:99999",
        "tcp://h/x",
        "tcp://u@h",
        "tcp://h?status=on",
        "tcp://h?x=1",
        "file:",
        "http://h:9100",
    ],
)
def test_a_wrong_target_is_quoted(target: str) -> None:
    with pytest.raises(TargetError) as error:
        open_driver(target)
    assert repr(target) in str(error.value)


@pytest.mark.parametrize(
    "target", ["tcp://10.0.0.7", "tcp://[::1]:9101?status=no", "file:out", "file:///tmp/x"]
)
def test_a_right_target_opens_without_contacting_anything(target: str) -> None:
    assert open_driver(target)
