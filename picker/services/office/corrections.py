"""What a lead corrects of an order: a line dropped or lowered, where it goes, and by which service. A file that says
again what it said before brings none of it back.
"""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import Connection

from data.engine import Database, database_now
from data.hold_reasons import REPORTED, IntakeState
from data.importers.decided import decide_fields, decide_line
from data.importers.holds import first, judge_again
from data.importers.places import country_code
from data.store import carrier_labels, cutoffs, lookup, orders, print_jobs
from data.store.print_jobs import NewPrintJob
from data.types import OrderId, OrderState, ParcelRef, WorkerId
from picker.errors import Mistake
from picker.flow import events as ev
from picker.flow.fold import without_undone
from picker.flow.work import OrderWork
from picker.services.documents import contents
from picker.services.documents.contents import Sealed
from picker.services.ids import uuid7
from picker.services.office.imports import alone, write
from picker.services.orders.load import load_work
from picker.services.orders.names import IMPORTER, INTAKE, OFFICE
from picker.services.reports.words import reason_words
from printing.content import content_hash, dump
from printing.jobs import LABEL

_OVER = (OrderState.CLOSED, OrderState.CANCELLED)
_ON_NO_LABEL = frozenset({"email"})


def drop_line(db: Database, order_id: OrderId, line: str, to: int, reason: str, worker: WorkerId) -> str:
    """Have only `to` units of a line packed, 0 drops it; returns what became of the order, in words.

    `line` is its number, SKU or name. A packer who has the order in hand is stopped at the next scan. A hold that is
    thereby solved is released. Raises Mistake for a line or a number that can't be meant.
    """
    words: list[str] = []

    def drop(connection: Connection) -> bool:
        head = _open(connection, order_id)
        rows = orders.lines(connection, order_id)
        row = _line(order_id, rows, line, to)
        decide_line(connection, row, to)
        solved = (row.name, row.sku_text, row.unread)
        change = ev.LineChange(row.line, row.sku or row.sku_text or f"line {row.line}", row.quantity, to)
        changed: list[ev.Event] = [ev.OrderChanged((change,), reason)] if row.quantity != to else []
        words[:] = [_write(connection, head, changed, solved, worker)]
        return True

    alone(db, drop)
    return words[0]


def _line(order_id: OrderId, rows: Sequence[orders.StoredLine], line: str, to: int) -> orders.StoredLine:
    named = line.strip().casefold()
    meant = [row for row in rows if str(row.line) == named]
    meant = meant or [row for row in rows if named in (row.sku_text.casefold(), row.name.casefold())]
    if len(meant) != 1:
        lines = "; ".join(f"{row.line} ({row.quantity} x {row.name or row.sku_text})" for row in rows)
        raise Mistake(f"Which line of order {order_id}? Expected {lines}, got {line!r:.80}")
    [row] = meant
    if not row.unread and to > row.quantity:
        raise Mistake(f"Line {line} of order {order_id}: expected --to 0 to {row.quantity}, got {to}")
    if not to and not any(other.quantity or other.unread for other in rows if other is not row):
        raise Mistake(f"Nothing of order {order_id} would be left: `picker order cancel {order_id}`")
    return row


def change_order(
    db: Database, order_id: OrderId, fields: Mapping[str, str], timezone: str, worker: WorkerId
) -> tuple[str, ...]:
    """Correct parts of an order's address (named as in `Address`), its `email` or `service`; returns what became of the
    order and of its labels, in sentences.

    Labels that show what was wrong are void: one that was printed is printed again as it should be, a carrier's is no
    longer taken for its parcel. Raises Mistake for what can't be meant.
    """
    words: list[str] = []

    def change(connection: Connection) -> bool:
        head = _open(connection, order_id)
        if "service" in fields and lookup.service(connection, fields["service"]) is None:
            known = " or ".join(service.code for service in lookup.services(connection))
            raise Mistake(f"--service: expected {known}, got {fields['service']!r:.80}")
        if "country" in fields and len(country_code(fields["country"])) != len("PL"):
            raise Mistake(
                f"--country: expected a country such as PL or Poland, got {fields['country']!r:.80}"
            )
        names = decide_fields(connection, order_id, fields)
        if not names:
            raise Mistake(f"Order {order_id} has that already")
        if "service" in names:
            cutoffs.redate(connection, timezone, [fields["service"]])
        words[:] = [_write(connection, head, [ev.OrderCorrected(names)], (), worker)]
        if set(names) - _ON_NO_LABEL:
            words.extend(_void_labels(connection, order_id, worker))
        return True

    alone(db, change)
    return tuple(words)


