"""From a job's content to the bytes that are frozen for its printer."""

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from printing.abilities import Language
from printing.content import dump, load
from printing.documents.address import AddressBlock
from printing.documents.labels import CarrierLabel
from printing.documents.slips import PackingSlip
from printing.media import MEDIA, Medium

if TYPE_CHECKING:
    from PIL.Image import Image


@dataclass(frozen=True, slots=True)
class Prepared:
    """Bytes ready to send, their SHA-256 in hexadecimal, and what could not be shown as meant."""

    payload: bytes
    sha256: str
    notes: str


def prepare(
    content: dict[str, object], medium: Medium, copy: int, language: Language = Language.ESCPOS
) -> Prepared:
    """Render the document for the medium; raises `ContentError` when the content is no document, and
    `CarrierLabelError` for a carrier's label that this printer can't print whole.
    """
    from printing.carrier.document import check_whole
    from printing.rendering import render

    document = load(content)
    picture = render(document, medium, copy)
    if language is Language.ZPL:
        from printing.zpl.document import document_zpl

        payload = document_zpl(document, picture.pages, medium)
    else:
        if isinstance(document, CarrierLabel):
            check_whole(document)
        payload = encoded(picture.pages, medium, language)
    notes = "; ".join(f"{note.kind}: {note.text}" for note in picture.notes)
    return Prepared(payload, hashlib.sha256(payload).hexdigest(), notes)


def warm_up(language: Language) -> None:
    """Load the libraries that the first document would wait for, fonts included."""
    slip = PackingSlip("-", 1, 1, "-", AddressBlock(("-",)), ())
    prepare(dump(slip), MEDIA["roll58"], 1, language)


def encoded(pages: tuple["Image", ...], medium: Medium, language: Language) -> bytes:
    """Pages (mode "1") as bytes in a printer's language; raises `ValueError` for one that is too wide."""
    if language is Language.ZPL:
        from printing.zpl import to_zpl

        return to_zpl(pages, medium)
    from printing.escpos import to_escpos

    return to_escpos(pages, medium)
