"""The parts that a station loads at its start are light."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
LIGHT = [
    "printing",
    "printing.spool",
    "printing.content",
    "printing.worker",
    "printing.targets",
    "printing.render",
]


@pytest.mark.parametrize("module", [*LIGHT, "printing.virtual", "printing.export"])
def test_no_heavy_library_comes_with_it(module: str) -> None:
    code = f"import sys, {module}; print(*{{name.partition('.')[0] for name in sys.modules}})"
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert set(run.stdout.split()).isdisjoint(
        {"PIL", "escpos", "segno", "numpy", "textual", "picker", "data"}
    )
