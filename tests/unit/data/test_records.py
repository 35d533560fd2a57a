"""The store's records say of their columns what the tables say."""

import types
from dataclasses import fields
from typing import get_args, get_type_hints

import pytest
from sqlalchemy import Table

from data.store import exceptions, orders, running
from data.store.records import Record
from data.tables import ExceptionReport, Order, OrderLine, RunningStation

RECORDS: tuple[tuple[type[Record], Table], ...] = (
    (orders.OrderSummary, Order.__table__),
    (orders.StoredOrder, Order.__table__),
    (orders.StoredLine, OrderLine.__table__),
    (exceptions.StoredException, ExceptionReport.__table__),
    (running.Holder, RunningStation.__table__),
)


@pytest.mark.parametrize(("record", "table"), RECORDS)
def test_what_may_be_empty_is_what_the_table_lets_be(record: type[Record], table: Table) -> None:
    may_be_empty = {name: types.NoneType in get_args(hint) for name, hint in get_type_hints(record).items()}
    assert may_be_empty == {field.name: table.c[field.name].nullable for field in fields(record)}


@pytest.mark.parametrize(
    ("record", "table"), [pair for pair in RECORDS if pair[0].__name__.startswith("Stored")]
)
def test_a_whole_row_leaves_no_column_out(record: type[Record], table: Table) -> None:
    assert {field.name for field in fields(record)} == {column.name for column in table.c}
