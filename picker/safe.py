"""The one gate between foreign text and the terminal."""

import unicodedata
from functools import lru_cache

LIMIT = 512
"""Characters a single text may bring onto the screen."""

REPLACEMENT = "\ufffd"

# Controls, format characters (bidi, zero width), surrogates, private use, line and paragraph separators.
_STEERING = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
_MARKS = frozenset({"Mn", "Me"})
_MOST_MARKS = 2
# Invisible, and terminals disagree on how wide they make the character before them.
_VARIATION_SELECTORS = frozenset(map(chr, range(0xFE00, 0xFE10)))


def clean(text: str, limit: int = LIMIT) -> str:
    """`text` fit for a terminal: one line, nothing that steers it, at most `limit` characters.

    A character that could steer the terminal or the reader's eye (CWE-150) becomes U+FFFD, so that it
    is seen that something was there; more than two combining marks on one character are left out.
    """
    if len(text) > limit:
        text = text[: limit - 1] + "…"
    return text if text.isascii() and text.isprintable() else _clean(text)


@lru_cache(maxsize=4096)
def _clean(text: str) -> str:
    chars: list[str] = []
    marks = 0
    for char in text:
        category = unicodedata.category(char)
        marks = marks + 1 if category in _MARKS else 0
        if marks > _MOST_MARKS or char in _VARIATION_SELECTORS:
            continue
        chars.append(REPLACEMENT if category in _STEERING else char)
    return "".join(chars)
