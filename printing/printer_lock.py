"""One process at a time works for a printer, and a killed one lets go by itself."""

import hashlib
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from printing.spool_file import sqlite_driver


class PrinterLock:
    """An exclusive transaction held open on a small file beside the spool.

    SQLite's file locks work alike on every system, and the system releases them with the process.
    """

    def __init__(self, spool: Path, printer: str) -> None:
        """Nothing is locked yet."""
        short = hashlib.sha256(printer.encode()).hexdigest()[:12]
        self._path = spool.with_name(f"{spool.name}.{short}.lock")
        self._connection: Any = None

    def acquire(self) -> bool:
        """Take the lock at once or not at all."""
        driver = sqlite_driver()
        # The thread that takes the lock is not always the one that lets it go.
        connection = None
        try:
            connection = driver.connect(
                str(self._path), isolation_level=None, timeout=0.0, check_same_thread=False
            )
            connection.execute("BEGIN EXCLUSIVE")
        except driver.OperationalError:
            if connection is not None:
                connection.close()
            return False
        self._connection = connection
        return True

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._connection is not None:
            self._connection.close()
