"""Bytes of a CSV file to clean text; whatever had to be guessed is told, and what can't be told is asked.

1. A byte order mark decides, then zeros between the bytes (UTF-16). 2. Valid UTF-8 is UTF-8. 3. Text in which good
UTF-8 sequences outnumber broken bytes is damaged UTF-8; the broken bytes become U+FFFD. 4. Else it is an old encoding,
told by the words that it makes (`tongues`); where two make sense, `Doubt` asks.
"""

import codecs
import unicodedata

from data.errors import DataError
from data.importers.tongues import readings, sure, told_apart

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_DROPPED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_BREAKS = {"\u2028": "\n", "\u2029": "\n", "\x85": "\n"}


class Doubt(DataError):
    """The file isn't UTF-8, and it can't be told what it is."""


def decode(data: bytes, encoding: str | None = None) -> tuple[str, list[str]]:
    """The file's text without control characters, and notes on what was guessed or taken out.

    `encoding` names the code page when the user knows it; an unknown name raises LookupError.
    Raises Doubt, naming what it may be.
    """
    text, notes = _decode(data, encoding)
    cleaned, removed = clean(text)
    if removed:
        notes.append(f"{removed} invisible control characters were taken out.")
    return cleaned, notes


def _decode(data: bytes, encoding: str | None) -> tuple[str, list[str]]:
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(name, errors="replace"), []
    if encoding is not None:
        return data.decode(encoding, errors="replace"), []
    if (wide := _wide(data)) is not None:
        return data.decode(wide, errors="replace"), []
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError:
        repaired = data.decode("utf-8", errors="replace")
    broken = repaired.count("\ufffd")
    if sum(character > "\x7f" for character in repaired) > 2 * broken:
        return repaired, [f"{broken} broken bytes in this UTF-8 file were replaced by \ufffd."]
    candidates = readings(data)
    if not sure(candidates):
        raise Doubt(_question(told_apart(candidates)))
    page = candidates[0].encoding
    return data.decode(page), [f"The file is not UTF-8; it was read as {page} (--encoding names another)."]


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: nearly every other byte of its column names is zero."""
    head = data[:200]
    for name, zeros in (("utf-16-le", head[1::2]), ("utf-16-be", head[::2])):
        if len(head) >= 4 and zeros.count(0) * 10 >= len(zeros) * 8:
            return name
    return None


def _question(apart: list[tuple[str, str]]) -> str:
    maybe = ", ".join(f"{encoding} ({cell!r})" for encoding, cell in apart) or "none that is known"
    first = apart[0][0] if apart else "cp1250"
    return (
        f"The file is not UTF-8, and what it is can't be told from so few words. In each encoding one cell would be: "
        f"{maybe}. Choose the one that is right, such as --encoding {first}. Nothing was imported."
    )


def clean(text: str) -> tuple[str, int]:
    """The text without control and invisible characters, and how many were taken out."""
    chars = []
    removed = 0
    for character in text:
        if character in "\t\r\n" or (character.isascii() and character.isprintable()):
            chars.append(character)
        elif character in _BREAKS:
            chars.append(_BREAKS[character])
        elif unicodedata.category(character) in _DROPPED:
            removed += character != "\ufeff"
        else:
            chars.append(character)
    return "".join(chars), removed
