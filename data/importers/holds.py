"""Orders held because the catalogue doesn't know an article, which one is meant, or its barcode, and how they get free
by themselves.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from dataclasses import fields as dataclass_fields
from datetime import datetime

from sqlalchemy import Connection, RowMapping, exists, insert, or_, select, update

from data.engine import database_now
from data.hold_reasons import (
    AMBIGUOUS_SKU,
    CURABLE,
    MISSING_BARCODE,
    NO_ADDRESS,
    PARTLY_FULFILLED,
    REPORTED,
    UNCLEAR_CELL,
    UNKNOWN_SKU,
    VARIANT_UNPROVEN,
    IntakeState,
)
from data.importers.deliverable import lacking
from data.importers.records import LineChange, StartedOrders
from data.importers.variants import Key, Known, known_variants, meant
from data.store import lookup
from data.store import orders as orders_store
from data.tables import Code, ExceptionReport, Order, OrderLine, Product, Variant
from data.types import Address, CodeKind, ExceptionKind, OrderId, OrderState

_AT_ONCE = 500
_OPEN = (OrderState.WAITING, OrderState.HELD, OrderState.IN_WORK, OrderState.PARKED)


@dataclass(frozen=True, slots=True)
class Item:
    """What an order's line says of its article, and the product that it was led to before, if any."""

    number: int
    sku: str
    name: str
    linked: str | None = None

    @property
    def called(self) -> str:
        """Its name and SKU, as far as there are any."""
        name = self.name if self.name != self.sku else ""
        return f"{name} ({self.sku})" if name and self.sku else name or self.sku

    def __str__(self) -> str:
        return f"line {self.number}, {self.called}"

    def stored(self) -> list[object]:
        """The same as a message in whatever language it is read, in the form in which the log keeps messages."""
        return ["exception.line", [["number", str(self.number)], ["name", self.called]]]


@dataclass(frozen=True, slots=True)
class Fault:
    """Why an order can't be scanned, with what a person must know of it; without a kind when it can.

    `culprits` are the lines or parts at fault in English, as an import's report tells them.
    """

    kind: ExceptionKind | None = None
    detail: Mapping[str, object] = field(default_factory=dict)
    culprits: tuple[str, ...] = ()

    @property
    def reason(self) -> str:
        """The reason for which the order is held, "" when it isn't."""
        return self.kind.value if self.kind else ""

    def words(self, reason_words: Callable[[str], str]) -> str:
        """The reason as `reason_words` has it, and which lines or parts are at fault."""
        said = ", ".join(self.culprits)
        choices = self.detail.get("skus") if self.kind is AMBIGUOUS_SKU else None
        may_be = f" may be {', '.join(map(str, choices))}" if isinstance(choices, list) else ""
        return f"{reason_words(self.reason)}{': ' if said else ''}{said}{may_be}"


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Which of the SKUs asked for are known, which have a barcode or need none, and which are shared by variants."""

    known: frozenset[str]
    barcoded: frozenset[str]
    variants: Mapping[str, Mapping[Key, Known]]

    def choices(self, item: Item) -> set[str]:
        """The products that an item may be: one where it is known which, none where it isn't known at all."""
        if shared := self.variants.get(item.sku):
            return meant(shared, item.name, item.linked)
        return {item.sku} & self.known

    def product(self, item: Item) -> str | None:
        """The product that an item is; None where that isn't known."""
        choices = self.choices(item)
        return next(iter(choices)) if len(choices) == 1 else None

    def faults(self, items: Iterable[Item]) -> list[Fault]:
        """Every reason why an order of these items can't be scanned, and the items at fault."""
        found = [(item, self.choices(item)) for item in items]
        faults = []
        if unknown := [item for item, choices in found if not choices]:
            faults.append(_of_goods(UNKNOWN_SKU, unknown, [item.sku or item.name for item in unknown]))
        if unclear := [(item, choices) for item, choices in found if len(choices) > 1]:
            skus = sorted({sku for _, choices in unclear for sku in choices})
            faults.append(_of_goods(AMBIGUOUS_SKU, [item for item, _ in unclear], skus))
        known = [(item, next(iter(choices))) for item, choices in found if len(choices) == 1]
        if bare := [(item, sku) for item, sku in known if sku not in self.barcoded]:
            faults.append(_of_goods(MISSING_BARCODE, [item for item, _ in bare], [sku for _, sku in bare]))
        return faults


def _of_goods(kind: ExceptionKind, items: Sequence[Item], skus: Sequence[str]) -> Fault:
    detail = {"lines": [item.stored() for item in items], "skus": list(dict.fromkeys(skus))}
    return Fault(kind, detail, tuple(map(str, items)))


