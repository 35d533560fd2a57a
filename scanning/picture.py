"""Reading a picture file that may be anything: wrong, cut off, or far too large."""

from pathlib import Path
from stat import S_ISREG
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MAX_BYTES = 64 * 2**20
MAX_PIXELS = 50_000_000


class PictureError(ValueError):
    """A picture that can't be read; the message says which and why."""


def read_picture(path: str | Path) -> "NDArray[np.uint8]":
    """The PNG or JPEG file as grey values, shape (height, width), turned as its camera noted.

    Raises:
        PictureError: no such file, no plain file, over `MAX_BYTES` or `MAX_PIXELS`, another format, or damaged.
    """
    import numpy as np
    from PIL import Image, ImageOps, UnidentifiedImageError

    file = Path(path)
    _check_size(file)
    try:
        with Image.open(file, formats=("PNG", "JPEG")) as image:
            if image.width * image.height > MAX_PIXELS:
                size = f"{image.width} x {image.height}"
                raise PictureError(f"{file}: expected at most {MAX_PIXELS} pixels, got {size}")
            upright = ImageOps.exif_transpose(image)
            if upright.has_transparency_data:
                paper = Image.new("RGBA", upright.size, "white")
                upright = Image.alpha_composite(paper, upright.convert("RGBA"))
            return np.asarray(upright.convert("L"))
    except UnidentifiedImageError as error:
        raise PictureError(f"{file}: expected a PNG or JPEG picture, got something else") from error
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        if isinstance(error, PictureError):
            raise
        raise PictureError(f"{file}: the picture is damaged ({error})") from error


def _check_size(file: Path) -> None:
    try:
        stat = file.stat()
    except OSError as error:
        raise PictureError(f"{file}: can't be read ({error.strerror})") from error
    if not S_ISREG(stat.st_mode):
        raise PictureError(f"{file}: expected a picture file, got a folder or a device")
    if stat.st_size > MAX_BYTES:
        raise PictureError(f"{file}: expected at most {MAX_BYTES} bytes, got {stat.st_size}")
