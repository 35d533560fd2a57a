"""Carriers' own labels: taken in, kept for their parcels, and handed to the printer when these are sealed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from data.engine import Database
from data.store import carrier_labels, lookup, orders
from data.store.carrier_labels import NewCarrierLabel
from data.types import CodeKind, CodeMatch, OrderId, OrderState, ParcelRef
from picker.config import Settings
from picker.errors import Mistake
from printing.documents.labels import CarrierLabel
from printing.media import Medium

if TYPE_CHECKING:
    from PIL.Image import Image

    from printing.carrier import Accepted

AIM_LENGTH = 3
LONGEST_KEY = 48
"""No parcel's number is longer; what is, is an address in a square code, and personal."""
_OTHER_LETTERS = str.maketrans("ABCD", "TN*E")
_OVER = frozenset({OrderState.CLOSED, OrderState.CANCELLED})


class NotAttached(Mistake):
    """Why a label was not taken in, in words."""


@dataclass(frozen=True, slots=True)
class Attached:
    """A label that its parcel has now; `revision` 0 when it had the very same before.

    `page` is the one that it was on, from 1, where its file has several, `left_out` the pages that are no labels.
    """

    order: OrderId
    parcel: int
    revision: int
    codes: tuple[str, ...]
    page: int = 0
    left_out: tuple[int, ...] = ()


def left_out(done: tuple[Attached, ...]) -> str:
    """Return in words which pages of a file were not taken, "" for none."""
    pages = [str(page) for page in done[0].left_out] if done else []
    if len(pages) > 1:
        return f"pages {', '.join(pages)} are no labels: left out"
    return f"page {pages[0]} is no label: left out" if pages else ""


@dataclass(frozen=True, slots=True)
class LabelFile:
    """A file as it came: its name for the records, its bytes, the parcel of its first label, and the pages that are
    labels, from 1, where a person says so.
    """

    name: str
    data: bytes
    parcel: int = 1
    pages: tuple[int, ...] = ()


def label_medium(settings: Settings) -> Medium:
    """Return the paper that labels are printed on. Raises PrinterError for printers that can't be read."""
    from picker.services.printers.printers import station_printers
    from printing.media import medium
    from printing.printers import route

    return medium(route(station_printers(settings), "label").medium)


def attach(
    db: Database, order: OrderId, file: LabelFile, medium: Medium, permitted: Iterable[str], by: str
) -> tuple[Attached, ...]:
    """Read a file's labels and keep them all: the first for `file.parcel`, the next for the parcels after.

    Pages that are no labels, such as an invoice, are left out.

    Raises NotAttached in words for a file whose labels can't be printed or scanned, or prove no parcel.
    """
    from printing.carrier import CarrierLabelError, accept

    try:
        accepted = accept(file.data, medium, read_codes, permitted, file.pages)
    except CarrierLabelError as error:
        raise NotAttached(f"{file.name}: {error}") from error
    with db.writer.begin() as connection:
        return tuple(
            _keep(connection, order, parcel, label, file.name, by)
            for parcel, label in enumerate(accepted, start=file.parcel)
        )


def read_codes(image: "Image") -> list[str]:
    """Return the barcodes on a picture as a scanner with identifiers would send them."""
    import numpy as np

    from scanning.decoding import decode_drawn

    return [barcode.raw for barcode in decode_drawn(np.asarray(image.convert("L")))]


def document(connection: Connection, order: OrderId, parcel: int) -> CarrierLabel | None:
    """Return the label to print for a parcel, None when it has none of its carrier's."""
    row = carrier_labels.latest(connection, order, parcel)
    if row is None:
        return None
    return CarrierLabel(order, parcel, row.format, row.payload, row.dpi, row.width_dots)


def _keep(
    connection: Connection, order: OrderId, parcel: int, label: "Accepted", name: str, by: str
) -> Attached:
    if orders.row(connection, order).state in _OVER:
        raise NotAttached(f"{name}: order {order} is closed or cancelled")
    if carrier_labels.is_sealed(connection, order, parcel):
        raise NotAttached(f"{name}: parcel {parcel} of {order} is sealed with its label already")
    keys = _keys(connection, label.codes)
    mine = CodeMatch(CodeKind.PARCEL, str(ParcelRef(order, parcel)))
    if not any(set(matches) <= {mine} for matches in keys.values()):
        raise NotAttached(
            f"{name}: none of its barcodes is this parcel's alone: {', '.join(label.codes)}. "
            "Is it the label of another parcel?"
        )
    new = NewCarrierLabel(
        order,
        parcel,
        label.format,
        label.payload,
        label.dpi,
        label.width_dots,
        label.codes,
        tuple(keys),
        name,
    )
    revision = carrier_labels.add(connection, new, by, datetime.now(UTC))
    return Attached(order, parcel, revision, label.codes, label.page, label.left_out)


def _keys(connection: Connection, codes: Iterable[str]) -> dict[str, tuple[CodeMatch, ...]]:
    """The codes as scans look them up, and the parcels that each stands for already.

    Carriers print codes that many labels have in common, such as the postcode: these are kept too, so
    that scanning one is known to prove nothing. What stands for anything but parcels is left out.
    """
    keys = dict.fromkeys(key for code in codes for key in _as_scanned(code))
    by_key = {key: lookup.matches(connection, key) for key in keys if 0 < len(key) <= LONGEST_KEY}
    return {
        key: matches
        for key, matches in by_key.items()
        if all(match.kind is CodeKind.PARCEL for match in matches)
    }


def _as_scanned(code: str) -> Iterator[str]:
    """The keys of a scanner that sends AIM identifiers, and of one that doesn't: it can't tell digits from a GTIN.

    A parcel's number is whole: nothing of it is an add-on. The start and stop of a Codabar some leave out, and some
    have other letters for them.
    """
    from scanning.codes import codabar_number, other_keys
    from scanning.parse import parse

    texts = [code, code[AIM_LENGTH:]]
    number = codabar_number(texts[1]) if code.startswith("]F") else None
    if number:
        texts += [number, texts[1].translate(_OTHER_LETTERS)]
    for text in texts:
        scan = parse(text, "label")
        yield from (scan.key, *other_keys(scan.key))
