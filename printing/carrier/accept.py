"""Is this a label that can be printed, and scanned at the depot?

Every barcode is read from the page as it came and from the very dots that will be printed; a page on
which none is read, or not the same ones, is refused here and not at the depot.
"""

import codecs
import io
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from printing.carrier.errors import CarrierLabelError, NoCodeError
from printing.carrier.fit import fittings, probe
from printing.carrier.original import Original, pages
from printing.media import Medium
from printing.zpl import ZplError, check_zpl, labels

if TYPE_CHECKING:
    from PIL.Image import Image

Reader = Callable[["Image"], list[str]]
"""Reads the barcodes on a picture; the services hand one in."""

ZPL, PNG = "zpl", "png"
MOST_BYTES = 20_000_000
_HEAD = 4096
"""Bytes within which a text of ZPL has its first label."""
_JOINED = re.compile(rb"(\^XZ\s*)" + codecs.BOM_UTF8, re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Accepted:
    """A label for one parcel.

    `payload` is ZPL byte for byte but for a mark of its encoding, or a PNG of the dots to print on a medium of `dpi`
    and `width_dots`.
    `codes` are what its barcodes hold, as the reader gave them, in their order of the alphabet. `page` is the one that
    it was on, from 1, where its file has several, and `left_out` those of the file without a code.
    """

    format: str
    payload: bytes
    dpi: int
    width_dots: int
    codes: tuple[str, ...]
    page: int = 0
    left_out: tuple[int, ...] = ()


def accept(
    data: bytes, medium: Medium, reader: Reader, permitted: Iterable[str] = ()
) -> tuple[Accepted, ...]:
    """The labels in a PDF (one a page), a PNG or a ZPL file, for that medium.

    A page without any barcode beside labels of another size, such as an invoice, is none and left out. `permitted`
    are settings that a carrier's ZPL may make (`printing.zpl.check.PERMITTABLE`). Raises `CarrierLabelError` in words
    when any other page can't be printed or scanned.
    """
    if len(data) > MOST_BYTES:
        raise CarrierLabelError(f"expected at most {MOST_BYTES} bytes, got {len(data)}")
    data = _as_bytes(data)
    if b"^XA" in data[:MOST_BYTES].upper() and not data.startswith((b"%PDF", b"\x89PNG")):
        return _zpl(data, medium, reader, permitted)
    images = pages(data)
    if len(images) == 1:
        return (_page(images[0], medium, reader),)
    done, bare = [], {}
    for number, page in enumerate(images, start=1):
        try:
            done.append(replace(_page(page, medium, reader), page=number))
        except NoCodeError as error:
            # Its words alone: a kept error would keep the file's pages open with it.
            bare[number] = str(error)
        except CarrierLabelError as error:
            raise CarrierLabelError(f"page {number}: {error}") from error
    sizes = {_size(images[label.page - 1]) for label in done}
    for number, why in bare.items():
        if not sizes or _size(images[number - 1]) in sizes:
            raise CarrierLabelError(f"page {number}: {why}")
    return tuple(replace(label, left_out=tuple(bare)) for label in done)


def _as_bytes(data: bytes) -> bytes:
    """The file without the marks of a text's encoding, which a printer would print, also where files were joined;
    UTF-16 and UTF-32, marked or not, as the UTF-8 of ZPL's ^CI28.

    Raises `CarrierLabelError` for such a text that breaks off.
    """
    for encoding in ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be"):
        mark = "^XA".encode(encoding)
        at = data[:_HEAD].upper().find(mark)
        if at >= 0 and at % (len(mark) // 3) == 0:  # else it is the other order of bytes
            try:
                data = data.decode(encoding).encode()
            except UnicodeError as error:
                raise CarrierLabelError(f"the text in {encoding.upper()} is damaged ({error})") from error
            break
    return _JOINED.sub(rb"\1", data.removeprefix(codecs.BOM_UTF8))


def _size(page: Original) -> tuple[int, ...]:
    """The sides of a page, whichever way round, in whole units."""
    return tuple(sorted(round(side) for side in page.size))


def _zpl(data: bytes, medium: Medium, reader: Reader, permitted: Iterable[str]) -> tuple[Accepted, ...]:
    try:
        parts = check_zpl(data, permitted)
        return tuple(_zpl_label(part, medium, reader) for part in parts)
    except ZplError as error:
        raise CarrierLabelError(str(error)) from error


def _zpl_label(part: bytes, medium: Medium, reader: Reader) -> Accepted:
    from PIL import ImageOps

    codes: set[str] = set()
    for image in labels(part):
        codes |= _read(reader, image)
        box = ImageOps.invert(image.convert("L")).getbbox()
        if box is not None and box[2] > medium.width_dots:
            raise CarrierLabelError(
                f"the label is {box[2]} dots wide: expected at most {medium.width_dots} for this printer"
            )
    if not codes:
        raise CarrierLabelError("no barcode on the label can be read")
    return Accepted(ZPL, part, medium.dpi, medium.width_dots, tuple(sorted(codes)))


def _page(page: Original, medium: Medium, reader: Reader) -> Accepted:
    seen = probe(page)
    expected = _read(reader, seen.image)
    if not expected:
        raise NoCodeError("no barcode on the label can be read")
    got: set[str] = set()
    for dots in fittings(page, seen, medium):
        got = _read(reader, dots)
        if got == expected:
            return Accepted(PNG, _png(dots, medium), medium.dpi, medium.width_dots, tuple(sorted(got)))
    raise CarrierLabelError(
        f"at {medium.dpi} dpi its barcodes can't be scanned: expected {sorted(expected)}, got {sorted(got)}"
    )


def _read(reader: Reader, image: "Image") -> set[str]:
    return {code for code in reader(image) if code}


def _png(dots: "Image", medium: Medium) -> bytes:
    out = io.BytesIO()
    dots.save(out, "PNG", dpi=(medium.dpi, medium.dpi))
    return out.getvalue()
