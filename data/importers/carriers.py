"""Our own files of carrier services: cut-offs, prices and limits."""

import re
from collections.abc import Callable, Sequence
from functools import partial

from sqlalchemy import select

from data.cutoff import read_weekdays, weekdays_text
from data.importers import tariffs
from data.importers.fields import Cells
from data.importers.options import ImportOptions
from data.importers.read import Sheet
from data.importers.records import ServiceIn
from data.importers.refusals import understood
from data.importers.report import ImportReport, Outcome
from data.importers.upsert import Chunk, Row, upsert
from data.store.cutoffs import redate
from data.tables import Service
from data.tables.carrier import PIECES_RULES
from data.tables.catalogue import TRANSPORTS

ALIASES = {
    "service": "code",
    "cut_off": "cutoff",
    "base_price": "base",
    "step_price": "step",
    "by": "transport",
    "divisor": "dim_divisor",
    "max_weight": "max_weight_g",
    "max_sides_mm": "max_sides",
    "max_girth_mm": "max_girth",
}
NEEDED = frozenset({"code"})
CUTOFF = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")


def parse_services(sheet: Sheet, options: ImportOptions, report: ImportReport) -> list[ServiceIn]:
    """The file's services; of a code that stands there twice the later row counts."""
    services: dict[str, ServiceIn] = {}
    for row in sheet.rows:
        cells = Cells(sheet, row)
        record = understood(partial(_service, cells), [cells], report)
        if record is None:
            report.count(Outcome.LEFT_OUT)
            continue
        if record.code.casefold() in services:
            report.note(f"Service {record.code} stands there twice; line {record.line} counts.")
        services[record.code.casefold()] = record
    return list(services.values())


def _service(cells: Cells) -> ServiceIn:
    cells.intact()
    code = cells.needed("code", 40)
    if "|" in code:
        raise cells.error("code", "a code without |, which separates codes")
    read: dict[str, object] = {
        "carrier": cells.text("carrier") or None,
        "name": cells.text("name") or None,
        "cutoff": _cutoff(cells),
        "pieces": _pieces(cells),
        "transport": _transport(cells),
        "weekdays": _worded(cells, "weekdays", read_weekdays, "days such as mon-fri, mon,wed or daily"),
        "base_cents": cells.cents("base"),
        "step_cents": cells.cents("step"),
        "step_g": cells.whole("step_g", 1, 1_000_000),
        "rates": _worded(cells, "rates", tariffs.parse_rates, tariffs.RATES),
        "dim_divisor": cells.whole("dim_divisor", 1, 1_000_000),
        "side_step_tenths": _worded(cells, "side_step", tariffs.parse_side_step, tariffs.SIDE_STEP),
        "max_weight_g": cells.whole("max_weight_g", 1, 2_000_000),
        "max_sides_mm": _worded(cells, "max_sides", tariffs.parse_sides, tariffs.SIDES),
    }
    given = {name: value for name, value in read.items() if value is not None}
    girth = _worded(cells, "max_girth", tariffs.parse_girth, tariffs.GIRTH)
    if girth is not None:
        given["max_girth_mm"] = girth or None
    return ServiceIn(cells.line, code, given)


def _cutoff(cells: Cells) -> str | None:
    text = cells.text("cutoff")
    text = f"0{text}" if re.match(r"[0-9]:", text) else text
    if text and not CUTOFF.fullmatch(text):
        raise cells.error("cutoff", "a time such as 16:30")
    return text or None


def _pieces(cells: Cells) -> str | None:
    text = cells.text("pieces").casefold()
    if text and text not in PIECES_RULES:
        raise cells.error("pieces", " or ".join(PIECES_RULES))
    return text or None


def _transport(cells: Cells) -> str | None:
    """How it travels; `none` says that nobody knows."""
    text = cells.choice("transport", frozenset({*TRANSPORTS, "none"} - {""}))
    return "" if text == "none" else text


def _worded(cells: Cells, key: str, parse: Callable[[str], object], expected: str) -> object:
    text = cells.raw(key)
    if not text:
        return None
    value = parse(text)
    if value is None:
        raise cells.error(key, expected)
    return value


def apply_services(chunk: Chunk, records: Sequence[ServiceIn]) -> None:
    """Services by their code, whatever its case; with other times their open orders are due anew."""
    table = Service.__table__
    rows = chunk.connection.execute(select(table.c.code, table.c.cutoff, table.c.weekdays))
    known = {row.code.casefold(): (row.code, (row.cutoff, row.weekdays)) for row in rows}
    changes: list[Row] = [
        {"code": known.get(record.code.casefold(), (record.code, ""))[0], **record.given, "retired": False}
        for record in records
    ]
    outcomes = upsert(
        chunk.connection, table, changes, lambda row: {"carrier": row["code"], "name": row["code"], **row}
    )
    for record, outcome in zip(records, outcomes, strict=True):
        chunk.report.count(outcome)
        if record.code.casefold() not in known:
            continue
        code, before = known[record.code.casefold()]
        now = tuple(
            record.given.get(name, was) for name, was in zip(("cutoff", "weekdays"), before, strict=True)
        )
        if now != before:
            moved = redate(chunk.connection, chunk.options.timezone, [code])
            times = f"{now[0]}, {weekdays_text(str(now[1]))}"
            chunk.report.note(f"Service {code} leaves at {times} now; {moved} open orders are due anew.")
