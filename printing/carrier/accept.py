"""Is this a label that can be printed, and scanned at the depot?

Every barcode is read from the page as it came and from the very dots that will be printed; a page on
which none is read, or not the same ones, is refused here and not at the depot.
"""

import codecs
import io
import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from printing.carrier.errors import CarrierLabelError, NoCodeError
from printing.carrier.fit import Probe, fittings, probe
from printing.carrier.original import Original, pages
from printing.carrier.which import which_pages
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
    it was on, from 1, where its file has several, and `left_out` those of the file that are no labels.
    """

    format: str
    payload: bytes
    dpi: int
    width_dots: int
    codes: tuple[str, ...]
    page: int = 0
    left_out: tuple[int, ...] = ()


def accept(
    data: bytes,
    medium: Medium,
    reader: Reader,
    permitted: Iterable[str] = (),
    chosen: Collection[int] = (),
) -> tuple[Accepted, ...]:
    """The labels in a PDF (one a page), a PNG or a ZPL file, for that medium.

    Pages that are no labels, such as an invoice, are left out: see `which_pages`; `chosen` names the labels' pages,
    from 1, where that can't be told. `permitted` are settings that a carrier's ZPL may make
    (`printing.zpl.check.PERMITTABLE`). Raises `CarrierLabelError` in words when a label can't be printed or scanned.
    """
    if len(data) > MOST_BYTES:
        raise CarrierLabelError(f"expected at most {MOST_BYTES} bytes, got {len(data)}")
    data = _as_bytes(data)
    if b"^XA" in data[:MOST_BYTES].upper() and not data.startswith((b"%PDF", b"\x89PNG")):
        return _zpl(data, medium, reader, permitted)
    images = pages(data)
    seen = [_look(number, page, reader) for number, page in enumerate(images, start=1)]
    if len(images) == 1:
        return (_page(images[0], seen[0], medium, reader),)
    numbers = which_pages([(page.size, one.codes) for page, one in zip(images, seen, strict=True)], chosen)
    left_out = tuple(number for number in range(1, len(images) + 1) if number not in numbers)
    done = []
    for number in numbers:
        try:
            label = _page(images[number - 1], seen[number - 1], medium, reader)
        except CarrierLabelError as error:
            raise CarrierLabelError(f"page {number}: {error}") from error
        done.append(replace(label, page=number, left_out=left_out))
    return tuple(done)


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


@dataclass(frozen=True, slots=True)
class _Seen:
    """A page drawn finely, None for a blank one, and what its barcodes hold."""

    probe: Probe | None
    codes: frozenset[str]


def _look(number: int, page: Original, reader: Reader) -> _Seen:
    try:
        seen = probe(page)
    except NoCodeError:
        return _Seen(None, frozenset())
    except CarrierLabelError as error:
        raise CarrierLabelError(f"page {number}: {error}") from error
    return _Seen(seen, frozenset(_read(reader, seen.image)))


def _page(page: Original, seen: _Seen, medium: Medium, reader: Reader) -> Accepted:
    if seen.probe is None:
        raise NoCodeError("the page is blank")
    if not seen.codes:
        raise NoCodeError("no barcode on the label can be read")
    expected, got = seen.codes, set[str]()
    for dots in fittings(page, seen.probe, medium):
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
