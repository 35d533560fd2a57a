"""Which order of ours a file's order is: shop and the source's own id, never the number alone."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

from sqlalchemy import Connection, or_, select, update

from data.importers.records import OrderIn, Verdict
from data.importers.report import Outcome
from data.importers.upsert import Chunk
from data.store.names import Twin, twins
from data.tables import Order
from data.types import OrderId, ShopId

_O = Order.__table__


@dataclass(slots=True)
class _Index:
    """The orders that a chunk could mean, and the keys that are taken; kept up as records find their order."""

    connection: Connection
    shop: str
    by_source: dict[str, Twin]
    by_number: dict[str, list[Twin]]
    keys: set[str]

    @classmethod
    def read(cls, chunk: Chunk, records: Sequence[OrderIn]) -> Self:
        shop = chunk.options.shop
        numbers = {record.id for record in records}
        sources = {record.source_id for record in records if record.source_id}
        mine = or_(_O.c.number.in_(numbers), _O.c.source_id.in_(sources))
        by_source: dict[str, Twin] = {}
        by_number: dict[str, list[Twin]] = defaultdict(list)
        for twin in twins(chunk.connection, _O.c.shop == shop, mine):
            by_number[twin.number].append(twin)
            if twin.source_id:
                by_source[twin.source_id] = twin
        keys = set(chunk.connection.scalars(select(_O.c.id).where(_O.c.id.in_(numbers))))
        return cls(chunk.connection, shop, by_source, by_number, keys)

    def find(self, record: OrderIn) -> Twin | None:
        """The stored order of this record; raises Unclear, in words, where that can't be told."""
        if (known := self.by_source.get(record.source_id)) is not None:
            if known.number != record.id:
                raise Unclear(f"its id {record.source_id} is that of order {known.number}")
            return known
        alike = self.by_number[record.id]
        if record.source_id:
            alike = [twin for twin in alike if not twin.source_id]
        if len(alike) > 1:
            choices = " or ".join(twin.name for twin in alike)
            raise Unclear(f"the file has no id of it, and it may be {choices}")
        return alike[0] if alike else None

    def make(self, record: OrderIn) -> Twin:
        """A new order; its key is the number where that is free."""
        stem = f"{self.shop}-{record.id}"
        key, count = record.id, 1
        while key in self.keys or (count > 1 and twins(self.connection, _O.c.id == key)):
            key, count = (stem if count == 1 else f"{stem}-{count}"), count + 1
        return Twin(OrderId(key), ShopId(self.shop), record.id, record.source_id or None)

    def keep(self, twin: Twin) -> None:
        """Later records of the chunk find it."""
        self.keys.add(twin.id)
        rest = [other for other in self.by_number[twin.number] if other.id != twin.id]
        self.by_number[twin.number] = [*rest, twin]
        if twin.source_id:
            self.by_source[twin.source_id] = twin


class Unclear(Exception):
    """Why it can't be told which order a record is, in words."""


def identify(chunk: Chunk, records: Sequence[OrderIn]) -> list[OrderIn]:
    """The records under the keys of their orders, `number` as the file has it; those that could be several are left
    out with words. An order that was stored without the source's id adopts it.
    """
    index = _Index.read(chunk, records)
    known = []
    for record in records:
        try:
            existing = index.find(record)
        except Unclear as error:
            chunk.report.note(f"Order {record.id} was left out: {error}.")
            chunk.report.leave(f"order: {error}", record.id)
            chunk.report.count(Outcome.LEFT_OUT)
            continue
        twin = existing or index.make(record)
        if existing and record.source_id and not existing.source_id:
            twin = replace(existing, source_id=record.source_id)
            chunk.connection.execute(
                update(_O).where(_O.c.id == existing.id).values(source_id=record.source_id)
            )
        if existing is not None or record.verdict in (Verdict.READY, Verdict.HELD):
            index.keep(twin)
            if existing is None and twin.id != record.id:
                chunk.report.note(
                    f"There is another order {record.id}: {twin.name} is called {twin.id} here."
                )
        known.append(replace(record, id=twin.id, number=record.id))
    return known
