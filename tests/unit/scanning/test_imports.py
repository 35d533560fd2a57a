"""The heavy libraries are loaded where they are used, never at start-up."""

import subprocess
import sys
from pathlib import Path

import pytest

import scanning

HEAVY = ("cv2", "numpy", "biip", "zxingcpp", "pyzbar", "PIL", "serial", "textual")
MODULES = sorted(path.stem for path in Path(scanning.__file__).parent.glob("*.py"))


@pytest.mark.parametrize(
    "statement",
    ["import scanning", "; ".join(f"import scanning.{name}" for name in MODULES)],
)
def test_importing_is_light(statement: str) -> None:
    probe = f"import sys; {statement}; print([name for name in {HEAVY!r} if name in sys.modules])"
    found = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def test_reading_an_ordinary_code_needs_no_gs1_library() -> None:
    read = "from scanning.parse import parse; parse('9506000134352', 'x')"
    probe = f"import sys; {read}; print('biip' in sys.modules)"
    found = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "False"
