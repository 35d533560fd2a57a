"""Bytes of a CSV file to clean text, by a simple rule that is told to the user whenever it had to guess.

1. A byte order mark decides. 2. Valid UTF-8 is UTF-8. 3. Text in which good UTF-8 sequences outnumber
broken bytes is damaged UTF-8; the broken bytes become U+FFFD. 4. Else it is an old Windows code page:
cp1251 when most high bytes stand side by side (Cyrillic words are all high bytes), cp1250 when bytes that
are Polish letters there, but signs or controls in cp1252, touch letters; cp1252 otherwise.
"""

import codecs
import re
import unicodedata

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_RUNS = re.compile(rb"[\x80-\xff]+")
# The bytes of ą ł ś ź ż Ą Ł Ś Ź Ż in cp1250; in cp1252 they are ¹ ³ œ Ÿ ¿ ¥ £ Œ, undefined, and a macron.
_POLISH = re.compile(rb"[A-Za-z][\xb9\xb3\x9c\x9f\xbf]|[\xb9\xb3\x9c\x9f\xbf\xa3\x8c\x8f\xaf][A-Za-z]")
_DROPPED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_BREAKS = {"\u2028": "\n", "\u2029": "\n", "\x85": "\n"}


def decode(data: bytes, encoding: str | None = None) -> tuple[str, list[str]]:
    """The file's text without control characters, and notes on what was guessed or taken out.

    `encoding` names the code page when the user knows it; an unknown name raises LookupError.
    """
    text, notes = _decode(data, encoding)
    clean, removed = _clean(text)
    if removed:
        notes.append(f"{removed} invisible control characters were taken out.")
    return clean, notes


def _decode(data: bytes, encoding: str | None) -> tuple[str, list[str]]:
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(name, errors="replace"), []
    if encoding is not None:
        return data.decode(encoding, errors="replace"), []
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError:
        repaired = data.decode("utf-8", errors="replace")
    broken = repaired.count("\ufffd")
    if sum(character > "\x7f" for character in repaired) > 2 * broken:
        return repaired, [f"{broken} broken bytes in this UTF-8 file were replaced by \ufffd."]
    page = guess_code_page(data)
    return data.decode(page, errors="replace"), [
        f"The file is not UTF-8; it was read as {page}, which is a guess: look at the names, or save it as UTF-8."
    ]


def guess_code_page(data: bytes) -> str:
    """cp1250, cp1251 or cp1252 for bytes that are not UTF-8 (rule 4 above)."""
    runs = _RUNS.findall(data)
    together = sum(len(run) for run in runs if len(run) > 2)
    if together * 2 > sum(len(run) for run in runs):
        return "cp1251"
    return "cp1250" if _POLISH.search(data) else "cp1252"


def _clean(text: str) -> tuple[str, int]:
    kept = []
    removed = 0
    for character in text:
        if character in "\t\r\n" or (character.isascii() and character.isprintable()):
            kept.append(character)
        elif character in _BREAKS:
            kept.append(_BREAKS[character])
        elif unicodedata.category(character) in _DROPPED:
            removed += character != "\ufeff"
        else:
            kept.append(character)
    return "".join(kept), removed
