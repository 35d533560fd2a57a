"""Orders into the tables: new ones made, changed ones changed, started ones handed to the station that has
them.

Intake owns an order's content and `intake_state`. Its `state` is intake's only while no event of the order
exists (version 0); after that only the flow changes it, told through `StartedOrders`.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from sqlalchemy import Row as SqlRow
from sqlalchemy import RowMapping, delete, insert, select, update

from data.cutoff import Collection, next_cutoff
from data.hold_reasons import (
    FULFILLED_ELSEWHERE,
    NO_ADDRESS,
    NOTHING_LEFT,
    PARTLY_FULFILLED,
    REPORTED,
    UNCLEAR_CELL,
    IntakeState,
)
from data.importers.buyers import buyer_of, count_orders, upsert_buyers
from data.importers.codes import CodeFor, add_codes
from data.importers.decided import as_decided
from data.importers.deliverable import lacking
from data.importers.differences import differences, is_begun, row_is_held, same_content
from data.importers.holds import Catalogue, Fault, Item, first, look_up, report_faults
from data.importers.identity import identify
from data.importers.kits import by_parts, kit_columns
from data.importers.places import language_of
from data.importers.records import LineChange, OrderIn, PackCode, Verdict
from data.importers.report import Outcome
from data.importers.revisions import comparable, revision_of
from data.importers.services import ensure_services
from data.importers.upsert import Chunk, Row
from data.store import kits, line_rules, lookup
from data.store.cutoffs import collections
from data.tables import Order, OrderLine
from data.types import CodeKind, LineTreatment, OrderId, OrderState

_GONE = {"fulfilled": FULFILLED_ELSEWHERE, "nothing_to_ship": NOTHING_LEFT}
"""Reasons for which a file leaves an order out that end one which waits or is in work here."""
"""What a change of is told by its name."""


@dataclass(slots=True)
class _Stored:
    """What the tables hold of the chunk's orders, and what is to be added to them at its end.

    `shop` is their shop's row.
    """

    orders: dict[str, RowMapping]
    lines: dict[str, list[RowMapping]]
    catalogue: Catalogue
    services: dict[str, str]
    collections: dict[tuple[str, str], Collection]
    shop: SqlRow[Any]
    languages: dict[str, str]
    new_orders: list[Row] = field(default_factory=list)
    new_lines: list[Row] = field(default_factory=list)
    faults: dict[str, list[Fault]] = field(default_factory=dict)


def apply_orders(chunk: Chunk, records: Sequence[OrderIn]) -> None:
    """Write one chunk of orders; every order is counted once in the report."""
    shop = lookup.shop(chunk.connection, chunk.options.shop)
    collect_for = [name.casefold() for name in shop.collect_for]
    rules = line_rules.rules(chunk.connection, chunk.options.shop)
    known = [_ruled(chunk, rules, record) for record in identify(chunk, records)]
    made_of = kits.split(chunk.connection, {line.sku for record in known for line in record.lines})
    records = [by_parts(made_of, _collecting(record, collect_for)) for record in known]
    stored = _stored(chunk, records, shop)
    records = [_as_decided(chunk, stored, record) for record in records]
    for record in records:
        chunk.report.count(_apply(chunk, stored, record))
    for table, rows in ((Order.__table__, stored.new_orders), (OrderLine.__table__, stored.new_lines)):
        if rows:
            chunk.connection.execute(insert(table), rows)
    for order_id, faults in stored.faults.items():
        report_faults(chunk.connection, order_id, faults, chunk.now)
    written = {str(row["id"]) for row in stored.new_orders} | set(stored.orders)
    codes = [CodeFor(PackCode(code), r.id, r.line) for r in records if r.id in written for code in _codes(r)]
    add_codes(chunk, CodeKind.ORDER, codes)
    count_orders(chunk, [buyer for record in records if (buyer := buyer_of(chunk, record)) is not None])


def _stored(chunk: Chunk, records: Sequence[OrderIn], shop: SqlRow[Any]) -> _Stored:
    orders, lines = Order.__table__, OrderLine.__table__
    ids = [record.id for record in records]
    # Locked, so that no station begins an order between this look and the change.
    query = select(orders).where(orders.c.id.in_(ids)).order_by(orders.c.id).with_for_update()
    known = {row["id"]: row for row in chunk.connection.execute(query).mappings()}
    taken = [r for r in records if r.id in known or r.verdict in (Verdict.READY, Verdict.HELD)]
    # Of an order that is over nothing is taken in any more, least of all a buyer who was erased with it.
    going_on = [r for r in taken if r.id not in known or not _is_over(known[r.id])]
    by_order = defaultdict(list)
    those = select(lines).where(lines.c.order_id.in_(known)).order_by(lines.c.order_id, lines.c.line)
    for row in chunk.connection.execute(those).mappings():
        by_order[row["order_id"]].append(row)
    return _Stored(
        known,
        by_order,
        look_up(chunk.connection, {line.sku for record in taken for line in record.lines}),
        services := ensure_services(chunk, {record.service for record in taken}),
        collections(chunk.connection, set(services.values())) if services else {},
        shop,
        upsert_buyers(chunk, going_on),
    )


def _as_decided(chunk: Chunk, stored: _Stored, record: OrderIn) -> OrderIn:
    old = stored.orders.get(record.id)
    return as_decided(record, old["decided"] if old is not None else {}, chunk.report)


def _is_over(old: RowMapping) -> bool:
    return old["state"] in (OrderState.CLOSED.value, OrderState.CANCELLED.value) or bool(old["erased_at"])


def _codes(record: OrderIn) -> tuple[str, ...]:
    """What it is scanned by: its number in the shop, which may be another's too, and its own key here."""
    return tuple(dict.fromkeys((*record.codes, record.id)))


