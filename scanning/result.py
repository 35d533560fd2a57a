"""The typed scan: what every source delivers, whatever it is plugged into."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class ScanProblem(StrEnum):
    """Why a scan can't be trusted; it is refused with words, never shortened or guessed."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    CONTROL_CHARACTER = "control_character"
    UNDECODABLE = "undecodable"
    BROKEN = "broken"
    CHECK_DIGIT = "check_digit"
    GS1_SYNTAX = "gs1_syntax"


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
    are asked for when nothing is known under it. `count` is in pieces, `weight_g` the net weight in g,
    `order` the customer's order number of a GS1 text; `fused` is where a lost separator may have run
    fields together; `ours` is a code of the house, which no product carries. A scan with
    a `problem` has an empty `key`, so that it can match nothing, and a `text` that is safe to show.
    `detail` says what was wrong, or, without a problem, how a doubtful text was taken.
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
    count: int | None = None
    weight_g: int | None = None
    order: str | None = None
    fused: tuple[Fused, ...] = ()
    ours: bool = False
    other_keys: tuple[str, ...] = ()
    problem: ScanProblem | None = None
    detail: str = ""