def look_up(connection: Connection, skus: Iterable[str]) -> Catalogue:
    """Ask the catalogue about some SKUs, as orders write them."""
    wanted = set(skus)
    variants = known_variants(connection, wanted)
    wanted |= {known.sku for shared in variants.values() for known in shared.values()}
    product, code = Product.__table__, Code.__table__
    known = connection.scalars(select(product.c.sku).where(product.c.sku.in_(wanted)))
    coded = select(code.c.ref).where(code.c.kind == CodeKind.PRODUCT.value, code.c.ref.in_(wanted))
    bare = select(product.c.sku).where(product.c.no_barcode, product.c.sku.in_(wanted))
    return Catalogue(frozenset(known), frozenset(connection.scalars(coded.union(bare))), variants)


def first(faults: Sequence[Fault]) -> Fault:
    """The fault that stands for all as the reason of the hold."""
    return faults[0] if faults else Fault()


def report_faults(
    connection: Connection,
    order_id: str,
    faults: Sequence[Fault],
    now: datetime,
    kinds: Sequence[ExceptionKind] = REPORTED,
) -> None:
    """Keep exactly one open exception of each of the order's present faults, and resolve those of faults of `kinds`
    that are gone.
    """
    table = ExceptionReport.__table__
    mine = (
        table.c.order_id == order_id,
        table.c.kind.in_([kind.value for kind in kinds]),
        table.c.resolved_at.is_(None),
    )
    present = [fault.kind.value for fault in faults if fault.kind]
    connection.execute(
        update(table).where(*mine, table.c.kind.not_in(present)).values(resolved_at=now, resolved_by="import")
    )
    stand = {row.kind: row for row in connection.execute(select(table).where(*mine))}
    for fault in faults:
        if fault.kind is None:
            continue
        detail, stands = dict(fault.detail), stand.get(fault.kind.value)
        if stands is None:
            connection.execute(
                insert(table).values(order_id=order_id, kind=fault.kind.value, detail=detail, at=now)
            )
        elif stands.detail != detail:
            connection.execute(update(table).where(table.c.id == stands.id).values(detail=detail))


def judge_again(connection: Connection, order_id: OrderId, solved: Collection[str]) -> list[Fault]:
    """Look anew at a held order of which a person corrected something: its faults but those of what is `solved` (the
    names of lines, and what was wrong with their cells), as its exceptions say then.
    """
    table, now = ExceptionReport.__table__, database_now(connection)
    kept = [kind.value for kind in (PARTLY_FULFILLED, UNCLEAR_CELL)]
    mine = (table.c.order_id == order_id, table.c.kind.in_(kept), table.c.resolved_at.is_(None))
    found = connection.execute(
        select(table.c.kind, table.c.detail).where(*mine).order_by(table.c.kind.desc())
    )
    faults = [
        Fault(ExceptionKind(row.kind), {"lines": left}, tuple(left))
        for row in found
        if (left := [line for line in row.detail["lines"] if line not in solved])
    ]
    order = orders_store.row(connection, order_id)
    address = Address(
        **{field.name: getattr(order, f"ship_{field.name}") for field in dataclass_fields(Address)}
    )
    if lacks := lacking(address, order.service, lookup.shop(connection, order.shop).sender_country):
        faults.append(Fault(NO_ADDRESS, {"parts": list(lacks)}, lacks))
    items = _items_of(connection, [order_id]).get(order_id, [])
    catalogue = look_up(connection, {item.sku for item in items})
    faults += catalogue.faults(items)
    _link_lines(connection, order_id, catalogue, items)
    report_faults(connection, order_id, faults, now)
    return faults


def recheck_held(connection: Connection) -> list[OrderId]:
    """Let orders go that were held for an article or barcode which is known by now; the ids of those set
    free.

    Lines whose SKU was unknown are led to the product. An order a station has begun keeps its state, for
    the flow owns that; its exception is resolved.
    """
    orders, now = Order.__table__, database_now(connection)
    reports = ExceptionReport.__table__
    open_fault = exists().where(
        reports.c.order_id == orders.c.id,
        reports.c.kind.in_([kind.value for kind in CURABLE]),
        reports.c.resolved_at.is_(None),
    )
    query = select(orders.c.id, orders.c.state, orders.c.version, orders.c.hold_reason)
    held = connection.execute(
        query.where(orders.c.intake_state == IntakeState.HELD.value, open_fault).order_by(orders.c.id)
    ).all()
    freed = []
    for start in range(0, len(held), _AT_ONCE):
        part = held[start : start + _AT_ONCE]
        items = _items_of(connection, [row.id for row in part])
        catalogue = look_up(connection, {item.sku for wanted in items.values() for item in wanted})
        for row in part:
            faults = catalogue.faults(items.get(row.id, ()))
            _link_lines(connection, row.id, catalogue, items.get(row.id, ()))
            report_faults(connection, row.id, faults, now, CURABLE)
            if row.hold_reason in CURABLE and row.state == OrderState.HELD.value and row.version == 0:
                _set_hold(connection, row.id, first(faults))
                freed += [] if faults else [row.id]
    return freed


