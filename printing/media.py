"""What is printed on: sizes in mm and in the printer's own dots."""

from dataclasses import dataclass

TENTHS_MM_PER_INCH = 254
ROLL_EDGE_MM = 4


@dataclass(frozen=True, slots=True)
class Medium:
    """Paper in a printer: width and height in mm (`None` is a roll), dpi, and printable dots across.

    `hatched` stock has the red edges of the battery mark printed on it.
    """

    width_mm: int
    height_mm: int | None
    dpi: int
    width_dots: int
    hatched: bool = False

    @property
    def height_dots(self) -> int | None:
        """Whole dots within the height, or `None` for a roll."""
        return None if self.height_mm is None else self.height_mm * self.dpi * 10 // TENTHS_MM_PER_INCH

    def dots(self, tenths_mm: int) -> int:
        """The nearest whole number of dots for a length in tenths of a mm, at least one."""
        return max(1, (tenths_mm * self.dpi + TENTHS_MM_PER_INCH // 2) // TENTHS_MM_PER_INCH)


MEDIA: dict[str, Medium] = {
    "label-203": Medium(102, 152, 203, 812),
    "label-300": Medium(102, 152, 300, 1200),
    "roll80": Medium(80, None, 203, 576),
    "roll58": Medium(58, None, 203, 384),
    "battery-203": Medium(100, 70, 203, 792, hatched=True),
    "battery-300": Medium(100, 70, 300, 1176, hatched=True),
    "a4": Medium(210, 297, 300, 2480),
}
"""The media that printers are set up with, by the name used in settings."""


def of_width(width_mm: int, dpi: int) -> Medium:
    """The usual medium of that width, or a roll with 4 mm unprinted at each edge."""
    for known in MEDIA.values():
        if (known.width_mm, known.dpi) == (width_mm, dpi) and not known.hatched:
            return known
    height = 152 if width_mm == 102 else None
    room = width_mm if height else width_mm - 2 * ROLL_EDGE_MM
    return Medium(width_mm, height, dpi, room * dpi * 10 // TENTHS_MM_PER_INCH // 8 * 8)


def medium(name: str) -> Medium:
    """The medium of that name; raises `ValueError` naming those that exist."""
    if name not in MEDIA:
        raise ValueError(f"unknown medium {name!r}: expected one of {sorted(MEDIA)}")
    return MEDIA[name]
