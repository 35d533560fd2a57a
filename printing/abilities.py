"""What printers understand and can do: the words that drivers, targets and the list of printers share."""

from dataclasses import dataclass
from enum import StrEnum


class Language(StrEnum):
    """What a printer understands."""

    ESCPOS = "escpos"
    ZPL = "zpl"


class PrinterError(ValueError):
    """A printer that can't be set up so; the message quotes what was given and says what is expected."""


@dataclass(frozen=True, slots=True)
class Abilities:
    """What a test found out; `None` is not known.

    `status` is whether it answers questions about itself, `automatic` whether it reports changes by
    itself (ASB), `confirms` whether it says when a job is printed, `in_turn` whether it answers GS r.
    `width_dots` and `dpi` are its print head's, `length_dots` its loaded label's, `speaks` the language in which it
    answered where that is another than it is set up with, `cuts` is what a person saw, and `code_read` says that
    the printed test code was read back, which proves the whole chain.
    """

    status: bool | None = None
    automatic: bool | None = None
    confirms: bool | None = None
    in_turn: bool | None = None
    width_dots: int | None = None
    dpi: int | None = None
    length_dots: int | None = None
    speaks: str = ""
    cuts: bool | None = None
    model: str = ""
    code: str = ""
    code_read: bool = False
