"""Cells to typed values; every refusal quotes the value and says what was expected."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import TypeVar
from zoneinfo import ZoneInfo

from data.importers.barcodes import eaten
from data.importers.places import country_code
from data.importers.read import Sheet, SheetRow
from data.money import decimals, minor

_ZIP_APOSTROPHE = re.compile(r"^'(?=\S)")
_EXCEL_TEXT = re.compile(r'^="(.*)"$', re.DOTALL)
_WHOLE = re.compile(r"([0-9]{1,12})(?:[.,]0+)?")
_DECIMAL = re.compile(r"[0-9]{1,12}(?:\.[0-9]{1,12})?")
_AMOUNT = re.compile(r"[0-9]{1,12}(?:[.,][0-9]+)?")
_GROUPED = re.compile(r"[0-9]{1,3}([.,\s'])[0-9]{3}((?:\1[0-9]{3})*)([.,][0-9]{1,9})?")
_DAY_FIRST = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})(.*)", re.DOTALL)
_SLASHES = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(.*)", re.DOTALL)
_OFFSET = re.compile(r"\s+([+-]\d{2}:?\d{2}|Z|UTC)$")
_YES = frozenset({"1", "yes", "y", "true", "t", "x", "tak", "да", "是"})
LEFT_OUT = "and was left out"
"""How a remark ends that tells of a cell of which nothing is kept."""
_NO = frozenset({"0", "no", "n", "false", "f", "-", "nie", "нет", "否"})
_MOST = 1_000_000_000
Read = TypeVar("Read")
# What a refused cell is read as to find the other bad ones: empty, or where it mustn't be, what passes for one.
_INSTEAD = ("", "1", "2000-01-01", "1@1")


@dataclass(frozen=True, slots=True)
class FieldError(Exception):
    """A cell that can't be understood."""

    line: int
    column: str
    value: str
    expected: str
    key: str = ""

    def __str__(self) -> str:
        return f"line {self.line}, column {self.column}: expected {self.expected}, got {self.value!r}"


