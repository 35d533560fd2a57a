"""The one way from raw text, whatever read it, to a typed `Scan`. Never raises, never shortens."""

from dataclasses import replace

from scanning import caps_lock
from scanning.characters import BROKEN, GS, aim_of, describe, first_refused, folded, is_undecodable, redact
from scanning.codes import (
    GTIN_LENGTHS,
    before_add_on,
    codabar_number,
    gtin_check_digit,
    is_digits,
    is_gtin,
    is_like_own_code,
    is_own_code,
    lookup_key,
    other_keys,
    upc_a_of,
)
from scanning.gs1 import GS1_AIMS, Gs1Error, Gs1Fields, read_by_content, read_message
from scanning.result import Scan, ScanProblem

MAX_LENGTH = 512

# EAN/UPC, the same with add-on, EAN-8 and ITF-14: these symbols always carry a check digit.
_CHECKED_AIMS = frozenset({"]E0", "]E3", "]E4", "]I1"})
_ADD_ON_AIMS = {"]E1": 2, "]E2": 5}
_LINEAR = frozenset("ABCEFGIe")
"""Code letters of symbologies that hold no other letters than ASCII's."""


def parse(raw: str, source: str) -> Scan:
    """Turn what a scanner sent into a `Scan`; `source` names the device for the records.

    Text that can't be trusted comes back with `problem` and `detail` set, an empty `key`, and a
    `text` that is safe to show. The century of an expiry date is chosen by today's year, as the
    GS1 General Specifications (7.12) ask.
    """
    plain = folded(raw)
    if plain == raw:
        return _read(raw, source)
    scan, meant = _read(raw, source), _read(plain, source)
    if _proves_itself(scan, meant):
        return meant
    return scan if scan.problem else _doubted(scan, plain)


def _read(raw: str, source: str) -> Scan:
    trimmed = raw.strip(" ")
    aim = aim_of(trimmed)
    scan = Scan(text=trimmed[len(aim) :].strip(f" {GS}"), key="", source=source, aim=aim)
    return _refused(raw, scan) or _with_other_keys(_understood(_put_right(scan)))


def _proves_itself(scan: Scan, meant: Scan) -> bool:
    """Whether what an input method made of a code is a code beyond doubt once it is folded."""
    if meant.problem is ScanProblem.EMPTY or meant.aim != scan.aim or meant.aim in GS1_AIMS:
        return True
    known = meant.gtin or meant.sscc or meant.ours or meant.lot or meant.serial or meant.expiry
    return bool(known) or meant.aim[1:2] in _LINEAR


def _doubted(scan: Scan, plain: str) -> Scan:
    """Text that a shop may well use as it stands: the folded one is where else to look."""
    text = plain.strip(" ").removeprefix(scan.aim)
    also = replace(scan, other_keys=tuple(dict.fromkeys((*scan.other_keys, lookup_key(text)))), folded=text)
    if not plain.isascii():
        return also
    return replace(also, doubt=ScanProblem.INPUT_METHOD, detail=f"Folded it is {plain!r}")


def _put_right(scan: Scan) -> Scan:
    """Turn the case of all letters round again where the identifier shows that Caps Lock is on."""
    if not caps_lock.is_inverted(scan.aim, scan.text):
        return scan
    if not caps_lock.is_certain(scan.aim, scan.text):
        detail = f"Expected {scan.aim.swapcase()} before a text in capitals, got {scan.aim}"
        return replace(scan, problem=ScanProblem.CAPS_LOCK, detail=detail)
    return replace(scan, aim=scan.aim.swapcase(), text=caps_lock.put_right(scan.text))


def _with_other_keys(scan: Scan) -> Scan:
    """Say where else to look, unless the symbol itself leaves no doubt: ]E4 is an EAN-8, and no short UPC.

    The letters at the ends of a Codabar are no part of its number to some.
    """
    if scan.problem or scan.aim == "]E4":
        return scan
    number = codabar_number(scan.text) if scan.aim[:2] == "]F" else None
    inner = (lookup_key(number),) if number else ()
    return replace(scan, other_keys=(*scan.other_keys, *inner, *other_keys(scan.key)))


def _refused(raw: str, scan: Scan) -> Scan | None:
    if len(raw) - len(scan.aim) > MAX_LENGTH:
        detail = f"{len(raw)} characters, at most {MAX_LENGTH} are expected"
        shown = f"{redact(scan.text[:MAX_LENGTH])}…"
        return replace(scan, text=shown, problem=ScanProblem.TOO_LONG, detail=detail)
    if BROKEN in scan.text:
        return replace(scan, text=redact(scan.text), problem=ScanProblem.BROKEN, detail="Came in pieces")
    stranger = first_refused(scan.text)
    if stranger is not None:
        undecodable = is_undecodable(stranger)
        problem = ScanProblem.UNDECODABLE if undecodable else ScanProblem.CONTROL_CHARACTER
        return replace(scan, text=redact(scan.text), problem=problem, detail=describe(stranger))
    if not scan.text:
        return replace(scan, problem=ScanProblem.EMPTY, detail="Nothing was read")
    return None


