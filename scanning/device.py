"""What every plugged-in scanner needs: a reader's thread that opens the device again when it went away."""

import threading
from abc import ABC, abstractmethod
from collections.abc import Callable


def _nothing() -> None:
    """Nobody wants to know."""


class DeviceReader(ABC):
    """Delivers raw texts from a device on a thread of its own.

    `on_raw`, `on_trouble` and `on_well` are called from that thread. A device that can't be opened, or that is
    unplugged, is reported once in words and tried again every `retry_s` seconds; when it reads again, `on_well`
    says so.
    """

    def __init__(
        self,
        name: str,
        on_raw: Callable[[str], None],
        *,
        on_trouble: Callable[[str], None],
        on_well: Callable[[], None] = _nothing,
        retry_s: float = 1.0,
    ) -> None:
        self.name = name
        self._on_raw, self._on_trouble, self._on_well = on_raw, on_trouble, on_well
        self._retry_s = retry_s
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        """Begin reading. A device that isn't there yet is reported once and tried again."""
        self._thread.start()

    def stop(self) -> None:
        """End the reader's thread and let go of the device. Not to be called from `on_raw`."""
        self._stopped.set()
        self._thread.join(timeout=5)

    @abstractmethod
    def _open(self) -> None:
        """Open the device."""

    @abstractmethod
    def _close(self) -> None:
        """Let go of the device; it may not be open."""

    @abstractmethod
    def _read(self) -> None:
        """Read and `_deliver` until stopped; raise when the device is gone."""

    def _run(self) -> None:
        reported = False
        while not self._stopped.is_set():
            try:
                self._open()
                self._on_well()
                reported = False
                self._read()
            except Exception as error:  # noqa: BLE001 - drivers raise more than OSError (termios.error)
                if not reported:
                    self._on_trouble(f"{self.name}: {error}")
                reported = True
            finally:
                self._close()
            self._stopped.wait(self._retry_s)

    def _deliver(self, raw: str) -> None:
        try:
            self._on_raw(raw)
        except Exception as error:  # noqa: BLE001 - the next scan must still be heard
            self._on_trouble(f"{self.name}: {raw!r} was read but not taken: {error}")
