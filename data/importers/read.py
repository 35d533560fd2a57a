"""A CSV file or a workbook's sheet as rows of named cells, with the true line number of each record."""

import csv
import hashlib
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from data.errors import DataError
from data.importers.encoding import clean, decode
from data.importers.workbook import ENDINGS, is_workbook, sheets

MAX_BYTES = 200_000_000
_SEPARATORS = ";,\t"
_SLASHES = re.compile(r"(\d{1,2})/(\d{1,2})/\d{4}(?!\d)")


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One record: the line its first character stands on (1 is the header), and its cells by column key."""

    line: int
    cells: Mapping[str, str]
    surplus: str = ""


@dataclass(slots=True)
class Sheet:
    """A file in memory. `columns` maps a column's key to the name written in the file; `used` grows as keys
    are read.
    """

    file: str
    sha256: str
    columns: dict[str, str]
    rows: list[SheetRow]
    notes: list[str] = field(default_factory=list)
    used: set[str] = field(default_factory=set)
    dates: str = ""
    """What slash dates begin with: `dmy`, `mdy`, or "" where no date in the file tells."""
    currency: str = ""
    """What amounts are in where the file doesn't say it; "" is one of two decimals."""
    remarks: dict[str, dict[int, None]] = field(default_factory=dict)
    """What was mended or left out, in words, and the lines on which."""

    def renamed(self, aliases: Mapping[str, str]) -> "Sheet":
        """The same rows with other names of a column led back to one; a column that has the real name wins."""
        names = {key: key for key in self.columns}
        taken = set(names)
        for key, real in aliases.items():
            if key in names and real not in taken:
                names[key] = real
                taken.add(real)
        columns = {names[key]: written for key, written in self.columns.items()}
        rows = [
            SheetRow(row.line, {names[k]: v for k, v in row.cells.items()}, row.surplus) for row in self.rows
        ]
        return replace(self, columns=columns, rows=rows)

    def mapped(self, mapping: Iterable[tuple[str, str]]) -> "Sheet":
        """The same rows with fields' names for the columns that a user named. Raises DataError for one not there."""
        names = {}
        for field_, column in mapping:
            if key_of(column) not in self.columns:
                have = ", ".join(self.columns.values())
                raise DataError(
                    f"{self.file} has no column {column!r} for {field_}: expected one of {have[:600]}."
                )
            names[key_of(column)] = key_of(field_)
        gone = set(names.values()) - set(names)
        columns = {names.get(key, key): name for key, name in self.columns.items() if key not in gone}
        rows = [
            SheetRow(
                row.line, {names.get(k, k): v for k, v in row.cells.items() if k not in gone}, row.surplus
            )
            for row in self.rows
        ]
        return replace(self, columns=columns, rows=rows)

    def ignored(self) -> list[str]:
        """The columns, as written, that nobody read."""
        return [written for key, written in self.columns.items() if key not in self.used]


def map_line(sheet: Sheet, fields: Mapping[str, tuple[str, ...]]) -> str:
    """Options that name a sheet's columns for some fields, to try: the first whose key has one of a field's words."""
    named = []
    for field_, words in fields.items():
        fitting = (name for word in words for key, name in sheet.columns.items() if word in key)
        column = next(fitting, "COLUMN")
        named.append(
            f"--map {field_}={column}" if re.fullmatch(r"\w+", column) else f'--map "{field_}={column}"'
        )
    return " ".join(named)


def key_of(name: str) -> str:
    """A column's key: lower case, anything but letters and digits one underscore ("Lineitem SKU" ->
    "lineitem_sku").
    """
    return re.sub(r"[\W_]+", "_", name.casefold()).strip("_")


