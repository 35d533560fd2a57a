"""Our own worker files: who may sign in, with which badge."""

from functools import partial

from data.importers.barcodes import read_barcode
from data.importers.fields import Cells
from data.importers.options import ImportOptions
from data.importers.read import Sheet
from data.importers.records import WorkerIn
from data.importers.refusals import understood
from data.importers.report import ImportReport, Outcome
from data.types import Role, Worker, WorkerId

ALIASES = {"badge_code": "badge", "barcode": "badge", "worker": "id", "lang": "language"}
NEEDED = frozenset({"id", "badge"})


def parse_workers(sheet: Sheet, options: ImportOptions, report: ImportReport) -> list[WorkerIn]:
    """The file's workers; a second worker with the same badge is left out, for a badge must name one
    person.
    """
    workers: dict[str, WorkerIn] = {}
    badges: dict[str, str] = {}
    for row in sheet.rows:
        cells = Cells(sheet, row)
        record = understood(partial(_worker, cells, badges), [cells], report)
        if record is None:
            report.count(Outcome.LEFT_OUT)
            continue
        workers[record.worker.id] = record
    return list(workers.values())


def _worker(cells: Cells, badges: dict[str, str]) -> WorkerIn:
    """`badges` says whose each badge is; this one is added."""
    cells.intact()
    worker_id = cells.needed_code("id", 60)
    role = Role(cells.choice("role", frozenset(Role)) or Role.PACKER)
    worker = Worker(
        WorkerId(worker_id), cells.text("name") or worker_id, role, cells.text("language", 10) or "en"
    )
    badge = _badge(cells)
    if badge and badges.setdefault(badge.casefold(), worker_id) != worker_id:
        raise cells.error("badge", "a badge nobody else has")
    return WorkerIn(cells.line, worker, badge)


def _badge(cells: Cells) -> str:
    """The badge as it is scanned: a number that a spreadsheet has changed beyond proof is refused."""
    badge = cells.text("badge", 100)
    try:
        return read_barcode(badge)[0]
    except ValueError as error:
        raise cells.error("badge", str(error)) from None
