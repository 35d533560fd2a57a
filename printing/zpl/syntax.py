"""A stream of ZPL cut into its commands, each with its place.

Two names lead to every command: the caret begins a format command, the tilde a control command, and
both do so anywhere, also within a field's data. Only binary graphics may hold these bytes as data.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

MOST_GRAPHIC_BYTES = 99_999
"""What the byte counts of `^GF` can say (ZPL II Programming Guide, ^GF, parameters b and c)."""

_PREFIX = re.compile(rb"[\^~]")
_BINARY = re.compile(rb"([BC]),(\d+),(\d+),(\d+),", re.IGNORECASE)


class ZplError(ValueError):
    """ZPL that can't be read or must not be sent; the message names the command and its place."""


@dataclass(frozen=True, slots=True)
class Command:
    """One command: its name with its prefix (`^FO`, for fonts `^A`), what follows, and its first byte.

    Text before the first command, where none belongs, has the name "".
    """

    name: str
    rest: bytes
    at: int

    @property
    def where(self) -> str:
        """The command and its place, for messages."""
        return f"{self.name or repr(self.rest[:12])} at byte {self.at}"

    @property
    def text(self) -> bytes:
        """What follows the name, without the binary data of a graphic."""
        binary = _BINARY.match(self.rest) if self.name == "^GF" else None
        if binary is None:
            return self.rest
        return self.rest[: binary.end()] + self.rest[binary.end() + int(binary[2]) :]

    def parameters(self) -> list[str]:
        """What stands between the commas, without spaces and line ends around it."""
        return [part.strip() for part in self.rest.decode("latin-1").split(",")]


def named(letters: str) -> frozenset[str]:
    """Format commands by their two letters, as in "FO FD FS"."""
    return frozenset(f"^{pair}" for pair in letters.split())


def commands(data: bytes, start: int = 0) -> Iterator[Command]:
    """Every command of `data` from byte `start` on, in its order.

    Raises `ZplError` for a prefix with no command after it and for binary data that isn't all there.
    """
    first = _next_prefix(data, start)
    if data[start:first].strip(b"\r\n\t "):
        yield Command("", data[start:first], start)
    at = first
    while at < len(data):
        size = 1 if data[at + 1 : at + 2] in (b"A", b"a") and data[at : at + 1] == b"^" else 2
        name = data[at : at + 1 + size].decode("latin-1").upper()
        begin = at + 1 + size
        if len(name) < 1 + size or not name[1:].isalnum():
            raise ZplError(f"{name!r} at byte {at}: expected a command after {name[0]!r}")
        end = _end(data, begin) if name == "^GF" else _next_prefix(data, begin)
        yield Command(name, data[begin:end], at)
        at = end


def _next_prefix(data: bytes, begin: int) -> int:
    match = _PREFIX.search(data, begin)
    return match.start() if match else len(data)


def _end(data: bytes, begin: int) -> int:
    """Where a graphic ends: binary data may hold any byte and is as long as it says."""
    binary = _BINARY.match(data, begin)
    if binary is None:
        return _next_prefix(data, begin)
    count = int(binary[2])
    if not 1 <= count <= MOST_GRAPHIC_BYTES:
        # A printer takes the nearest count that it can, and the rest of the data for commands.
        raise ZplError(
            f"^GF at byte {begin - 3}: expected 1 to {MOST_GRAPHIC_BYTES} bytes of data, got {count}"
        )
    end = binary.end() + count
    if end > len(data):
        raise ZplError(
            f"^GF at byte {begin - 3}: expected {count} bytes of data, got {len(data) - binary.end()}"
        )
    return _next_prefix(data, end)
