"""What every printer driver can do."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from printing.abilities import Abilities
from printing.health import Health, Result


@dataclass(frozen=True, slots=True)
class Payload:
    """A job's frozen bytes and its readable name, for drivers that store or report it.

    `more` says that another job of the same parcel follows at once: the driver may keep its hold on
    the printer, so that another station's paper doesn't come between. `held` is asked again and again
    while the printer says of itself that it can't go on within the job: whether to wait for it still.
    It is told of a printer that has fallen silent within the job, too, which is not waited for longer.
    """

    name: str
    data: bytes
    more: bool = False
    held: Callable[[Health], bool] = lambda health: False


class Driver(Protocol):
    """One printer. Every call returns within a time limit and none of them raises for a device's fault."""

    def preflight(self) -> Health:
        """The printer's health, asked now; touches no paper."""
        ...

    def send(self, payload: Payload, started: Callable[[], None], doubtful: bool) -> Result:
        """Print the payload once.

        `started` is called directly before the first byte that may reach paper; when it raises,
        nothing was sent and the error passes through. `doubtful` says that an earlier job may have
        been cut off inside this printer, so that its remains are flushed first.
        """
        ...

    def examine(self) -> Abilities:
        """What the printer can do, found out by asking; touches no paper. Raises `OSError` without it."""
        ...

    def close(self) -> None:
        """Let go of the printer; a next call takes hold of it again."""
        ...
