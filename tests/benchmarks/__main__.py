"""Runs one benchmark: `python -m tests.benchmarks NAME [options]`; `--help` after the name lists its options.

It runs in Picker's own environment; one that compares with a package of the tests says so where that is missing.
"""

import importlib
import sys
from pathlib import Path

from picker.bootstrap import enter

_HERE = Path(__file__).parent
_NOT_BENCHMARKS = {"__init__", "__main__", "big_shop", "feedback", "raw_station", "table"}
_OURS = ("data", "picker", "printing", "scanning", "tests")


def _names() -> list[str]:
    return sorted(file.stem for file in _HERE.glob("*.py") if file.stem not in _NOT_BENCHMARKS)


def main() -> None:
    """Run the benchmark named first on the command line; its `main` takes the arguments after it."""
    name = sys.argv[1] if len(sys.argv) > 1 else ""
    if name in ("-h", "--help"):
        sys.stdout.write(f"{__doc__}\n\nBenchmarks: {', '.join(_names())}\n")
        return
    if name not in _names():
        sys.exit(f"python -m tests.benchmarks NAME: expected one of {', '.join(_names())}, got {name!r}")
    enter()
    try:
        importlib.import_module(f"tests.benchmarks.{name}").main(sys.argv[2:])
    except ModuleNotFoundError as error:
        missing = (error.name or "").partition(".")[0]
        if missing in _OURS:
            raise
        sys.exit(f"{name} needs {missing}, which comes with the tests: `python3 -m tests` installs it")


main()
