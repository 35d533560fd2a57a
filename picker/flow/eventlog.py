"""Events as the log keeps them: a kind and a payload of JSON values."""

from dataclasses import fields
from enum import StrEnum
from typing import cast

from picker.flow.events import Event, LineChange, OrderChanged

EVENTS: dict[str, type[Event]] = {cls.__name__: cls for cls in Event.__args__}
"""Stored kind -> its class."""
_ENUMS: dict[type[Event], list[tuple[str, type[StrEnum]]]] = {
    cls: [
        (field.name, field.type)
        for field in fields(cls)
        if isinstance(field.type, type) and issubclass(field.type, StrEnum)
    ]
    for cls in EVENTS.values()
}
"""Class -> its fields that are one of a closed set, kept by their values."""

_LATER: dict[type[Event], frozenset[str]] = {OrderChanged: frozenset({"reason"})}
"""Class -> its fields that came after the first release: left out while empty, as in older events."""

SCHEMA = 2
"""Version of the payloads below; raised together with a reader for the older form.

2: what leaves the tote or a parcel, and what enters one, is named by lot, serial number and expiry; payloads of 1 lack
some of these, and are read as "not known".
"""


def kind_of(event: type[Event]) -> str:
    """Return the kind under which events of a class are stored."""
    return event.__name__


def encode(event: Event) -> tuple[str, dict[str, object]]:
    """Return (kind, payload) of an event, payload in JSON values."""
    later = _LATER.get(type(event), frozenset())
    values = ((field.name, getattr(event, field.name)) for field in fields(event))
    payload = {name: _plain(value) for name, value in values if value or name not in later}
    return kind_of(type(event)), payload


def decode(kind: str, payload: dict[str, object], schema: int = SCHEMA) -> Event:
    """Rebuild an event from the log.

    Raises ValueError for a kind, a schema or a value of a closed set that this version does not know: an older
    Picker must not guess at a newer log.
    """
    cls = EVENTS.get(kind)
    if cls is None or schema > SCHEMA:
        raise ValueError(
            f"Unknown event {kind!r} schema {schema}: expected schema <= {SCHEMA} of {sorted(EVENTS)}"
        )
    values = {name: _tuples(value) for name, value in payload.items()}
    values |= {name: enum(str(values[name])) for name, enum in _ENUMS[cls] if name in values}
    if cls is OrderChanged:
        rows = cast("list[dict[str, object]]", payload["changes"])
        values["changes"] = tuple(LineChange(**row) for row in rows)  # type: ignore[arg-type]  # checked by the log's writer
    return cls(**values)  # type: ignore[arg-type]  # as above


def _plain(value: object) -> object:
    if isinstance(value, LineChange):
        return {field.name: getattr(value, field.name) for field in fields(value)}
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    return value


def _tuples(value: object) -> object:
    return tuple(_tuples(part) for part in value) if isinstance(value, list) else value