def _ruled(chunk: Chunk, rules: Sequence[line_rules.Rule], record: OrderIn) -> OrderIn:
    """The record with its lines treated as the shop has said; what is never packed is told."""
    lines = []
    for line in record.lines:
        rule = line_rules.rule_for(rules, line.sku, line.name)
        if rule is None:
            lines.append(line)
        elif rule.treatment is LineTreatment.PRODUCT:
            lines.append(replace(line, sku=rule.sku))
        else:
            chunk.report.note(f"Order {record.id}: {line.name or line.sku} is never packed.")
    if tuple(lines) == record.lines:
        return record
    record = replace(record, lines=tuple(lines), said=revision_of(record))
    if lines or record.verdict is Verdict.CANCELLED:
        return record
    return replace(record, verdict=Verdict.LEFT_OUT, reason="nothing_to_ship")


def _collecting(record: OrderIn, collect_for: Sequence[str]) -> OrderIn:
    """An unpaid order that is paid at the door is ready to be packed, with what is to be collected.

    `ways` are those of payment for which carriers collect the money, folded.
    """
    unpaid = record.verdict is Verdict.HELD and record.reason == "unpaid"
    if not unpaid or not any(way in record.payment.casefold() for way in collect_for):
        return record
    return replace(record, verdict=Verdict.READY, reason="", collect_cents=_value(record))


def _value(record: OrderIn) -> int:
    return record.value_cents or sum(line.quantity * line.price_cents for line in record.lines)


def _apply(chunk: Chunk, stored: _Stored, record: OrderIn) -> Outcome:
    old = stored.orders.get(record.id)
    if old is None:
        return _make(chunk, stored, record)
    if old["state"] == OrderState.CLOSED.value:
        if (
            comparable(old["revision"])
            and old["revision"] != revision_of(record)
            and record.reason != "fulfilled"
        ):
            chunk.report.note(
                f"Order {record.id} is packed and closed; what the file changes of it was left alone."
            )
        return Outcome.UNCHANGED
    gone = record.reason if record.verdict is Verdict.CANCELLED else _GONE.get(record.reason, "")
    if _cancelled(old):
        if not gone:
            chunk.report.note(
                f"Order {record.id} stays cancelled; the file, which may be older, has it open."
            )
        return Outcome.UNCHANGED
    if gone:
        return _cancel(chunk, record, old, gone)
    if record.verdict is Verdict.LEFT_OUT:
        why = chunk.options.reason_words(record.reason)
        chunk.report.note(
            f"Order {record.id} (line {record.line}) in the shop: {why}; but still {old['state']} here."
        )
        chunk.report.leave(f"left.open_here:{record.reason}", record.id)
        return Outcome.LEFT_OUT
    if record.doubtful and old["revision"] != revision_of(record):
        chunk.report.note(f"Order {record.id} was left as it was ({', '.join(record.doubtful)}).")
        chunk.report.leave("left.unread_change", record.id)
        return Outcome.LEFT_OUT
    return _change(chunk, stored, record, old)


def _cancelled(old: RowMapping) -> bool:
    return bool(old["intake_state"] == IntakeState.CANCELLED or old["state"] == OrderState.CANCELLED)


