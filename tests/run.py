"""What `python3 -m tests` does once its environment stands."""

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
_TOOLS = Path(sys.executable).parent
_CHECKS = {
    "ruff check": ["ruff", "check", "--quiet", "."],
    "ruff format": ["ruff", "format", "--check", "--quiet", "."],
    "import contracts": ["lint-imports", "--no-logo"],
    "mypy": ["mypy"],
}


@dataclass(frozen=True, slots=True)
class Check:
    """How one check of the source ended: its name, exit code and seconds."""

    name: str
    code: int
    seconds: float

    def __str__(self) -> str:
        return f"{self.name}: {'FAILED' if self.code else 'ok'} ({self.seconds:.1f} s)"


class Summary:
    """A pytest plugin that names the checks' results right before pytest's own closing line."""

    def __init__(self, checks: list[Check]) -> None:
        self.checks = checks

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Write one line per check."""
        terminalreporter.section("checks of the source")
        for check in self.checks:
            terminalreporter.line(str(check), red=bool(check.code), green=not check.code)


def main(arguments: list[str]) -> int:
    """Run pytest alone with the arguments, or without any all checks and all tests; returns the worst exit code."""
    os.chdir(ROOT)
    if arguments:
        return int(pytest.main(arguments))
    checks = [_run(name, command) for name, command in _CHECKS.items()]
    workers = min(os.cpu_count() or 1, 4)
    parallel = ["-n", str(workers), "--dist", "worksteal"] if workers > 1 else []
    tests = int(pytest.main(parallel, plugins=[Summary(checks)]))
    return max(tests, *(check.code for check in checks))


def _run(name: str, command: list[str]) -> Check:
    """Run one check to the end; its own words appear only if it fails."""
    start = time.monotonic()
    program = str(_TOOLS / command[0])
    done = subprocess.run(
        [program, *command[1:]], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )
    check = Check(name, int(done.returncode != 0), time.monotonic() - start)
    if done.returncode:
        sys.stdout.write(done.stdout.decode("utf-8", "replace"))
    print(check, flush=True)
    return check
