"""A page made of bands: each piece of content has its full width and its own height.

Because no two pieces share a band, no text can run into a barcode or off the paper, whatever it says.
"""

from typing import TYPE_CHECKING

from printing.barcodes import QUIET_MODULES, BarcodeError, Modules, code128
from printing.fonts import BOLD, REGULAR
from printing.media import Medium
from printing.render.picture import NoteKind, Picture
from printing.render.typeset import Typesetter
from printing.text import clean

if TYPE_CHECKING:
    from PIL.Image import Image

MARGIN_TENTHS = 20
RULE_TENTHS = 3
TEXT_LIMIT = 400
MIN_MODULE_TENTHS = 2


class Sheet:
    """Bands in the order they are added; lengths are in tenths of a mm unless they say dots."""

    def __init__(self, medium: Medium, language: str) -> None:
        """An empty sheet; rolls need no margins of their own, labels keep 2 mm."""
        self.medium = medium
        self.type = Typesetter(language)
        self.bands: list[Image] = []
        self._margin = medium.dots(MARGIN_TENTHS) if medium.height_mm else 0

    @property
    def inner(self) -> int:
        """Dots across between the margins."""
        return self.medium.width_dots - 2 * self._margin

    @property
    def height(self) -> int:
        """Dots used so far."""
        return sum(band.height for band in self.bands)

    def add(self, piece: "Image") -> None:
        """A band with `piece` in its middle."""
        from PIL import Image

        band = Image.new("1", (self.medium.width_dots, piece.height), 1)
        band.paste(piece, ((self.medium.width_dots - piece.width) // 2, 0))
        self.bands.append(band)

    def gap(self, tenths: int) -> None:
        """White space."""
        self.gap_dots(self.medium.dots(tenths))

    def gap_dots(self, dots: int) -> None:
        """White space in dots; none when there is no room for it."""
        from PIL import Image

        if dots > 0:
            self.add(Image.new("1", (1, dots), 1))

    def rule(self) -> None:
        """A line across with air around it."""
        from PIL import Image

        self.gap(10)
        self.add(Image.new("1", (self.inner, self.medium.dots(RULE_TENTHS)), 0))
        self.gap(10)

    def text(
        self, text: str, tenths: int, weight: int = REGULAR, align: str = "left", max_lines: int = 0
    ) -> None:
        """A paragraph in letters of that size; what exceeds `max_lines` (0 is no limit) is noted."""
        for line in self.paragraph(text, self.medium.dots(tenths), weight, self.inner, align, max_lines):
            self.add(line)

    def paragraph(
        self, text: str, size: int, weight: int, width: int, align: str = "left", max_lines: int = 0
    ) -> list["Image"]:
        """Lines of `text` as pictures of `width` dots; `size` in dots."""
        cleaned = self.cleaned(text)
        lines = self.type.wrap(cleaned, size, weight, width)
        if max_lines and len(lines) > max_lines:
            self.type.note(NoteKind.SHORTENED, cleaned)
            lines = self.shortened(lines, max_lines, size, weight, width)
        return [self.type.line(line, size, weight, width, align) for line in lines]

    def title(self, text: str, tenths: int, align: str = "left") -> None:
        """A bold line in letters of that size, smaller if a word would have to be broken."""
        size = self.unbroken(text, tenths, self.inner)
        for line in self.paragraph(text, size, BOLD, self.inner, align):
            self.add(line)

    def unbroken(self, text: str, tenths: int, width: int) -> int:
        """The size in dots, up to `tenths` and not below half of it, at which no bold word is broken."""
        size, least = self.medium.dots(tenths), self.medium.dots(tenths) // 2
        words = self.cleaned(text).split(" ")
        while size > least and any(self.type.width(word, size, BOLD) > width for word in words):
            size -= 1
        return size

    def cleaned(self, text: str) -> str:
        """`text` made harmless and of bearable length, noted when that cut it."""
        cleaned = clean(text, TEXT_LIMIT)
        if len(text) > TEXT_LIMIT and cleaned.endswith("…"):
            self.type.note(NoteKind.SHORTENED, cleaned)
        return cleaned

    def shortened(self, lines: list[str], count: int, size: int, weight: int, width: int) -> list[str]:
        """The first `count` lines, the last of them ending in "…" within the width."""
        last = lines[count - 1]
        while last and self.type.width(last + "…", size, weight) > width:
            last = last[:-1]
        return [*lines[: count - 1], last + "…"]

    def table_row(self, key: str, parts: list[tuple[str, int, int]], key_share: int) -> None:
        """A bold key at the left and paragraphs (text, size in tenths, weight) beside it.

        `key_share` is the key's part of the width in percent.
        """
        left_width = self.inner * key_share // 100
        space = self.medium.dots(15)
        right_width = self.inner - left_width - space
        left = self.paragraph(key, self.medium.dots(parts[0][1]), BOLD, left_width, "right")
        right = [
            line
            for text, tenths, weight in parts
            for line in self.paragraph(text, self.medium.dots(tenths), weight, right_width)
        ]
        self.beside(left, right, left_width, space)

    def beside(self, left: list["Image"], right: list["Image"], left_width: int, space: int) -> None:
        """Two columns that share a band; neither is wider than its own part."""
        from PIL import Image

        height = max(sum(piece.height for piece in column) for column in (left, right))
        band = Image.new("1", (self.inner, height), 1)
        for column, x in ((left, 0), (right, left_width + space)):
            y = 0
            for piece in column:
                band.paste(piece, (x, y))
                y += piece.height
        self.add(band)

    def code128(self, text: str, height: int, widest: int) -> None:
        """Code 128 of `text`, `height` tall, modules of at most `widest`; a note when it can't be."""
        try:
            modules = code128(text)
        except BarcodeError:
            self.type.note(NoteKind.NO_BARCODE, self.cleaned(text))
            return
        self.symbol(modules, text, height, widest)

    def symbol(self, modules: Modules, text: str, height: int, widest: int) -> None:
        """A symbol with its quiet zones, in whole dots per module.

        The widest module that fits is taken, but none below two dots, which thermal heads smear. A
        symbol too long for a roll is turned by 90 degrees; too long for a label, it is left out and
        noted with `text`.
        """
        from PIL import Image

        room = self.medium.width_dots
        x = min(room // modules.width, self.medium.dots(widest))
        least = max(2, self.medium.dots(MIN_MODULE_TENTHS))
        rows = self.medium.dots(height)
        if x >= least:
            self.add(draw_modules(modules, x, rows))
        elif self.medium.height_mm is None:
            self.add(draw_modules(modules, least, min(rows, room)).transpose(Image.Transpose.ROTATE_90))
        else:
            self.type.note(NoteKind.NO_BARCODE, clean(text, TEXT_LIMIT))

    def picture(self) -> Picture:
        """The finished pages: one as long as needed on a roll, else as many of full height as needed."""
        pages = paginate(self.bands, self.medium)
        return Picture(tuple(pages), self.medium.dpi, tuple(self.type.notes))


def draw_modules(modules: Modules, x: int, rows: int) -> "Image":
    """The symbol with quiet zones, `x` dots per module, `rows` dots tall."""
    from PIL import Image, ImageDraw

    image = Image.new("1", (modules.width * x, rows), 1)
    draw = ImageDraw.Draw(image)
    for place, dark in enumerate(modules.bars, start=QUIET_MODULES):
        if dark:
            draw.rectangle((place * x, 0, place * x + x - 1, rows - 1), fill=0)
    return image


def paginate(bands: list["Image"], medium: Medium) -> list["Image"]:
    """Bands stacked on pages of the medium; no band is divided unless it is taller than a page."""
    from PIL import Image

    limit = medium.height_dots
    if limit is None:
        return [_stacked(bands, medium.width_dots, sum(band.height for band in bands))]
    pages: list[list[Image.Image]] = [[]]
    used = 0
    for band in bands:
        if used + band.height > limit and pages[-1]:
            pages.append([])
            used = 0
        pages[-1].append(band)
        used += band.height
    return [_stacked(page, medium.width_dots, limit) for page in pages]


def _stacked(bands: list["Image"], width: int, height: int) -> "Image":
    from PIL import Image

    page = Image.new("1", (width, height), 1)
    y = 0
    for band in bands:
        page.paste(band, (0, y))
        y += band.height
    return page
