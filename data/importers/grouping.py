"""Rows to orders: the part that every order file has in common."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from data.hold_reasons import UNCLEAR_CELL
from data.importers.barcodes import eaten
from data.importers.fields import Cells, Read
from data.importers.options import ImportOptions
from data.importers.read import Sheet
from data.importers.records import OrderIn, Verdict
from data.importers.refusals import understood
from data.importers.report import ImportReport, Outcome


class OrderRows:
    """The rows of one order; an order-level cell is taken from the first row in which it isn't empty."""

    def __init__(self, number: str, source_id: str, rows: list[Cells]) -> None:
        self.number = number
        self.source_id = source_id
        self.rows = rows
        self.line = rows[0].line

    def priced_in(self, currency: str) -> str:
        """Have its amounts read in this currency, where the file says one; returns what the file says."""
        for cells in self.rows:
            cells.currency = currency or cells.currency
        return currency

    def head(self, key: str) -> Cells:
        """The row that speaks for the order in column `key`."""
        return next((cells for cells in self.rows if cells.raw(key)), self.rows[0])

    def text(self, key: str, most: int = 200) -> str:
        """The order's text in column `key`."""
        return self.head(key).text(key, most)

    def cents(self, key: str) -> int:
        """The order's amount in column `key` in its minor unit, 0 when empty or unreadable."""
        return self.spare(key, lambda cells: cells.cents(key), 0)

    def spare(self, key: str, read: Callable[[Cells], Read | None], instead: Read) -> Read:
        """What `read` makes of column `key`, which isn't needed to pack; `instead` where it can't be read."""
        cells = self.head(key)
        value = cells.spare(lambda: read(cells), None)
        return instead if value is None else value

    def brief(self, key: str, most: int = 200) -> str:
        """The order's text in column `key`, shortened where it is too long."""
        return self.head(key).brief(key, most)

    def word(self, key: str, most: int = 200) -> str:
        """The order's text in column `key` that is of no use unless it is whole; "" where it is too long."""
        return self.spare(key, lambda cells: cells.text(key, most), "")

    def place(self, key: str, most: int = 200) -> str:
        """Part of the order's address in column `key`."""
        return self.head(key).place(key, most)

    def country(self, key: str) -> str:
        """The country in column `key`."""
        return self.head(key).country(key)

    def moment(self, key: str, options: ImportOptions) -> datetime | None:
        """The order's instant in column `key`; None where it can't be read."""
        cells = self.head(key)
        return cells.spare(lambda: cells.moment(key, options.zone), None)


def group_orders(
    sheet: Sheet,
    keys: tuple[str, ...],
    own_id: str,
    make: Callable[[OrderRows], OrderIn],
    report: ImportReport,
) -> list[OrderIn]:
    """Group rows by the first of `keys` that isn't empty and by the source's id in `own_id`, wherever they stand in the
    file, and make orders of them.

    An order is left out only where its number or the row's shape is wrong; where another cell that is needed can't
    be read it is held, with the cell named.
    """
    orders = []
    for (number, source_id), rows in _groups(sheet, keys, own_id).items():
        before = len(report.problems)
        grouped = OrderRows(number, source_id, rows)
        order = understood(partial(_order, grouped, keys[0], make), rows, report, of=number)
        if order is not None:
            orders.append(order)
            continue
        lines = sorted({problem.line for problem in report.problems[before:]})
        where = f"line{'s' * (len(lines) > 1)} {', '.join(map(str, lines))}"
        report.note(f"Order {number or '(without number)'} was left out because of {where}.")
        report.count(Outcome.LEFT_OUT)
    return _trusted(orders)


def _groups(sheet: Sheet, keys: tuple[str, ...], own_id: str) -> dict[tuple[str, str], list[Cells]]:
    """The rows by number and id; a row without an id belongs to the row of its number before it, or after."""
    groups: dict[tuple[str, str], list[Cells]] = {}
    last: dict[str, str] = {}
    for row in sheet.rows:
        cells = Cells(sheet, row)
        number = next((order_number(cells.raw(key)) for key in keys if cells.raw(key)), "")
        own = _source_id(cells.raw(own_id)) or last.get(number, "")
        if own and last.get(number) == "":
            groups[number, own] = groups.pop((number, ""))
        last[number] = own
        groups.setdefault((number, own), []).append(cells)
    return groups


def _source_id(text: str) -> str:
    """The source's id of an order; "" for what a spreadsheet has made of one, which may stand for many."""
    own = text.strip("'’` ").removesuffix(".0")
    return "" if len(own) > 60 or eaten(own) else own


def _trusted(records: Sequence[OrderIn]) -> list[OrderIn]:
    """The records, without ids that stand on several numbers: such a column is not the orders' own."""
    seen = Counter(source for source, _ in {(record.source_id, record.id) for record in records})
    return [replace(r, source_id="") if seen[r.source_id] > 1 else r for r in records]


def _order(grouped: OrderRows, key: str, make: Callable[[OrderRows], OrderIn]) -> OrderIn:
    number, rows = grouped.number, grouped.rows
    for cells in rows:
        cells.unclear.clear()
        cells.intact()
    if not number or len(number) > 60:
        raise rows[0].error(key, "an order number of at most 60 characters")
    if expected := eaten(number) or eaten(f"#{number}"):
        raise rows[0].error(key, expected)
    order = replace(make(grouped), source_id=grouped.source_id)
    unclear = tuple(dict.fromkeys(words for cells in rows for words in cells.unclear))
    if unclear and order.verdict is Verdict.READY:
        order = replace(order, verdict=Verdict.HELD, reason=UNCLEAR_CELL)
    return replace(order, doubtful=unclear)


def order_number(text: str) -> str:
    """The number as people write it, without the # that Shopify puts before it."""
    return text.strip().lstrip("#").strip()
