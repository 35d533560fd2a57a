"""The data of fields: any text on its way in, and back."""

import re

_SAFE = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 .-/:()+=#'")
_HEX = "_"


def field(text: str) -> str:
    """`^FH^FD…^FS` of `text` in UTF-8 (`^CI28`); every byte that means anything to a printer is `_XX`."""
    data = "".join(chr(byte) if byte in _SAFE else f"_{byte:02X}" for byte in text.encode())
    return f"^FH{_HEX}^FD{data}^FS"


def unescaped(data: bytes, indicator: bytes) -> bytes:
    """Field data after `^FH`: the indicator and two hexadecimal digits are one byte."""
    pattern = re.escape(indicator) + rb"([0-9A-Fa-f]{2})"
    return re.sub(pattern, lambda hit: bytes.fromhex(hit[1].decode()), data)
