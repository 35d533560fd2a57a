"""The one way that words from outside take onto paper or into the spool."""

import unicodedata

_DROPPED = frozenset({"Cc", "Cf", "Cs", "Co"})
_SPACES = frozenset({"Zs", "Zl", "Zp"})
_MAX_MARKS = 2


def clean(text: str, limit: int) -> str:
    """One line of at most `limit` characters that no printer, terminal or layout can trip over.

    Composed (NFC); control, format (also bidirectional), private and lone surrogate
    characters are dropped; every run of white space is one space; a base carries at most two
    combining marks. A text that was cut ends in "…".
    """
    kept: list[str] = []
    marks = 0
    # Far more than can be kept is not even looked at.
    for char in unicodedata.normalize("NFC", text[: limit * 8]):
        category = unicodedata.category(char)
        if category in _SPACES or char in "\t\n\r\x0b\x0c\x85":
            char = " "
        elif category in _DROPPED:
            continue
        marks = marks + 1 if category.startswith("M") else 0
        if marks <= _MAX_MARKS and not (char == " " and kept[-1:] in ([], [" "])):
            kept.append(char)
    line = unicodedata.normalize("NFC", "".join(kept)).rstrip(" ")
    return line if len(line) <= limit else line[: limit - 1].rstrip(" ") + "…"
