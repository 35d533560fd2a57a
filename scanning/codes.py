"""The numbers and codes of the house: check digits, the key barcodes are stored under, our own codes."""

import re

GTIN_LENGTHS = (8, 12, 13, 14)

_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_OWN_CODE = re.compile(r"PK([A-Z])([0-9A-Z]{1,32})([0-9A-Z])")
_COMMAND = "C"


def is_digits(text: str) -> bool:
    """Whether `text` is ASCII digits only (`str.isdigit` also takes superscripts and Arabic digits)."""
    return text.isascii() and text.isdigit()


def gtin_check_digit(digits: str) -> int:
    """The check digit that belongs after `digits`: GTIN of any length, SSCC, GLN.

    Weights 3, 1, 3, ... from the right, up to the next ten: GS1 General Specifications, 7.9.

    Raises:
        ValueError: `digits` is empty or not ASCII digits.
    """
    if not is_digits(digits):
        raise ValueError(f"Expected digits to make a check digit of, got {digits!r}")
    total = sum(int(digit) * (1 if place % 2 else 3) for place, digit in enumerate(reversed(digits)))
    return -total % 10


def has_check_digit(digits: str) -> bool:
    """Whether the last of `digits` is the check digit of those before it."""
    return len(digits) > 1 and is_digits(digits) and gtin_check_digit(digits[:-1]) == int(digits[-1])


def is_gtin(text: str) -> bool:
    """Whether `text` is a GTIN-8, -12, -13 or -14 with a valid check digit."""
    return len(text) in GTIN_LENGTHS and has_check_digit(text)


def is_sscc(text: str) -> bool:
    """Whether `text` is an SSCC: 18 digits with a valid check digit."""
    return len(text) == 18 and has_check_digit(text)


def lookup_key(text: str) -> str:
    """The one form a barcode is stored and looked up under.

    A GTIN of any length becomes 14 digits, so that UPC-A, EAN-13 and GTIN-14 of one item are one
    key; everything else is trimmed of spaces and upper-cased, its inner spaces kept.
    """
    trimmed = text.strip(" ")
    return trimmed.zfill(14) if is_gtin(trimmed) else trimmed.upper()


def sscc(extension: int, prefix: str, serial: int) -> str:
    """An SSCC: extension digit, GS1 company prefix, serial number, check digit; 18 digits.

    GS1 General Specifications, 2.2.1: prefix and serial fill 16 digits between them.

    Raises:
        ValueError: the extension is no single digit, the prefix not 4 to 12 digits, or the serial
            negative or too great for the digits that the prefix leaves.
    """
    if not 0 <= extension <= 9:
        raise ValueError(f"Expected an extension digit from 0 to 9, got {extension}")
    if not (is_digits(prefix) and 4 <= len(prefix) <= 12):
        raise ValueError(f"Expected a GS1 company prefix of 4 to 12 digits, got {prefix!r}")
    width = 16 - len(prefix)
    if not 0 <= serial < 10**width:
        raise ValueError(f"Expected a serial of at most {width} digits after prefix {prefix}, got {serial}")
    payload = f"{extension}{prefix}{serial:0{width}d}"
    return f"{payload}{gtin_check_digit(payload)}"


def check_character(text: str) -> str:
    """The ISO/IEC 7064 MOD 37,36 check character of A-Z and 0-9: catches every single wrong character.

    Raises:
        ValueError: `text` holds anything else.
    """
    product = 36
    for char in text:
        value = _ALPHABET.find(char)
        if value < 0:
            raise ValueError(f"Expected A-Z and 0-9 only, got {char!r} in {text!r}")
        product = ((product + value) % 36 or 36) * 2 % 37
    return _ALPHABET[(1 - product) % 36]


def own_code(kind: str, payload: str) -> str:
    """A barcode of our own: "PK", one letter for its kind, the payload, a check character.

    Only A-Z and 0-9, because other characters change with the keyboard layout a scanner types in.

    Raises:
        ValueError: `kind` is not one of A-Z, or `payload` not 1 to 32 of A-Z and 0-9.
    """
    body = f"PK{kind}{payload}"
    if not _OWN_CODE.fullmatch(f"{body}0") or len(kind) != 1:
        raise ValueError(f"Expected a letter and 1 to 32 of A-Z and 0-9, got {kind!r} and {payload!r}")
    return body + check_character(body)


def read_own_code(kind: str, code: str) -> str | None:
    """The payload of our own `code` of this kind, or `None` for any other text."""
    match = _OWN_CODE.fullmatch(code)
    if match is None or match[1] != kind or check_character(code[:-1]) != code[-1]:
        return None
    return match[2]


def command_code(name: str) -> str:
    """The command barcode for `name` (1 to 32 of A-Z and 0-9). Raises ValueError for other names."""
    return own_code(_COMMAND, name)


def command_name(code: str) -> str | None:
    """The command that `code` stands for, or `None` when it is no command barcode."""
    return read_own_code(_COMMAND, code)


def is_command(code: str) -> bool:
    """Whether `code` is a command barcode with a right check character."""
    return command_name(code) is not None
