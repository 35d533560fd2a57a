"""An address, ready to print."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AddressBlock:
    """An address as lines ready to print, and the ISO country code.

    `printing.addresses.block` lays the lines out; `name_at` is the number of the line with the name.
    """

    lines: tuple[str, ...]
    country: str = ""
    name_at: int = 0
