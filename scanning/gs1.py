"""GS1 texts: element strings, their bracketed form and Digital Links, by biip's grammar of each field."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from scanning.characters import GS
from scanning.codes import gtin_check_digit, has_check_digit, is_digits, is_sscc
from scanning.links import elements_of, is_link
from scanning.result import Fused, ScanProblem

if TYPE_CHECKING:
    from biip.gs1_element_strings import GS1ElementString

# GS1-128, DataBar and composites, Data Matrix, QR and DotCode: GS1 General Specifications, 5.1.2. Aztec: ISO/IEC 24778.
GS1_AIMS = frozenset({"]C1", "]e0", "]e1", "]e2", "]d2", "]Q3", "]J1", "]z1"})

_BRACKETED = re.compile(r"(?:\(\d{2,4}\)[^()]+)+", re.ASCII)
_HIDDEN = {"10": "lot", "21": "serial", "17": "expiry", "15": "expiry"}
_SELL_BY = "16"
# Dates after which goods must not go out, the weightiest first: not production (11), due (12) and packaging (13).
_LAST_DAYS = ("17", "7003", "15", _SELL_BY)


class Gs1Error(ValueError):
    """A text that breaks the GS1 grammar; the message says where, `problem` what packers are told."""

    problem = ScanProblem.GS1_SYNTAX


class Gs1CheckDigitError(Gs1Error):
    """A GTIN or SSCC inside a GS1 text with a wrong check digit."""

    problem = ScanProblem.CHECK_DIGIT


class Gs1SeparatorError(Gs1Error):
    """A field of variable length that runs into the next one."""

    problem = ScanProblem.SEPARATOR


class LinkError(Gs1Error):
    """A web link that names no product."""

    problem = ScanProblem.LINK


@dataclass(frozen=True, slots=True)
class Gs1Fields:
    """What the packing station wants of a GS1 text.

    `gtin` has 14 digits, `sscc` 18; `count` is pieces, `weight_g` the net weight in g (310n, rounded), `order` the
    customer's order number (400). `expiry` is the expiry (17, 7003) or, without one, the best-before date (15);
    `last_day` the earliest of these and of the sell-by date (16): after it nothing may go out.
    """

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


def read_by_content(text: str) -> Gs1Fields | None:
    """Fields of a text that shows by itself to be GS1; `None` when it doesn't.

    A bare "01" with 14 digits isn't enough: one in ten of a shop's own 16-digit numbers that begin
    so would pass for it.

    Raises:
        Gs1Error: it looks like GS1 (brackets, a separator, a Digital Link, 01/02/00 with a valid
            check digit) and breaks the grammar.
    """
    if is_link(text):
        return _read_link(text)
    if _BRACKETED.fullmatch(text):
        return _read_bracketed(text)
    if GS in text or _begins_like_a_label(text):
        return read_message(text)
    return None


def _begins_like_a_label(text: str) -> bool:
    identifier, number = text[:2], text[2:16]
    if identifier == "00":
        return is_sscc(text[2:20])
    plausible = len(text) > 16 and len(number) == 14 and has_check_digit(number)
    return plausible and (identifier == "01" or (identifier == "02" and "37" in text[16:]))


def read_message(text: str) -> Gs1Fields:
    """Read concatenated element strings, GS between them where the standard wants it.

    Raises:
        Gs1Error: unknown identifier, wrong format, impossible date, a missing separator after a
            field that needs one, or two different values for one identifier.
    """
    from biip.gs1_messages import GS1Message

    elements = _guarded(lambda: GS1Message.parse(_ascii(text)).element_strings)
    _check_separators(text, elements)
    fields = _fields(elements)
    return replace(fields, fused=(*_fused("lot", fields.lot or ""), *_fused("serial", fields.serial or "")))


def _fused(inside: str, value: str) -> Iterator[Fused]:
    """The ways in which `value` may be two fields whose separator was lost."""
    for place in range(1, len(value) - 2):
        hidden, tail = _HIDDEN.get(value[place : place + 2], inside), value[place + 2 :]
        if hidden != inside and (hidden != "expiry" or _is_date(tail[:6])):
            yield Fused(inside, value[:place], hidden, tail)


def _is_date(digits: str) -> bool:
    """Whether this is YYMMDD; day 00 is the last of the month."""
    if len(digits) != 6 or not is_digits(digits):
        return False
    try:
        date(2000 + int(digits[:2]), int(digits[2:4]), int(digits[4:]) or 1)
    except ValueError:
        return False
    return True


def _read_bracketed(text: str) -> Gs1Fields:
    from biip.gs1_messages import GS1Message

    return _fields(_guarded(lambda: GS1Message.parse_hri(_ascii(text)).element_strings))


def _read_link(text: str) -> Gs1Fields:
    """biip's own reader wants numbers, one order, and nothing behind the last value: labels keep to neither."""
    from biip.gs1_element_strings import GS1ElementString

    try:
        named = elements_of(text)
    except ValueError as error:
        raise LinkError(str(error)) from error
    if not named:
        raise LinkError("No GTIN and no SSCC in this link")
    # No lot may hold a space, but labels are made from lots that do; biip takes the underscore in its place.
    texts = [_ascii(f"{ai}{value}") for ai, value in named]
    elements = _guarded(lambda: [GS1ElementString.parse(text.replace(" ", "_")) for text in texts])
    return _fields(
        replace(element, value=value) if " " in value else element
        for element, (_, value) in zip(elements, named, strict=True)
    )


