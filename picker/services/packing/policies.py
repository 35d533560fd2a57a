"""The packing policies of shops: what counts now, and changes by a lead while stations work."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row

from data.engine import Database
from data.errors import DataError
from data.store import policy, setup
from data.types import OrderId, ShopId
from picker.packing.types import PackingPolicy
from picker.services.packing.policy_document import PolicyDocument, PolicyError, document_of


@dataclass(frozen=True, slots=True)
class Revision:
    """One state of a shop's packing policy; number 0 is what holds before anybody changed anything."""

    number: int
    document: PolicyDocument
    changed_at: datetime | None = None
    changed_by: str = ""

    def to_json(self) -> dict[str, object]:
        """Return it as JSON values."""
        at = self.changed_at.isoformat() if self.changed_at else None
        about = {"revision": self.number, "changed_at": at, "changed_by": self.changed_by}
        return {**about, "policy": self.document.body()}

    def changes(self, before: "Revision") -> tuple[str, ...]:
        """Return the settings in which it differs from an earlier one."""
        ours, theirs = self.document.body(), before.document.body()
        return tuple(key for key in ours if ours[key] != theirs[key])


def current(connection: Connection, shop: ShopId) -> Revision:
    """Return what counts for a shop. Raises DataError when it can't be read."""
    return _revision(policy.newest(connection, shop))


def of_order(connection: Connection, order: OrderId) -> PackingPolicy:
    """Return what counts for the shop of an order, at no carrier's prices. Raises DataError as `current`."""
    return _revision(policy.of_order(connection, order)).document.policy()


def history(connection: Connection, shop: ShopId) -> list[Revision]:
    """Return every revision, the newest first, down to number 0."""
    return [*(_revision(row) for row in policy.history(connection, shop)), _revision(None)]


def change(db: Database, shop: ShopId, by: str, new: Callable[[PolicyDocument], PolicyDocument]) -> Revision:
    """Make what `new` makes of a shop's policy count from the next claim of an order on; what is the same stays.

    Raises PolicyError as `new` does, DataError when there is no such shop.
    """
    with db.writer.begin() as connection:
        if not setup.lock(connection, shop):
            raise DataError(f"There is no shop {shop!r}.")
        before = current(connection, shop)
        document = new(before.document)
        if document == before.document:
            return before
        now = db.now(connection)
        policy.add(connection, shop, before.number + 1, document.body(), by, now)
        return Revision(before.number + 1, document, now, by)


def restore(db: Database, shop: ShopId, by: str, number: int) -> Revision:
    """Make an earlier revision count again, as a new one. Raises PolicyError when there is none of this number."""
    with db.reader.connect() as connection:
        known = {revision.number: revision.document for revision in history(connection, shop)}
    if number not in known:
        raise PolicyError(f"expected a revision from 0 to {max(known)}, got {number}")
    return change(db, shop, by, lambda _: known[number])


def _revision(row: Row[Any] | None) -> Revision:
    if row is None:
        return Revision(0, PolicyDocument())
    # A newer program beside this one may know more settings.
    known = {key: value for key, value in row.body.items() if key in PolicyDocument.model_fields}
    at = row.changed_at if row.changed_at.tzinfo else row.changed_at.replace(tzinfo=UTC)
    try:
        return Revision(row.revision, document_of(known), at, row.changed_by)
    except PolicyError as error:
        raise DataError(
            f"Revision {row.revision} of the packing policy of shop {row.shop!r} can't be used: {error}"
        ) from None
