"""Which characters a TrueType or OpenType font has: a reader of its `cmap` table.

After the OpenType specification 1.9.1, chapters "otff" (table directory), "cmap", formats 4 and 12.
"""

import struct
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

# (platform, encoding) of the Unicode subtables worth reading, best first.
_PREFERRED = ((3, 10), (0, 4), (0, 6), (3, 1), (0, 3))


@dataclass(frozen=True, slots=True)
class Coverage:
    """The code points a font maps to glyphs, as ascending ranges without overlap."""

    firsts: tuple[int, ...]
    lasts: tuple[int, ...]

    def __contains__(self, char: str) -> bool:
        """Whether the font has a glyph for this character."""
        place = bisect_right(self.firsts, ord(char)) - 1
        return place >= 0 and ord(char) <= self.lasts[place]


def read_coverage(path: Path, index: int = 0) -> Coverage:
    """Coverage of the font at `path`, of a collection (.ttc) its font number `index`.

    Raises `ValueError` when it is no such font or has no Unicode table of format 4 or 12.
    """
    with path.open("rb") as file:
        start = 0
        if file.read(4) == b"ttcf":
            file.seek(12 + 4 * index)
            (start,) = struct.unpack(">I", file.read(4))
        file.seek(start + 4)
        (tables,) = struct.unpack(">H", file.read(2))
        file.seek(start + 12)
        directory = file.read(16 * tables)
        for tag, _, offset, length in struct.iter_unpack(">4sIII", directory):
            if tag == b"cmap":
                file.seek(offset)
                return _coverage(file.read(length), path)
    raise ValueError(f"font {str(path)!r}: expected a cmap table, got none")


def _coverage(table: bytes, path: Path) -> Coverage:
    (count,) = struct.unpack_from(">H", table, 2)
    records = struct.iter_unpack(">HHI", table[4 : 4 + 8 * count])
    offsets = {(platform, encoding): offset for platform, encoding, offset in records}
    for key in _PREFERRED:
        if key in offsets:
            subtable = table[offsets[key] :]
            (form,) = struct.unpack_from(">H", subtable)
            if form == 12:
                return _joined(_format12(subtable))
            if form == 4:
                return _joined(_format4(subtable))
    raise ValueError(f"font {str(path)!r}: expected a cmap of format 4 or 12, got {sorted(offsets)}")


def _format12(table: bytes) -> Iterator[tuple[int, int]]:
    (groups,) = struct.unpack_from(">I", table, 12)
    for first, last, glyph in struct.iter_unpack(">III", table[16 : 16 + 12 * groups]):
        # Glyph 0 is the "missing" box; only the first of a group can be it.
        yield (first + (glyph == 0), last)


def _format4(table: bytes) -> Iterator[tuple[int, int]]:
    (double,) = struct.unpack_from(">H", table, 6)
    half = double // 2
    ends = struct.unpack_from(f">{half}H", table, 14)
    starts = struct.unpack_from(f">{half}H", table, 16 + double)
    deltas = struct.unpack_from(f">{half}H", table, 16 + 2 * double)
    offsets_at = 16 + 3 * double
    offsets = struct.unpack_from(f">{half}H", table, offsets_at)
    for place, (first, last, delta, offset) in enumerate(zip(starts, ends, deltas, offsets, strict=True)):
        for code in range(first, min(last, 0xFFFE) + 1):
            glyph = code
            if offset:
                at = offsets_at + 2 * place + offset + 2 * (code - first)
                (glyph,) = struct.unpack_from(">H", table, at)
            if (glyph + delta) & 0xFFFF and (glyph or not offset):
                yield (code, code)


def _joined(ranges: Iterator[tuple[int, int]]) -> Coverage:
    firsts: list[int] = []
    lasts: list[int] = []
    for first, last in sorted(ranges):
        if firsts and first <= lasts[-1] + 1:
            lasts[-1] = max(lasts[-1], last)
        elif first <= last:
            firsts.append(first)
            lasts.append(last)
    return Coverage(tuple(firsts), tuple(lasts))
