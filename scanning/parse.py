"""The one way from raw text, whatever read it, to a typed `Scan`. Never raises, never shortens."""

from dataclasses import replace

from scanning.characters import BROKEN, GS, aim_of, describe, first_refused, is_undecodable, redact
from scanning.codes import (
    GTIN_LENGTHS,
    doubt_of_own_code,
    gtin_check_digit,
    is_digits,
    is_gtin,
    is_own_code,
    lookup_key,
    other_keys,
    upc_a_of,
)
from scanning.gs1 import (
    GS1_AIMS,
    Gs1CheckDigitError,
    Gs1Error,
    Gs1Fields,
    read_by_content,
    read_message,
)
from scanning.result import Scan, ScanProblem

MAX_LENGTH = 512

# EAN/UPC, the same with add-on, EAN-8 and ITF-14: these symbols always carry a check digit.
_CHECKED_AIMS = frozenset({"]E0", "]E3", "]E4", "]I1"})


def parse(raw: str, source: str) -> Scan:
    """Turn what a scanner sent into a `Scan`; `source` names the device for the records.

    Text that can't be trusted comes back with `problem` and `detail` set, an empty `key`, and a
    `text` that is safe to show. The century of an expiry date is chosen by today's year, as the
    GS1 General Specifications (7.12) ask.
    """
    trimmed = raw.strip(" ")
    aim = aim_of(trimmed)
    scan = Scan(text=trimmed[len(aim) :].strip(f" {GS}"), key="", source=source, aim=aim)
    return _refused(raw, scan) or _with_other_keys(_understood(scan))


def _with_other_keys(scan: Scan) -> Scan:
    """Say where else to look, unless the symbol itself leaves no doubt: ]E4 is an EAN-8, and no short UPC."""
    return scan if scan.problem or scan.aim == "]E4" else replace(scan, other_keys=other_keys(scan.key))


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
    if scan.aim in GS1_AIMS:
        return _gs1_symbol(scan)
    if scan.aim in _CHECKED_AIMS:
        return _checked_symbol(scan)
    if is_digits(scan.text) and len(scan.text) in GTIN_LENGTHS:
        return _gtin_or_own_number(scan)
    return _by_content(scan)


def _gs1_symbol(scan: Scan) -> Scan:
    try:
        return _with_fields(scan, read_message(scan.text))
    except Gs1CheckDigitError as error:
        return replace(scan, problem=ScanProblem.CHECK_DIGIT, detail=str(error))
    except Gs1Error as error:
        return replace(scan, problem=ScanProblem.GS1_SYNTAX, detail=str(error))


def _by_content(scan: Scan) -> Scan:
    plain = replace(
        scan,
        key=lookup_key(scan.text),
        ours=is_own_code(scan.text),
        detail=doubt_of_own_code(scan.text),
    )
    try:
        fields = read_by_content(scan.text)
    except Gs1Error as error:
        return replace(plain, detail=f"Looks like GS1, taken as plain text: {error}")
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
        count=fields.count,
        weight_g=fields.weight_g,
        order=fields.order,
        fused=fields.fused,
    )


def _checked_symbol(scan: Scan) -> Scan:
    """An EAN, UPC or ITF-14 symbol. `]E3` appends an add-on of 2 or 5 digits that isn't of the GTIN."""
    number = scan.text[:13] if scan.aim == "]E3" else scan.text
    if not is_digits(number) or len(number) not in GTIN_LENGTHS:
        return _by_content(scan)
    # An EAN-8 comes with ]E4, so eight digits with ]E0 are a UPC-E that the scanner did not expand.
    number = (upc_a_of(number) or number) if scan.aim == "]E0" else number
    if not is_gtin(number):
        return replace(scan, problem=ScanProblem.CHECK_DIGIT, detail=_wrong_digit(number))
    return replace(scan, key=number.zfill(14), gtin=number.zfill(14))


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
    return replace(scan, key=key, detail=f"No GTIN: {_wrong_digit(scan.text)}")


def _wrong_digit(digits: str) -> str:
    return f"Expected {gtin_check_digit(digits[:-1])}, got {digits[-1]}"