def _guarded(
    read: Callable[[], Iterable["GS1ElementString"]],
) -> list["GS1ElementString"]:
    """Run a biip reader. It raises ValueError too, for instance for a malformed URL."""
    from biip import ParseError

    try:
        return list(read())
    except (ParseError, ValueError) as error:
        raise Gs1Error(str(error)) from error


def _ascii(text: str) -> str:
    """`text` itself. biip's patterns would take digits of other scripts for digits."""
    stranger = next((char for char in text if not char.isascii()), None)
    if stranger is not None:
        raise Gs1Error(f"Expected the GS1 character set, got {stranger!r}")
    return text


def _check_separators(text: str, elements: Iterable["GS1ElementString"]) -> None:
    """Refuse a field of variable length that runs into the next one: biip would cut it at its maximum."""
    rest = text
    for element in elements:
        rest = rest[len(element) :]
        if rest and not rest.startswith(GS) and element.ai.separator_required:
            raise Gs1SeparatorError(
                f"Expected a separator after ({element.ai.ai}){element.value}, got {rest[0]!r}"
            )
        rest = rest.lstrip(GS)


def _fields(elements: Iterable["GS1ElementString"]) -> Gs1Fields:
    values: dict[str, GS1ElementString] = {}
    for element in elements:
        if not _ascii(element.value):
            raise Gs1Error(f"Expected data after ({element.ai.ai}), got nothing")
        first = values.setdefault(element.ai.ai, element)
        if first.value != element.value:
            raise Gs1Error(f"Expected one ({element.ai.ai}), got {first.value!r} and {element.value!r}")
    if "01" in values and "02" in values:
        raise Gs1Error("Expected either (01) or (02), got both")
    plain = {identifier: element.value for identifier, element in values.items()}
    count = plain.get("37", plain.get("30"))
    dates = {identifier: values[identifier].date for identifier in _LAST_DAYS if identifier in values}
    days = [day for day in dates.values() if day is not None]
    return Gs1Fields(
        gtin=_checked(plain.get("01", plain.get("02"))),
        sscc=_checked(plain.get("00")),
        lot=plain.get("10"),
        serial=plain.get("21"),
        expiry=next((day for identifier, day in dates.items() if day and identifier != _SELL_BY), None),
        last_day=min(days, default=None),
        count=int(count) if count is not None else None,
        weight_g=_grams(values),
        order=plain.get("400"),
    )


def _grams(values: Mapping[str, "GS1ElementString"]) -> int | None:
    """The net weight: the last digit of 310n says how many of the six are decimals of a kilogram."""
    weight = next((element for identifier, element in values.items() if identifier.startswith("310")), None)
    if weight is None:
        return None
    grams = Decimal(int(weight.value)).scaleb(3 - int(weight.ai.ai[3]))
    return int(grams.to_integral_value(ROUND_HALF_UP))


def _checked(number: str | None) -> str | None:
    if number is None or has_check_digit(number):
        return number
    if not is_digits(number):
        raise Gs1Error(f"Expected digits, got {number!r}")
    raise Gs1CheckDigitError(f"Expected {gtin_check_digit(number[:-1])}, got {number[-1]} in {number}")
