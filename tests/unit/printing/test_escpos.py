"""The bytes for the printer: only rows of dots, no trace left in the program, the same paper back."""

import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from printing.escpos import FRAGMENT_ROWS, flush_remains, hazards, to_escpos, without_hazards
from printing.interpret import Cut, Parser, Raster, Rubbish, commands, papers
from printing.media import MEDIA, Medium

ROOT = Path(__file__).resolve().parents[3]
ROLL = MEDIA["roll58"]

QUIET_IMPORT = """
import logging, os, pathlib, sys
before = set(os.listdir(sys.argv[1]))
from PIL import Image
from printing.escpos import to_escpos
from printing.media import MEDIA
to_escpos((Image.new("1", (384, 500), 1),), MEDIA["roll58"])
assert "escpos" in sys.modules
assert not logging.getLogger().handlers, logging.getLogger().handlers
assert set(os.listdir(sys.argv[1])) == before, os.listdir(sys.argv[1])
"""


def picture(data: bytes, width: int = 384) -> Image.Image:
    """Rows of dots, a set bit is black."""
    rows = len(data) * 8 // width
    return Image.frombytes("1", (width, rows), data[: rows * width // 8], "raw", "1;I")


def test_building_a_job_leaves_nothing_behind(tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-c", QUIET_IMPORT, str(tmp_path)],
        cwd=ROOT,
        env={"TMPDIR": str(tmp_path), "TEMP": str(tmp_path), "TMP": str(tmp_path), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")
    assert tempfile.gettempdir() != str(tmp_path)


@given(st.binary(min_size=48, max_size=48 * 30))
def test_the_paper_shows_the_picture(data: bytes) -> None:
    page = without_hazards(picture(data))
    (paper,) = papers(to_escpos((page,), ROLL))
    assert paper.tobytes() == page.tobytes()


@pytest.mark.parametrize("rows", [1, 191, 192, 193, 1000])
def test_tall_pages_go_in_fragments_of_at_most_192_rows(rows: int) -> None:
    page = picture(bytes(range(48, 96)) * rows)
    found = list(commands(Parser(), to_escpos((page, page), ROLL)))
    assert not any(isinstance(command, Rubbish) for command in found)
    assert sum(isinstance(command, Cut) for command in found) == 2
    heights = [len(command.data) // command.row_bytes for command in found if isinstance(command, Raster)]
    assert max(heights) <= 192
    assert sum(heights) == 2 * rows


@given(st.binary(min_size=48, max_size=48 * 8))
def test_no_picture_spells_a_real_time_command(data: bytes) -> None:
    crafted = bytes(b"\x10\x04\x05\x14\x00\xff\x10\x01"[byte % 8] for byte in data)
    data = to_escpos((picture(crafted),), ROLL)
    assert hazards(data) == 0


def test_hazards_are_seen_and_cost_one_dot_each() -> None:
    page = picture(b"\x10\x04\x01" * 16 * 3)
    assert hazards(page.tobytes("raw", "1;I")) == 48
    safe = without_hazards(page)
    assert hazards(safe.tobytes("raw", "1;I")) == 0
    changed = sum(
        a != b for a, b in zip(page.convert("L").tobytes(), safe.convert("L").tobytes(), strict=True)
    )
    assert changed == 48


def test_a_hazard_over_the_end_of_a_row_is_seen_too() -> None:
    """812 dots end within a byte: the dot added must not fall into the padding."""
    row = bytes(101) + b"\x10"
    page = Image.frombytes("1", (812, 2), row + b"\x04" + bytes(101), "raw", "1;I")
    medium = Medium(102, 152, 203, 812)
    assert hazards(page.tobytes("raw", "1;I")) == 1
    assert hazards(to_escpos((page,), medium)) == 0


def test_a_page_wider_than_the_medium_is_refused() -> None:
    with pytest.raises(ValueError, match="page of 576 dots: expected at most 384"):
        to_escpos((Image.new("1", (576, 8), 1),), ROLL)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"Hello\x1dVB\x00", "got byte 0x48"),
        (b"\x1bp\x00\x19\xfa", "got byte 0x1b"),
        (b"\x1dv0\x00\x01\x00\x02\x00\xff", "got 9 bytes of a command"),
        (b"\x1dv0\x00\x01\x00\x01\x00\xff", "expected a cut at the end"),
    ],
)
def test_bytes_that_are_no_raster_job_are_refused(data: bytes, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        papers(data)


@given(st.binary(max_size=300), st.integers(0, 300))
def test_the_reader_takes_a_stream_cut_anywhere(data: bytes, cut: int) -> None:
    parser = Parser()
    apart = [*commands(parser, data[:cut]), *commands(parser, data[cut:])]
    assert apart == list(commands(Parser(), data))


@pytest.mark.parametrize("taken", [0, 3, 9, 500, 20_000])
def test_remains_of_a_broken_job_do_not_swallow_the_next_one(taken: int) -> None:
    page = picture(bytes(range(48)) * 600)
    job = to_escpos((page,), ROLL)
    found = list(commands(Parser(), job[:taken] + flush_remains() + job))
    last_cut = max(n for n, command in enumerate(found[:-1]) if isinstance(command, Cut))
    rows = b"".join(command.data for command in found[last_cut:] if isinstance(command, Raster))
    assert rows == page.tobytes("raw", "1;I")


def test_the_rows_are_those_that_the_library_would_send() -> None:
    from escpos.printer import Dummy

    page = Image.effect_noise((571, 400), 120).convert("1", dither=Image.Dither.NONE)
    library = Dummy()
    library.image(without_hazards(page), impl="bitImageRaster", fragment_height=FRAGMENT_ROWS)
    assert library.output in to_escpos((page,), MEDIA["roll80"])
