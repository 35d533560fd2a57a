"""What all orders together add up to: stock, packaging, parcel numbers."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection

from data.importers.sizes import BY_IMPORT
from data.store import audit, photos
from data.store import serials as kept_serials
from data.types import EventRecord, OrderId
from picker.flow.eventlog import kind_of
from picker.flow.events import Figures, FiguresRestored, ProductMeasured
from picker.services.orders.effects import effects
from picker.services.orders.ledger import serials_of
from picker.services.orders.load import entry
from picker.services.verify.rebuild import Rebuilt
from picker.services.verify.report import about
from scanning.codes import OwnKind, is_sscc, read_own_code, sscc_count

_MEASURING = (kind_of(ProductMeasured), kind_of(FiguresRestored))


@dataclass(slots=True)
class Totals:
    """Sums over the streams seen so far; `ssccs` maps each number to the order that has it.

    `figures` are those that each product was given last, and when; `barcodes` those attached, as units by (code,
    SKU); `photos` the order and SHA-256 of each file; `serials` the (order, SKU, number) of units with their orders.
    """

    stock: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    packaging: Counter[str] = field(default_factory=Counter)
    ssccs: dict[str, str] = field(default_factory=dict)
    figures: dict[str, tuple[datetime, Figures]] = field(default_factory=dict)
    barcodes: dict[tuple[str, str], int] = field(default_factory=dict)
    photos: dict[str, tuple[str, str]] = field(default_factory=dict)
    serials: set[tuple[str, str, str]] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)

    def add(self, order: OrderId, rebuilt: Rebuilt) -> None:
        """Add one order's stream."""
        for effect in rebuilt.effects:
            for move in effect.stock:
                self.stock[move.sku, move.location, move.state.value] += move.units
            for code, delta in effect.packaging:
                self.packaging[code] += delta
            if effect.barcode is not None:
                self.barcodes[effect.barcode.key, effect.barcode.sku] = effect.barcode.units
        self.serials |= {(order, *unit) for unit in serials_of(rebuilt.work)}
        for photo in rebuilt.photos:
            self.photos[photo.file] = order, photo.sha256
        for sealed in rebuilt.sealed:
            first = self.ssccs.setdefault(sealed.sscc, order)
            if not is_sscc(sealed.sscc) and read_own_code(OwnKind.PARCEL, sealed.sscc) is None:
                self._fault(
                    order, f"parcel {sealed.parcel}: expected an SSCC or a code of ours, got {sealed.sscc!r}"
                )
            elif first != order or sum(s.sscc == sealed.sscc for s in rebuilt.sealed) > 1:
                self._fault(order, f"SSCC {sealed.sscc} is also that of another parcel of {first}")

    def measure(self, stream: str, records: Sequence[EventRecord]) -> None:
        """Add what a stream, an order's or a station's, says of products' figures."""
        for record in records:
            if record.kind not in _MEASURING:
                continue
            try:
                figures = effects(entry(record).event).figures
            except (ValueError, KeyError, TypeError) as error:
                self.faults.append(
                    about("stream", stream, f"version {record.version} can't be read: {error!r}")
                )
                continue
            if figures and record.at >= self.figures.get(figures[0], (record.at,))[0]:
                self.figures[figures[0]] = record.at, figures[1]

    def compare(self, connection: Connection) -> Iterator[str]:
        """Yield what the log's sums and the tables don't agree on."""
        yield from self.faults
        moved = audit.stock_moved(connection)
        for key in sorted({*moved, *self.stock}):
            sku, location, state = key
            yield from _differs("stock", f"{sku} {state} at {location}", self.stock[key], moved.get(key, 0))
        used = audit.packaging_moved(connection)
        for code in sorted({*used, *self.packaging}):
            yield from _differs("packaging", code, self.packaging[code], used.get(code, 0))
        yield from _figures(self.figures, audit.measured(connection))
        yield from _barcodes(self.barcodes, connection)
        stored = {row.file: (row.order_id, row.sha256) for row in photos.every(connection)}
        for file in sorted({*self.photos, *stored}):
            said, got = self.photos.get(file), stored.get(file)
            if said != got:
                yield about("photo", file, f"the log says {said}, the table has {got}")
        here = kept_serials.every(connection)
        for order, sku, serial in sorted(self.serials ^ here):
            where = ("the log has it", "the table has it")[(order, sku, serial) in here]
            yield about("serial number", serial, f"of {sku} with order {order}: only {where}")
        yield from _serials(self.ssccs, audit.counters(connection))

    def _fault(self, order: OrderId, words: str) -> None:
        self.faults.append(about("order", order, words))


def _differs(topic: str, subject: str, expected: int, got: int) -> Iterator[str]:
    if expected != got:
        yield about(topic, subject, f"moved: the log says {expected:+d}, the table has {got:+d}")


def _figures(
    logged: Mapping[str, tuple[datetime, Figures]],
    stored: Mapping[str, tuple[tuple[int, ...], str, datetime | None]],
) -> Iterator[str]:
    """What was measured last counts, unless a file has brought other figures since."""
    for sku in sorted({*logged, *stored}):
        at, figures = logged.get(sku, (None, None))
        got, by, since = stored.get(sku, ((), "", None))
        imported = by == BY_IMPORT and (at is None or (since is not None and since >= at))
        if not imported and got != figures:
            yield about("product", sku, f"figures: the log says {figures}, the table has {got or None}")


def _barcodes(logged: Mapping[tuple[str, str], int], connection: Connection) -> Iterator[str]:
    """What was attached and not taken back is known; a file may have brought it too, and then says of how many."""
    attached = audit.attached(connection)
    known = audit.known_codes(connection, sorted({code for code, _ in logged}))
    for key in sorted({*logged, *attached}):
        lost = key in logged and key not in known
        if lost or (key in attached and attached[key] != logged.get(key)):
            code, sku = key
            said, got = logged.get(key), attached.get(key)
            yield about("barcode", code, f"of {sku}: the log says {said} units, the table has {got}")


def _serials(ssccs: Mapping[str, str], counters: Mapping[str, int]) -> Iterator[str]:
    """Every number given must lie below the counter of its company prefix, or it would be given again."""
    for sscc, order in ssccs.items():
        if not is_sscc(sscc):
            continue
        prefixes = sorted((prefix for prefix in counters if sscc[1:].startswith(prefix)), key=len)
        if not prefixes:
            yield about("order", order, f"SSCC {sscc} has no company prefix of a shop")
        elif all(sscc_count(prefix, sscc) >= counters[prefix] for prefix in prefixes):
            serial, counter = sscc_count(prefixes[-1], sscc), counters[prefixes[-1]]
            yield about(
                "order", order, f"SSCC {sscc} has serial {serial}, but the counter stands at {counter}"
            )
