"""The pure rooms stay light: what importing them loads."""

import subprocess
import sys

import pytest

HEAVY = (
    "textual",
    "rich",
    "sqlalchemy",
    "sqlmodel",
    "cv2",
    "PIL",
    "escpos",
    "zxingcpp",
    "pydantic",
    "numpy",
    "random",
)


@pytest.mark.parametrize("room", ["picker.packing", "picker.inserts"])
def test_a_pure_room_loads_nothing_heavy(room: str) -> None:
    code = f"import sys, {room}; print(*[name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
