"""How characters stand on a serial line: data bits, parity and stop bits, written as on a scanner's sheet: 8N1, 7E1.

Seven bits with a parity bit are as long as eight without, so they are read as eight, and the parity is checked here:
each wrong byte is known by itself, and adapters that can do nothing but 8N1 serve as well.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from scanning.characters import ETX, GS, STX

BAUD_RATES = (9600, 115200, 19200, 38400, 57600, 4800, 2400, 1200)
"""Speeds that scanners can be set to, in bit/s, the likely ones first."""

_FORMAT = re.compile("[78][NEOMS][12]")
_WRONG = 0xFF
"""Stands for a byte of wrong parity; it occurs in no UTF-8."""
_PARITY: Mapping[str, Callable[[int], int]] = {
    "E": lambda byte: byte.bit_count() & 1,
    "O": lambda byte: ~byte.bit_count() & 1,
    "M": lambda byte: 1,
    "S": lambda byte: 0,
}
"""The parity bit that belongs to seven bits."""


@dataclass(frozen=True, slots=True)
class LineFormat:
    """Data bits (7 or 8), parity (N, E, O, M, S) and stop bits (1 or 2)."""

    bits: int = 8
    parity: str = "N"
    stop: int = 1

    def __str__(self) -> str:
        return f"{self.bits}{self.parity}{self.stop}"

    @property
    def _own_parity(self) -> Callable[[int], int] | None:
        """What the eighth bit must be, where it is read as data. A second stop bit looks like a mark."""
        if self.bits == 8 or (self.parity == "N" and self.stop == 1):
            return None
        return _PARITY["M" if self.parity == "N" else self.parity]

    @property
    def port(self) -> dict[str, object]:
        """The arguments of `serial.Serial` that open a port for it."""
        on_port = self if self._own_parity is None else LineFormat()
        return {"bytesize": on_port.bits, "parity": on_port.parity, "stopbits": on_port.stop}

    def received(self, data: bytes) -> bytes:
        """The characters of bytes that were read, a wrong one as 0xFF."""
        parity = self._own_parity
        if parity is None:
            return data
        return bytes(byte & 0x7F if byte >> 7 == parity(byte & 0x7F) else _WRONG for byte in data)

    def sent(self, data: bytes) -> bytes:
        """The bytes to be written for ASCII characters."""
        parity = self._own_parity
        return data if parity is None else bytes(byte | parity(byte) << 7 for byte in data)


def line_format(text: str) -> LineFormat:
    """The format that `text` names, such as 7E1. Raises ValueError for any other text."""
    name = text.strip().upper()
    if not _FORMAT.fullmatch(name):
        raise ValueError(
            f"Expected 7 or 8 bits, parity N, E, O, M or S, and 1 or 2 stop bits, such as 8N1 or 7E1, got {text!r}"
        )
    return LineFormat(int(name[0]), name[1], int(name[2]))


ATTEMPTS = tuple(map(line_format, ("8N1", "8E1", "8O1", "7N1")))
"""Ways to open a port; the first serves for seven bits with parity as well."""
_SEEN_AS_8N1 = tuple(map(line_format, ("8N1", "7E1", "7O1", "7M1")))


def understood(data: bytes, line: LineFormat) -> tuple[LineFormat, str] | None:
    """Which format makes text of what was read on a port that was opened for `line`, and that text; None for rubbish.

    Text are printable characters, and what stands around them and between the fields of a barcode.
    """
    fits = (line, *_SEEN_AS_8N1) if line.port == LineFormat().port else (line,)
    for fit in fits:
        text = fit.received(data).decode("utf-8", "replace")
        if (
            all(char.isprintable() or char in f"\r\n\t{GS}{STX}{ETX}" for char in text)
            and "\ufffd" not in text
        ):
            return fit, text
    return None
