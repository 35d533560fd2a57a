"""The data of `^GF`: rows of dots, eight to a byte, a set bit black.

Z64 (ZPL II Programming Guide, "ZB64 Encoding and Compression"): deflated with a zlib header, in Base64,
followed by a CRC-16 of the Base64 text: polynomial 0x1021, from 0, high bit first.
"""

import base64
import binascii
import re
import zlib

MOST_BYTES = 4_000_000
"""More than any label: A4 at 600 dpi, four times over."""

_Z64 = re.compile(rb":([ZB])64:([A-Za-z0-9+/=\s]*):([0-9A-Fa-f]{4})\s*")
_HEX = re.compile(rb"([G-Yg-z]*)([0-9A-Fa-f,!:])")


def z64(dots: bytes) -> bytes:
    """`dots` as `:Z64:…:crc`."""
    text = base64.b64encode(zlib.compress(dots, 9))
    return b":Z64:%s:%04X" % (text, binascii.crc_hqx(text, 0))


def decode(data: bytes, total: int, row_bytes: int) -> bytes:
    """The `total` bytes of dots of `^GFA`: Z64, B64, or hexadecimal with its repeat counts.

    Raises `ValueError` for a wrong CRC, another length or foreign characters.
    """
    if not 1 <= row_bytes <= total <= MOST_BYTES or total % row_bytes:
        raise ValueError(
            f"expected rows of 1 to {MOST_BYTES} bytes in all, got {total} in rows of {row_bytes}"
        )
    packed = _Z64.fullmatch(data)
    dots = _unpacked(packed) if packed else _from_hex(data, total, row_bytes)
    if len(dots) != total:
        raise ValueError(f"expected {total} bytes of dots, got {len(dots)}")
    return dots


def _unpacked(packed: "re.Match[bytes]") -> bytes:
    # The CRC is of the text without the line ends that may be put in to fold it.
    text = b"".join(packed[2].split())
    crc = binascii.crc_hqx(text, 0)
    if crc != int(packed[3], 16):
        raise ValueError(f"expected the CRC {crc:04X}, got {packed[3].decode()}")
    try:
        raw = base64.b64decode(text, validate=True)
        return zlib.decompressobj().decompress(raw, MOST_BYTES) if packed[1] == b"Z" else raw
    except (binascii.Error, zlib.error) as error:
        raise ValueError(f"expected Base64 of deflated dots: {error}") from error


def _from_hex(data: bytes, total: int, row_bytes: int) -> bytes:
    """Hexadecimal digits; G to Y repeat the next 1 to 19 times and g to z 20 to 400 times, added up.

    "," fills the row with white, "!" with black, and ":" repeats the row before.
    """
    text = b"".join(data.split())
    width = 2 * row_bytes
    digits = bytearray()
    place = 0
    while place < len(text) and len(digits) < 2 * total:
        match = _HEX.match(text, place)
        if match is None:
            raise ValueError(f"expected hexadecimal digits, got {text[place : place + 8]!r}")
        place = match.end()
        filled = len(digits) % width
        if match[2] == b":":
            digits += digits[-width:]
        elif match[2] in b",!":
            digits += (b"0" if match[2] == b"," else b"F") * (width - filled)
        else:
            digits += match[2] * min(_count(match[1]) or 1, 2 * total)
    return bytes.fromhex(digits.decode())


def _count(letters: bytes) -> int:
    return sum(letter - 70 if letter <= 89 else (letter - 102) * 20 for letter in letters)
