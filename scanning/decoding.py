"""Barcodes in still pictures: every library on every view of the picture, cheapest first."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scanning.ballot import Ballot, Known, nothing_known
from scanning.barcode import ERROR_CORRECTED, RETAIL, Barcode, Evidence, Symbology, looked_for
from scanning.locate import locate
from scanning.picture import read_picture
from scanning.readers import opencv, zbar, zxing
from scanning.region import Crop, Region, cut

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Grey = NDArray[np.uint8]

_CROP_WIDTH = 600  # px: narrower crops are enlarged, so that modules are 3 px and more
_MAX_ZOOM = 4.0
_FINE_SIDE = 1280  # px: where small codes still have bars
_FEW, _MANY = 4, 32  # regions to look into, and to look up the place of a read in
_SMALL = 800  # px: pictures up to this side are also looked at twice as large

_MIN_SCORE = 0.72
_SURE_MARGIN = 0.25  # no wrong fit in 170 photos came near it, most right ones exceed it
_FAIR_MARGIN = 0.1


def decode(image: "NDArray[np.uint8]", *, known: Known = nothing_known, upce: bool = False) -> list[Barcode]:
    """Barcodes in a grey (height, width) or BGR (height, width, 3) still picture, one for each content.

    Takes up to a second or two when there is little to read. What is accepted, and why, says
    `scanning.ballot.Ballot`. `known` is asked whether the screen waits for a code or the catalogue has it,
    with its text and with its look-up key (`scanning.codes.lookup_key`): such a code counts at its first
    read. `upce` also reads UPC-E, which half of any EAN-13 seen at an angle may pass for: only for shops
    that sell such goods.

    Raises:
        ValueError: the array has another shape or type, or is empty.
    """
    grey = as_grey(image)
    ballot = Ballot(known)
    for reads in _passes(grey, ballot, looked_for(upce=upce)):
        ballot.add(reads)
        if ballot.settled():
            break
    return ballot.accepted()


def decode_drawn(image: "NDArray[np.uint8]") -> list[Barcode]:
    """Barcodes in a grey or BGR picture that a program drew, such as a label before it is printed.

    One clean read is enough, and none of what photographs need is tried: it reads as chance has it where there is a
    symbol of a kind that no library knows. Raises ValueError as `decode` does.
    """
    grey, ballot = as_grey(image), Ballot(lambda _code: True)
    for one_threshold in (False, True):
        kinds = looked_for(upce=False)
        ballot.add(
            zxing(grey, "picture", rotate=True, thorough=True, global_threshold=one_threshold, only=kinds)
        )
        if ballot.settled():
            break
    return ballot.accepted()


def decode_file(path: str | Path, *, known: Known = nothing_known, upce: bool = False) -> list[Barcode]:
    """Barcodes in a PNG or JPEG file. Raises `scanning.picture.PictureError` when it can't be read."""
    return decode(read_picture(path), known=known, upce=upce)


def as_grey(image: "NDArray[np.uint8]") -> "Grey":
    """Grey (height, width) of a grey or BGR picture. Raises ValueError for another shape or type."""
    import numpy as np

    colour = image.ndim == 3 and image.shape[2] == 3
    if image.dtype != np.uint8 or not image.size or not (colour or image.ndim == 2):
        raise ValueError(
            f"Expected uint8 of (height, width) or (height, width, 3), got {image.dtype} of {image.shape}"
        )
    if not colour:
        return np.ascontiguousarray(image)
    import cv2

    return np.asarray(cv2.cvtColor(image, cv2.COLOR_BGR2GRAY), dtype=np.uint8)


def _passes(grey: "Grey", ballot: Ballot, kinds: frozenset[Symbology]) -> Iterator[list[Barcode]]:
    """Reads of one pass after the other; `ballot` tells which of those before need a second opinion."""
    yield zxing(grey, "picture", rotate=True, thorough=True, only=kinds)
    regions = locate(grey, limit=_MANY)
    for read in ballot.doubtful()[:_MANY]:
        yield from _on_region(grey, _place(read, regions.striped), "place", kinds)
    for region in regions.checkered[:_FEW]:
        crop = _cut_out(grey, region)
        yield placed(zxing(crop.pixels, "square", rotate=True, thorough=True, only=kinds), crop)
    for region in regions.striped[:_FEW]:
        yield from _on_region(grey, region, "crop", kinds)
    yield zbar(grey, "picture")
    yield zxing(grey, "picture, one threshold", rotate=True, global_threshold=True, only=kinds)
    yield from _closer(grey, kinds)
    yield zxing(_negative(grey), "negative", rotate=True, only=kinds)
    for view, other in (("sharpened place", _sharpened), ("negative", _negative)):
        for read in ballot.doubtful()[:_MANY]:
            yield from _on_crop(_cut_out(other(grey), _place(read, regions.striped)), view, kinds)
    if any(read.symbology in RETAIL for read in ballot.doubtful()):
        yield opencv(grey, "picture")


