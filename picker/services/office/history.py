"""The audit trail of an order: who did what, when and where, in words. Nothing is left out."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from data.engine import Database
from data.store import campaigns, log, lookup
from data.tables import Worker
from data.types import CodeKind, EventRecord, OrderId, StationId
from picker.errors import Unknown
from picker.flow import events as ev
from picker.flow.eventlog import EVENTS
from picker.flow.messages import from_parts
from picker.locale.messages import render
from picker.services.devices.order_photos import OrderPhotos, PhotoFile, photo_of
from picker.services.orders.lookups import order_key
from picker.services.reports.words import reason_words
from scanning.codes import lookup_key

_SENTENCES: dict[type[ev.Event], str] = {
    ev.OrderClaimed: "claimed",
    ev.OrderParked: "parked: {reason}",
    ev.LocationConfirmed: "location {location} confirmed",
    ev.CaptureStarted: "{quantity} x {sku} scanned, lot, serial or expiry still owed",
    ev.UnitsPicked: "{quantity} x {sku} picked at {location}",
    ev.LocationEmpty: "no {sku} at {location}: {reason}",
    ev.UnitsShort: "{quantity} x {sku} short: {reason}",
    ev.TaskPostponed: "line {line} put off",
    ev.UnitsChecked: "{quantity} x {sku} checked into parcel {parcel}",
    ev.UnitsDamaged: "{quantity} x {sku} damaged ({source}): {reason}, {severity}, to {disposition}",
    ev.UnitsTakenOut: "{quantity} x {sku} taken out",
    ev.UnitsSetAside: "{quantity} x {sku} set aside to be put back",
    ev.BarcodeAttached: "barcode {code} attached to {quantity} x {sku}",
    ev.ProductChosen: "{sku} chosen of {products}, which share the code {code}",
    ev.PhotoTaken: "photo of {about} taken",
    ev.PhotoMissed: "no photo of {about}: {reason}",
    ev.ParcelStarted: "parcel {parcel} started",
    ev.PackagingChosen: "{packaging} taken for parcel {parcel}",
    ev.ParcelWeighed: "parcel {parcel} weighs {gross_g} g, expected {expected_g} g",
    ev.ParcelSealed: "parcel {parcel} sealed in {packaging} as SSCC {sscc}, documents queued",
    ev.PiecesConfirmed: "{pieces} parcels confirmed, planned: {planned}",
    ev.ReprintRequested: "{document} of parcel {parcel} to be printed again: {reason}",
    ev.LabelPrinted: "label of parcel {parcel} confirmed by its printer",
    ev.LabelVerified: "label scanned on parcel {parcel}",
    ev.ShelfChosen: "to be put on shelf {location}",
    ev.OrderShelved: "waits to be collected; parcels: {parcels}, shelf: {location}",
    ev.OrderHandedOut: "handed out to its buyer",
    ev.OrderClosed: "closed; parcels: {parcels}, units short: {short}",
    ev.Undone: "taken back: {undone}",
    ev.OrderChanged: "changed: {changes}",
    ev.OrderCorrected: "corrected: {what}",
    ev.OrderHeld: "put on hold: {reason}",
    ev.HoldReleased: "hold released",
    ev.OrderCancelled: "cancelled: {reason}",
    ev.StopAcknowledged: "the packer has read that the order was {kind}",
    ev.ScanRefused: "scan {code} refused: {refusal}",
    ev.StockCorrected: "record of {sku} at {location} corrected by {quantity}: {reason}",
    ev.ProductMeasured: "{sku} measured: {after}, before: {before}",
    ev.FiguresRestored: "{sku} has its earlier figures again: {after}",
    ev.SignedIn: "signed in",
    ev.SignedOut: "signed out",
}
_UNIT = (("lot", ", lot {lot}"), ("serial", ", serial {serial}"), ("expiry", ", expiry {expiry}"))
_MORE: dict[type[ev.Event], tuple[tuple[str, str], ...]] = {
    ev.OrderChanged: (("reason", ": {reason}"),),
    ev.OrderClaimed: (("taken_from", " from {taken_from}"),),
    ev.UnitsPicked: (*_UNIT, ("typed", ", typed")),
    ev.UnitsChecked: (*_UNIT, ("typed", ", typed")),
    ev.UnitsDamaged: _UNIT,
    ev.UnitsTakenOut: (
        ("from_parcel", " of parcel {from_parcel}"),
        *_UNIT,
        ("to_shelf", ", back to {location}"),
    ),
    ev.PhotoMissed: (("authorised_by", ", authorised by {authorised_by}"),),
    ev.ReprintRequested: (("authorised_by", ", authorised by {authorised_by}"),),
    ev.BarcodeAttached: (("authorised_by", ", authorised by {authorised_by}"),),
    ev.PackagingChosen: (("reason", " instead of {proposed}: {reason}"),),
    ev.ParcelWeighed: (("confirmed", ", given twice"),),
}
"""Parts of a sentence that are said only when the named field holds something."""
_CARDS = {
    "given": "card {name}",
    "control": "no card, control group of {name}",
    "broken": "no card, {name} failed",
}
_CODES = ("reason", "severity", "disposition")


@dataclass(frozen=True, slots=True)
class Card:
    """A campaign that was for a parcel, in its version of then: given, not given to the control group, or broken."""

    campaign: str
    version: int
    outcome: str
    language: str
    coupon: str | None

    def __str__(self) -> str:
        words = _CARDS[self.outcome].format(name=f"{self.campaign} version {self.version}")
        return words + (f" with coupon {self.coupon}" if self.coupon else "")


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One event of an order. `undone` is one that was taken back later; `payload` are its raw facts."""

    at: datetime
    station: StationId
    worker: str
    words: str
    kind: str
    version: int
    undone: bool
    id: str
    authorised_by: str
    payload: dict[str, object]
    file: str = ""
    file_state: str = ""
    """Of a photo: where its file is, and what became of that."""
    cards: tuple[Card, ...] = ()
    """Of a sealed parcel: which campaigns' cards were for it."""

    def to_json(self) -> dict[str, object]:
        """Return the line in JSON values; the instant in ISO 8601."""
        return {**asdict(self), "at": self.at.isoformat()}


