"""Barcodes as spreadsheets leave them: mended where the check digit proves it, refused where digits are gone."""

import re

EATEN = "all of its digits, kept as text: a spreadsheet has made a number of it"
ERROR = "a code or nothing: a spreadsheet shows an error, or a column that is too narrow"
_SCIENTIFIC = re.compile(r"([0-9]{1,5})(?:[.,]([0-9]+))?E([+-]?)([0-9]{1,3})", re.IGNORECASE)
_ERROR = re.compile(r"#{2,}|#(?:N/A|NV|Н/Д)|#\w[\w/]*[!?]", re.IGNORECASE)
"""#N/A, #REF!, #WERT!, #NAME? in a spreadsheet's own language; a number that its column can't hold is all #."""
_DECIMAL = re.compile(r"([0-9]+)[.,]0+")
_GROUPED = re.compile(r"([0-9]{1,3}([.,'’\s])[0-9]{3}(?:\2[0-9]{3})+)(?:[.,]0{1,2})?")
_PRINTED = re.compile(r"[0-9] [0-9]{6} [0-9]{6}|[0-9] [0-9]{5} [0-9]{5} [0-9]|[0-9]{1,3}(?: [0-9]{3}){3,4}")
_GTINS = (8, 12, 13, 14)
_EXACT = 15
"""Significant digits of a spreadsheet's number (IEEE 754 double, as Excel keeps it); those behind become zeros."""
_ZEROS = "00000"
"""So many at the end of a number without a right check digit were digits before it was shown as 9.52E+12."""


def is_gtin(digits: str) -> bool:
    """Whether this is a GTIN-8, -12, -13 or -14 with a right check digit."""
    return (
        len(digits) in _GTINS
        and digits.isascii()
        and digits.isdecimal()
        and check_digit(digits) == digits[-1]
    )


def check_digit(digits: str) -> str:
    """The check digit that a GTIN of these digits, the last of them left out, should have."""
    from biip.checksums import gs1_standard_check_digit  # an import without barcodes needn't wait for it

    return str(gs1_standard_check_digit(digits[:-1]))


def eaten(text: str) -> str:
    """What was expected, in words, where a spreadsheet has put a number (9.52E+12) or an error (#N/A) in the place of a
    code; "" for any other text.
    """
    if _ERROR.fullmatch(text):
        return ERROR
    match = _SCIENTIFIC.fullmatch(text)
    return EATEN if match is not None and (match[2] or match[3] == "+") else ""


def joined(text: str) -> str:
    """A number in the groups in which it is printed under its bars, or in thousands, as one; else the text."""
    return text.replace(" ", "") if _PRINTED.fullmatch(text) else text


def read_barcode(text: str) -> tuple[str, ...]:
    """The barcode that a cell means; where leading zeros may be lost, as it stands and with them.

    Raises ValueError, in words, for what a spreadsheet has made of a barcode and nothing can mend.
    """
    code = text.strip("'’`")
    mended = _mended(code)
    if mended != code and not (is_gtin(mended) or len(_with_zeros(mended)) > 1):
        raise ValueError(EATEN)
    wrong = len(mended) in _GTINS[1:] and not is_gtin(mended)
    cut = len(mended) > _EXACT + 1 and not mended[_EXACT:].strip("0")
    if mended.isascii() and mended.isdecimal() and ((wrong and mended.endswith(_ZEROS)) or cut):
        raise ValueError(EATEN)
    return _with_zeros(mended)


def doubt(code: str) -> str:
    """What is doubtful of a barcode that is taken as it stands: a number as long as a GTIN that is none; or ""."""
    if len(code) in _GTINS[1:] and code.isascii() and code.isdecimal() and not is_gtin(code):
        return (
            f"is no GTIN (its last digit should be {check_digit(code)}) and is taken as a number of your own"
        )
    return ""


def _mended(code: str) -> str:
    """The digits behind a number; the text itself where it is none. Raises ValueError where digits are gone."""
    if words := eaten(code):
        match = _SCIENTIFIC.fullmatch(code)
        if match is None or match[3] == "-" or len(match[2] or "") != int(match[4]):
            raise ValueError(words)
        return f"{match[1]}{match[2] or ''}"
    if (whole := _DECIMAL.fullmatch(code)) is not None:
        return whole[1]
    if (grouped := _GROUPED.fullmatch(code)) is not None:
        digits = grouped[1].replace(grouped[2], "")
        return digits if len(digits) >= _GTINS[1] else code
    return code


def _with_zeros(code: str) -> tuple[str, ...]:
    """A number that is a GTIN-8 or GTIN-12 but for leading zeros is one without them, or a number of the shop's."""
    if not (code.isascii() and code.isdecimal()) or len(code) not in (7, 9, 10, 11):
        return (code,)
    full = code.zfill(8 if len(code) == 7 else 12)
    return (code, full) if is_gtin(full) else (code,)
