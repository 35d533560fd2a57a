"""A page as it was delivered: something that can be drawn at any size, and knows its own.

A page is measured in its own units, points of a PDF or pixels of a picture; a scale is dots per unit.
"""

import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from printing.carrier.errors import CarrierLabelError

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_PAGES = 50
MOST_PIXELS = 50_000_000
POINTS_PER_INCH = 72
FINE_DPI = 600
LONGEST_POINTS = 2400
"""Twice A4; a page that says more is no label."""

# The PDF library must not be entered by two threads at once.
_ONE_AT_A_TIME = threading.Lock()


class Original(Protocol):
    """One page.

    `pitches` are the sizes in units of the pixels that it is made of, where it is; `oversampling` is how
    much finer than in dots it must be drawn before it is thresholded.
    """

    oversampling: ClassVar[int]

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in units."""

    @property
    def pitches(self) -> tuple[float, ...]:
        """Widths of a pixel in units, for every picture that makes up a good part of the page."""

    @property
    def fine(self) -> float:
        """The scale at which its barcodes are read most easily."""

    def natural(self, dpi: int) -> float:
        """The scale of its true size on a printer of that resolution."""

    def draw(self, scale: float) -> "Image":
        """The page in grey (mode "L") at so many dots per unit."""


@dataclass(frozen=True, slots=True)
class Raster:
    """A picture in grey and its resolution, 0 when it does not say."""

    oversampling: ClassVar[int] = 1

    image: "Image"
    dpi: float

    @property
    def size(self) -> tuple[float, float]:
        """Pixels."""
        return float(self.image.width), float(self.image.height)

    @property
    def pitches(self) -> tuple[float, ...]:
        """Every pixel is one unit."""
        return (1.0,)

    @property
    def fine(self) -> float:
        """Small pictures are read more easily at twice their size."""
        return 2.0

    def natural(self, dpi: int) -> float:
        """By its own resolution; without one, a dot for a pixel."""
        return dpi / self.dpi if self.dpi else 1.0

    def draw(self, scale: float) -> "Image":
        """Whole multiples are exact; anything else is averaged over the area of a dot."""
        from PIL import Image

        size = round(self.image.width * scale), round(self.image.height * scale)
        whole = abs(scale - round(scale)) < 1e-9
        return self.image.resize(size, Image.Resampling.NEAREST if whole else Image.Resampling.BOX)


@dataclass(frozen=True, slots=True)
class PdfPage:
    """A page of a PDF; the page belongs to its document, which must stay open."""

    oversampling: ClassVar[int] = 4

    page: Any
    pitches: tuple[float, ...]

    @property
    def size(self) -> tuple[float, float]:
        """Points."""
        width, height = self.page.get_size()
        return float(width), float(height)

    @property
    def fine(self) -> float:
        """600 dpi."""
        return self.natural(FINE_DPI)

    def natural(self, dpi: int) -> float:
        """A PDF always says its size."""
        return dpi / POINTS_PER_INCH

    def draw(self, scale: float) -> "Image":
        """Drawn by PDFium, with soft edges of text and pictures."""
        with _ONE_AT_A_TIME, _in_words():
            picture = self.page.render(scale=scale, grayscale=True).to_pil()
        return picture.convert("L")  # type: ignore[no-any-return]


def pages(data: bytes) -> list[Original]:
    """The pages of a PDF or PNG. Raises `CarrierLabelError` for damaged, locked or oversized files."""
    return _pdf(data) if data.lstrip()[:5] == b"%PDF-" else [_png(data)]


def _png(data: bytes) -> Raster:
    from PIL import Image, UnidentifiedImageError

    size = _png_size(data)
    if size[0] * size[1] > MOST_PIXELS:
        raise CarrierLabelError(f"expected at most {MOST_PIXELS} pixels, got {size}")
    try:
        with Image.open(io.BytesIO(data), formats=("PNG",)) as image:
            paper = Image.new("RGBA", image.size, "white")
            grey = Image.alpha_composite(paper, image.convert("RGBA")).convert("L")
            return Raster(grey, _whole_dpi(image.info.get("dpi", (0.0, 0.0))[0]))
    except UnidentifiedImageError as error:
        raise CarrierLabelError("expected a PDF, PNG or ZPL file, got something else") from error
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise CarrierLabelError(f"the picture is damaged ({error})") from error


def _png_size(data: bytes) -> tuple[int, int]:
    """What the header says (PNG specification, IHDR), before a library makes room for it."""
    return int.from_bytes(data[16:20]), int.from_bytes(data[20:24])


def _whole_dpi(dpi: float) -> float:
    """PNG keeps pixels per metre: 203 dpi comes back as 202.9968."""
    return float(round(dpi)) if abs(dpi - round(dpi)) < 0.02 else float(dpi)


def _pdf(data: bytes) -> list[Original]:
    import pypdfium2

    with _ONE_AT_A_TIME, _in_words():
        document = pypdfium2.PdfDocument(data)
        count = len(document)
        if not 1 <= count <= MOST_PAGES:
            raise CarrierLabelError(f"expected 1 to {MOST_PAGES} pages, got {count}")
        return [_pdf_page(document[number], number + 1) for number in range(count)]


@contextmanager
def _in_words() -> Iterator[None]:
    """What the PDF library finds wrong becomes a `CarrierLabelError`."""
    import pypdfium2

    try:
        yield
    except pypdfium2.PdfiumError as error:
        raise CarrierLabelError(f"the PDF can't be opened ({error})") from error


def _pdf_page(page: Any, number: int) -> PdfPage:
    width, height = page.get_size()
    if not (0 < width <= LONGEST_POINTS and 0 < height <= LONGEST_POINTS):
        raise CarrierLabelError(
            f"page {number}: expected at most {LONGEST_POINTS} points, got {width:.0f} x {height:.0f}"
        )
    return PdfPage(page, tuple(_picture_pitches(page)))


def _picture_pitches(page: Any) -> list[float]:
    """Points per pixel of the pictures that cover a fifth of the page or more."""
    from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE

    pitches = []
    whole = page.get_width() * page.get_height()
    for picture in page.get_objects(filter=[FPDF_PAGEOBJ_IMAGE]):
        left, bottom, right, top = picture.get_bounds()
        pixels = picture.get_px_size()
        if (right - left) * (top - bottom) >= whole / 5 and min(pixels) > 0:
            # A picture may lie turned on its page.
            upright = (pixels[0] > pixels[1]) == (right - left > top - bottom)
            pitches.append((right - left) / pixels[0 if upright else 1])
    return pitches