def order_history(db: Database, order: str, photo_store: OrderPhotos | None = None) -> list[AuditLine]:
    """Return everything that happened to an order, in order; `photo_store` says where its photos are.

    `order` is its number, with or without "#", or a code of its pick sheet. Raises Unknown, in
    words, for an order that isn't known.
    """
    with db.reader.connect() as connection:
        number = find_order(connection, order)
        records = log.read(connection, number)
        photos = photo_store.of_order(connection, number) if photo_store else []
        cards = campaigns.of_order(connection, number)
        names = {row.id: row.name for row in connection.execute(select(Worker.__table__))}
    gone = {
        str(name)
        for record in records
        if EVENTS.get(record.kind) is ev.Undone
        for name in _listed(record, "events")
    }
    sentences = {str(record.id): _sentence(record, {}) for record in records}
    lines = [_with_cards(_line(record, names, gone, sentences), cards) for record in records]
    return [_with_photo(line, {photo.file: photo for photo in photos}) for line in lines]


def _with_cards(line: AuditLine, rows: Sequence[Row[Any]]) -> AuditLine:
    parcel = line.payload.get("parcel") if EVENTS.get(line.kind) is ev.ParcelSealed else None
    cards = tuple(
        Card(row.campaign, row.version, row.outcome, row.language, row.code)
        for row in rows
        if row.parcel == parcel
    )
    return replace(line, words="; ".join([line.words, *map(str, cards)]), cards=cards) if cards else line


def _with_photo(line: AuditLine, photos: Mapping[str, PhotoFile]) -> AuditLine:
    photo = photos.get(str(line.payload.get("file", "")))
    if EVENTS.get(line.kind) is not ev.PhotoTaken or photo is None:
        return line
    words = f"{line.words}: {photo.path}, {photo.state}"
    return replace(line, words=words, file=str(photo.path), file_state=photo.state)


def find_order(connection: Connection, given: str) -> OrderId:
    """Return the number of an order given as a person writes it. Raises Unknown, in words."""
    given = given.strip()
    if key := order_key(connection, given):
        return key
    for match in lookup.matches(connection, lookup_key(given)):
        if match.kind is CodeKind.ORDER:
            return OrderId(match.ref)
    raise Unknown(f"There is no order {given!r}: expected an order's number or the code of its pick sheet")


def _line(
    record: EventRecord, names: Mapping[str, str], gone: set[str], sentences: Mapping[str, str]
) -> AuditLine:
    undone = str(record.id) in gone
    words = _sentence(record, sentences)
    return AuditLine(
        record.at,
        record.station,
        names.get(record.worker, record.worker),
        f"{words} (taken back later)" if undone else words,
        record.kind,
        record.version,
        undone,
        str(record.id),
        record.authorised_by or "",
        record.payload,
    )


def _sentence(record: EventRecord, sentences: Mapping[str, str]) -> str:
    """The event in words; one of a newer Picker by its bare name, for the trail must show it."""
    event = EVENTS.get(record.kind)
    if event is None:
        return record.kind
    template = _SENTENCES[event]
    for name, more in _MORE.get(event, ()):
        template += more if record.payload.get(name) else ""
    values = {name: _value(name, value) for name, value in record.payload.items()}
    values["refusal"] = _refusal(record.payload)
    values["undone"] = "; ".join(sentences.get(str(name), "?") for name in _listed(record, "events"))
    values["about"] = photo_of(*(record.payload.get(name) for name in ("subject", "line", "parcel")))
    values["products"] = ", ".join(str(sku) for sku in _listed(record, "among"))
    values["what"] = ", ".join(str(part) for part in _listed(record, "what"))
    values["changes"] = ", ".join(_change(change) for change in _listed(record, "changes"))
    return _filled(template, values)


def _filled(template: str, values: Mapping[str, str]) -> str:
    """Fill the names in braces; what a value holds is never read as a template."""
    return re.sub(r"\{(\w+)\}", lambda hit: values.get(hit[1], ""), template)


def _value(name: str, value: object) -> str:
    return reason_words(str(value)) if name in _CODES else str(value)


def _refusal(payload: Mapping[str, Any]) -> str:
    """The sentence that the packer was told, in English; of one that is no longer said its key."""
    key = str(payload.get("key", ""))
    try:
        return render(from_parts(key, payload.get("params", ())))
    except KeyError:
        return key


def _listed(record: EventRecord, name: str) -> list[object]:
    value = record.payload.get(name)
    return list(value) if isinstance(value, list) else []


def _change(change: object) -> str:
    if not isinstance(change, dict):
        return str(change)
    if change.get("before") == change.get("after"):
        return f"{change.get('sku')} is one of its variants now"
    return f"{change.get('sku')} from {change.get('before')} to {change.get('after')}"
