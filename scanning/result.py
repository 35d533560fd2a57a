"""The typed scan: what every source delivers, whatever it is plugged into."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class ScanProblem(StrEnum):
    """What can be wrong with a scan. The flow has words for each; a parser's own words never reach a packer."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    CONTROL_CHARACTER = "control_character"
    UNDECODABLE = "undecodable"
    BROKEN = "broken"
    CHECK_DIGIT = "check_digit"
    GS1_SYNTAX = "gs1_syntax"
    SEPARATOR = "separator"
    """A field of variable length runs into the next one."""
    LINK = "link"
    """A web link that names no product, or is no Digital Link that can be read."""
    ADD_ON = "add_on"
    """The 2 or 5 digits beside an EAN or UPC, without it."""
    CAPS_LOCK = "caps_lock"
    INPUT_METHOD = "input_method"
    """Full-width characters, or the digits of another script."""
    OWN_CODE = "own_code"
    """Nearly a code of the house."""


@dataclass(frozen=True, slots=True)
class Fused:
    """A field that may end early because the separator after it was lost: `inside` reads as `head`, and what
    follows as the field `hidden` with the value `tail`. Fields are `lot`, `serial` and `expiry` (YYMMDD).
    """

    inside: str
    head: str
    hidden: str
    tail: str


@dataclass(frozen=True, slots=True)
class Scan:
    """One trigger of a scanner.

    `text` is what was read without its AIM identifier; `key` is what look-ups use: a GTIN of any
    length as 14 digits, an SSCC as 18 digits, everything else trimmed and upper-cased; `other_keys`
    are asked for when nothing is known under it: with an add-on the number before it, which is `gtin` where that is
    beyond doubt. `count` is in pieces, `weight_g` the net weight in g,
    `expiry` an expiry or best-before date, `last_day` the earliest of a code's expiry, best-before and sell-by date,
    `order` the customer's order number of a GS1 text; `fused` is where a lost separator may have run
    fields together; `ours` is a code of the house, which no product carries. A scan with
    a `problem` is refused: it has an empty `key`, so that it can match nothing, and a `text` that is safe to show.
    `doubt` is what may be wrong with a text that was taken as it stands; `folded` is what was typed where an input
    method may have made the text of it. `detail` says either in a parser's words,
    for records and support; of a stray character it is the name.
    """

    text: str
    key: str
    source: str
    aim: str = ""
    gtin: str | None = None
    sscc: str | None = None
    lot: str | None = None
    serial: str | None = None
    expiry: date | None = None
    last_day: date | None = None
    count: int | None = None
    weight_g: int | None = None
    order: str | None = None
    fused: tuple[Fused, ...] = ()
    ours: bool = False
    other_keys: tuple[str, ...] = ()
    problem: ScanProblem | None = None
    doubt: ScanProblem | None = None
    folded: str = ""
    detail: str = ""
