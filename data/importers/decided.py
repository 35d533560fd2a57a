"""What a lead decided about an order stands against files that say again what they said before.

`Order.decided` is {"lines": [{"sku", "name", "file", "now"}], "fields": {name: {"file", "now"}}}: what the file had (of
a quantity that can't be read null) and what a lead made of it. A file that says something else is news, and counts.
"""

from collections.abc import Mapping
from dataclasses import fields as dataclass_fields
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, insert, select

from data.hold_reasons import PARTLY_FULFILLED, UNCLEAR_CELL
from data.importers.places import country_code
from data.importers.records import LineIn, OrderIn, Verdict
from data.importers.report import ImportReport
from data.importers.revisions import revision_of
from data.importers.who import customer_id
from data.store import lookup, orders
from data.tables import Customer
from data.types import Address, OrderId

_PARTS = tuple(field.name for field in dataclass_fields(Address))
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


def decide_line(connection: Connection, row: orders.StoredLine, quantity: int) -> None:
    """Have so many units of an order's line wanted, whatever its files go on to say."""
    decided = dict(orders.row(connection, row.order_id).decided)
    lines = [dict(one) for one in decided.get("lines", ())]
    same = [one for one in lines if (one["sku"], one["name"]) == (row.sku_text, row.name)]
    again = next((one for one in same if one["now"] == row.quantity and not row.unread), None)
    if again is not None:
        again["now"] = quantity
    else:
        said = None if row.unread else row.quantity
        lines.append({"sku": row.sku_text, "name": row.name, "file": said, "now": quantity})
    orders.set_content(connection, row.order_id, {"decided": {**decided, "lines": lines}})
    orders.set_quantity(connection, row.order_id, row.line, quantity)


def decide_fields(connection: Connection, order_id: OrderId, fields: Mapping[str, str]) -> tuple[str, ...]:
    """Correct an order's address, `email` and `service`; returns the names of what was another before."""
    row = orders.row(connection, order_id)
    buyer = lookup.customer(connection, row.customer) if row.customer else None
    now = {"email": buyer.email if buyer else "", "service": row.service}
    now |= {name: getattr(row, f"ship_{name}") for name in _PARTS}
    wanted = {name: " ".join(value.split()) for name, value in fields.items()}
    if "country" in wanted:
        wanted["country"] = country_code(wanted["country"])
    changed = {name: value for name, value in wanted.items() if value != now[name]}
    if not changed:
        return ()
    before = row.decided.get("fields", {})
    decided = {
        name: {"file": before[name]["file"] if name in before else now[name], "now": value}
        for name, value in changed.items()
    }
    now |= changed
    values: dict[str, object] = {f"ship_{name}": now[name] for name in _PARTS}
    values |= {"service": now["service"], "decided": {**row.decided, "fields": {**before, **decided}}}
    values["customer"] = _buyer(connection, row, now)
    orders.set_content(connection, order_id, values)
    return tuple(changed)


def _buyer(connection: Connection, row: orders.StoredOrder, now: Mapping[str, str]) -> str | None:
    """The id of the buyer as it is known by e-mail address, or name and postcode; one that is new is made."""
    if not now["email"] and not now["name"]:
        return None
    email = now["email"].casefold()
    buyer, table = customer_id(row.shop, email, now["name"], now["zip"]), Customer.__table__
    if connection.scalar(select(table.c.id).where(table.c.id == buyer)) is None:
        made = {"id": buyer, "shop": row.shop, "email": email, "name": now["name"], "country": now["country"]}
        connection.execute(insert(table).values(**made, language=row.language))
    return buyer
