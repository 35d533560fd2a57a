"""What buyers write beside an order: a gift's words, for who receives it, and all else, for who packs it."""

import re
from dataclasses import dataclass

from data.importers.encoding import clean

LONGEST_MESSAGE, LONGEST_NAME, LONGEST_OTHER = 1000, 100, 200
_MESSAGE = re.compile(
    r"_*(?:gift[ _-]*(?:message|note|text|card(?:[ _-]*message)?)|greeting|message[ _-]*(?:to|for)[ _-]*recipient)"
)
_GIVER = re.compile(r"_*gift[ _-]*(?:from|giver|sender)|_*(?:giver|sender[ _-]*name|from)")
_ATTRIBUTE = re.compile(r"^([^:\r\n]{1,80}):[ \t]*", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Said:
    """The words of a gift and who gives it, and every other attribute as "name: value"."""

    message: str = ""
    giver: str = ""
    further: tuple[str, ...] = ()


def read_attributes(cell: str) -> Said:
    """Read a cell of note attributes, one `name: value` after the other, a value of several lines included.

    Names that begin with an underscore are an app's own business, unless they hold a gift's words.
    """
    starts = list(_ATTRIBUTE.finditer(cell))
    ends = [*(start.start() for start in starts[1:]), len(cell)]
    message, giver, rest = "", "", []
    for start, end in zip(starts, ends[: len(starts)], strict=True):
        name, value = start[1].strip(), cell[start.end() : end].strip()
        key = name.casefold()
        if _MESSAGE.fullmatch(key):
            message = message or _clean(value, LONGEST_MESSAGE)
        elif _GIVER.fullmatch(key):
            giver = giver or _clean(value, LONGEST_NAME)
        elif value and not name.startswith("_"):
            rest.append(f"{name}: {_clean(value, LONGEST_OTHER)}")
    return Said(message, giver, tuple(rest))


def _clean(text: str, most: int) -> str:
    """One line of what can be shown, at most so long."""
    return " ".join(clean(text)[0].split())[:most]