class Cells:
    """One row's cells, read by column key; an absent column reads as an empty cell."""

    def __init__(self, sheet: Sheet, row: SheetRow) -> None:
        self._sheet = sheet
        self._row = row
        self._overlooked: dict[str, int] = {}
        self.line = row.line
        self.currency = sheet.currency
        """What its amounts are in."""
        self.unclear: list[str] = []

    def raw(self, key: str) -> str:
        """The cell as written, without surrounding white space and without Excel's ="..." and leading
        apostrophe.
        """
        self._sheet.used.add(key)
        strike = self._overlooked.get(key, 0)
        value = _INSTEAD[strike - 1] if strike else self._row.cells.get(key, "")
        return _ZIP_APOSTROPHE.sub("", _EXCEL_TEXT.sub(r"\1", value)).strip()

    def overlook(self, key: str) -> bool:
        """Have a refused cell read as something else from now on; False when there is nothing left to try."""
        strike = self._overlooked.get(key, 0)
        if not key or strike == len(_INSTEAD):
            return False
        self._overlooked[key] = strike + 1
        return True

    def columns(self) -> list[str]:
        """The column keys of this row."""
        return list(self._row.cells)

    def intact(self) -> None:
        """Refuse a row with more cells than columns: an unquoted separator has shifted what follows it."""
        if self._row.surplus:
            raise FieldError(
                self.line, "after the last column", self._row.surplus[:80], "no more cells than columns"
            )

    def name(self, key: str) -> str:
        """The column's name as it is written in the file."""
        return self._sheet.columns.get(key, key)

    def error(self, key: str, expected: str) -> FieldError:
        """The refusal of this row's cell `key`."""
        return FieldError(self.line, self.name(key), self.raw(key)[:80], expected, key)

    def text(self, key: str, most: int = 200) -> str:
        """One line of text, inner white space made single blanks; "" when empty."""
        value = " ".join(self.raw(key).split())
        if len(value) > most:
            raise self.error(key, f"at most {most} characters")
        return value

    def remark(self, what: str) -> None:
        """Have the report tell what was done about this row, once for all rows of which it is true."""
        self._sheet.remarks.setdefault(what, {})[self.line] = None

    def spare(self, read: Callable[[], Read], instead: Read) -> Read:
        """What a cell that isn't needed to pack says; `instead`, with a remark, where it can't be read."""
        try:
            return read()
        except FieldError as error:
            self.remark(f"{error.column}: expected {error.expected}, {LEFT_OUT}")
            return instead

    def vital(self, read: Callable[[], Read], instead: Read) -> Read:
        """What a cell that is needed says; where it can't be read `instead`, and its order is held for `unclear`."""
        try:
            return read()
        except FieldError as error:
            self.unclear.append(f"{error.column}: expected {error.expected}")
            return instead

    def counted(self, read: Callable[[], int]) -> tuple[int, str]:
        """A number of units to pack; where it can't be read 0 with what is wrong, and its order is held for that."""
        try:
            return read(), ""
        except FieldError as error:
            words = f"{error.column}: expected {error.expected}, got {error.value!r}"
            self.unclear.append(words)
            return 0, words

    def brief(self, key: str, most: int = 200) -> str:
        """Like `text`, but what is too long is shortened, with a remark."""
        value = self.text(key, len(self.raw(key)))
        if len(value) > most:
            self.remark(f"{self.name(key)}: longer than {most} characters, and was shortened")
        return value[:most].rstrip()

    def place(self, key: str, most: int = 200) -> str:
        """Part of an address: of what is too long the beginning is kept, and its order is held."""
        return self.vital(lambda: self.text(key, most), " ".join(self.raw(key).split())[:most].rstrip())

    def country(self, key: str) -> str:
        """A country's ISO code; one that isn't known stays as it is written, with a remark."""
        text = self.place(key, 60)
        code = country_code(text)
        if len(code) > 2:
            self.remark(f"{self.name(key)}: {text!r} is no known country")
        return code

    def units(self, key: str, least: int = 0) -> tuple[int, str]:
        """The number of units to pack that a cell says, as `counted`."""
        return self.counted(lambda: self.unit_count(key, least))

    def unit_count(self, key: str, least: int = 0) -> int:
        """The number of units that a cell says; an empty one is refused."""
        units = self.whole(key, least, 100_000)
        if units is None:
            raise self.error(key, f"a whole number from {least} to 100000")
        return units

    def needed(self, key: str, most: int = 200) -> str:
        """Like `text`, but an empty cell is refused."""
        value = self.text(key, most)
        if not value:
            raise self.error(key, "a value")
        return value

    def code(self, key: str, most: int = 200) -> str:
        """Like `text`, for what names a thing: what a spreadsheet has put in its place (9.52E+12, #N/A) is refused."""
        value = self.text(key, most)
        if expected := eaten(value):
            raise self.error(key, expected)
        return value

    def needed_code(self, key: str, most: int = 200) -> str:
        """Like `code`, but an empty cell is refused."""
        self.needed(key, most)
        return self.code(key, most)

    def rounded(self, key: str, least: int = 0, most: int = _MOST) -> int | None:
        """A number with a decimal point, such as 226.796185, to the nearest whole one; None when empty."""
        value = self.raw(key)
        if not value:
            return None
        if _DECIMAL.fullmatch(value) is None or not least <= Decimal(value) <= most:
            raise self.error(key, f"a number from {least} to {most}")
        return int(Decimal(value).quantize(Decimal(1), ROUND_HALF_UP))

    def whole(self, key: str, least: int = 0, most: int = _MOST) -> int | None:
        """A whole number ("3" or "3.0"), None when empty."""
        value = self.raw(key)
        if not value:
            return None
        match = _WHOLE.fullmatch(value)
        if match is None or not least <= int(match[1]) <= most:
            raise self.error(key, f"a whole number from {least} to {most}")
        return int(match[1])

    def cents(self, key: str) -> int | None:
        """Money in the minor unit of `currency`, rounded with a remark; None when empty."""
        value = self.raw(key).replace("\xa0", " ")
        if not value:
            return None
        found = parse_amount(value, self.currency)
        if found is None:
            raise self.error(key, "an amount such as 12.50 or 12,50")
        cents = minor(found, self.currency)
        if found.scaleb(decimals(self.currency)) != cents:
            places = decimals(self.currency)
            self.remark(f"{self.name(key)}: more than {places} decimals, and was rounded")
        return cents

    def flag(self, key: str) -> bool | None:
        """Yes or no, None when empty."""
        value = self.raw(key).casefold()
        if not value:
            return None
        if value not in _YES | _NO:
            raise self.error(key, "yes or no")
        return value in _YES

    def choice(self, key: str, known: frozenset[str]) -> str | None:
        """One of a few words, whatever its case; None when empty."""
        value = self.raw(key).casefold().replace("-", "_").replace(" ", "_")
        if not value:
            return None
        if value not in known:
            raise self.error(key, " or ".join(sorted(known)))
        return value

    def moment(self, key: str, zone: ZoneInfo) -> datetime | None:
        """An instant in UTC, None when empty; a time without an offset is the warehouse's wall time."""
        value = self.raw(key)
        if not value:
            return None
        instant = parse_moment(value, zone, self._sheet.dates)
        if instant is None and not self._sheet.dates and _SLASHES.fullmatch(value):
            raise self.error(key, "a date that tells its month: say --dates dmy or --dates mdy")
        if instant is None:
            raise self.error(key, "a date such as 2026-11-22 14:30")
        return instant


