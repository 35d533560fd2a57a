"""What happens at a station, whether an order is in hand or not."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The event's worker took the station."""


@dataclass(frozen=True, slots=True)
class SignedOut:
    """The event's worker left the station."""


Parts = tuple[tuple[str, "str | tuple[str, Parts]"], ...]
"""The parameters of a message by name; one that is a message itself is its key and its parts."""


@dataclass(frozen=True, slots=True)
class ScanRefused:
    """A scan that fitted nothing; `key` and `params` are the message it got."""

    code: str
    key: str
    params: Parts = ()
