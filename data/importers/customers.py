"""Our own customer files: what is known of buyers from before, for language and inserts."""

from data.importers.fields import Cells, FieldError
from data.importers.options import ImportOptions
from data.importers.places import country_code
from data.importers.read import Sheet
from data.importers.records import CustomerIn
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
}
NEEDED = frozenset({"email", "name"})


def parse_customers(sheet: Sheet, options: ImportOptions, report: ImportReport) -> list[CustomerIn]:
    """The file's customers by e-mail; of an address that stands there twice the later row counts."""
    found: dict[str, CustomerIn] = {}
    for row in sheet.rows:
        try:
            record = _customer(Cells(sheet, row), options)
        except FieldError as error:
            report.problem(error)
            report.count(Outcome.LEFT_OUT)
            continue
        found[record.email] = record
    return list(found.values())


def _customer(cells: Cells, options: ImportOptions) -> CustomerIn:
    cells.intact()
    email = cells.needed("email").casefold()
    if "@" not in email:
        raise cells.error("email", "an e-mail address")
    read: dict[str, object] = {
        "name": cells.text("name") or None,
        "language": cells.text("language", 10).casefold() or None,
        "country": country_code(cells.text("country", 60)) or None,
        "orders_count": cells.whole("orders"),
        "spent_cents": cells.cents("spent"),
        "marketing_consent": cells.flag("consent"),
        "tags": cells.text("tags", 500) or None,
        "last_order_at": cells.moment("last_order", options.zone),
    }
    return CustomerIn(cells.line, email, {name: value for name, value in read.items() if value is not None})
