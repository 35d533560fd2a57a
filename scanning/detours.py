"""What stands between a scanner's keys and a terminal and types by itself: an input method, the keypad without NumLock,
Alt codes. Each is known by what it leaves behind, and undone, so that the rest can be examined.
"""

import re
import unicodedata
from collections.abc import Iterable

from scanning.characters import GS, folded
from scanning.fault import Fault

_CURSOR = {
    "insert": "0",
    "end": "1",
    "down": "2",
    "pagedown": "3",
    "left": "4",
    "begin": "5",
    "right": "6",
    "home": "7",
    "up": "8",
    "pageup": "9",
    "delete": ".",
}
"""What the keys of the keypad are without NumLock, by their names in `<...>`."""
_SEQUENCES = {
    **{
        f"{start}{final}": digit
        for start in ("[", "O")
        for final, digit in zip("FBDECHA", "1245678", strict=True)
    },
    **{f"[{number}~": digit for number, digit in zip("12345678", "70.19371", strict=True)},
}
"""The same as sequences behind ESC (ECMA-48, and DEC's terminals: ctlseqs of xterm, PC-style function keys)."""
_KEYPAD_KEYS = {
    **{f"<{name}>": digit for name, digit in _CURSOR.items()},
    **{f"\x1b{sequence}": digit for sequence, digit in _SEQUENCES.items()},
}
_KEYPAD = re.compile("|".join(map(re.escape, _KEYPAD_KEYS)))
_ALT_RUN = re.compile("(?:[\x1b\ufffd][0-9])+")
_ALT_WIDTHS = (4, 3, 2)
"""Digits of one code: Alt+0065, Alt+065, Alt+65."""
_ALT_BARE = 30
"""So many bare digits are Alt codes of which the terminal kept Alt for itself: no test code holds as many."""


def undone(bodies: Iterable[str]) -> tuple[list[str], dict[Fault, str]]:
    """The texts as the scanner meant them, as far as that can be told, and the detours they came by, each with the
    first signs of it.
    """
    texts: list[str] = []
    by_fault: dict[Fault, str] = {}
    for text in bodies:
        for fault, undo in _UNDO.items():
            text, sign = undo(text)
            if sign:
                by_fault.setdefault(fault, sign)
        texts.append(text)
    return texts, by_fault


def is_composed(char: str) -> bool:
    """Whether only an input method types `char`, no key: full-width and half-width forms and all of East Asia's
    scripts (UAX #11), and digits that aren't ASCII's.
    """
    return not char.isascii() and (
        unicodedata.east_asian_width(char) in ("F", "W", "H") or unicodedata.category(char) == "Nd"
    )


def kind_of(sign: str) -> str:
    """What an input method does, by the first of its signs: full_width, digits, script, marks or held_back."""
    first = sign[:1]
    if first.isascii():
        return "held_back"
    if unicodedata.east_asian_width(first) in ("F", "H"):
        return "full_width"
    if unicodedata.category(first) == "Nd":
        return "digits"
    return "script" if is_composed(first) else "marks"


def is_marked(char: str, letter: str) -> bool:
    """Whether `char` is `letter` with a mark, as dead keys and Vietnamese input methods put it on."""
    parts = unicodedata.normalize("NFD", char)
    return len(parts) > 1 and parts[0].casefold() == letter.casefold()


def _by_keypad(text: str) -> tuple[str, str]:
    hits = _KEYPAD.findall(text)
    return _KEYPAD.sub(lambda hit: _KEYPAD_KEYS[hit[0]], text), "".join(_KEYPAD_KEYS[hit] for hit in hits)


def _by_alt_codes(text: str) -> tuple[str, str]:
    decoded: list[str] = []

    def decode(run: re.Match[str]) -> str:
        decoded.append(_characters("".join(filter(str.isdecimal, run[0]))))
        return decoded[-1] or run[0]

    if text.isdecimal() and len(text) >= _ALT_BARE:
        return _characters(text) or text, _characters(text)
    return _ALT_RUN.sub(decode, text), "".join(decoded)


def _characters(digits: str) -> str:
    """The characters of Alt codes written without a gap, or nothing where they are none of a barcode."""
    for width in _ALT_WIDTHS:
        codes = [int(digits[place : place + width]) for place in range(0, len(digits), width)]
        if len(digits) % width == 0 and all(chr(code) == GS or 32 <= code < 127 for code in codes):
            return "".join(map(chr, codes))
    return ""


def _by_input_method(text: str) -> tuple[str, str]:
    return folded(text), "".join(filter(is_composed, text))


_UNDO = {
    Fault.NUM_LOCK: _by_keypad,
    Fault.ALT_CODES: _by_alt_codes,
    Fault.INPUT_METHOD: _by_input_method,
}