def _closer(grey: "Grey", kinds: frozenset[Symbology]) -> Iterator[list[Barcode]]:
    """What costs most: small regions, sharpened ones, and a small picture enlarged."""
    import cv2
    import numpy as np

    regions = locate(grey, limit=_FEW, side=_FINE_SIDE)
    for region in regions.checkered[:1]:
        # A PDF417 falls into several parts, but each tells its direction.
        crop = _cut_out(grey, region.grown(3 * max(region.length, region.height)))
        yield placed(zxing(crop.pixels, "turned", rotate=True, thorough=True, only=kinds), crop)
    for region in regions.striped:
        crop = _cut_out(grey, region)
        yield from _on_region(grey, region, "fine crop", kinds)
        yield from _on_crop(replace(crop, pixels=_sharpened(crop.pixels)), "sharpened crop", kinds)
    if max(grey.shape) <= _SMALL:
        large: Any = cv2.resize(grey, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC)
        whole = Crop(large, np.array([[0.5, 0.0, 0.0], [0.0, 0.5, 0.0]]), large.shape[1])
        yield placed(zxing(large, "enlarged", rotate=True, thorough=True, only=kinds), whole)
        yield placed(zbar(large, "enlarged"), whole)
    for view, changed in _mended(grey):
        yield zxing(changed, view, rotate=True, global_threshold=True, only=kinds & ERROR_CORRECTED)
    yield zxing(_sharpened(grey), "sharpened", rotate=True, thorough=True, only=kinds)
    yield zbar(_sharpened(grey), "sharpened")


def _mended(grey: "Grey") -> Iterator[tuple[str, "Grey"]]:
    """For squares that are coarse in print, lie in a shade, or consist of dots instead of modules.

    What no line of bars would bear: the chance reads that this brings are seen through by error correction.
    """
    import cv2
    import numpy as np

    soft: Any = cv2.GaussianBlur(grey, (0, 0), 1.0)
    yield "softened", soft
    shade = cv2.ADAPTIVE_THRESH_MEAN_C
    yield "evened", np.asarray(cv2.adaptiveThreshold(soft, 255, shade, cv2.THRESH_BINARY, 61, 3), np.uint8)
    for side in (3, 5, 9):
        joined: Any = cv2.morphologyEx(grey, cv2.MORPH_OPEN, np.ones((side, side), np.uint8))
        yield f"dots joined over {side} px", joined


def _sharpened(grey: "Grey") -> "Grey":
    """With even contrast all over and harder edges."""
    import cv2
    import numpy as np

    even: Any = cv2.createCLAHE(2.0, (8, 8)).apply(grey)
    hard = cv2.addWeighted(even, 2.5, cv2.GaussianBlur(even, (0, 0), 2.0), -1.5, 0)
    return np.asarray(hard, dtype=np.uint8)


def _negative(grey: "Grey") -> "Grey":
    """Light for dark: print on dark goods is often in white, and no decoder looks for bars of that kind by itself."""
    return 255 - grey


def _cut_out(grey: "Grey", region: Region) -> Crop:
    """The region, enlarged when it is small."""
    return cut(grey, region, min(max(1.0, _CROP_WIDTH / max(region.length, 1.0)), _MAX_ZOOM))


def _place(read: Barcode, regions: list[Region]) -> Region:
    """The region that a read lies in, or else its outline, with some height where that is a single line."""
    outline = Region.of(read)
    for region in regions:
        if region.holds(*outline.middle):
            return region
    return outline.at_least(0.0, 0.15 * outline.length)


def _on_region(
    grey: "Grey", region: Region, view: str, kinds: frozenset[Symbology]
) -> Iterator[list[Barcode]]:
    # The waveform comes first: decoders of edges can agree on a wrong read, and this gainsays them.
    yield _fitted(cut(grey, region))
    yield from _on_crop(_cut_out(grey, region), view, kinds)


def _on_crop(crop: Crop, view: str, kinds: frozenset[Symbology]) -> Iterator[list[Barcode]]:
    yield placed(zxing(crop.pixels, view, only=kinds), crop)
    yield placed(zbar(crop.pixels, view), crop)
    yield placed(zxing(crop.pixels, f"{view}, one threshold", global_threshold=True, only=kinds), crop)


def placed(reads: list[Barcode], crop: Crop) -> list[Barcode]:
    """What was read in a crop, with its corners in the picture that the crop was cut from."""
    return [replace(read, corners=crop.placed(read.corners)) for read in reads]


def _fitted(crop: Crop) -> list[Barcode]:
    """The EAN-13 whose waveform fits the crop, when it fits better than others."""
    from scanning.waveform import fit

    fitted = fit(crop.pixels, crop.length)
    if fitted is None or fitted.margin < _FAIR_MARGIN or fitted.score < _MIN_SCORE:
        return []
    height = crop.pixels.shape[0]
    outline = [(fitted.left, 0), (fitted.right, 0), (fitted.right, height), (fitted.left, height)]
    if fitted.left > fitted.right:
        outline = [(x, height - y) for x, y in outline]
    evidence = Evidence(("waveform",), lines=fitted.bands, strong=fitted.margin >= _SURE_MARGIN)
    data = fitted.text.encode()
    return [Barcode(Symbology.EAN13, "]E0", data, fitted.text, crop.placed(outline), evidence)]
