"""Documents as black and white pictures, dot for dot as they will be on paper."""

from printing.documents import CardSheet, Document, Insert, PackingSlip, ParcelLabel
from printing.media import Medium
from printing.render.picture import Note, NoteKind, Picture

__all__ = ["Note", "NoteKind", "Picture", "render"]


def render(document: Document, medium: Medium, copy: int = 1) -> Picture:
    """The document on that medium.

    `copy` above 1 marks inserts as copies; a label never says so, since a carrier must not care.
    What could not be shown as meant is in the picture's notes; nothing hostile in a field raises.
    """
    from printing.render.cards import render_cards
    from printing.render.insert import render_insert
    from printing.render.label import render_label
    from printing.render.slip import render_slip

    match document:
        case ParcelLabel():
            return render_label(document, medium)
        case PackingSlip():
            return render_slip(document, medium)
        case Insert():
            return render_insert(document, medium, copy)
        case CardSheet():
            return render_cards(document, medium)
