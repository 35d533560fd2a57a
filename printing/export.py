"""Pictures as files for other programs: PNG and PDF, the same bytes for the same picture."""

import io
from time import struct_time
from typing import TYPE_CHECKING

from printing.render.picture import Picture

if TYPE_CHECKING:
    from PIL.Image import Image

# A PDF carries the time it was made; the same document must give the same file.
_EPOCH = struct_time((1970, 1, 1, 0, 0, 0, 3, 1, 0))


def to_png(picture: Picture, page: int = 0) -> bytes:
    """One page as a PNG of one bit per dot, with the resolution in it."""
    return image_png(picture.pages[page], picture.dpi)


def image_png(image: "Image", dpi: int = 203) -> bytes:
    """A black and white image as a PNG."""
    out = io.BytesIO()
    image.save(out, "PNG", dpi=(dpi, dpi))
    return out.getvalue()


def to_pdf(picture: Picture) -> bytes:
    """All pages as a PDF in their true size."""
    out = io.BytesIO()
    first, *rest = picture.pages
    first.save(
        out,
        "PDF",
        save_all=True,
        append_images=rest,
        resolution=float(picture.dpi),
        creationDate=_EPOCH,
        modDate=_EPOCH,
    )
    return out.getvalue()
