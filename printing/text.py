"""The one way that words from outside take onto paper or into the spool."""

import unicodedata

_DROPPED = frozenset({"Cc", "Cf", "Cs", "Co"})
_SPACES = frozenset({"Zs", "Zl", "Zp"})
_MAX_MARKS = 2
_JOINERS = "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}"
_VARIATIONS = (("\ufe00", "\ufe0f"), ("\U000e0100", "\U000e01ef"))


def clean(text: str, limit: int) -> str:
    """One line of at most `limit` characters that no printer, terminal or layout can trip over.

    Composed (NFC); control, format (also bidirectional), private and lone surrogate characters
    and variation selectors are dropped, but not the joiners that Persian and Indian words are spelt with;
    every run of white space is one space; a base carries at most two combining marks. A text that was cut
    ends in "…".
    """
    chars: list[str] = []
    marks = 0
    # Far more than can be kept is not even looked at.
    for char in unicodedata.normalize("NFC", text[: limit * 8]):
        category = unicodedata.category(char)
        if category in _SPACES or char in "\t\n\r\x0b\x0c\x85":
            char = " "
        elif char in _JOINERS and chars and _joins(chars[-1]):
            marks = 0
        elif category in _DROPPED or any(first <= char <= last for first, last in _VARIATIONS):
            continue
        marks = marks + 1 if category.startswith("M") else 0
        if marks <= _MAX_MARKS and not (char == " " and chars[-1:] in ([], [" "])):
            chars.append(char)
    line = unicodedata.normalize("NFC", "".join(chars)).rstrip(" " + _JOINERS)
    return line if len(line) <= limit else line[: limit - 1].rstrip(" " + _JOINERS) + "…"


def _joins(char: str) -> bool:
    """Whether a joiner after this character can mean something: Arabic letters, and Indian signs."""
    return unicodedata.bidirectional(char) == "AL" or "\u0900" <= char <= "\u0dff"
