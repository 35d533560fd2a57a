"""Workbooks (.xlsx, .ods, .xls) as the rows of text that a CSV file would have of them."""

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from data.errors import DataError
from data.importers.encoding import clean

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENDINGS = (".xlsx", ".xlsm", ".ods", ".xls")
_MOST_UNPACKED = 1_000_000_000
_Cell = int | float | str | bool | time | date | datetime | timedelta
Record = tuple[int, list[str]]


def is_workbook(data: bytes) -> bool:
    """Whether the bytes are a workbook's, whatever the file is called."""
    return data.startswith((_ZIP, _OLE))


def sheets(file: str, data: bytes) -> Iterator[list[Record]]:
    """The filled rows of each sheet in turn, from the column names on, with their numbers; titles above are skipped.

    Raises DataError when the bytes are no workbook after all, are protected by a password, or unpack to too much.
    """
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        _check_size(file, data)
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for name in book.sheet_names:
            rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            yield _from_header(
                [(line, [text_of(cell) for cell in row]) for line, row in enumerate(rows, start=1)]
            )
    except (CalamineError, zipfile.BadZipFile) as error:
        raise DataError(
            f"{file} is no workbook that can be read ({error}): expected .xlsx, .ods or .xls without a password."
        ) from None


def _check_size(file: str, data: bytes) -> None:
    if not data.startswith(_ZIP):
        return
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        size = sum(part.file_size for part in packed.infolist())
    if size > _MOST_UNPACKED:
        raise DataError(
            f"{file} unpacks to {size} bytes, more than the {_MOST_UNPACKED} that are read at once."
        )


def _from_header(rows: list[Record]) -> list[Record]:
    filled = [(line, cells) for line, cells in rows if any(cells)]
    wide = min(2, max((sum(map(bool, cells)) for _, cells in filled), default=0))
    start = next((n for n, (_, cells) in enumerate(filled) if sum(map(bool, cells)) >= wide), 0)
    return filled[start:]


def text_of(cell: _Cell) -> str:
    """A cell as a person would type it: whole numbers by all their digits, dates as ISO 8601."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else f"{Decimal(repr(cell)):f}"
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ", "seconds")
    return cell.isoformat() if isinstance(cell, date | time) else clean(str(cell))[0].strip()
