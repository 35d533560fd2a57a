"""The barcode libraries behind one call each: zxing-cpp, OpenCV, and pyzbar where its library is installed."""

import functools
from typing import TYPE_CHECKING, Any

from scanning.barcode import ERROR_CORRECTED, Barcode, Corner, Evidence, Symbology, looked_for

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Grey = NDArray[np.uint8]

# What a read is reported as may be a variant (Code39Ext, DataBarStk); its symbology is one of these.
_ZXING_NAMES = {
    "EAN13": Symbology.EAN13,
    "EAN8": Symbology.EAN8,
    "UPCE": Symbology.UPCE,
    "Code128": Symbology.CODE128,
    "ITF": Symbology.ITF,
    "Code39": Symbology.CODE39,
    "QRCode": Symbology.QR,
    "DataMatrix": Symbology.DATA_MATRIX,
    "PDF417": Symbology.PDF417,
    "Aztec": Symbology.AZTEC,
    "Codabar": Symbology.CODABAR,
    "Code93": Symbology.CODE93,
    "DataBar": Symbology.DATABAR,
}
# All of Code 39 is asked for but Code 32, the number of Italian medicines: one in eleven texts of six consonants and
# digits passes for one, and something else would be read.
_ZXING_PARTS = {"Code39": ("Code39Std", "Code39Ext")}
_MIN_CODABAR = 6  # characters with start and stop: chance reads of noise are shorter, codes in use are not
# What zbar adds most to. Of Code 39 and ITF it reads phantoms; it guesses the encoding of QR codes
# wrongly, and on Windows some of them end the process.
_ZBAR_NAMES = {
    "EAN13": (Symbology.EAN13, "]E0"),
    "EAN8": (Symbology.EAN8, "]E4"),
    "CODE128": (Symbology.CODE128, "]C0"),
}


def zxing(
    grey: "Grey",
    view: str,
    *,
    only: frozenset[Symbology],
    rotate: bool = False,
    thorough: bool = False,
    global_threshold: bool = False,
) -> list[Barcode]:
    """What zxing-cpp reads of `only` these in a grey (height, width) picture, which `view` names in the evidence.

    `rotate` also looks for lines that run upright and Data Matrix at any tilt, `thorough` for inverted
    and oversized symbols: both take time. `global_threshold` tells black from white by
    one histogram for each line instead of by the neighbourhood: better in small and blurred pictures.
    """
    import zxingcpp

    binarizer = zxingcpp.Binarizer
    results = zxingcpp.read_barcodes(
        grey,
        formats=_zxing_formats(only),
        try_rotate=rotate,
        try_downscale=thorough,
        try_invert=thorough,
        text_mode=zxingcpp.TextMode.Plain,
        binarizer=binarizer.GlobalHistogram if global_threshold else binarizer.LocalAverage,
    )
    reads = [_from_zxing(result, f"zxing {view}") for result in results]
    return [
        read for read in reads if read.symbology is not Symbology.CODABAR or len(read.text) >= _MIN_CODABAR
    ]


@functools.cache
def _zxing_formats(symbologies: frozenset[Symbology]) -> Any:
    import zxingcpp

    families = [name for name, symbology in _ZXING_NAMES.items() if symbology in symbologies]
    names = [part for name in families for part in _ZXING_PARTS.get(name, (name,))]
    return zxingcpp.BarcodeFormats([getattr(zxingcpp.BarcodeFormat, name) for name in names])


def _from_zxing(result: Any, reader: str) -> Barcode:
    symbology = _ZXING_NAMES.get(result.format.name) or _ZXING_NAMES[result.symbology.name]
    place = result.position
    corners = (place.top_left, place.top_right, place.bottom_right, place.bottom_left)
    return Barcode(
        symbology=symbology,
        aim=result.symbology_identifier,
        data=result.bytes,
        text=_text(result.bytes, result.text),
        corners=tuple((corner.x, corner.y) for corner in corners),
        evidence=Evidence((reader,), strong=symbology in ERROR_CORRECTED),
    )


def _text(data: bytes, guess: str) -> str:
    """UTF-8 when the bytes are that; otherwise what the decoder made of the declared encoding."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        return guess


def load() -> None:
    """Load both libraries, which takes up to a quarter of a second that the first frame shouldn't wait."""
    import numpy as np

    blank = np.full((16, 16), 255, np.uint8)
    zxing(blank, "nothing", only=looked_for(upce=True))
    zbar(blank, "nothing")


def zbar_available() -> bool:
    """Whether pyzbar and the zbar library it needs are installed."""
    return _pyzbar() is not None


@functools.cache
def _pyzbar() -> Any | None:
    try:
        from pyzbar import pyzbar
    except (ImportError, OSError):
        return None
    return pyzbar


def zbar(grey: "Grey", view: str) -> list[Barcode]:
    """What zbar reads in a grey (height, width) picture; nothing where it isn't installed."""
    pyzbar = _pyzbar()
    if pyzbar is None:
        return []
    # UPC-E is asked for only to be left out: without it, zbar passes its phantoms off as EAN-13.
    symbols = [getattr(pyzbar.ZBarSymbol, name) for name in (*_ZBAR_NAMES, "UPCE")]
    results = pyzbar.decode(grey, symbols=symbols)
    reader = f"zbar {view}"
    return [_from_zbar(result, reader) for result in results if result.data and result.type in _ZBAR_NAMES]


def _from_zbar(result: Any, reader: str) -> Barcode:
    symbology, aim = _ZBAR_NAMES[result.type]
    evidence = Evidence((reader,), lines=result.quality)
    text = result.data.decode(errors="replace")
    return Barcode(symbology, aim, result.data, text, _box(result.rect), evidence)


def opencv(grey: "Grey", view: str) -> list[Barcode]:
    """The EAN-13 and UPC-A that OpenCV's own detector reads in a grey (height, width) picture.

    A third opinion, not a source: alone it read 24 % of 721 photos, 20 of them wrongly, where zxing-cpp read
    82 %. But it finds bars by their direction and the others by scan lines, so that its errors are others.
    Its QR detectors read 97 and 103 of 177 photos, zxing-cpp 164: they are left out.
    """
    import cv2

    seen, texts, kinds, corners = cv2.barcode.BarcodeDetector().detectAndDecodeWithType(grey)
    if not seen:
        return []
    reads = zip(texts, kinds, corners, strict=True)
    return [
        _from_opencv(text, outline, f"OpenCV {view}")
        for text, kind, outline in reads
        if text and kind in ("EAN_13", "UPC_A")
    ]


def _from_opencv(text: str, outline: Any, reader: str) -> Barcode:
    whole = text.zfill(13)
    bottom_left, *further = ((round(x), round(y)) for x, y in outline.tolist())
    corners = (*further, bottom_left)
    return Barcode(Symbology.EAN13, "]E0", whole.encode(), whole, corners, Evidence((reader,)))


def _box(rect: Any) -> tuple[Corner, ...]:
    left, top, right, bottom = rect.left, rect.top, rect.left + rect.width, rect.top + rect.height
    return ((left, top), (right, top), (right, bottom), (left, bottom))
