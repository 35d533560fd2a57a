"""From a job's content to the bytes that are frozen for its printer."""

import hashlib
from dataclasses import dataclass

from printing.content import load
from printing.media import Medium


@dataclass(frozen=True, slots=True)
class Prepared:
    """Bytes ready to send, their SHA-256 in hexadecimal, and what could not be shown as meant."""

    payload: bytes
    sha256: str
    notes: str


def prepare(content: dict[str, object], medium: Medium, copy: int) -> Prepared:
    """Render the document for the medium; raises `ContentError` when the content is no document."""
    from printing.escpos import to_escpos
    from printing.render import render

    picture = render(load(content), medium, copy)
    payload = to_escpos(picture.pages, medium)
    notes = "; ".join(f"{note.kind}: {note.text}" for note in picture.notes)
    return Prepared(payload, hashlib.sha256(payload).hexdigest(), notes)