def _understood(scan: Scan) -> Scan:
    if scan.problem is not None:
        return scan
    if is_own_code(scan.text):
        own = scan.text.upper()
        return replace(scan, text=own, key=own, ours=True)
    if scan.aim in GS1_AIMS:
        return _gs1_symbol(scan)
    if is_digits(scan.text) and len(scan.text) == _ADD_ON_AIMS.get(scan.aim):
        return replace(scan, problem=ScanProblem.ADD_ON, detail="An add-on without its EAN or UPC")
    if scan.aim in _CHECKED_AIMS:
        return _checked_symbol(scan)
    if is_digits(scan.text) and len(scan.text) in GTIN_LENGTHS:
        return _with_add_on(_gtin_or_own_number(scan))
    return _with_add_on(_by_content(scan))


def _gs1_symbol(scan: Scan) -> Scan:
    try:
        return _with_fields(scan, read_message(scan.text))
    except Gs1Error as error:
        return replace(scan, problem=error.problem, detail=str(error))


def _by_content(scan: Scan) -> Scan:
    plain = replace(scan, key=lookup_key(scan.text))
    if is_like_own_code(scan.text) or (scan.aim and is_like_own_code(scan.aim + scan.text)):
        detail = "Nearly a code of this house: one character is wrong"
        return replace(plain, doubt=ScanProblem.OWN_CODE, detail=detail)
    try:
        fields = read_by_content(scan.text)
    except Gs1Error as error:
        return replace(plain, doubt=error.problem, detail=f"Looks like GS1, taken as plain text: {error}")
    return plain if fields is None else _with_fields(scan, fields)


def _with_fields(scan: Scan, fields: Gs1Fields) -> Scan:
    return replace(
        scan,
        key=fields.gtin or fields.sscc or scan.text.upper(),
        gtin=fields.gtin,
        sscc=fields.sscc,
        lot=fields.lot,
        serial=fields.serial,
        expiry=fields.expiry,
        last_day=fields.last_day,
        count=fields.count,
        weight_g=fields.weight_g,
        order=fields.order,
        fused=fields.fused,
    )


def _checked_symbol(scan: Scan) -> Scan:
    """An EAN, UPC or ITF-14 symbol. `]E3` appends an add-on of 2 or 5 digits that isn't of the GTIN, and some scanners
    do so under `]E0` and `]E4`.
    """
    split = before_add_on(scan.text) if scan.aim in ("]E0", "]E3", "]E4") else None
    if split is not None and not (scan.aim == "]E0" and is_gtin(scan.text)):
        return replace(scan, key=lookup_key(scan.text), gtin=split[0], other_keys=(split[0],))
    number = scan.text[:13] if scan.aim == "]E3" else scan.text
    if not is_digits(number) or len(number) not in GTIN_LENGTHS:
        return _by_content(scan)
    # An EAN-8 comes with ]E4, so eight digits with ]E0 are a UPC-E that the scanner did not expand.
    number = (upc_a_of(number) or number) if scan.aim == "]E0" else number
    if not is_gtin(number):
        return replace(scan, problem=ScanProblem.CHECK_DIGIT, detail=_wrong_digit(number))
    return replace(scan, key=number.zfill(14), gtin=number.zfill(14))


def _with_add_on(scan: Scan) -> Scan:
    """Name the item of an EAN or UPC that came in one with its add-on, as another key: what is known by the whole
    number goes first, such as a GTIN-14 or an SSCC that is alike by chance.
    """
    split = None if scan.aim else before_add_on(scan.text)
    if split is None:
        return scan
    number, certain = split
    if not certain or scan.gtin:
        return replace(scan, other_keys=(number,))
    return replace(scan, gtin=number, other_keys=(number,), doubt=None, detail="")


def _gtin_or_own_number(scan: Scan) -> Scan:
    """Digits from a scanner without identifiers. Eight that are both a GTIN-8 and a UPC-E count as the first; a shop's
    own number that passes for a UPC-E by chance is found by its other key.
    """
    long = None if is_gtin(scan.text) else upc_a_of(scan.text)
    if long is not None:
        return replace(scan, key=lookup_key(long), gtin=lookup_key(long))
    key = lookup_key(scan.text)
    if is_gtin(scan.text):
        return replace(scan, key=key, gtin=key)
    return replace(scan, key=key, doubt=ScanProblem.CHECK_DIGIT, detail=f"No GTIN: {_wrong_digit(scan.text)}")


def _wrong_digit(digits: str) -> str:
    return f"Expected {gtin_check_digit(digits[:-1])}, got {digits[-1]}"
