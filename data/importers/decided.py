"""What a lead decided about an order stands against files that say again what they said before.

`Order.decided` is {"lines": [{"sku", "name", "file", "now"}], "fields": {name: {"file", "now"}}}: what the file had (of
a quantity that can't be read null) and what a lead made of it. A file that says something else is news, and counts.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from data.hold_reasons import PARTLY_FULFILLED, UNCLEAR_CELL
from data.importers.records import LineIn, OrderIn, Verdict
from data.importers.report import ImportReport
from data.importers.revisions import revision_of

_SOLVABLE = (PARTLY_FULFILLED, UNCLEAR_CELL)


def as_decided(record: OrderIn, decided: Mapping[str, Any], report: ImportReport) -> OrderIn:
    """The record with what a lead decided in the place of what the file said then already; the report tells it."""
    if not decided:
        return record
    found = replace(record, said=revision_of(record))
    solved = []
    lines = list(record.lines)
    for one in decided.get("lines", ()):
        for place, line in enumerate(lines):
            if (line.sku, line.name, _said(line)) == (one["sku"], one["name"], one["file"]):
                solved += [line.name, line.sku, line.unread]
                lines[place] = replace(line, quantity=one["now"], unread="")
                was = "a number that can't be read" if one["file"] is None else one["file"]
                report.note(
                    f"Order {record.id}: {one['now']} x {line.sku or line.name} stays, as a lead decided; "
                    f"the file has {was}."
                )
                break
    found = replace(
        _with_fields(found, decided.get("fields", {}), report),
        lines=tuple(lines),
        doubtful=tuple(words for words in record.doubtful if words not in solved),
        partly=tuple(name for name in record.partly if name not in solved),
    )
    if found.reason in _SOLVABLE and not found.doubtful and not found.partly:
        found = replace(found, verdict=Verdict.READY, reason="")
    return found


def _said(line: LineIn) -> int | None:
    return None if line.unread else line.quantity


def _with_fields(record: OrderIn, fields: Mapping[str, Any], report: ImportReport) -> OrderIn:
    kept = []
    for name, one in fields.items():
        holder = record if name in ("service", "email") else record.address
        if getattr(holder, name) != one["file"]:
            continue
        kept.append(name)
        if holder is record:
            record = replace(record, **{name: one["now"]})
        else:
            record = replace(record, address=replace(record.address, **{name: one["now"]}))
    if kept:
        report.note(
            f"Order {record.id}: {', '.join(kept)} stay as a lead corrected them; the file has others."
        )
    return record
