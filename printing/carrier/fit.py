"""From a page to the dots of a printer, without smearing a bar.

A bar is sharp when its module is a whole number of dots. So the sizes that make it one are tried first,
as near to the true size as they are; each is thresholded, never dithered, and none counts until its
barcodes have been read (see `accept`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from printing.carrier.errors import CarrierLabelError, NoCodeError
from printing.carrier.modules import module_widths
from printing.carrier.original import Original
from printing.media import Medium

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PIL.Image import Image

MOST_CHANGE = 0.2
"""How far a label may be from its true size for the sake of sharp bars."""
LEAST_SHRINK = 0.75
"""How far a label may be made smaller to have room at all."""
LEAST_MODULE = 2
"""Thermal heads smear a module of a single dot."""
MOST_MODULE = 13
MOST_DRIFT = 0.002
BLACK_BELOW = 128
_INK_BELOW = 200


@dataclass(frozen=True, slots=True)
class Probe:
    """A page drawn finely: the picture, its dots per unit, and the box of its ink in units."""

    image: "Image"
    scale: float
    box: tuple[float, float, float, float]


def probe(page: Original) -> Probe:
    """Draw the page finely. Raises `NoCodeError` for a blank one, `CarrierLabelError` for white bars on black."""
    from PIL import ImageStat

    scale = page.fine
    image = page.draw(scale)
    box = image.point(lambda value: 255 if value < _INK_BELOW else 0).getbbox()
    if box is None:
        raise NoCodeError("the page is blank")
    if ImageStat.Stat(image).mean[0] < BLACK_BELOW:
        raise CarrierLabelError("the page is more black than white: is it the negative of a label?")
    left, top, right, bottom = (edge / scale for edge in box)
    return Probe(image, scale, (left, top, right, bottom))


def fittings(page: Original, seen: Probe, medium: Medium) -> "Iterator[Image]":
    """The page as mode "1" pictures for the medium, the likeliest first.

    Raises `CarrierLabelError` when it is too large for the medium.
    """
    room = (medium.width_dots, medium.height_dots)
    whole = (0.0, 0.0, *page.size)
    natural = page.natural(medium.dpi)
    scales = list(_scales(page, seen, natural))
    # With its margins where they fit, else only what is printed on it.
    fitting = [(scale, box) for scale in scales for box in (whole, seen.box) if _fits(box, scale, room)]
    if not any(scale >= natural * LEAST_SHRINK for scale, _ in fitting):
        largest = _largest(seen.box, room)
        if largest < natural * LEAST_SHRINK:
            raise CarrierLabelError(_too_large(seen, natural, medium))
        fitting.append((largest, seen.box))
    for scale, box in fitting:
        yield _on_medium(_dots(page, scale, box), medium)


def _scales(page: Original, seen: Probe, natural: float) -> Iterator[float]:
    """Those that make modules whole dots, all of them if that can be and nearest to the true size first.

    The true size itself comes last.
    """
    widths = [width / seen.scale for width in module_widths(seen.image)]
    if widths and widths[0] * natural < LEAST_MODULE * (1 - MOST_CHANGE):
        raise CarrierLabelError(
            f"its bars are {widths[0] * natural:.1f} dots wide, too thin for this printer: expected {LEAST_MODULE}"
        )
    least = [*((pitch, 1) for pitch in page.pitches), *((width, LEAST_MODULE) for width in widths)]
    sharp = {
        round(dots / width / natural, 4) * natural
        for width, fewest in least
        for dots in range(fewest, MOST_MODULE)
        if abs(dots / width / natural - 1) <= MOST_CHANGE
    }
    sharp.add(natural)
    yield from sorted(sharp, key=lambda scale: (_blurred(scale, widths), abs(scale - natural)))


def _blurred(scale: float, widths: list[float]) -> bool:
    """Whether any module is not a whole number of dots: over a long barcode even a hundredth adds up to some."""
    return any(abs(width * scale - round(width * scale)) > MOST_DRIFT for width in widths)


def _fits(box: tuple[float, ...], scale: float, room: tuple[int, int | None]) -> bool:
    width, height = (box[2] - box[0]) * scale, (box[3] - box[1]) * scale
    return any(_within(size, room) for size in ((width, height), (height, width)))


def _within(size: tuple[float, float], room: tuple[int, int | None]) -> bool:
    # Half a dot too many is the rounding of a size in points.
    return size[0] < room[0] + 0.5 and (room[1] is None or size[1] < room[1] + 0.5)


def _largest(box: tuple[float, ...], room: tuple[int, int | None]) -> float:
    """The largest scale at which the box has room, upright or turned."""
    sides = (box[2] - box[0], box[3] - box[1])
    return max(
        min(room[0] / across, room[1] / along if room[1] else room[0] / across)
        for across, along in (sides, sides[::-1])
    )


def _too_large(seen: Probe, natural: float, medium: Medium) -> str:
    width, height = ((seen.box[n + 2] - seen.box[n]) * natural for n in (0, 1))
    paper = f"{medium.width_dots} x {medium.height_dots or 'any number of'}"
    return f"the label is {width:.0f} x {height:.0f} dots, too large for paper of {paper} dots"


def _dots(page: Original, scale: float, box: tuple[float, ...]) -> "Image":
    """The box of the page in black and white dots."""
    fine = page.oversampling
    left, top, right, bottom = (round(edge * scale) * fine for edge in box)
    image = page.draw(scale * fine).crop((left, top, right, bottom))
    if fine > 1:
        image = _averaged(image, fine)
    return image.point(lambda value: 255 if value >= BLACK_BELOW else 0).convert("1")


def _averaged(image: "Image", fine: int) -> "Image":
    """Averaged over dots, the grid of dots laid so that fewest edges fall into the middle of one."""
    import numpy as np
    from PIL import Image

    black = np.asarray(image) < BLACK_BELOW
    shift = [_shift((lines[:, 1:] != lines[:, :-1]).sum(axis=0), fine) for lines in (black, black.T)]
    moved = Image.new("L", image.size, 255)
    moved.paste(image, (-shift[0], -shift[1]))
    return moved.reduce(fine)


def _shift(edges: "NDArray[np.intp]", fine: int) -> int:
    """Where most edges are, in steps of 1/`fine` dot; edge n lies before pixel n + 1."""
    return max(
        range(-fine // 2 + 1, fine // 2 + 1), key=lambda shift: int(edges[(shift - 1) % fine :: fine].sum())
    )


def _on_medium(dots: "Image", medium: Medium) -> "Image":
    """Turned if it must be, in the middle of the medium's width; on a label also of its height."""
    from PIL import Image

    room = (medium.width_dots, medium.height_dots)
    if not _within(dots.size, room):
        dots = dots.transpose(Image.Transpose.ROTATE_90)
    page = Image.new("1", (medium.width_dots, medium.height_dots or dots.height), 1)
    page.paste(dots, ((page.width - dots.width) // 2, (page.height - dots.height) // 2))
    return page
