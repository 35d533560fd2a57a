"""Pictures as ESC/POS: rows of dots only, so that nothing a customer wrote is ever a command.

python-escpos builds the bytes. It is imported on first use, away from the screen's thread, because
its import takes a quarter of a second, and fenced in, because that import also touches the program
around it.
"""

import logging
import os
import re
import shutil
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar

from printing.media import Medium

if TYPE_CHECKING:
    from PIL.Image import Image

FRAGMENT_ROWS = 192
"""Rows per raster command: printers of little memory lose track of more than 256."""
WIDEST_ROW_BYTES = 256

_REAL_TIME = re.compile(rb"\x10(?=[\x04\x05\x14])")

RESET = b"\x1b@"
"""ESC @: drops text that waits for the end of its line; printers of labels take no notice of it."""


def to_escpos(pages: tuple["Image", ...], medium: Medium) -> bytes:
    """One document: INIT, then every page (mode "1") as GS v 0 fragments followed by GS V 66,
    which feeds to the cutter and cuts. Raises `ValueError` for a page that is wider than the medium prints.
    """
    escpos = _escpos()
    printer = escpos.Dummy(profile=_profile(medium.width_dots))
    printer.hw("INIT")
    for page in pages:
        if page.width > medium.width_dots:
            raise ValueError(f"page of {page.width} dots: expected at most {medium.width_dots}")
        for fragment in _fragments(without_hazards(page)):
            printer._raw(fragment)
        printer.cut(feed=False)
    return bytes(printer.output)


def _fragments(page: "Image") -> Iterator[bytes]:
    """GS v 0 with so many rows at a time.

    python-escpos's own `image` gives the same bytes after six conversions of every fragment, 35 ms for a label.
    """
    raster, row = page.tobytes("raw", "1;I"), (page.width + 7) // 8
    for top in range(0, page.height, FRAGMENT_ROWS):
        rows = raster[top * row : (top + FRAGMENT_ROWS) * row]
        yield b"\x1dv0\x00" + row.to_bytes(2, "little") + (len(rows) // row).to_bytes(2, "little") + rows


def hazards(raster: bytes) -> int:
    """How many real-time commands (DLE EOT, DLE ENQ, DLE DC4) a printer would see in these bytes.

    Epson printers carry them out on receipt, even in the middle of a picture: they answer status
    nobody asked for, clear the buffer or open the drawer.
    """
    return len(_REAL_TIME.findall(raster))


def without_hazards(page: "Image") -> "Image":
    """The page with one dot added wherever its rows would spell a real-time command.

    The byte 0x10 is a single dot alone among eight; made 0x30 it is a dot wider, to the left, where
    the row can't have ended yet. Bars and QR modules are two dots and more, so none is ever touched.
    """
    from PIL import Image

    # "1;I" is one bit per dot with black as 1, as the printer counts; rows are padded with white.
    raster = page.tobytes("raw", "1;I")
    if not hazards(raster):
        return page
    return Image.frombytes("1", page.size, _REAL_TIME.sub(b"\x30", raster), "raw", "1;I")


def flush_remains() -> bytes:
    """Bytes that end whatever an earlier job left half done in a printer, and cut it off.

    Blank rows complete a fragment that was cut short; a printer that waits for a command ignores
    the same zero bytes.
    """
    return bytes(WIDEST_ROW_BYTES * FRAGMENT_ROWS + 8) + b"\x1b@\x1dVB\x00"


@cache
def _escpos() -> Any:
    """python-escpos's printer module, without what its import leaves behind.

    It installs a handler on the root logger, and makes a temporary directory that it never removes.
    A directory named by the environment would have a pickle loaded from it, so it is not heeded.
    """
    os.environ.pop("ESCPOS_CAPABILITIES_PICKLE_DIR", None)
    root = logging.getLogger()
    before = list(root.handlers)
    from escpos import capabilities, printer

    for handler in [handler for handler in root.handlers if handler not in before]:
        root.removeHandler(handler)
    shutil.rmtree(capabilities.pickle_dir, ignore_errors=True)
    return printer


def _profile(width_dots: int) -> Any:
    """A printer profile that knows its width, which the library otherwise asks for on stdout."""
    from escpos.capabilities import Profile

    class Raster(Profile):  # type: ignore[misc]
        """A printer of which only the width is known."""

        profile_data: ClassVar[dict[str, Any]] = {
            "media": {"width": {"pixels": width_dots}},
            "codePages": {},
        }

    return Raster()
