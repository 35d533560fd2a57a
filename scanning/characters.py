"""Which characters a scan may hold, and how the others are named and shown."""

import re
import unicodedata

GS = "\x1d"
STX, ETX = "\x02", "\x03"
BROKEN = "\x18"
"""CAN: before the last piece of what came in pieces. ECMA-48 has it say that the data before it is in error."""
REPLACEMENT = "\ufffd"

_TYPED_FOR = str.maketrans("【】「」。、・−ー", "[][].//--")
"""What Chinese and Japanese input methods type for a sign besides its full-width form."""
_ON_KEYS = "\u00b9\u00b2\u00b3"
"""Small digits that keyboards have a key for, and units of measure."""

_AIM = re.compile(r"\][A-Za-z][0-9A-Za-z]")

# Controls, format characters (bidi, zero width), surrogates, private use, line and paragraph separators:
# none is printed on a label on purpose, and each can steer a terminal, a printer or a reader's eye.
_REFUSED_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})

_C0 = (  # noqa: SIM905 - a list literal would take 32 lines
    "NUL SOH STX ETX EOT ENQ ACK BEL BS TAB LF VT FF CR SO SI "
    "DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC FS GS RS US"
).split()
_C1 = (  # noqa: SIM905 - a list literal would take 32 lines
    "PAD HOP BPH NBH IND NEL SSA ESA HTS HTJ VTS PLD PLU RI SS2 SS3 "
    "DCS PU1 PU2 STS CCH MW SPA EPA SOS SGC SCI CSI ST OSC PM APC"
).split()

_WORDS = {
    "enter": "\r",
    "cr": "\r",
    "lf": "\n",
    "crlf": "\r\n",
    "tab": "\t",
    "gs": GS,
    "stx": STX,
    "etx": ETX,
}
_ESCAPE = re.compile(r"\\(?:x([0-9A-Fa-f]{2})|([rnt\\]))")
_ESCAPED = {"r": "\r", "n": "\n", "t": "\t", "\\": "\\"}


def unescaped(setting: str) -> str:
    """The characters that a setting names: a word (enter, lf, crlf, tab, gs, stx, etx), or a text in which \\r, \\n,
    \\t, \\x1d and \\\\ stand for what they do in most languages.
    """
    word = _WORDS.get(setting.strip().lower())
    return word or _ESCAPE.sub(lambda hit: chr(int(hit[1], 16)) if hit[1] else _ESCAPED[hit[2]], setting)


def escaped(text: str) -> str:
    """`text` as `unescaped` reads it back, in printable characters."""
    plain = text.replace("\\", "\\\\")
    return "".join(char if char.isprintable() else f"\\x{ord(char):02x}" for char in plain)


def is_undecodable(char: str) -> bool:
    """Whether `char` is what bytes turn into that are no text: U+FFFD or a lone surrogate."""
    return char == REPLACEMENT or unicodedata.category(char) == "Cs"


def is_refused(char: str) -> bool:
    """Whether a scan holding `char` can't be trusted. GS, the separator of GS1 texts, is allowed."""
    return char != GS and (char == REPLACEMENT or unicodedata.category(char) in _REFUSED_CATEGORIES)


def first_refused(text: str) -> str | None:
    """The first character of `text` that makes a scan untrustworthy, or `None`."""
    return next((char for char in text if is_refused(char)), None)


def redact(text: str) -> str:
    """`text` with every refused character as U+FFFD; GS stays."""
    return "".join(REPLACEMENT if is_refused(char) else char for char in text)


def describe(char: str) -> str:
    """Name one character for people, e.g. "U+0011 DC1 (Ctrl+Q)" or "U+202E RIGHT-TO-LEFT OVERRIDE"."""
    code = ord(char)
    if code < 0x20:
        return f"U+{code:04X} {_C0[code]} (Ctrl+{chr(code + 0x40)})"
    if code == 0x7F:
        return "U+007F DEL"
    if 0x80 <= code <= 0x9F:
        return f"U+{code:04X} {_C1[code - 0x80]}"
    return f"U+{code:04X} {unicodedata.name(char, '')}".rstrip()


def aim_of(text: str) -> str:
    """Return the AIM identifier a scan begins with, such as ]C1, which tells its symbology; else nothing."""
    match = _AIM.match(text)
    return match[0] if match else ""


def folded(text: str) -> str:
    """`text` as the keys say that an input method made it of: full-width forms by NFKC, digits of any script, also
    small or ringed ones, by their value. Nothing else changes, least of all letters that a shop uses, or m².
    """
    return text if text.isascii() else "".join(map(_folded, text)).translate(_TYPED_FOR)


def _folded(char: str) -> str:
    if char.isdigit() and char not in _ON_KEYS:
        return str(unicodedata.digit(char))
    return unicodedata.normalize("NFKC", char) if unicodedata.east_asian_width(char) == "F" else char
