"""A station in its line mode as a process of its own, which can be killed between any two bytes."""

import json
import queue
import subprocess
import sys
import threading
from typing import Any

from tests.faults.station.warehouse import ROOT, Warehouse

PATIENCE_S = 30.0


class StationProcess:
    """`picker station --plain --json`, started; one line in, one answer out."""

    def __init__(self, warehouse: Warehouse, name: str) -> None:
        command = [sys.executable, "-m", "picker", "station", "--plain", "--json", "--station", name]
        pipe = subprocess.PIPE
        self._log = (warehouse.home / f"{name}.log").open("ab")
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=warehouse.environment(), stdin=pipe, stdout=pipe, stderr=self._log
        )
        self._answers: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._answers.put(line)

    def give(self, raw: str) -> None:
        """Send one scan; the answer is not waited for."""
        assert self.process.stdin is not None
        self.process.stdin.write(raw.encode() + b"\n")
        self.process.stdin.flush()

    def answer(self) -> dict[str, Any]:
        """Wait for the next answer."""
        return dict(json.loads(self._answers.get(timeout=PATIENCE_S)))

    def ask(self, raw: str) -> dict[str, Any]:
        """Send one scan and wait for its answer."""
        self.give(raw)
        return self.answer()

    def kill(self) -> dict[str, Any] | None:
        """Kill it as `kill -9` does; return the answer it still gave, None when it gave none."""
        self.process.kill()
        self._reap()
        line = b"" if self._answers.empty() else self._answers.get()
        return dict(json.loads(line)) if line.endswith(b"\n") else None

    def finish(self) -> int:
        """End its input and wait; return the exit code."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait(PATIENCE_S)
        self._reap()
        return self.process.returncode

    def _reap(self) -> None:
        self.process.wait(PATIENCE_S)
        self._reader.join(PATIENCE_S)
        for stream in (self.process.stdin, self.process.stdout, self._log):
            if stream is not None:
                try:
                    stream.close()
                except BrokenPipeError:
                    continue  # the scan that was on its way when it died
