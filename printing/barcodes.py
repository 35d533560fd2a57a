"""Code 128, GS1-128 and EAN as modules, and the SSCC's check digit. QR comes from segno.

Code 128 and EAN are zxing-cpp's. GS1-128 is our own, after ISO/IEC 15417: the symbol's value sum, each weighted by
its position, modulo 103. zxing-cpp 3.1 takes no FNC1 within a text: with `gs1=True` it refuses 0x1D ("Control
characters are not supported by GS1"), wants every identifier in brackets, and refuses those it doesn't know
("Invalid AI (89)") and data with a bracket in it, all of which are on carriers' labels and have to be shown.
"""

from dataclasses import dataclass

QUIET_MODULES = 10
"""Light modules that must stay free on each side of a Code 128 symbol (10 X)."""

FNC1_CHAR = "\x1d"

EAN_QUIET_MODULES = 11
"""The same for EAN-13, whose left side needs the most."""

# Widths of bar, space, bar, ... of each symbol value, in modules.
_TABLE = """
    212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132
    122231 113222 123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212
    322112 322211 212123 212321 232121 111323 131123 131321 112313 132113 132311 211313 231113 231311
    112133 112331 132131 113123 113321 133121 313121 211331 231131 213113 213311 213131 311123 311321
    331121 312113 312311 332111 314111 221411 431111 111224 111422 121124 121421 141122 141221 112214
    112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 111242 121142 121241 114212
    124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 114311 411113
    411311 113141 114131 311141 411131 211412 211214 211232 2331112
"""
_WIDTHS = _TABLE.split()

_FNC1 = 102
_STOP = 106
_START = {"A": 103, "B": 104, "C": 105}
_LATCH = {"A": 101, "B": 100, "C": 99}
# B first: between equally short symbols the one with ordinary letters wins.
_SUBSETS = "BCA"


class BarcodeError(ValueError):
    """Text that no such barcode can carry; the message quotes it."""


@dataclass(frozen=True, slots=True)
class Modules:
    """A one-dimensional symbol: `bars` has one entry per module, true is dark; `quiet` light modules belong on
    each side of them.
    """

    bars: tuple[bool, ...]
    quiet: int = QUIET_MODULES

    @property
    def width(self) -> int:
        """Modules across with both quiet zones."""
        return len(self.bars) + 2 * self.quiet


def code128(text: str) -> Modules:
    """The shortest Code 128 symbol of `text` (ASCII, at least one character, at most 102 of its symbols).

    Raises `BarcodeError` for anything else.
    """
    if not text or not text.isascii():
        raise BarcodeError(f"Code 128 of {text!r}: expected ASCII characters")
    return Modules(_written(text, "Code128"))


def gs1_128(element_string: str) -> Modules:
    """The GS1-128 symbol of an element string: identifiers and data without parentheses.

    A group separator (0x1D) within becomes FNC1. Raises `BarcodeError` for what GS1 can't carry
    (GS1 General Specifications 5.4: ASCII, at most 48 characters).
    """
    if not element_string or not element_string.isascii() or len(element_string) > 48:
        raise BarcodeError(f"GS1-128 of {element_string!r}: expected 1 to 48 ASCII characters")
    return _modules(_values(element_string))


def sscc_check_digit(digits: str) -> int:
    """Check digit of an SSCC's first 17 digits: weights 3 and 1 from the right (GS1 General
    Specifications 7.9). Raises `BarcodeError` unless there are 17 digits.
    """
    if len(digits) != 17 or not _digits(digits):
        raise BarcodeError(f"SSCC {digits!r}: expected 17 digits before the check digit")
    total = sum(int(digit) * (3, 1)[place % 2] for place, digit in enumerate(reversed(digits)))
    return -total % 10


def sscc_symbol(sscc: str) -> Modules:
    """GS1-128 of (00) and an SSCC of 18 digits; raises `BarcodeError` when its check digit is wrong."""
    expected = sscc_check_digit(sscc[:17])
    if len(sscc) != 18 or sscc[17] != str(expected):
        raise BarcodeError(
            f"SSCC {sscc!r}: expected 18 digits with check digit {expected}, got {sscc[17:]!r}"
        )
    return gs1_128("00" + sscc)


def ean(gtin: str) -> Modules:
    """EAN-13 of a GTIN-13 or GTIN-12, EAN-8 of a GTIN-8.

    Raises `BarcodeError` for another number of digits or a wrong check digit.
    """
    digits = gtin.zfill(13) if len(gtin) == 12 else gtin
    if len(digits) not in (8, 13) or not _digits(digits):
        raise BarcodeError(f"EAN of {gtin!r}: expected 8, 12 or 13 digits")
    weighted = sum(int(digit) * (1, 3)[place % 2] for place, digit in enumerate(reversed(digits)))
    if weighted % 10:
        raise BarcodeError(f"EAN of {gtin!r}: the last digit does not check the others")
    return Modules(_written(digits, "EAN13" if len(digits) == 13 else "EAN8"), EAN_QUIET_MODULES)


def _written(text: str, kind: str) -> tuple[bool, ...]:
    """The modules of a symbol that zxing-cpp writes, without quiet zones."""
    import zxingcpp
    from PIL import Image

    try:
        barcode = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat[kind])
    except ValueError as error:
        raise BarcodeError(f"{kind} of {text!r}: {error}") from error
    image = Image.fromarray(barcode.to_image(scale=1, add_quiet_zones=False))
    return tuple(grey < 128 for grey in image.tobytes()[: image.width])


def shortest_gtin(code: str) -> str:
    """A GTIN as its own barcode says it: 14 digits filled up with zeros become 13 or 8; any other text stays."""
    if len(code) != 14 or not _digits(code) or code[0] != "0":
        return code
    return code[6:] if code.startswith("000000") else code[1:]


def _digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _values(text: str) -> list[int]:
    """Symbol values with start character and without check and stop, as few as possible.

    A shortest path over (characters done, subset), backwards: `best` holds for each subset the
    values of the rest when that subset is active at this place.
    """
    ahead: list[dict[str, list[int]]] = [{subset: [] for subset in _SUBSETS}]
    for place in range(len(text) - 1, -1, -1):
        direct = {}
        for subset in _SUBSETS:
            step = _step(text, place, subset)
            if step is not None:
                value, taken = step
                direct[subset] = [value, *ahead[taken - 1][subset]]
        best = {}
        for subset in _SUBSETS:
            choices = [
                values if other == subset else [_LATCH[other], *values] for other, values in direct.items()
            ]
            best[subset] = min(choices, key=len)
        ahead.insert(0, best)
        del ahead[2:]
        starts = direct
    return min(([_START[subset], _FNC1, *values] for subset, values in starts.items()), key=len)


def _step(text: str, place: int, subset: str) -> tuple[int, int] | None:
    """Symbol value and number of characters that `subset` takes at `place`, if it can."""
    char = text[place]
    if char == FNC1_CHAR:
        return _FNC1, 1
    if subset == "C":
        pair = text[place : place + 2]
        return (int(pair), 2) if len(pair) == 2 and _digits(pair) else None
    code = ord(char)
    if subset == "A":
        return ((code - 32) % 96, 1) if code < 96 else None
    return (code - 32, 1) if code >= 32 else None


def _modules(values: list[int]) -> Modules:
    check = (values[0] + sum(place * value for place, value in enumerate(values))) % 103
    bars: list[bool] = []
    for value in [*values, check, _STOP]:
        for place, width in enumerate(_WIDTHS[value]):
            bars.extend([place % 2 == 0] * int(width))
    return Modules(tuple(bars))