def parse_cents(value: str, currency: str = "") -> int | None:
    """An amount as `parse_amount` reads it in the minor unit of its currency, rounded; None for anything else."""
    found = parse_amount(value, currency)
    return None if found is None else minor(found, currency)


def parse_amount(value: str, currency: str = "") -> Decimal | None:
    """ "12.50", "12,5", "1 234,50" or "1,234.50"; None for anything else.

    A lone separator before three digits may be of decimals or of thousands: of decimals in a currency of three of
    them, of thousands in one of none, of neither in others.
    """
    if (grouped := _GROUPED.fullmatch(value)) is not None:
        separator, more, rest = grouped[1], grouped[2], grouped[3] or ""
        if rest.startswith(separator):
            return None
        if rest or more or separator not in ".," or not decimals(currency):
            return Decimal(value.removesuffix(rest).replace(separator, "") + rest.replace(",", "."))
    if _AMOUNT.fullmatch(value) is None:
        return None
    if re.search(r"[.,][0-9]{3}$", value) and decimals(currency) != 3:
        return None
    return Decimal(value.replace(",", "."))


def parse_moment(value: str, zone: ZoneInfo, slashes: str = "") -> datetime | None:
    """ISO 8601 or 22.11.2026 14:30 as UTC, 11/22/2026 with `slashes` "mdy", 22/11/2026 with "dmy"; else None."""
    text = _OFFSET.sub(r"\1", value.strip()).replace("UTC", "Z")
    if (match := _DAY_FIRST.fullmatch(text)) is not None:
        text = f"{match[3]}-{int(match[2]):02}-{int(match[1]):02}{match[4]}"
    elif slashes and (match := _SLASHES.fullmatch(text)) is not None:
        month, day = (match[1], match[2]) if slashes == "mdy" else (match[2], match[1])
        text = f"{match[3]}-{int(month):02}-{int(day):02}{match[4]}"
    text = re.sub(r"([T ])\s*(\d:)", r"\g<1>0\2", text)
    try:
        moment = datetime.fromisoformat(text)
        local = moment if moment.tzinfo is not None else moment.replace(tzinfo=zone)
        return local.astimezone(UTC) if 2000 <= local.year <= 2099 else None
    except (ValueError, OverflowError):
        return None