def _open(connection: Connection, order_id: OrderId) -> orders.Head:
    head = orders.head(connection, order_id)
    if head is None or head.state in _OVER:
        raise Mistake(f"Order {order_id} is closed or cancelled already")
    return head


def _write(
    connection: Connection,
    head: orders.Head,
    events: list[ev.Event],
    solved: Collection[str],
    worker: WorkerId,
) -> str:
    """Write what was decided and what follows from it for a hold; in words whether the order can go on."""
    held = head.state is OrderState.HELD
    if held and not head.version:
        # An import held it before it had a history; what is written now must begin with that.
        write(connection, head.id, INTAKE, IMPORTER, lambda work, in_hand: [ev.OrderHeld(head.hold_reason)])
    faults = judge_again(connection, head.id, solved) if held else []
    mine = held and head.hold_reason in REPORTED
    free = mine and not faults
    if free:
        orders.set_content(connection, head.id, {"intake_state": IntakeState.READY.value})
    elif mine and first(faults).reason != head.hold_reason:
        write(
            connection, head.id, INTAKE, IMPORTER, lambda work, in_hand: [ev.OrderHeld(first(faults).reason)]
        )

    def all_events(work: OrderWork, in_hand: bool) -> list[ev.Event]:
        return [*events, *([ev.HoldReleased(in_hand)] if free else [])]

    write(connection, head.id, OFFICE, worker, all_events)
    if free:
        return f"Order {head.id} goes on."
    if held:
        why = (
            "; ".join(fault.words(reason_words) for fault in faults)
            if mine
            else reason_words(head.hold_reason)
        )
        return f"Order {head.id} is still on hold: {why}."
    return f"Order {head.id} is changed."


def _void_labels(connection: Connection, order_id: OrderId, worker: WorkerId) -> list[str]:
    """Have labels that show what was wrong printed anew or taken for nothing; in sentences, which."""
    words = []
    for number in sorted({row.parcel for row in carrier_labels.of_order(connection, order_id)}):
        carrier_labels.remove(connection, ParcelRef(order_id, number))
        words.append(f"The carrier's label of parcel {number} is void: cancel it there, attach a new one.")
    history = without_undone(list(load_work(connection, order_id).history))
    for sealed in [entry.event for entry in history if isinstance(entry.event, ev.ParcelSealed)]:
        _print_again(connection, order_id, sealed, worker)
        words.append(f"The label of parcel {sealed.parcel} is void: take it off; a new one is printed.")
    return words


def _print_again(
    connection: Connection, order_id: OrderId, sealed: ev.ParcelSealed, worker: WorkerId
) -> None:
    parcel, now = ParcelRef(order_id, sealed.parcel), database_now(connection)
    again = ev.ReprintRequested(sealed.parcel, LABEL, "corrected", worker)
    write(connection, order_id, OFFICE, worker, lambda work, in_hand: [again])
    work, order = load_work(connection, order_id), orders.row(connection, order_id)
    shop = lookup.shop(connection, order.shop)
    label = dump(
        contents.label(Sealed(connection, shop, order, work, sealed, worker, now.date().isoformat()))
    )
    revision = print_jobs.last_revision(connection, parcel, LABEL) + 1
    newest = print_jobs.newest_job(connection, parcel, LABEL)
    if newest is None:
        raise LookupError(f"Order {order_id} parcel {sealed.parcel} has no label to print again")
    job = NewPrintJob(uuid7(), parcel, LABEL, label, content_hash(label), revision, again.reason)
    print_jobs.add_jobs(connection, newest.station, [job], now)
