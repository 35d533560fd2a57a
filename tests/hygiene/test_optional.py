"""The suite on a machine that lacks what is optional: piece by piece and all together, nothing is an error."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from tests import postgres
from tests.optional import OPTIONAL

ROOT = Path(__file__).resolve().parents[2]
FEW = [
    "tests/unit/printing/test_barcodes.py",
    "tests/unit/printing/test_drivers.py",
    "tests/tui/test_tmux.py",
    "tests/contracts/test_clock.py",
    *("-k", "another_reader or usb or tmux or clock"),
]
"""Something of everything optional; continuous integration runs far more of it so."""

LOAD = """if True:
    import importlib, os, pathlib, sys
    from tests.conftest import hide

    modules = [".".join(path.with_suffix("").parts) for path in pathlib.Path("tests").rglob("test_*.py")]
    hide(sys.argv[2:], pathlib.Path(sys.argv[1]))
    for module in modules:
        importlib.import_module(module)
    print(len(modules), flush=True)
    """
"""Loads every test module with all of the arguments hidden."""


def run(*arguments: str, hidden: str = "") -> "subprocess.CompletedProcess[str]":
    """Run Python in a process of its own, as the beginning of a test run of its own."""
    own = {name: value for name, value in os.environ.items() if name != postgres.RUN}
    command, environment = [sys.executable, *arguments], {**own, "PICKER_TEST_HIDE": hidden}
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def test_without_any_of_it_what_touches_it_is_skipped_and_the_remedies_are_told_in_one_line() -> None:
    done = run("-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider", *FEW, hidden="all")
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]
    (line,) = re.findall(r"^\d+ skipped: .*", done.stdout, re.MULTILINE)
    for name in ("zbar", "tmux", "postgres", "usb"):
        assert f"{OPTIONAL[name].name} is missing: {OPTIONAL[name].remedy} (" in line
    assert "SKIPPED" not in done.stdout


def test_without_them_all_tests_are_still_found(tmp_path: Path) -> None:
    number = len(list((ROOT / "tests").rglob("test_*.py")))
    done = run("-c", LOAD, str(tmp_path), *OPTIONAL)
    assert done.stdout == f"{number}\n", done.stdout + done.stderr


def test_what_is_hidden_is_gone_for_every_process(tmp_path: Path) -> None:
    code = """if True:
        import pathlib, shutil, subprocess, sys
        from tests.optional import OPTIONAL, hide, why_missing
        hide(OPTIONAL, pathlib.Path(sys.argv[1]))
        print(*[why_missing(name) for name in ("zbar", "tmux", "postgres", "usb", "node")], sep="\\n")
        print(shutil.which("tmux"), shutil.which("node"), shutil.which("sh") is not None)
        child = "import scanning.readers, shutil; print(scanning.readers.zbar_available(), shutil.which('tmux'))"
        subprocess.run([sys.executable, "-c", child])
        """
    *reasons, seen, seen_by_child = run("-c", code, str(tmp_path)).stdout.splitlines()
    assert [reason.split(" is missing: ")[0] for reason in reasons] == [
        "libzbar", "tmux", "PostgreSQL", "pyusb", "Node",
    ]  # fmt: skip
    assert seen == f"None None {shutil.which('sh') is not None}"
    assert seen_by_child == "False None"
