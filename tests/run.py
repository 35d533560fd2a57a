"""What `python3 -m tests` does once its environment stands."""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from tests.changed import changed_files, touched

ROOT = Path(__file__).resolve().parent.parent
_TOOLS = Path(sys.executable).parent
_CHECKS = {
    "ruff check": ["ruff", "check", "--quiet", "."],
    "ruff format": ["ruff", "format", "--check", "--quiet", "."],
    "import contracts": ["lint-imports", "--no-logo"],
    "mypy": ["mypy"],
}


_MEMORY, _ROOM = "/dev/shm", 3 * 2**30


@dataclass(frozen=True, slots=True)
class Check:
    """How one check of the source ended: its name, exit code, seconds and its own words."""

    name: str
    code: int
    seconds: float
    words: str

    def __str__(self) -> str:
        return f"{self.name}: {'FAILED' if self.code else 'ok'} ({self.seconds:.1f} s)"


class Checks:
    """A pytest plugin: the checks run beside the tests, and their results stand right before pytest's closing line."""

    def __init__(self) -> None:
        """Start the first one; the others follow it one by one."""
        self._pool = ThreadPoolExecutor(1)
        self._running = [self._pool.submit(_run, name, command) for name, command in _CHECKS.items()]

    def worst(self) -> int:
        """Wait for all of them; the worst exit code."""
        return max(check.result().code for check in self._running)

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Write one line per check, and below it the words of one that failed."""
        terminalreporter.section("checks of the source")
        for check in (running.result() for running in self._running):
            terminalreporter.line(str(check), red=bool(check.code), green=not check.code)
            if check.code:
                terminalreporter.line(check.words)


def main(arguments: list[str]) -> int:
    """Run pytest alone with the arguments, or without any all checks and all tests; returns the worst exit code."""
    os.chdir(ROOT)
    # The run starts some two hundred programs: without bytecode on disk each would compile Picker anew.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.dont_write_bytecode = False
    if _memory_is_a_folder():
        os.environ.setdefault("TMPDIR", _MEMORY)
    workers = min((os.cpu_count() or 1) + 2, 5)  # many tests wait, for a screen or a printer
    parallel = ["-n", str(workers), "--dist", "worksteal"] if workers > 1 else []
    if arguments == ["--changed"]:
        return _changed(parallel)
    if arguments:
        return int(pytest.main(arguments))
    checks = Checks()
    tests = int(pytest.main(parallel, plugins=[checks]))
    return max(tests, checks.worst())


def _changed(parallel: list[str]) -> int:
    """Run the checks that take a second, and the tests that the change touches."""
    files = changed_files()
    quick = [_run(name, command) for name, command in _CHECKS.items() if name != "mypy"]
    for check in quick:
        print(check, check.words if check.code else "", sep="\n" if check.code else "")
    tests = touched(files)
    print(f"{len(files)} files changed, {len(tests)} test files touched")
    code = int(pytest.main([*parallel, *tests])) if tests else 0
    return max(code, *(check.code for check in quick))


def _memory_is_a_folder() -> bool:
    """Whether the tests' databases can lie in memory, where no transaction waits for a disk: no test cuts the power."""
    if not Path(_MEMORY).is_dir() or not os.access(_MEMORY, os.W_OK) or sys.platform == "win32":
        return False
    found = os.statvfs(_MEMORY)
    roomy = min(found.f_bavail * found.f_frsize, psutil.virtual_memory().available) > _ROOM
    return roomy and not found.f_flag & os.ST_NOEXEC


def _run(name: str, command: list[str]) -> Check:
    start = time.monotonic()
    program = str(_TOOLS / command[0])
    done = subprocess.run(
        [program, *command[1:]], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )
    words = done.stdout.decode("utf-8", "replace")
    return Check(name, int(done.returncode != 0), time.monotonic() - start, words)
