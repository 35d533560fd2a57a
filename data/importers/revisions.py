"""What a file says of an order, in short: a revision tells whether it says the same again."""

import json
from dataclasses import fields
from hashlib import sha256

from data.importers.records import LineIn, OrderIn
from data.types import Address

_REVISED = (
    "id", "source", "placed_at", "lines", "address", "service", "priority", "email", "language", "currency",
    "value_cents", "gift", "note", "gift_message", "giver", "collect_cents", "marketing_consent", "verdict",
    "reason", "doubtful", "partly",
)  # fmt: skip
"""The fields that make an order's revision: a new one belongs here when a change of it matters."""
_OF_A_LINE = ("sku", "name", "quantity", "price_cents", "unread")
"""The same of a line."""
_REVISION = "3:"
"""How a revision of those fields begins; an earlier program's begins otherwise."""


def revision_of(record: OrderIn) -> str:
    """A hash of what the file says of an order, field by field, but of the place where it says so.

    A revision of an earlier program is no such hash and is like none of these (see `comparable`).
    """
    if record.said:
        return record.said
    said = [(name, _plain(getattr(record, name))) for name in _REVISED]
    return f"{_REVISION}{sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()[:32]}"


def _plain(value: object) -> object:
    if isinstance(value, LineIn):
        return {name: getattr(value, name) for name in _OF_A_LINE}
    if isinstance(value, Address):
        return {field.name: getattr(value, field.name) for field in fields(value)}
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    return value if value is None or isinstance(value, str | int | bool) else str(value)


def comparable(revision: str) -> bool:
    """Whether a stored revision can be compared; of an earlier program's nothing can be told."""
    return revision.startswith(_REVISION)
