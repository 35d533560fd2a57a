"""The page that a printer is tested with: a code to scan back, and a frame that shows its edges."""

import secrets

from printing.abilities import Language
from printing.documents.signs import Card, CardSheet
from printing.media import Medium

_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_FRAME = 3


def new_code() -> str:
    """A code that no other test page has, without letters that look alike."""
    return "TEST" + "".join(secrets.choice(_LETTERS) for _ in range(6))


def page(name: str, code: str, medium: Medium, language: Language) -> bytes:
    """The page as bytes for a printer; raises `ValueError` when the medium can't carry it."""
    from PIL import ImageDraw

    from printing.prepare import encoded
    from printing.rendering import render

    card = Card(code, code, f"{medium.width_dots} dots across, {medium.dpi} dpi")
    (picture, *_) = render(CardSheet(name, (card,)), medium).pages
    framed = picture.copy()
    ImageDraw.Draw(framed).rectangle((0, 0, framed.width - 1, framed.height - 1), outline=0, width=_FRAME)
    return encoded((framed,), medium, language)
