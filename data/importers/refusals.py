"""What rows mean, or everything that is wrong with them."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from data.importers.fields import Cells, FieldError
from data.importers.report import ImportReport

Record = TypeVar("Record")


def understood(
    make: Callable[[], Record], rows: Sequence[Cells], report: ImportReport, most: int = 100, of: str = ""
) -> Record | None:
    """Return what `make` makes of the rows, None when a cell was refused; the report then names each that is bad,
    of a record that is called `of`.

    After a refusal the rows are read again without that cell, until nothing more is found, or `most` cells.
    """
    refused: dict[tuple[int, str], FieldError] = {}
    while True:
        try:
            record = make()
        except FieldError as error:
            refused.setdefault((error.line, error.column), error)
            bad = next((cells for cells in rows if cells.line == error.line), None)
            if bad is not None and len(refused) < most and bad.overlook(error.key):
                continue
        break
    for fault in sorted(refused.values(), key=lambda one: one.line):
        report.problem(fault, of)
    return None if refused else record
