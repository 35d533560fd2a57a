"""One process at a time works for a printer, and a killed one lets go by itself."""

import hashlib
import time
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from printing.spool_file import sqlite_driver

_LOOK_AGAIN = 0.05


class PrinterLock:
    """An exclusive transaction held open on a small file beside the spool.

    SQLite's file locks work alike on every system, and the system releases them with the process. A
    second such file is the wish to borrow the printer: a worker lets its holder in between two jobs.
    """

    def __init__(self, spool: Path, printer: str) -> None:
        """Nothing is locked yet."""
        short = hashlib.sha256(printer.encode()).hexdigest()[:12]
        self._path = spool.with_name(f"{spool.name}.{short}.lock")
        self._wish = spool.with_name(f"{spool.name}.{short}.wish")
        self._held: list[Any] = []

    def acquire(self) -> bool:
        """Take the lock at once or not at all, and not while somebody wants to borrow the printer."""
        return not self.wanted() and self._take(self._path)

    def borrow(self, seconds: float) -> bool:
        """Take the lock from a worker when its job is done; false when that takes longer."""
        deadline = time.monotonic() + seconds
        wished = False
        while time.monotonic() < deadline:
            # A worker that looks for a wish holds it for a moment itself.
            wished = wished or self._take(self._wish)
            if wished and self._take(self._path):
                return True
            time.sleep(_LOOK_AGAIN)
        self.release()
        return False

    def wanted(self) -> bool:
        """Whether another program waits to borrow the printer, or has borrowed it."""
        if not self._wish.exists():
            return False
        looked = locked(self._wish)
        if looked is not None:
            looked.close()
        return looked is None

    def release(self) -> None:
        """Let go."""
        while self._held:
            self._held.pop().close()

    def _take(self, path: Path) -> bool:
        connection = locked(path)
        if connection is not None:
            self._held.append(connection)
        return connection is not None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


def locked(path: Path) -> Any | None:
    """Return a connection that holds a file's lock until it is closed, None when another one does."""
    driver = sqlite_driver()
    connection = None
    try:
        # The thread that takes the lock is not always the one that lets it go.
        connection = driver.connect(str(path), isolation_level=None, timeout=0.0, check_same_thread=False)
        connection.execute("BEGIN EXCLUSIVE")
    except driver.OperationalError:
        if connection is not None:
            connection.close()
        return None
    return connection
