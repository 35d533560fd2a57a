"""Documents as plain JSON values: how the shop's database and the spool keep what is to be printed."""

import base64
import binascii
import hashlib
import json
import types
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from typing import Any, get_args, get_origin, get_type_hints

from printing.documents import KINDS, Document
from printing.documents.inserts import Block, Coupon, Divider, Heading, PictureBlock, QrCode, Text

_BLOCKS: dict[str, type[Block]] = {
    "heading": Heading,
    "text": Text,
    "picture": PictureBlock,
    "coupon": Coupon,
    "qr": QrCode,
    "divider": Divider,
}
_NAMES: dict[type[object], str] = {cls: kind for kind, cls in (KINDS | _BLOCKS).items()}


class ContentError(ValueError):
    """Stored content that is no document; the message names the place, what was expected and got."""


def dump(document: Document) -> dict[str, object]:
    """The document as JSON values with its "kind"; `load` gives back an equal document."""
    if type(document) not in KINDS.values():
        raise ContentError(f"expected one of the documents {sorted(KINDS)}, got {type(document).__name__}")
    plain: dict[str, object] = _plain(document)
    return plain


def load(data: dict[str, object]) -> Document:
    """The document that `dump` made these values from.

    Raises `ContentError` for an unknown kind, a missing, unknown or wrongly typed field.
    """
    document: Document = _one_of(KINDS, data, "")
    return document


def canonical(data: dict[str, object]) -> str:
    """The one JSON text of these values: sorted keys, no spaces, ASCII only."""
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)


def content_hash(data: dict[str, object]) -> str:
    """SHA-256 of the canonical JSON, 64 hexadecimal digits."""
    return hashlib.sha256(canonical(data).encode("ascii")).hexdigest()


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        name = _NAMES.get(type(value))
        plain = {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
        return plain if name is None else {"kind": name, **plain}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return base64.b64encode(value).decode("ascii") if isinstance(value, bytes) else value


def _one_of(kinds: Mapping[str, type[object]], data: object, where: str) -> Any:
    """The record that `data` says its "kind" is."""
    kind = data.get("kind") if isinstance(data, dict) else None
    if not isinstance(data, dict) or not isinstance(kind, str) or kind not in kinds:
        place = f"{where}.kind" if where else "kind"
        raise ContentError(f"{place}: expected one of {sorted(kinds)}, got {kind!r}")
    rest = {key: value for key, value in data.items() if key != "kind"}
    return _record(kinds[kind], rest, where or kind)


def _record(cls: type[Any], data: object, where: str) -> Any:
    if not isinstance(data, dict):
        raise ContentError(f"{where}: expected an object, got {data!r}")
    known = {field.name: field for field in fields(cls)}
    unknown = sorted(str(key) for key in data.keys() - known.keys())
    if unknown:
        raise ContentError(f"{where}: expected only {sorted(known)}, got also {unknown}")
    hints = get_type_hints(cls)
    values = {}
    for name, field in known.items():
        if name in data:
            values[name] = _value(hints[name], data[name], f"{where}.{name}")
        elif _required(field):
            raise ContentError(f"{where}.{name}: expected a value, got nothing")
    return cls(**values)


def _required(field: Field[Any]) -> bool:
    return field.default is MISSING and field.default_factory is MISSING


def _value(hint: Any, value: object, where: str) -> Any:
    if hint == Block:
        return _one_of(_BLOCKS, value, where)
    if isinstance(hint, types.UnionType):
        return None if value is None else _value(get_args(hint)[0], value, where)
    if hint is bytes:
        return _file(value, where)
    if get_origin(hint) is tuple:
        if not isinstance(value, list):
            raise ContentError(f"{where}: expected a list, got {value!r}")
        return tuple(_value(get_args(hint)[0], item, f"{where}[{n}]") for n, item in enumerate(value))
    if is_dataclass(hint):
        return _record(hint if isinstance(hint, type) else type(hint), value, where)
    # bool is an int to isinstance, and a quantity of `true` is nobody's intention.
    if type(value) is not hint:
        raise ContentError(f"{where}: expected {hint.__name__}, got {value!r}")
    return value


def _file(value: object, where: str) -> bytes:
    try:
        return base64.b64decode(value if isinstance(value, str) else "?", validate=True)
    except binascii.Error as error:
        raise ContentError(f"{where}: expected base64, got {str(value)[:20]!r}") from error
