"""The printers of a running station: a worker for each, changed between two jobs when their list is."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from data.store.printers import PrinterWord
from picker.config import Settings
from picker.services.logfile import described
from picker.services.printers.printers import driver_of, station_printers
from printing.abilities import Abilities, Language, PrinterError
from printing.health import WELL, Health
from printing.jobs import WAITING, Job, JobState, Tally
from printing.media import medium
from printing.printers import PrinterSetup, as_seen, route, unfit
from printing.spool import Spool
from printing.worker import Worker

FALLBACK_SECONDS, BUSY_SECONDS = 5.0, 30.0
"""After which a printer that can't print, or only serves others, leaves its jobs to its fallback."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class PrintersNow:
    """How a station's printers are, in the order of their list, and the jobs a person must settle."""

    printers: tuple[PrinterWord, ...]
    unsure: tuple[Job, ...]


class PrinterWorkers:
    """All but `wake` and `now` belong to one thread."""

    def __init__(
        self,
        settings: Settings,
        spool: Spool,
        on_health: Callable[[str, Health, str], None],
        on_job: Callable[[], None],
    ) -> None:
        """Both callbacks come on the workers' threads. Raises PrinterError for a list that can't be used."""
        self._settings, self._spool = settings, spool
        self._on_health, self._on_job = on_health, on_job
        self._setups = station_printers(settings)
        self.list_trouble = ""
        """Why the list of printers, changed since, can't be used."""
        self._workers: dict[str, tuple[PrinterSetup, Worker]] = {
            setup.name: (setup, self._worker(setup)) for setup in self._setups
        }

    def start(self) -> None:
        """Begin to print what waits."""
        self._adopt()
        for _, worker in self._workers.values():
            worker.start()

    def stop(self) -> None:
        """End each worker after the job in its hands."""
        for _, worker in self._workers.values():
            worker.stop()

    def wake(self) -> None:
        """Have every worker look for work now; from any thread."""
        for _, worker in tuple(self._workers.values()):
            worker.wake()

    def printer_for(self, document: str) -> str:
        """Return the name of the printer that prints a document."""
        return route(self._setups, document).name

    def down_for(self, document: str) -> str:
        """Return the name of the printer of a document while it is known not to print, nor its fallback to."""
        setup = route(self._setups, document)
        names = [name for name in (setup.name, setup.fallback) if name in self._workers]
        well = any(self._workers[name][1].health in WELL for name in names)
        return "" if well or not names else setup.name

    def keep_up(self) -> None:
        """Take up what was changed in the list of printers, each between two of its jobs."""
        try:
            setups = station_printers(self._settings)
            wanted = {setup.name: setup for setup in setups}
            for name, (setup, worker) in tuple(self._workers.items()):
                if wanted.get(name) != setup and worker.stop(0):
                    self._workers = {
                        other: running for other, running in self._workers.items() if other != name
                    }
            for setup in setups:
                if setup.name not in self._workers:
                    self._hire(setup)
        except PrinterError as error:
            if str(error) != self.list_trouble:
                _log.warning("the changed list of printers can't be used: %s", described(error))
            self.list_trouble = str(error)
            return
        self.list_trouble = ""
        self._setups = setups
        self._adopt()

    def fall_back(self) -> None:
        """What waits for a printer that can't print goes to its fallback, if that one is well."""
        for setup, worker in self._workers.values():
            _, other = self._workers.get(setup.fallback, (None, None))
            patience = BUSY_SECONDS if worker.health is Health.BUSY else FALLBACK_SECONDS
            if (
                other is None
                or other.health not in (Health.READY, Health.UNFIT)
                or worker.unwell_for < patience
            ):
                continue
            if self._spool.reroute(setup.name, setup.fallback):
                other.wake()

    def now(self) -> PrintersNow:
        """Return how the printers are; from any thread."""
        tallies = self._spool.tallies()
        unsure = any(tally.unsure for tally in tallies.values())
        return PrintersNow(
            tuple(
                _word(worker, tallies.get(worker.printer, Tally()))
                for _, worker in tuple(self._workers.values())
            ),
            tuple(self._spool.jobs(states={JobState.UNSURE})) if unsure else (),
        )

    def _worker(self, setup: PrinterSetup) -> Worker:
        return Worker(
            self._spool,
            setup.name,
            driver_of(setup),
            medium(setup.medium),
            self._on_health,
            setup.language,
            self._on_job,
            60.0 * self._settings.held_minutes,
            unfit=unfit(setup),
            foreign=bool(setup.abilities.speaks),
            judge=partial(_differs, setup) if setup.language is Language.ZPL else None,
        )

    def _hire(self, setup: PrinterSetup) -> None:
        worker = self._worker(setup)
        self._workers = {**self._workers, setup.name: (setup, worker)}
        worker.start()

    def _adopt(self) -> None:
        """Jobs of printers that were removed go to those that print their documents now."""
        strangers = self._spool.tallies().keys() - self._workers.keys()
        for stranger in strangers:
            self._spool.recover(stranger)
            for job in self._spool.jobs(printer=stranger, states=WAITING):
                self._spool.hand_over(job.id, self.printer_for(job.document))
        if strangers:
            self.wake()


def _differs(setup: PrinterSetup, now: Abilities) -> str:
    return unfit(as_seen(setup, now))


def _word(worker: Worker, tally: Tally) -> PrinterWord:
    health = worker.health.value
    return PrinterWord(worker.printer, health, worker.detail, tally.waiting, tally.unsure)
