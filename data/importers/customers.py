"""Our own customer files: what is known of buyers from before, for language and inserts."""

import re
from datetime import date
from functools import partial

from data.importers.fields import Cells
from data.importers.options import ImportOptions
from data.importers.read import Sheet
from data.importers.records import CustomerIn
from data.importers.refusals import understood
from data.importers.report import ImportReport, Outcome

ALIASES = {
    "total_orders": "orders",
    "orders_count": "orders",
    "total_spent": "spent",
    "accepts_marketing": "consent",
    "accepts_email_marketing": "consent",
    "marketing_consent": "consent",
    "last_order_at": "last_order",
    "lang": "language",
    "country_code": "country",
    "loyalty_tier": "tier",
    "loyalty_points": "points",
    "date_of_birth": "birthday",
}
NEEDED = frozenset({"email", "name"})
_BIRTHDAY = re.compile(r"(?:[0-9]{4}-)?([0-9]{1,2})-([0-9]{1,2})")


def parse_customers(sheet: Sheet, options: ImportOptions, report: ImportReport) -> list[CustomerIn]:
    """The file's customers by e-mail; of an address that stands there twice the later row counts."""
    customers: dict[str, CustomerIn] = {}
    for row in sheet.rows:
        cells = Cells(sheet, row)
        record = understood(partial(_customer, cells, options), [cells], report)
        if record is None:
            report.count(Outcome.LEFT_OUT)
            continue
        customers[record.email] = record
    return list(customers.values())


def _customer(cells: Cells, options: ImportOptions) -> CustomerIn:
    cells.intact()
    email = cells.needed("email").casefold()
    if "@" not in email:
        raise cells.error("email", "an e-mail address")
    read: dict[str, object] = {
        "name": cells.text("name") or None,
        "language": cells.text("language", 10).casefold() or None,
        "country": cells.country("country") or None,
        "orders_count": cells.whole("orders"),
        "spent_cents": cells.cents("spent"),
        "marketing_consent": cells.flag("consent"),
        "tags": cells.text("tags", 500) or None,
        "last_order_at": cells.moment("last_order", options.zone),
        "birthday": _birthday(cells),
        "tier": cells.text("tier", 60) or None,
        "points": cells.whole("points"),
    }
    return CustomerIn(cells.line, email, {name: value for name, value in read.items() if value is not None})


def _birthday(cells: Cells) -> str | None:
    """The day as MM-DD; a year that is given is left out."""
    text = cells.raw("birthday")
    if not text:
        return None
    match = _BIRTHDAY.fullmatch(text)
    try:
        day = date(2000, int(match[1]), int(match[2])) if match else None
    except ValueError:
        day = None
    if day is None:
        raise cells.error("birthday", "a day such as 11-22 or 1990-11-22")
    return f"{day:%m-%d}"
