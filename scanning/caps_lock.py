"""What Caps Lock did to a scanner's AIM identifier tells what it did to the text: every letter has the other case."""

from scanning.codes import before_add_on, has_check_digit, is_digits, is_gtin

_SMALL = frozenset("dehoz")
"""Code letters that are in use in lower case: Data Matrix, DataBar, Han Xin, OCR, Aztec (ISO/IEC 15424)."""
_NEVER_CAPITAL = frozenset("DZ")
"""Those of which the capital is nothing that a scanner sends today; `]H` is Code 11, `]O` Codablock."""


def is_inverted(aim: str, text: str) -> bool:
    """Whether this identifier has its case turned round.

    `]e0` is a DataBar, `]E0` an EAN; there what was read decides.
    """
    letter = aim[1:2]
    if letter == "e":
        add_on = is_digits(text) and len(text) in (2, 5)
        return add_on or is_gtin(text) or before_add_on(text) is not None
    if letter == "E":
        return (
            text.startswith("01")
            and has_check_digit(text[2:16])
            and len(text) >= 16
            and not before_add_on(text)
        )
    return letter in _NEVER_CAPITAL or (letter.islower() and letter not in _SMALL)


def is_certain(aim: str, text: str) -> bool:
    """Whether an inverted identifier proves that the letters of the text are inverted as well.

    What sends everything in capitals makes `]D2` of `]d2` too, and leaves the capitals of the text as they were.
    """
    return aim[1:2].islower() or text != text.upper() or text == text.lower()


def put_right(text: str) -> str:
    """`text` with the case of its letters turned round."""
    return "".join(char.swapcase() if char.isascii() else char for char in text)