def _make(chunk: Chunk, stored: _Stored, record: OrderIn) -> Outcome:
    if record.verdict in (Verdict.LEFT_OUT, Verdict.CANCELLED):
        why = chunk.options.reason_words(record.reason)
        chunk.report.note(f"Order {record.id} (line {record.line}) was left out: {why}.")
        chunk.report.leave(f"left.order:{record.reason}", record.id)
        return Outcome.LEFT_OUT
    row = _content(chunk, stored, record)
    named: Row = {"id": record.id, "number": record.number, "source_id": record.source_id or None}
    stored.new_orders.append({**named, **row, **_judged(stored, record)})
    stored.new_lines.extend(_new_lines(stored, record))
    if not row_is_held(stored.new_orders[-1]):
        return Outcome.CREATED
    why = _why(chunk, stored, record, str(stored.new_orders[-1]["hold_reason"]))
    chunk.report.note(f"Order {record.id} is on hold: {why}.")
    return Outcome.HELD


def _why(chunk: Chunk, stored: _Stored, record: OrderIn, reason: str) -> str:
    """Every reason of a hold in words, with the lines and cells at fault."""
    words = chunk.options.reason_words
    reasons = [fault.words(words) for fault in stored.faults.get(record.id, ())]
    if reason not in REPORTED:
        payment = f" ({record.payment})" if reason == "unpaid" and record.payment else ""
        reasons.insert(0, f"{words(reason)}{payment}")
    return "; ".join(reasons)


def _judged(stored: _Stored, record: OrderIn) -> Row:
    """The state of an order no station has begun: what the shop says first, then what the catalogue knows."""
    lacks = lacking(record.address, record.service, stored.shop.sender_country)
    wanted = [
        item
        for item, line in zip(_items(stored, record), record.lines, strict=True)
        if line.quantity or line.unread
    ]
    faults = [
        Fault(kind, {name: list(what)}, tuple(what))
        for kind, name, what in (
            (PARTLY_FULFILLED, "lines", record.partly),
            (UNCLEAR_CELL, "lines", record.doubtful),
            (NO_ADDRESS, "parts", lacks),
        )
        if what
    ]
    faults += stored.catalogue.faults(wanted)
    reason = record.reason or first(faults).reason
    old = stored.orders.get(record.id)
    if faults or (old is not None and row_is_held(old)):
        stored.faults[record.id] = faults
    state = OrderState.HELD if reason else OrderState.WAITING
    intake = IntakeState.HELD if reason else IntakeState.READY
    return {"intake_state": intake.value, "state": state.value, "hold_reason": reason}


def _cancel(chunk: Chunk, record: OrderIn, old: RowMapping, reason: str) -> Outcome:
    values: Row = {"intake_state": IntakeState.CANCELLED.value, "revision": revision_of(record)}
    if not is_begun(old):
        values |= {"state": OrderState.CANCELLED.value, "hold_reason": reason}
    _update(chunk, record.id, values)
    report_faults(chunk.connection, record.id, (), chunk.now)
    if is_begun(old):
        chunk.started.cancelled(chunk.connection, OrderId(record.id), reason)
    where = f"its packer is stopped ({old['state']})" if is_begun(old) else f"it was {old['state']}"
    chunk.report.note(f"Order {record.id} was cancelled: {chunk.options.reason_words(reason)}; {where}.")
    return Outcome.UPDATED


def _change(chunk: Chunk, stored: _Stored, record: OrderIn, old: RowMapping) -> Outcome:
    begun = is_begun(old)
    before = stored.lines[record.id]
    judged = _judged(stored, record)
    same = old["revision"] == revision_of(record) and old["intake_state"] == judged["intake_state"]
    if same and (begun or old["hold_reason"] == judged["hold_reason"]):
        return Outcome.UNCHANGED
    content = _content(chunk, stored, record)
    if record.placed_at is None:
        content |= {"placed_at": old["placed_at"], "due_at": old["due_at"]}
    if begun:
        _update(chunk, record.id, {**content, "intake_state": judged["intake_state"]})
        _change_started(chunk, stored, record, old, judged)
    else:
        _update(chunk, record.id, {**content, **judged})
        lines = OrderLine.__table__
        chunk.connection.execute(delete(lines).where(lines.c.order_id == record.id))
        stored.new_lines.extend(_new_lines(stored, record))
    why = _why(chunk, stored, record, str(judged["hold_reason"])) if row_is_held(judged) else ""
    changes = differences(old, content, before, record, judged, why)
    if changes:
        chunk.report.note(f"Order {record.id} was changed: {', '.join(changes)}.")
    elif not comparable(old["revision"]) and same_content(old, content, judged):
        return Outcome.UNCHANGED
    return Outcome.HELD if row_is_held(judged) else Outcome.UPDATED


