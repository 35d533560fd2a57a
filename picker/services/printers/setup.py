"""What a person does with a station's printers: look at them, and prove that they print."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime

from picker.config import Settings
from picker.services.printers.printers import driver_of, open_spool, registry, station_printers
from printing.abilities import Abilities, Language, PrinterError
from printing.drivers.base import Driver, Payload
from printing.health import HEALTH_WORDS, Health, Outcome
from printing.media import medium
from printing.printer_lock import PrinterLock
from printing.printers import PrinterSetup, as_seen, unfit
from printing.proof import new_code, page
from printing.spool import UNSETTLED, Spool
from printing.targets import open_driver

BORROW_SECONDS = 10.0
"""For which a running station's job is waited for."""


@dataclass(frozen=True, slots=True)
class PrinterNow:
    """A printer as it stands: health with its words, since when, and how many jobs wait for it."""

    setup: PrinterSetup
    health: Health
    detail: str
    at: datetime
    waiting: int

    @property
    def words(self) -> str:
        """The condition as a sentence."""
        return self.detail or HEALTH_WORDS[self.health]

    def to_json(self) -> dict[str, object]:
        """Return JSON values."""
        state = {"health": self.health, "words": self.words, "at": self.at.isoformat()}
        return {**asdict(self.setup), **state, "waiting": self.waiting}


def printers_now(settings: Settings) -> list[PrinterNow]:
    """Return every printer: asked now, or what the running station last heard of it."""
    spool = open_spool(settings)
    try:
        return [_now(spool, setup) for setup in station_printers(settings)]
    finally:
        spool.close()


def _now(spool: Spool, setup: PrinterSetup) -> PrinterNow:
    waiting = len(spool.jobs(printer=setup.name, states=UNSETTLED))
    with PrinterLock(spool.path, setup.name) as lock:
        if lock.acquire():
            driver = driver_of(setup)
            checked, words = driver.preflight(), unfit(setup)
            if checked is Health.READY and setup.language is Language.ZPL:
                with suppress(OSError):
                    words = unfit(as_seen(setup, driver.examine()))
            if checked is Health.READY and words:
                return PrinterNow(setup, Health.UNFIT, words, datetime.now(UTC), waiting)
            if checked is Health.BUSY and setup.abilities.speaks:
                return PrinterNow(setup, Health.WRONG_DEVICE, words, datetime.now(UTC), waiting)
            return PrinterNow(setup, checked, "", datetime.now(UTC), waiting)
    health, detail, at = spool.healths().get(setup.name, (Health.UNKNOWN.value, "", datetime.now(UTC)))
    return PrinterNow(setup, Health(health), detail, at, waiting)


def print_test_page(settings: Settings, name: str) -> PrinterSetup:
    """Find out what a printer can do, print a page with a new code, and remember both.

    A running station lends it between two jobs. Raises PrinterError when it doesn't, and when the printer
    can't be reached or can't print.
    """
    setup = registry(settings).get(name)
    with _alone_on(settings, name):
        driver = driver_of(setup)
        try:
            asked = replace(_asked(setup, driver), code=new_code())
        except OSError as error:
            raise PrinterError(f"printer {name!r} can't be reached at {setup.target}: {error}") from error
        if asked.speaks:
            registry(settings).put(replace(setup, abilities=asked))
            raise PrinterError(
                f"printer {name!r} printed no test page: {unfit(replace(setup, abilities=asked))}"
            )
        data = page(name, asked.code, medium(setup.medium), setup.language)
        driver = driver_of(replace(setup, abilities=asked))
        result = driver.send(Payload(f"test-{asked.code}", data), lambda: None, False)
        driver.close()
    if result.outcome not in (Outcome.PRINTED, Outcome.SENT):
        raise PrinterError(f"printer {name!r} printed no test page: {result.detail}")
    tested = replace(setup, abilities=asked)
    registry(settings).put(tested)
    return tested


def look_at(settings: Settings, name: str) -> PrinterSetup:
    """Ask a printer what it is, touching no paper, and remember it; one that can't be reached stays as it was.

    Raises PrinterError for a printer that isn't there.
    """
    setup = registry(settings).get(name)
    try:
        with _alone_on(settings, name):
            asked = _asked(setup, driver_of(setup))
    except (OSError, PrinterError):
        return setup
    seen = replace(setup, abilities=asked)
    registry(settings).put(seen)
    return seen


def _asked(setup: PrinterSetup, driver: Driver) -> Abilities:
    """What it says of itself; one that is silent is asked once in the other language. Raises OSError."""
    health = driver.examine()
    if health.status is not False or "status=no" in setup.target:
        return health
    for other in set(Language) - {setup.language}:
        if open_driver(setup.target, other).examine().status:
            return replace(health, speaks=other)
    return health


def answer_test(settings: Settings, name: str, code: str, whole: bool | None, cuts: bool | None) -> Abilities:
    """Take what a person read from the test page and saw of it; the code proves the whole chain.

    `whole` is whether all four sides of the frame are there. Raises PrinterError for another code.
    """
    setup = registry(settings).get(name)
    known = setup.abilities
    if not known.code:
        raise PrinterError(f"no test page of {name!r} was printed: do it first, without a code")
    if code.strip().upper() != known.code:
        raise PrinterError(f"code {code!r} is not the one on the last test page of {name!r}")
    width, dpi = known.width_dots, known.dpi
    if whole:
        width, dpi = width or medium(setup.medium).width_dots, dpi or medium(setup.medium).dpi
    proven = replace(known, code_read=True, cuts=cuts, width_dots=width, dpi=dpi)
    registry(settings).put(replace(setup, abilities=proven))
    return proven


@contextmanager
def _alone_on(settings: Settings, name: str) -> Iterator[None]:
    spool = open_spool(settings)
    try:
        with PrinterLock(spool.path, name) as lock:
            if not lock.borrow(BORROW_SECONDS):
                raise PrinterError(
                    f"station {settings.station!r} is in the middle of a job on printer {name!r}, or it waits "
                    "for paper there: test it when that is done"
                )
            yield
    finally:
        spool.close()
