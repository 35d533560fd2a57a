"""Tables as CSV: exact for programs, or safe to open in a spreadsheet."""

import csv
import io
from collections.abc import Sequence

# Spreadsheets take a cell that begins so for a formula (CWE-1236; OWASP "CSV Injection"), the wide forms too.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def exact(rows: Sequence[Sequence[str]]) -> str:
    """Return rows as CSV, every cell as it is."""
    return _csv(rows, csv.QUOTE_MINIMAL)


def for_people(rows: Sequence[Sequence[str]]) -> str:
    """Return rows as CSV in which no cell is a formula: an apostrophe goes before those that would be one."""
    return _csv([[_guarded(cell) for cell in row] for row in rows], csv.QUOTE_ALL)


def _guarded(cell: str) -> str:
    return (
        f"'{cell}" if cell.lstrip(" \xa0\u3000").startswith(_FORMULA) or cell.startswith(_FORMULA) else cell
    )


def _csv(rows: Sequence[Sequence[str]], quoting: int) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, quoting=quoting, lineterminator="\r\n").writerows(rows)  # type: ignore[arg-type]  # stubs want a csv constant
    return out.getvalue()