def _change_started(chunk: Chunk, stored: _Stored, record: OrderIn, old: RowMapping, judged: Row) -> None:
    changes = _merge_lines(chunk, stored, record)
    if changes:
        chunk.started.changed(chunk.connection, OrderId(record.id), changes)
    if row_is_held(judged) and not row_is_held(old):
        chunk.started.held(chunk.connection, OrderId(record.id), str(judged["hold_reason"]))


def _merge_lines(chunk: Chunk, stored: _Stored, record: OrderIn) -> list[LineChange]:
    """Bring a started order's lines to the file's quantities; no row goes away, for it carries what was
    picked.
    """
    table = OrderLine.__table__
    unmatched = list(stored.lines[record.id])
    changes = []
    number = max((row["line"] for row in unmatched), default=0)
    for line, row in zip(record.lines, _new_lines(stored, record), strict=True):
        alike = [o for o in unmatched if o["sku_text"] == line.sku and o["kit"] == row["kit"]]
        match = next((old for old in alike if old["name"] == line.name), None)
        same = (old for old in alike if old["sku"] in (None, row["sku"]))
        match = match or (next(same, None) if line.sku else None)
        if match is None:
            number += 1
            chunk.connection.execute(insert(table).values({**row, "line": number}))
            changes.append(LineChange(number, line.sku, 0, line.quantity))
            continue
        unmatched.remove(match)
        values = {name: row[name] for name in ("sku", "name", "quantity", "unread", "kit_units")}
        _set_line(chunk, match, values, changes)
    for row_left in unmatched:
        _set_line(chunk, row_left, {"quantity": 0}, changes)
    return changes


def _set_line(chunk: Chunk, old: RowMapping, values: dict[str, Any], changes: list[LineChange]) -> None:
    table = OrderLine.__table__
    where = (table.c.order_id == old["order_id"], table.c.line == old["line"])
    chunk.connection.execute(update(table).where(*where).values(values))
    if old["quantity"] != values["quantity"]:
        changes.append(LineChange(old["line"], old["sku_text"], old["quantity"], values["quantity"]))


def _content(chunk: Chunk, stored: _Stored, record: OrderIn) -> Row:
    service = stored.services[record.service]
    collection = stored.collections[chunk.options.shop, service]
    placed_at = record.placed_at or chunk.now
    buyer = buyer_of(chunk, record)
    language = record.language or stored.languages.get(buyer or "")
    if not language:
        country = record.address.country
        language = language_of(country) if country else stored.shop.language
    return {
        "shop": chunk.options.shop,
        "source": record.source,
        "customer": buyer,
        "service": service,
        "priority": record.priority,
        "placed_at": placed_at,
        "due_at": next_cutoff(placed_at, collection, chunk.options.zone),
        "revision": revision_of(record),
        "erased_at": None,
        "gift": record.gift,
        "note": record.note,
        "gift_message": record.gift_message,
        "giver": record.giver,
        "value_cents": _value(record),
        "collect_cents": record.collect_cents,
        "currency": record.currency or stored.shop.currency,
        "language": language,
        **{f"ship_{name}": value for name, value in asdict(record.address).items()},
    }


def _new_lines(stored: _Stored, record: OrderIn) -> list[Row]:
    return [
        {
            "order_id": record.id,
            "line": item.number,
            "sku": stored.catalogue.product(item),
            "sku_text": line.sku,
            "name": line.name,
            "quantity": line.quantity,
            "unread": line.unread,
            "price_cents": line.price_cents,
            **kit_columns(line),
        }
        for line, item in zip(record.lines, _items(stored, record), strict=True)
    ]


def _items(stored: _Stored, record: OrderIn) -> list[Item]:
    """What the lines say of their articles, and the products that lines of the same words were led to before."""
    before = {(row["sku_text"], row["name"]): row["sku"] for row in stored.lines.get(record.id, ())}
    return [
        Item(number, line.sku, line.name, before.get((line.sku, line.name)))
        for number, line in enumerate(record.lines, start=1)
    ]


def _update(chunk: Chunk, order_id: str, values: Row) -> None:
    table = Order.__table__
    chunk.connection.execute(update(table).where(table.c.id == order_id).values(values))