def read_sheet(
    path: Path, encoding: str | None = None, fits: Callable[[Sheet], bool] = lambda sheet: True
) -> Sheet:
    """Read a CSV file, or of a workbook the first sheet that `fits`, else its first.

    Raises DataError when it can't be read, is empty, too large, or its quotes don't close.
    """
    data = _bytes(path)
    if is_workbook(data):
        notes = (
            [] if path.suffix.casefold() in ENDINGS else [f"{path.name} is a workbook and was read as one."]
        )
        filled = [
            _sheet(path.name, data, iter(rows), list(notes)) for rows in sheets(path.name, data) if rows
        ]
        if not filled:
            raise DataError(f"{path.name} is empty: expected a line of column names first.")
        return next((sheet for sheet in filled if fits(sheet)), filled[0])
    try:
        text, notes = decode(data, encoding)
    except LookupError:
        raise DataError(f"{encoding!r} is no text encoding Python knows, such as cp1250.") from None
    if path.suffix.casefold() in ENDINGS:
        notes.append(f"{path.name} is no workbook but text, and was read as CSV.")
    return _sheet(path.name, data, _records(path.name, text), notes)


def _sheet(file: str, data: bytes, records: Iterator[tuple[int, list[str]]], notes: list[str]) -> Sheet:
    header = next(records, None)
    if header is None:
        raise DataError(f"{file} is empty: expected a line of column names first.")
    columns, order = _columns([clean(name)[0] for name in header[1]], notes)
    rows = [_row(line, cells, order) for line, cells in records if any(cell.strip() for cell in cells)]
    return Sheet(file, hashlib.sha256(data).hexdigest(), columns, rows, notes, dates=_date_order(rows))


def _date_order(rows: Iterable[SheetRow]) -> str:
    """`dmy` or `mdy` where a slash date of the file can be nothing else; "" where none or both are proven."""
    cells = (cell for row in rows for cell in row.cells.values() if "/" in cell)
    dates = [(int(date[1]), int(date[2])) for cell in cells if (date := _SLASHES.match(cell)) is not None]
    proven = {"dmy" for first, second in dates if second <= 12 < first}
    proven |= {"mdy" for first, second in dates if first <= 12 < second}
    return proven.pop() if len(proven) == 1 else ""


def _bytes(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise DataError(f"{path.name} has {size} bytes, more than the {MAX_BYTES} that are read at once.")
        return path.read_bytes()
    except OSError as error:
        raise DataError(f"{path} can't be read: {error.strerror}.") from None


def _records(file: str, text: str) -> Iterator[tuple[int, list[str]]]:
    lines, offset = text, 0
    if text[:4].casefold() == "sep=":
        lines, offset = text.partition("\n")[2], 1
    reader = csv.reader(io.StringIO(lines, newline=""), delimiter=_separator(lines), strict=True)
    start = 0
    try:
        for cells in reader:
            yield start + 1 + offset, cells
            start = reader.line_num
    except csv.Error as error:
        raise DataError(
            f"{file} is broken in the record that starts on line {start + 1 + offset} ({error}): a quote is opened "
            "and not closed, or a cell is far too long. Nothing was imported."
        ) from None


def _separator(text: str) -> str:
    """The separator that stands most often outside quotes in the line of column names."""
    header = re.sub(r'"[^"]*"', "", text.lstrip().split("\n", 1)[0])
    return max(_SEPARATORS, key=header.count)


def _columns(header: list[str], notes: list[str]) -> tuple[dict[str, str], list[str | None]]:
    columns: dict[str, str] = {}
    order: list[str | None] = []
    for name in header:
        key = key_of(name)
        if key in columns:
            notes.append(f"Column {name.strip()!r} stands there twice; the first one counts.")
        order.append(key if key and key not in columns else None)
        if key:
            columns.setdefault(key, name.strip())
    return columns, order


def _row(line: int, cells: list[str], order: list[str | None]) -> SheetRow:
    named = {key: cell.strip() for key, cell in zip(order, cells, strict=False) if key is not None}
    surplus = next((cell.strip() for cell in cells[len(order) :] if cell.strip()), "")
    return SheetRow(line, named, surplus)
