"""A page made of bands: each piece of content has its full width and its own height.

Because no two pieces share a band, no text can run into a barcode or off the paper, whatever it says.
"""

from typing import TYPE_CHECKING

from printing.barcodes import BarcodeError, Modules, code128
from printing.fonts import BOLD, REGULAR
from printing.media import Medium
from printing.render.codes import QR_QUIET_MODULES, draw_modules, draw_qr, qr_matrix
from printing.render.picture import NoteKind, Picture
from printing.render.typeset import Typesetter
from printing.text import clean
from printing.words import starts_right, word

if TYPE_CHECKING:
    from PIL.Image import Image

MARGIN_TENTHS = 20
ROLL_MARGIN_TENTHS = 15
RULE_TENTHS = 3
COPY_TENTHS = 30
TEXT_LIMIT = 400
CODE_LIMIT = 300
"""A code is never shortened: a longer one is left out."""
MIN_MODULE_TENTHS = 2
LEAST_SHARE = 2
"""How many times smaller a title may become before one of its words is broken."""


class Sheet:
    """Bands in the order they are added; lengths are in tenths of a mm unless they say dots."""

    def __init__(self, medium: Medium, language: str) -> None:
        """An empty sheet whose lines begin at the side where the language's lines do."""
        self.medium = medium
        self.type = Typesetter(language)
        self.bands: list[Image] = []
        self._margin = medium.dots(MARGIN_TENTHS if medium.height_mm else ROLL_MARGIN_TENTHS)
        self._mirrored = starts_right(language)

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

    def stack(self, pieces: list["Image"]) -> None:
        """Bands one below the other."""
        for piece in pieces:
            self.add(piece)

    def gap(self, tenths: int) -> None:
        """White space."""
        self.gap_dots(self.medium.dots(tenths))

    def gap_dots(self, dots: int) -> None:
        """White space in dots; none when there is no room for it."""
        self.stack(self.blank(dots))

    def blank(self, dots: int) -> list["Image"]:
        """A piece of white so tall, or no piece."""
        from PIL import Image

        return [Image.new("1", (1, dots), 1)] if dots > 0 else []

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
        self.stack(self.paragraph(text, self.medium.dots(tenths), weight, self.inner, align, max_lines))

    def paragraph(
        self, text: str, size: int, weight: int, width: int, align: str = "left", max_lines: int = 0
    ) -> list["Image"]:
        """Lines of `text` as pictures of `width` dots; `size` in dots, `align` as in a left-to-right language."""
        if self._mirrored:
            align = {"left": "right", "right": "left"}.get(align, align)
        cleaned = self.cleaned(text)
        lines = self.type.wrap(cleaned, size, weight, width)
        if max_lines and len(lines) > max_lines:
            self.type.note(NoteKind.SHORTENED, cleaned)
            lines = self.shortened(lines, max_lines, size, weight, width)
        return [self.type.line(line, size, weight, width, align) for line in lines]

    def copied(self, language: str, copy: int) -> None:
        """Which copy this is, unless it is the first."""
        if copy > 1:
            self.text(word(language, "copy", copy=copy), COPY_TENTHS, BOLD, "right")

    def title(self, text: str, tenths: int, align: str = "left") -> None:
        """A bold line in letters of that size, smaller if a word would have to be broken."""
        self._even(text, self.unbroken(text, tenths, self.inner), align)

    def name(self, text: str, tenths: int) -> None:
        """A bold name on one line, in smaller letters if need be; one too long even so is broken evenly."""
        size = self.medium.dots(tenths)
        across = self.type.width(self.cleaned(text), size, BOLD)
        least = max(size // LEAST_SHARE, size * self.inner // (across + 1) - 1)
        self._even(text, size if across <= self.inner else least, "left")

    def _even(self, text: str, size: int, align: str) -> None:
        """A bold heading in letters of `size` dots, its lines about as long as each other."""
        for line in self.type.balanced(self.cleaned(text), size, BOLD, self.inner):
            self.stack(self.paragraph(line, size, BOLD, self.inner, align))

    def unbroken(self, text: str, tenths: int, width: int, share: int = LEAST_SHARE) -> int:
        """The size in dots, up to `tenths` and not below a `share`th of it, at which no bold word is broken."""
        size = self.medium.dots(tenths)
        widest = max((self.type.width(word, size, BOLD) for word in self.cleaned(text).split(" ")), default=0)
        if widest <= width:
            return size
        return max(size // share, size * width // (widest + 1) - 1)

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
        """Two columns that share a band, the first where lines begin; neither is wider than its own part."""
        self.row([(left, left_width), (right, self.inner - left_width - space)], space)

    def columns(self, cells: list[tuple[str, int]], tenths: int, weight: int = REGULAR) -> None:
        """A row of cells (text, share of the width in percent), each within its own share."""
        space = self.medium.dots(10)
        widths = [self.inner * share // 100 - space for _, share in cells]
        size = self.medium.dots(tenths)
        texts = (self.paragraph(text, size, weight, w) for (text, _), w in zip(cells, widths, strict=True))
        self.row(list(zip(texts, widths, strict=True)), space)

    def row(self, columns: list[tuple[list["Image"], int]], space: int) -> None:
        """Columns (pieces one below the other, width in dots) beside each other, from where lines begin."""
        from PIL import Image

        tallest = max(sum(piece.height for piece in pieces) for pieces, _ in columns)
        band = Image.new("1", (self.inner, tallest), 1)
        begin = 0
        for pieces, width in columns:
            y = 0
            for piece in pieces:
                band.paste(piece, (self.inner - begin - width if self._mirrored else begin, y))
                y += piece.height
            begin += width + space
        self.add(band)

    def code128(self, text: str, height: int, widest: int) -> None:
        """Code 128 of `text`, `height` tall, modules of at most `widest`; a note when it can't be."""
        modules = self.modules(text)
        if modules is not None:
            self.symbol(modules, text, height, widest)

    def modules(self, text: str) -> Modules | None:
        """Code 128 of exactly `text`, or `None` and a note when no scanner should type it."""
        try:
            if clean(text, CODE_LIMIT) == text:
                return code128(text)
        except BarcodeError:
            pass
        self.type.note(NoteKind.NO_BARCODE, self.cleaned(text))
        return None

    def symbol(self, modules: Modules, text: str, height: int, widest: int) -> None:
        """A symbol with its quiet zones, as `drawn`, in a band of its own.

        A symbol too long for a roll is turned by 90 degrees; too long for a label, it is left out and noted
        with `text`.
        """
        from PIL import Image

        room = self.medium.width_dots
        drawn = self.drawn(modules, height, widest, room)
        if drawn is not None:
            self.add(drawn)
        elif self.medium.height_mm is None:
            rows = min(self.medium.dots(height), room)
            self.add(draw_modules(modules, self._least, rows).transpose(Image.Transpose.ROTATE_90))
        else:
            self.type.note(NoteKind.NO_BARCODE, clean(text, TEXT_LIMIT))

    def drawn(self, modules: Modules, height: int, widest: int, room: int) -> "Image | None":
        """A symbol in whole dots per module, as wide as fits `room` dots and `widest`; `None` if none fits."""
        x = min(room // modules.width, self.medium.dots(widest))
        return draw_modules(modules, x, self.medium.dots(height)) if x >= self._least else None

    @property
    def _least(self) -> int:
        """Dots of a module that a thermal head does not smear."""
        return max(2, self.medium.dots(MIN_MODULE_TENTHS))

    def qr(self, text: str, widest: int, room: int = 0) -> "Image | None":
        """QR code of exactly `text` with modules of at most `widest`, within `room` dots (0: all across).

        `None`, and a note, when it has no room with two dots per module or no scanner should type it.
        """
        if text and clean(text, CODE_LIMIT) == text:
            matrix = qr_matrix(text)
            most = (room or self.medium.width_dots) // (len(matrix) + 2 * QR_QUIET_MODULES)
            x = min(self.medium.dots(widest), most)
            if x >= self._least:
                return draw_qr(matrix, x)
        self.type.note(NoteKind.NO_BARCODE, self.cleaned(text))
        return None

    def picture(self) -> Picture:
        """The finished pages: one as long as needed on a roll, else as many of full height as needed."""
        pages = paginate(self.bands, self.medium)
        return Picture(tuple(pages), self.medium.dpi, tuple(self.type.notes))


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
