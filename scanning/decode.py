"""Barcodes in a picture: zxing-cpp, helped by pyzbar where its library is installed, and by crops."""

import functools
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scanning.barcode import Barcode, Corner, Symbology
from scanning.codes import lookup_key
from scanning.locate import Crop, locate
from scanning.picture import read_picture

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_ZXING_FORMATS = ("EAN13", "EAN8", "Code128", "ITF", "Code39", "QRCode", "DataMatrix", "PDF417")
# What a read is reported as may be a variant (Code39Ext, QRCodeModel1); its symbology is one of these.
_ZXING_NAMES = {
    "Code128": Symbology.CODE128,
    "ITF": Symbology.ITF,
    "Code39": Symbology.CODE39,
    "QRCode": Symbology.QR,
    "DataMatrix": Symbology.DATA_MATRIX,
    "PDF417": Symbology.PDF417,
}
# What zbar adds most to. Of Code 39 and ITF it reads phantoms; it guesses the encoding of QR codes
# wrongly, and on Windows some of them end the process.
_ZBAR_NAMES = {
    "EAN13": (Symbology.EAN13, "]E0"),
    "EAN8": (Symbology.EAN8, "]E4"),
    "CODE128": (Symbology.CODE128, "]C0"),
}


def decode(image: "NDArray[np.uint8]", *, quick: bool = False) -> list[Barcode]:
    """Barcodes in a grey (height, width) or BGR (height, width, 3) picture, one for each content.

    `quick` is for camera frames: symbols that stand about upright first; straightened crops, then
    turned pictures, only when there are none. Otherwise every pass runs and each barcode names
    those that agree on it.

    Raises:
        ValueError: the array has another shape or type, or is empty.
    """
    grey = _as_grey(image)
    if quick:
        return _merged(_zxing(grey) or _in_crops(grey) or _zxing(grey, rotate=True))
    return _merged([*_zxing(grey, rotate=True, thorough=True), *_zbar(grey), *_in_crops(grey)])


def decode_file(path: str | Path) -> list[Barcode]:
    """Barcodes in a PNG or JPEG file. Raises `scanning.picture.PictureError` when it can't be read."""
    return decode(read_picture(path))


def pyzbar_available() -> bool:
    """Whether pyzbar and the zbar library it needs are installed."""
    return _pyzbar() is not None


@functools.cache
def _pyzbar() -> Any | None:
    try:
        from pyzbar import pyzbar
    except (ImportError, OSError):
        return None
    return pyzbar


def _as_grey(image: "NDArray[np.uint8]") -> "NDArray[np.uint8]":
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


def _zxing(
    grey: "NDArray[np.uint8]", *, rotate: bool = False, thorough: bool = False, decoder: str = "zxing"
) -> list[Barcode]:
    """`rotate` also looks for lines that run upright and Data Matrix at any tilt; both take time."""
    import zxingcpp

    results = zxingcpp.read_barcodes(
        grey,
        formats=zxingcpp.BarcodeFormats([getattr(zxingcpp.BarcodeFormat, name) for name in _ZXING_FORMATS]),
        try_rotate=rotate,
        try_downscale=thorough,
        try_invert=thorough,
        text_mode=zxingcpp.TextMode.Plain,
    )
    return [_from_zxing(result, decoder) for result in results]


def _from_zxing(result: Any, decoder: str) -> Barcode:
    retail = Symbology.EAN8 if len(result.text) == 8 else Symbology.EAN13
    place = result.position
    corners = (place.top_left, place.top_right, place.bottom_right, place.bottom_left)
    return Barcode(
        symbology=_ZXING_NAMES.get(result.symbology.name, retail),
        aim=result.symbology_identifier,
        data=result.bytes,
        text=_text(result.bytes, result.text),
        corners=tuple((corner.x, corner.y) for corner in corners),
        decoders=(decoder,),
    )


def _text(data: bytes, guess: str) -> str:
    """UTF-8 when the bytes are that; otherwise what the decoder made of the declared encoding."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        return guess


def _zbar(grey: "NDArray[np.uint8]") -> list[Barcode]:
    pyzbar = _pyzbar()
    if pyzbar is None:
        return []
    # UPC-E is asked for only to be left out: without it, zbar passes its phantoms off as EAN-13.
    symbols = [getattr(pyzbar.ZBarSymbol, name) for name in (*_ZBAR_NAMES, "UPCE")]
    results = pyzbar.decode(grey, symbols=symbols)
    return [_from_zbar(result) for result in results if result.data and result.type in _ZBAR_NAMES]


def _from_zbar(result: Any) -> Barcode:
    symbology, aim = _ZBAR_NAMES[result.type]
    corners = tuple((point.x, point.y) for point in result.polygon)
    return Barcode(symbology, aim, result.data, result.data.decode(errors="replace"), corners, ("zbar",))


def _in_crops(grey: "NDArray[np.uint8]") -> list[Barcode]:
    return [
        replace(barcode, corners=_placed(barcode.corners, crop))
        for crop in locate(grey)
        for barcode in _zxing(crop.pixels, decoder="zxing crop")
    ]


def _placed(corners: Iterable[Corner], crop: Crop) -> tuple[Corner, ...]:
    """Corners in a crop as corners in the picture it was cut from."""
    (ax, bx, cx), (ay, by, cy) = crop.to_image.tolist()
    return tuple((round(ax * x + bx * y + cx), round(ay * x + by * y + cy)) for x, y in corners)


def _merged(found: Iterable[Barcode]) -> list[Barcode]:
    """One barcode for each content, the first read leading, naming every decoder that agrees."""
    first: dict[tuple[bool, str], Barcode] = {}
    for barcode in found:
        retail = barcode.symbology in (Symbology.EAN13, Symbology.EAN8)
        content = (retail, lookup_key(barcode.text) if retail else barcode.text)
        held = first.setdefault(content, barcode)
        names = dict.fromkeys((*held.decoders, *barcode.decoders))
        first[content] = replace(held, decoders=tuple(names))
    return list(first.values())
