"""The numbers and codes of the house: check digits, the key barcodes are stored under, our own codes."""

import re
from collections.abc import Iterator
from enum import StrEnum
from zlib import crc32

GTIN_LENGTHS = (8, 12, 13, 14)

_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_PLAIN = _ALPHABET.replace("Q", "")
_OWN_CODE = re.compile(r"PK([A-Z])([0-9A-Z]{1,64})([0-9A-Z])")
_LIKE_OWN_CODE = re.compile(r"PK[BCLOPRT][0-9A-Z]+")
_OWN_LENGTHS = range(4, 70)
_LONGEST_REF = 32
_WITH_ADD_ON = re.compile(r"([0-9]{12,13}|[0-9]{8}(?=\]))([ +-]|\][Ee][12])?(?:[0-9]{2}|[0-9]{5})")
_PRINTED = ("977", "978", "979", "491")
_OTHER = re.compile(r"[^0-9A-PR-Z]")
_CODABAR = re.compile(r"[A-DTN*E]([0-9$:/.+-]+)[A-DTN*E]", re.IGNORECASE)
_ESCAPE = re.compile(r"QQ|(?:Q[0-9A-F]{2})+")


class OwnKind(StrEnum):
    """The letters of our own codes. What follows is the plain code or number of the thing."""

    BADGE = "B"
    COMMAND = "C"
    LOCATION = "L"
    ORDER = "O"
    PACKAGING = "P"
    PARCEL = "R"
    TOTE = "T"


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


def sscc_capacity(prefix: str) -> int:
    """How many SSCCs a company prefix gives: its serials, once for each extension digit."""
    return int(10 ** (17 - len(prefix)))


