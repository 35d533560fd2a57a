"""A document as ZPL, in the best way there is for it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from printing.documents import Document
from printing.documents.labels import CarrierLabel, ParcelLabel
from printing.media import Medium
from printing.zpl.native import to_zpl_native
from printing.zpl.write import to_zpl

if TYPE_CHECKING:
    from PIL.Image import Image


def document_zpl(document: Document, pages: Sequence["Image"], medium: Medium) -> bytes:
    """A carrier's own ZPL byte for byte; a label in the printer's letters where that is certain to come out
    right; else `pages`, the document's picture. Raises `ValueError` for a page that has no room.
    """
    if isinstance(document, CarrierLabel) and document.format == "zpl":
        return document.file
    native = to_zpl_native(document, medium) if isinstance(document, ParcelLabel) else None
    return native if native is not None else to_zpl(pages, medium)
