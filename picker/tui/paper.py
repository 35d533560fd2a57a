"""Printed paper drawn with half blocks: two dots of ink in every character cell."""

from pathlib import Path
from typing import Protocol

_BLOCKS = (" ", "▀", "▄", "█")


class Faults(Protocol):
    """The switches of a virtual printer."""

    @property
    def now(self) -> str:
        """What is broken, by its name, or nothing."""
        ...

    def cause_next(self) -> None:
        """Mend what is broken and break the next thing."""
        ...

    def mend(self) -> None:
        """Mend everything."""
        ...


class PaperSource(Protocol):
    """Where the last papers of the virtual printer can be found, and how it is broken for practice."""

    @property
    def faults(self) -> Faults | None:
        """The switches of the virtual printer, where there is one."""
        ...

    def latest(self, n: int) -> list[tuple[str, Path]]:
        """Return at most `n` papers as (title, PNG file), newest first."""
        ...


def half_blocks(png: Path, columns: int) -> list[str]:
    """Return a picture as lines of at most `columns` characters, each two dots high; ink is dark.

    A picture wider than `columns` is made smaller, a narrower one is left as it is. Raises OSError when
    the file can't be read as a picture.
    """
    from PIL import Image

    with Image.open(png) as opened:
        grey = opened.convert("L")
    width = min(columns, grey.width)
    height = max(2, grey.height * width // grey.width)
    small = grey.resize((width, height + height % 2), Image.Resampling.BOX)
    # Thin strokes fade when they are made small; anything clearly darker than paper counts as ink.
    dots = small.point([1 if level < 176 else 0 for level in range(256)]).tobytes()
    rows = []
    for top in range(0, len(dots), 2 * width):
        upper, lower = dots[top : top + width], dots[top + width : top + 2 * width]
        rows.append("".join(_BLOCKS[a + 2 * b] for a, b in zip(upper, lower, strict=True)))
    return rows