def parcel_number(prefix: str, count: int) -> str:
    """The number of a prefix's `count`-th parcel, from 0: an SSCC, and a code of our own once they are used up.

    The extension digit goes on where the serials of the one before it end (GS1 General Specifications, 2.2.1: it is
    there to give more of them). Both kinds are 18 characters.

    Raises:
        ValueError: the prefix is not 4 to 12 digits, or `count` is negative.
    """
    each = sscc_capacity(prefix) // 10
    if count < sscc_capacity(prefix):
        return sscc(count // each, prefix, count % each)
    beyond = _base_35(count - sscc_capacity(prefix), 10)
    return own_code(OwnKind.PARCEL, f"{_base_35(crc32(prefix.encode()) % 35**4, 4)}{beyond}")


def sscc_count(prefix: str, number: str) -> int:
    """Which parcel of a prefix has an SSCC: what `parcel_number` made it of."""
    return int(number[0]) * (sscc_capacity(prefix) // 10) + int(number[1 + len(prefix) : 17])


def _base_35(value: int, width: int) -> str:
    """A number in the digits and letters that our own codes write as they are."""
    digits = ""
    while value or len(digits) < width:
        value, digit = divmod(value, len(_PLAIN))
        digits = _PLAIN[digit] + digits
    return digits


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


def own_code(kind: str, ref: str) -> str:
    """A barcode of our own for `ref`: "PK", one letter for its kind, the payload, a check character.

    Only A-Z and 0-9, because other characters change with the keyboard layout a scanner types in: any other
    character of `ref`, and Q, is written as Q and what stands for it.

    Raises:
        ValueError: `kind` is not one of A-Z, or `ref` is empty or longer than fits into a barcode.
    """
    payload = _OTHER.sub(_escaped, ref)
    body = f"PK{kind}{payload}"
    if len(kind) != 1 or len(ref) > _LONGEST_REF or not _OWN_CODE.fullmatch(f"{body}0"):
        raise ValueError(
            f"Expected a letter A-Z and 1 to {_LONGEST_REF} characters that fit a barcode, got {kind!r} and {ref!r}"
        )
    return body + check_character(body)


def read_own_code(kind: str, code: str) -> str | None:
    """What our own `code` of this kind stands for, or `None` for any other text.

    In any case: Caps Lock turns it into small letters, and a Code 128 holds no others than it was printed with.
    """
    ref = _ref_of(code.upper()) if code.isascii() else None
    return ref[1] if ref and ref[0] == kind else None


def is_own_code(code: str) -> bool:
    """Whether `code` is one of our own, of whatever kind."""
    return code.isascii() and _ref_of(code.upper()) is not None


def is_like_own_code(code: str) -> bool:
    """Whether `code` is one of our own, or what one wrong, lost or added character may have left of one.

    What begins as ours and goes on in A-Z and 0-9 counts whatever its check character.
    """
    text = "".join(char.upper() if char.isascii() else char for char in code.strip())
    if len(text) not in _OWN_LENGTHS or not {"P", "K"} & set(text[:4]):
        return False
    return bool(_LIKE_OWN_CODE.fullmatch(text)) or any(_ref_of(one) is not None for one in _repaired(text))


def _ref_of(code: str) -> tuple[str, str] | None:
    """(kind, what it stands for) of a code of our own in capitals."""
    match = _OWN_CODE.fullmatch(code)
    if match is None or match[1] not in set(OwnKind) or check_character(code[:-1]) != code[-1]:
        return None
    try:
        ref = _ESCAPE.sub(_unescaped, match[2])
        return (match[1], ref) if own_code(match[1], ref) == code else None
    except ValueError:
        return None


def _repaired(text: str) -> Iterator[str]:
    """`text` with one character put right: among the first, or where it holds one that none of ours does."""
    front = ("P", "K", "".join(OwnKind))
    for place, chars in enumerate(front):
        for char in chars:
            yield text[:place] + char + text[place + 1 :]
            yield text[:place] + char + text[place:]
    strange = [place for place, char in enumerate(text) if char not in _ALPHABET]
    for place in {*range(len(front) + 1), *strange[:2]}:
        yield text[:place] + text[place + 1 :]
    for char in _ALPHABET if len(strange) == 1 else "":
        yield text[: strange[0]] + char + text[strange[0] + 1 :]


def _escaped(hit: re.Match[str]) -> str:
    return "QQ" if hit[0] == "Q" else "".join(f"Q{byte:02X}" for byte in hit[0].encode())


def _unescaped(hit: re.Match[str]) -> str:
    return "Q" if hit[0] == "QQ" else bytes.fromhex(hit[0].replace("Q", "")).decode()


def command_code(name: str) -> str:
    """The command barcode for `name` (1 to 32 of A-Z and 0-9). Raises ValueError for other names."""
    return own_code(OwnKind.COMMAND, name)


def command_name(code: str) -> str | None:
    """The command that `code` stands for, or `None` when it is no command barcode."""
    return read_own_code(OwnKind.COMMAND, code)


def upc_a_of(digits: str) -> str | None:
    """The UPC-A behind a UPC-E of 8 digits, or `None` when they are none.

    The last digit before the check digit says where zeros were left out: GS1 General Specifications, 5.2.2.4.2.
    """
    if len(digits) != 8 or not is_digits(digits) or digits[0] not in "01":
        return None
    body, last = digits[1:6], digits[6]
    if last in "012":
        item = f"{body[:2]}{last}0000{body[2:]}"
    elif last in "34":
        last_digit = int(last)
        item = f"{body[:last_digit]}00000{body[last_digit:]}"
    else:
        item = f"{body}0000{last}"
    upc_a = f"{digits[0]}{item}{digits[7]}"
    return upc_a if has_check_digit(upc_a) else None


def other_keys(key: str) -> tuple[str, ...]:
    """Keys under which the same item may be stored, to be asked for when nothing is under `key`.

    A UPC-E of 8 digits can't be told from a GTIN-8 without its AIM identifier, so a catalogue may hold either
    form: each is another key of the other. "01" before a GTIN-14 may be a GS1 label from a scanner that sends no
    identifiers; it may also be a shop's own number, which goes first.
    """
    short = key.removeprefix("000000") if len(key) == 14 else key
    if (long := upc_a_of(short)) is not None:
        return (long.zfill(14),)
    if len(key) == 14 and key.startswith("00") and is_gtin(key):
        return tuple(lookup_key(short) for short in _upc_e_of(key[2:]))
    if len(key) == 16 and key.startswith("01") and is_gtin(key[2:]):
        return (key[2:],)
    return ()


def codabar_number(text: str) -> str | None:
    """What stands between the start and the stop of a Codabar, or `None` for any other text.

    Both are one of A, B, C, D, which older scanners send as T, N, * and E (ANSI/AIM BC3-1995), in either case; some
    send neither.
    """
    match = _CODABAR.fullmatch(text)
    return match[1] if match else None


def before_add_on(text: str) -> tuple[str, bool] | None:
    """The GTIN-14 of the EAN or UPC that an add-on of 2 or 5 digits follows, and whether there is no doubt of it;
    `None` for any other text.

    Between the two stands nothing, a sign, or the add-on's own AIM identifier, as some scanners send both in one. Of
    other numbers of such lengths one in ten passes, so that digits at once are certain only for what carries an add-on
    by its prefix: periodicals (977, Japanese ones 491) and books (978, 979); eight digits want the identifier.
    """
    match = _WITH_ADD_ON.fullmatch(text)
    number = (match[1] if is_gtin(match[1]) else upc_a_of(match[1])) if match else None
    if match is None or number is None or not is_gtin(number):
        return None
    return number.zfill(14), bool(match[2]) or (len(number) == 13 and number.startswith(_PRINTED))


def has_upc_e(key: str) -> bool:
    """Whether a package with this key may carry a UPC-E: the key is one, or the GTIN-12 behind one.

    Of the numbers that can be given to a UPC-A only one in 100,000 has such a short form, so it was meant to.
    """
    return len(key) in (8, 14) and bool(other_keys(key))


def _upc_e_of(upc_a: str) -> list[str]:
    """The UPC-Es that stand for a UPC-A; most have none."""
    number, check, item = upc_a[0], upc_a[-1], upc_a[1:-1]
    tries = [
        f"{item[:2]}{item[7:]}{item[2]}",
        f"{item[:3]}{item[8:]}3",
        f"{item[:4]}{item[9:]}4",
        f"{item[:5]}{item[9]}",
    ]
    candidates = (f"{number}{body}{check}" for body in tries)
    return [digits for digits in candidates if upc_a_of(digits) == upc_a]


def item_of(gtin: str) -> str | None:
    """The GTIN-14 of the item in a case whose indicator digit is 1 to 8, or `None` for any other GTIN.

    GS1 General Specifications, 2.1.7: the indicator stands before the item's number, with a check digit of its own.
    """
    if len(gtin) != 14 or gtin[0] not in "12345678":
        return None
    payload = f"0{gtin[1:13]}"
    return f"{payload}{gtin_check_digit(payload)}"
