"""Where serial numbers are, which came back, and how many days goods must keep."""

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlmodel import UTCDateTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_REASONS = (
    "reason IN ('damaged', 'wrong_item', 'missing_part', 'defective', 'not_as_described', 'too_small', "
    "'too_big', 'changed_mind')"
)
_EVENT = sa.table(
    "event",
    sa.column("id", sa.Uuid()),
    sa.column("stream", sa.String()),
    sa.column("version", sa.Integer()),
    sa.column("kind", sa.String()),
    sa.column("payload", sa.JSON()),
)
_ORDERS = sa.table("orders", sa.column("id", sa.String()))
_MOVES = ("UnitsPicked", "UnitsTakenOut", "UnitsDamaged", "UnitsSetAside", "Undone")


def upgrade() -> None:
    """Where serial numbers are, which came back, and how many days goods must keep."""
    _add_days("product")
    _add_days("shop")
    op.execute("ALTER TABLE shop ADD COLUMN min_days_left_in JSON NOT NULL DEFAULT '{}'")
    op.create_table(
        "returned_serial",
        sa.Column("order_id", sa.String(), nullable=False),
        sa.Column("sku", sa.String(), nullable=False),
        sa.Column("serial", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.CheckConstraint(_REASONS, name=op.f("ck_returned_serial_reason_known")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_returned_serial_order_id_orders")),
        sa.PrimaryKeyConstraint("order_id", "sku", "serial", name=op.f("pk_returned_serial")),
    )
    order_serial = op.create_table(
        "order_serial",
        sa.Column("sku", sa.String(), nullable=False),
        sa.Column("serial", sa.String(), nullable=False),
        sa.Column("order_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_order_serial_order_id_orders")),
        sa.PrimaryKeyConstraint("sku", "serial", "order_id", name=op.f("pk_order_serial")),
    )
    op.create_index(op.f("ix_order_serial_order_id"), "order_serial", ["order_id"])
    op.bulk_insert(order_serial, list(_serials()))


def _add_days(table: str) -> None:
    """In plain SQL: to add a column with its checks, Alembic would copy the table on SQLite and lose the others."""
    name = "min_days_left"
    checks = f"CONSTRAINT ck_{table}_{name}_at_least_0 CHECK ({name} >= 0)"
    if op.get_bind().dialect.name == "sqlite":
        checks += f" CONSTRAINT ck_{table}_{name}_whole CHECK (typeof({name}) IN ('integer', 'null'))"
    op.execute(f"ALTER TABLE {table} ADD COLUMN {name} INTEGER NOT NULL DEFAULT 0 {checks}")


def _serials() -> Iterator[dict[str, str]]:
    """What the log says of each order in which serial numbers were picked, as the flow adds it up."""
    text = sa.cast(_EVENT.c.payload, sa.Text())
    with_serials = sa.select(_EVENT.c.stream).where(
        _EVENT.c.kind == "UnitsPicked", text.notlike('%"serial": ""%'), text.like('%"serial": "%')
    )
    query = sa.select(_EVENT).where(
        _EVENT.c.kind.in_(_MOVES),
        _EVENT.c.stream.in_(with_serials),
        _EVENT.c.stream.in_(sa.select(_ORDERS.c.id)),
    )
    rows = op.get_bind().execute(query.order_by(_EVENT.c.stream, _EVENT.c.version)).all()
    for order, events in groupby(rows, lambda row: row.stream):
        for sku, serial in sorted(_with_order(list(events))):
            yield {"sku": sku, "serial": serial, "order_id": order}


def _with_order(events: list[Any]) -> set[tuple[str, str]]:
    """The (SKU, serial) that an order's events leave with it. What left a line unnamed may be any of its units: they
    stay until none of the line is left.
    """
    undone = {name for row in events if row.kind == "Undone" for name in row.payload["events"]}
    units: dict[int, int] = {}
    serials: dict[int, dict[str, str]] = {}
    for row in events:
        if row.kind == "Undone" or str(row.id) in undone:
            continue
        line, held = row.payload["line"], serials.setdefault(row.payload["line"], {})
        units[line] = units.get(line, 0) + _delta(row.kind, row.payload)
        if row.kind == "UnitsPicked" and row.payload["serial"]:
            held[row.payload["serial"]] = row.payload["sku"]
        elif row.kind == "UnitsTakenOut":
            held.pop(row.payload.get("serial", ""), None)
        if units[line] <= 0:
            held.clear()
    return {(sku, serial) for held in serials.values() for serial, sku in held.items()}


def _delta(kind: str, payload: Mapping[str, Any]) -> int:
    """Units that a line gains by an event."""
    quantity = int(payload["quantity"])
    if kind == "UnitsPicked":
        return quantity
    stays = (kind == "UnitsTakenOut" and not payload["to_shelf"]) or payload.get("source") == "shelf"
    return 0 if stays else -quantity