def tell_variants_apart(connection: Connection, started: StartedOrders) -> list[str]:
    """Lead open orders, whose lines want a SKU that variants share, to the variant of each; the ids of those held.

    An order that can't be led there waits for a person. A packer who has one in hand is stopped: what was only
    picked is proven by the check, what was checked already must be looked at.
    """
    order, line, variant, now = (
        Order.__table__,
        OrderLine.__table__,
        Variant.__table__,
        database_now(connection),
    )
    shared = exists().where(variant.c.sku_text == line.c.sku_text)
    right = exists().where(variant.c.sku_text == line.c.sku_text, variant.c.sku == line.c.sku)
    query = select(order.c.id).where(
        order.c.state.in_([state.value for state in _OPEN]),
        exists().where(
            line.c.order_id == order.c.id, line.c.sku.is_not(None), line.c.quantity > 0, shared, ~right
        ),
    )
    rows = connection.execute(
        select(order).where(order.c.id.in_(query)).order_by(order.c.id).with_for_update()
    )
    held = []
    for row in rows.mappings().all():
        items = _items_of(connection, [row["id"]])[row["id"]]
        catalogue = look_up(connection, {item.sku for item in items})
        changed = _link_lines(connection, row["id"], catalogue, items)
        faults = catalogue.faults(items)
        report_faults(connection, row["id"], faults, now, CURABLE)
        if _tell(connection, started, row, first(faults), changed):
            held.append(str(row["id"]))
    return held


def _tell(
    connection: Connection,
    started: StartedOrders,
    row: RowMapping,
    fault: Fault,
    changed: Sequence[RowMapping],
) -> bool:
    """Hold the order where it must be, and stop whoever has it; whether it is held for this."""
    begun = row["version"] > 0 or row["state"] in (OrderState.IN_WORK.value, OrderState.PARKED.value)
    if not begun:
        if fault.kind and row["state"] == OrderState.WAITING.value:
            _set_hold(connection, row["id"], fault)
        return bool(fault.kind)
    reason = fault.reason or (VARIANT_UNPROVEN if any(line["checked"] for line in changed) else "")
    same = [LineChange(one["line"], one["sku_text"], one["quantity"], one["quantity"]) for one in changed]
    started.changed(connection, row["id"], same)
    if reason:
        orders = Order.__table__
        connection.execute(
            update(orders).where(orders.c.id == row["id"]).values(intake_state=IntakeState.HELD.value)
        )
        started.held(connection, row["id"], reason)
    return bool(reason)


def _items_of(connection: Connection, order_ids: Sequence[str]) -> Mapping[str, list[Item]]:
    lines = OrderLine.__table__
    query = select(lines).where(
        lines.c.order_id.in_(order_ids), or_(lines.c.quantity > 0, lines.c.unread != "")
    )
    items: dict[str, list[Item]] = defaultdict(list)
    for row in connection.execute(query.order_by(lines.c.order_id, lines.c.line)):
        items[row.order_id].append(Item(row.line, row.sku_text, row.name, row.sku))
    return items


def _link_lines(
    connection: Connection, order_id: str, catalogue: Catalogue, items: Iterable[Item]
) -> list[RowMapping]:
    """Lead an order's lines to the products that they mean; the lines that were led elsewhere before."""
    lines = OrderLine.__table__
    changed = []
    for item in items:
        sku = catalogue.product(item)
        if sku == item.linked:
            continue
        where = (lines.c.order_id == order_id, lines.c.line == item.number)
        connection.execute(update(lines).where(*where).values(sku=sku))
        if item.linked is not None:
            changed.append(connection.execute(select(lines).where(*where)).mappings().one())
    return changed


def _set_hold(connection: Connection, order_id: str, fault: Fault) -> None:
    orders = Order.__table__
    state = OrderState.HELD if fault.kind else OrderState.WAITING
    values = {
        "intake_state": (IntakeState.HELD if fault.kind else IntakeState.READY).value,
        "hold_reason": fault.reason,
        "state": state.value,
    }
    connection.execute(update(orders).where(orders.c.id == order_id).values(values))
