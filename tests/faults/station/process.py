"""A station in its line mode as a process of its own, which can be killed between any two bytes."""

import json
import multiprocessing
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Mapping
from io import TextIOWrapper
from pathlib import Path
from typing import IO, Any

from tests.faults.station.warehouse import ROOT, Warehouse

PATIENCE_S = 30.0
_ARGUMENTS = ["station", "--plain", "--json", "--station"]


class Forked:
    """Forked off a process that has loaded Picker and done nothing yet: it dies as any other, but starts at once."""

    def __init__(self, name: str, environment: Mapping[str, str], log: Path) -> None:
        fork = multiprocessing.get_context("forkserver")
        lazily = ("camera", "logfile", "running", "sources")
        fork.set_forkserver_preload(
            ["picker.cli", "picker.plain", *(f"picker.services.{at}" for at in lazily)]
        )
        (given, give), (told, tell) = fork.Pipe(duplex=False), fork.Pipe(duplex=False)
        self._process = fork.Process(target=self._station, args=(given, tell, name, environment, log))
        self._process.start()
        for end in (given, tell):
            end.close()
        self.stdin, self.stdout = (
            os.fdopen(os.dup(end.fileno()), mode, 0 if mode == "wb" else -1)
            for end, mode in ((give, "wb"), (told, "rb"))
        )
        for end in (give, told):
            end.close()
        self.pid = self._process.pid or 0
        self.kill = self._process.kill

    @staticmethod
    def _station(given: Any, tell: Any, name: str, environment: Mapping[str, str], log: Path) -> None:
        errors = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        for number, handle in enumerate((given.fileno(), tell.fileno(), errors)):
            os.dup2(handle, number)
        given.close()
        tell.close()
        sys.stdin, sys.stdout, sys.stderr = (
            TextIOWrapper(os.fdopen(number, mode), "utf-8", write_through=number == 2)
            for number, mode in enumerate(("rb", "wb", "wb"))
        )
        sys.argv = ["picker", *_ARGUMENTS, name]
        os.environ.update(environment)
        from picker.cli import main

        main()

    def wait(self, timeout: float) -> int | None:
        """Wait for its end; the exit code, None while it runs."""
        self._process.join(timeout)
        return self._process.exitcode


def _started(name: str, environment: Mapping[str, str], log: Path) -> "Forked | subprocess.Popen[bytes]":
    if sys.platform != "win32":
        return Forked(name, environment, log)
    command, pipe = [sys.executable, "-m", "picker", *_ARGUMENTS, name], subprocess.PIPE
    with log.open("ab") as errors:
        return subprocess.Popen(command, cwd=ROOT, env=environment, stdin=pipe, stdout=pipe, stderr=errors)


class StationProcess:
    """`picker station --plain --json`, started; one line in, one answer out."""

    def __init__(self, warehouse: Warehouse, name: str) -> None:
        self.process = _started(name, warehouse.environment(), warehouse.home / f"{name}.log")
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self._in: IO[bytes] = self.process.stdin
        self._out: IO[bytes] = self.process.stdout
        self._answers: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        for line in self._out:
            self._answers.put(line)

    def give(self, raw: str) -> None:
        """Send one scan; the answer is not waited for."""
        self._in.write(raw.encode() + b"\n")
        self._in.flush()

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
        self._in.close()
        return self._reap()

    def _reap(self) -> int:
        code = self.process.wait(PATIENCE_S)
        assert code is not None, "it did not end"
        self._reader.join(PATIENCE_S)
        for pipe in (self._out, self._in):
            try:
                pipe.close()
            except BrokenPipeError:
                continue  # the scan that was on its way when it died
        return code
