"""A warehouse in memory: plays the services' part for the flow."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import lru_cache
from itertools import count

from data.types import (
    CodeKind,
    CodeMatch,
    OrderId,
    OrderState,
    Packaging,
    PackagingKind,
    Product,
    Role,
    StationId,
    StockState,
    Worker,
    WorkerId,
)
from picker.flow import Command, CommandName, Facts, Phase, State, Step, eventlog
from picker.flow import events as ev
from picker.flow.facts import Camera, Claim, Photo, SerialAt, Wanted
from picker.flow.figures import with_figures
from picker.flow.fold import fold, without_undone
from picker.flow.order import OrderFacts, OrderLine, Place
from picker.flow.work import Entry, OrderWork
from picker.locale.messages import Message
from picker.services.orders.effects import effects, state_after
from scanning.codes import command_name, lookup_key, parcel_number
from scanning.parse import parse
from scanning.result import Scan

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
PREFIX = "4012345"
_OVER = (OrderState.CLOSED, OrderState.CANCELLED)


def code(number: int) -> str:
    """An EAN-13 of this number."""
    from scanning.codes import gtin_check_digit

    digits = f"590{number:09d}"
    return f"{digits}{gtin_check_digit(digits)}"


@dataclass
class Order:
    """One order's row, with its log."""

    id: str
    lines: dict[int, OrderLine]
    state: OrderState = OrderState.WAITING
    hold_reason: str = ""
    log: list[Entry] = field(default_factory=list)
    claim: Claim | None = None


class World:
    """Catalogue, stock, workers, packagings and orders of one shop."""

    def __init__(self) -> None:
        self.products: dict[str, Product] = {}
        self.codes: dict[str, list[CodeMatch]] = {}
        self.workers: dict[str, Worker] = {}
        self.packagings: dict[str, Packaging] = {}
        self.walk: dict[str, int] = {}
        self.stock: Counter[tuple[str, str, StockState]] = Counter()
        self.start: Counter[str] = Counter()
        self.orders: dict[str, Order] = {}
        self.station_log: list[tuple[str, Entry]] = []
        self.reports: list[tuple[str, str]] = []
        self.serial = 0
        self.camera = Camera.NONE
        self.address_cut = False
        self.label_going: Message | None = None
        self.label_down = ""
        self.label_printed = False
        self.shots: list[Photo] = []
        self.closed: dict[str, date] = {}
        self.came_back: set[tuple[str, str]] = set()
        self.now = NOW
        self.min_days_left = 0
        self.pieces = False
        self.carriers_own: set[int] = set()
        self.notes: dict[str, str] = {}
        self._ids = count(1)
        self._folded: dict[str, tuple[int, tuple[OrderLine, ...], OrderWork]] = {}

    def new_id(self) -> str:
        return f"{next(self._ids):08d}"

    def add_code(self, text: str, kind: CodeKind, ref: str, quantity: int = 1) -> None:
        self.codes.setdefault(lookup_key(text), []).append(CodeMatch(kind, ref, quantity))

    def product(self, sku: str, *codes: str, at: Mapping[str, int] | None = None, **more: object) -> Product:
        """Add a product with its barcodes and its stock by location; the first location is its home."""
        places = at if at is not None else {f"L-{sku}": 20}
        home = next(iter(places), "")
        facts: dict[str, object] = {
            "name": sku.title(),
            "length_mm": 100,
            "width_mm": 80,
            "height_mm": 60,
            "weight_g": 300,
            "location": home,
        }
        product = Product(sku=sku, **(facts | more))  # type: ignore[arg-type]
        self.products[sku] = product
        for text in codes:
            self.add_code(text, CodeKind.PRODUCT, sku)
        for location, units in places.items():
            if location not in self.walk:
                self.walk[location] = len(self.walk) + 1
                self.add_code(location, CodeKind.LOCATION, location)
            self.stock[sku, location, StockState.AVAILABLE] += units
            self.start[sku] += units
        return product

    def add_code_for_case(self, sku: str, text: str, units: int) -> None:
        self.add_code(text, CodeKind.PRODUCT, sku, units)

    def box(self, name: str, inner: tuple[int, int, int], **more: object) -> None:
        facts: dict[str, object] = {"tare_g": 100, "max_gross_g": 20_000, "price_cents": 50, "stock": 50}
        outer = (inner[0] + 8, inner[1] + 8, inner[2] + 12)
        packaging = Packaging(
            code=name,
            name=f"Box {name}",
            kind=PackagingKind.CARTON,
            codes=(name,),
            inner_mm=inner,
            outer_mm=outer,
            **(facts | more),  # type: ignore[arg-type]
        )
        self.packagings[name] = packaging
        self.add_code(name, CodeKind.PACKAGING, name)

    def worker(self, name: str, role: Role = Role.PACKER) -> None:
        self.workers[name.upper()] = Worker(WorkerId(name.upper()), name, role)
        self.add_code(f"BADGE-{name}", CodeKind.WORKER, name.upper())

    def order(self, order_id: str, *wanted: tuple[str, int], hold: str = "") -> Order:
        lines = {n: self._line(n, sku, units) for n, (sku, units) in enumerate(wanted, 1)}
        state = OrderState.HELD if hold else OrderState.WAITING
        self.orders[order_id] = Order(order_id, lines, state, hold)
        self.add_code(order_id, CodeKind.ORDER, order_id)
        return self.orders[order_id]

    def _line(self, number: int, sku: str, units: int) -> OrderLine:
        return OrderLine(number, sku, self.products[sku].name if sku in self.products else sku, units)

    # What the office and the shop do.

    def change(self, order_id: str, units: Mapping[int, int]) -> None:
        """The shop wants other quantities."""
        order = self.orders[order_id]
        if order.state in _OVER:
            return
        before = {number: order.lines[number].quantity for number in units}
        changes = tuple(
            ev.LineChange(number, order.lines[number].sku, before[number], after)
            for number, after in units.items()
            if before[number] != after
        )
        order.lines |= {n: replace(order.lines[n], quantity=after) for n, after in units.items()}
        if order.log and changes:
            self.tell(order_id, ev.OrderChanged(changes))

    def add_line(self, order_id: str, sku: str, units: int) -> None:
        order = self.orders[order_id]
        if order.state in _OVER:
            return
        number = max(order.lines) + 1
        order.lines[number] = self._line(number, sku, units)
        self.tell(order_id, ev.OrderChanged((ev.LineChange(number, sku, 0, units),)))

    def tell(self, order_id: str, event: ev.Event) -> None:
        """Write an event of the office into an order's log."""
        order = self.orders[order_id]
        if order.state in _OVER:
            return
        entries = [Entry(self.new_id(), self.new_id(), event)]
        if isinstance(event, ev.OrderCancelled) and order.claim is None:
            aside = [ev.UnitsSetAside(n.line, n.sku, n.picked, "") for n in self.load(order_id).lines]
            entries += [Entry(self.new_id(), entries[0].group, e) for e in aside if e.quantity]
        self._write(order, entries, order.state)

    def cancel(self, order_id: str, reason: str = "customer asked") -> None:
        self.tell(order_id, ev.OrderCancelled(reason))

    def hold(self, order_id: str, reason: str = "unpaid") -> None:
        self.tell(order_id, ev.OrderHeld(reason))

    def release(self, order_id: str) -> None:
        if self.orders[order_id].state is OrderState.HELD:
            self.tell(order_id, ev.HoldReleased(self.orders[order_id].claim is not None))

    # What the services do.

    def load(self, order_id: str) -> OrderWork:
        """An order as its log has it, through the log's own format."""
        order = self.orders[order_id]
        wanted = tuple(order.lines.values())
        version, lines, work = self._folded.get(order_id, (-1, (), None))
        if work is None or (version, lines) != (len(order.log), wanted):
            entries = [through_json(entry) for entry in order.log]
            work = fold(self.facts_of(order), entries, len(order.log))
            self._folded[order_id] = (len(order.log), wanted, work)
        return replace(work, order=self.facts_of(order))

    def remember(self, work: OrderWork) -> None:
        """Take the station's word for what an order's log adds up to."""
        wanted = tuple(self.orders[work.order.id].lines.values())
        self._folded[work.order.id] = (work.version, wanted, work)

    def facts_of(self, order: Order) -> OrderFacts:
        skus = {line.sku for line in order.lines.values()}
        known: dict[str, list[tuple[str, int]]] = {}
        for text, matches in self.codes.items():
            for match in matches:
                if match.kind is CodeKind.PRODUCT and match.ref in skus:
                    known.setdefault(match.ref, []).append((text, match.quantity))
        return OrderFacts(
            id=OrderId(order.id),
            state=order.state,
            lines=tuple(order.lines.values()),
            products={sku: self.products[sku] for sku in skus if sku in self.products},
            places={sku: self.places(sku) for sku in skus},
            codes={sku: self._codes_of(sku, known.get(sku, [])) for sku in skus},
            hold_reason=order.hold_reason,
            min_days_left=self.min_days_left,
            pieces=self.pieces,
            note=self.notes.get(order.id, ""),
            gone=frozenset() if order.id in self.closed else self._gone(),
        )

    def _gone(self) -> frozenset[tuple[str, str]]:
        """What has gone out with the closed orders and didn't come back."""
        closed = [(order, self.load(order)) for order in self.closed]
        return frozenset(
            (work.line(line).sku, serial)
            for order, work in closed
            for line, serial in work.serials
            if (order, serial) not in self.came_back
        )

    def _codes_of(self, sku: str, known: list[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
        """Its codes, but those that are read as a badge; and its SKU to be typed, where that means nothing else."""
        badges = {code for code in self.codes if any(m.kind is CodeKind.WORKER for m in self.codes[code])}
        typed = self.matches(parse(sku, "test")) == (CodeMatch(CodeKind.PRODUCT, sku),)
        return (*((code, n) for code, n in known if code not in badges), *([(sku, 1)] if typed else []))

    def places(self, sku: str) -> tuple[Place, ...]:
        return tuple(
            Place(location, self.walk[location], units)
            for (of, location, state), units in self.stock.items()
            if of == sku and state is StockState.AVAILABLE
        )

    def matches(self, scan: Scan) -> tuple[CodeMatch, ...]:
        if scan.problem is not None:
            return ()
        found = next(filter(None, (self.codes.get(key) for key in (scan.key, *scan.other_keys))), None)
        if found:
            return tuple(found)
        for word in (command_name(scan.text), None if scan.text in self.products else scan.text.upper()):
            if word and word.startswith("CHOICE") and word[6:].isdigit():
                return (CodeMatch(CodeKind.COMMAND, "CHOICE", int(word[6:])),)
            if word and word in CommandName.__members__ and word != "CHOICE":
                return (CodeMatch(CodeKind.COMMAND, word),)
        return (CodeMatch(CodeKind.PRODUCT, scan.text),) if scan.text in self.products else ()

    def facts(self, state: State, given: Scan | Command, owned: bool, owner: str) -> Facts:
        found = self.matches(given) if isinstance(given, Scan) else ()
        products = dict(state.work.order.products) if state.work else {}
        measured = self._last_measured(state)
        fresh = {m.ref for m in found if m.kind is CodeKind.PRODUCT}
        fresh |= {state.measuring.sku} if state.measuring else set()
        fresh |= {m.ref for m in state.dialog.matches} if state.dialog else set()
        fresh |= (
            {measured.event.sku} if measured and isinstance(measured.event, ev.ProductMeasured) else set()
        )
        products |= {sku: self.products[sku] for sku in fresh & self.products.keys()}
        facts = Facts(
            now=self.now,
            new_id=self.new_id,
            matches=found,
            workers={m.ref: self.workers[m.ref] for m in found if m.kind is CodeKind.WORKER},
            products=products,
            packagings=tuple(self.packagings.values()),
            owned=owned,
            owner=owner,
            measured=measured,
            camera=self.camera,
            label_down=self.label_down,
            serials=self._serials(state),
        )
        if state.work is not None and self.pieces:
            sealed = {parcel.number for parcel in state.work.parcels if parcel.sealed}
            facts = replace(facts, own_labels=frozenset(sealed - self.carriers_own))
        if state.phase is Phase.HOME:
            return self._with_candidate(state, given, facts)
        if state.phase in (Phase.WEIGH, Phase.SEAL):
            return replace(facts, sscc=parcel_number(PREFIX, self.serial + 1))
        if state.phase is Phase.LABEL:
            facts = replace(facts, address_cut=self.address_cut, label_going=self.label_going)
            facts = replace(facts, label_printed=self.label_printed)
        return replace(facts, wanted_by=self._wanted(state, found))

    def _serials(self, state: State) -> tuple[SerialAt, ...]:
        """The serial numbers with the other orders; `came_back` are those that a lead entered as returned."""
        mine = state.work.order.id if state.work else ""
        return tuple(
            SerialAt(order.lines[line].sku, serial, OrderId(order.id), self.closed.get(order.id))
            for order in self.orders.values()
            if order.id != mine
            for line, serial in self.load(order.id).serials
            if (order.id, serial) not in self.came_back
        )

    def shoot(self) -> Photo:
        """What the camera makes of a wish."""
        if self.camera is not Camera.WELL:
            return Photo(reason="no_picture")
        self.shots.append(Photo(f"{len(self.shots)}.jpg", f"{len(self.shots):064x}"))
        return self.shots[-1]

    def _last_measured(self, state: State) -> Entry | None:
        """The last measurement of the order in hand, else of the station since its last sign-in."""
        log = self.log_of(state.station)
        signed_in = max((n for n, entry in enumerate(log) if isinstance(entry.event, ev.SignedIn)), default=0)
        kept = without_undone(list(state.work.history) if state.work else log[signed_in:])
        return next((e for e in reversed(kept) if isinstance(e.event, ev.ProductMeasured)), None)

    def _wanted(self, state: State, found: Iterable[CodeMatch]) -> tuple[Wanted, ...]:
        skus = {match.ref for match in found if match.kind is CodeKind.PRODUCT}
        return tuple(
            Wanted(OrderId(order.id), order.claim.station if order.claim else StationId(""))
            for order in self.orders.values()
            if state.work and order.id != state.work.order.id
            if any(line.sku in skus for line in order.lines.values())
        )

    def _with_candidate(self, state: State, given: Scan | Command, facts: Facts) -> Facts:
        order_id = next((m.ref for m in facts.matches if m.kind is CodeKind.ORDER), "")
        words = [given.name] if isinstance(given, Command) else [m.ref for m in facts.matches]
        if not order_id and ("NEXT" in words or "OK" in words):
            order_id = self.next_order(state.station)
        if not order_id:
            return facts
        return replace(facts, candidate=self.load(order_id), claim=self.orders[order_id].claim)

    def next_order(self, station: str) -> str:
        mine = (o.id for o in self.orders.values() if o.claim and o.claim.station == station)
        waiting = (
            o.id
            for o in self.orders.values()
            if o.state is OrderState.WAITING
            and any(line.wanted or line.picked for line in self.load(o.id).lines)
        )
        return next(mine, "") or next(waiting, "")

    def commit(self, state: State, answer: Step) -> None:
        """Write a step as the services do: the log, the order's row, its claim, stock and packaging."""
        for event in answer.events:
            if found := effects(event).figures:
                self.products[found[0]] = with_figures(self.products[found[0]], found[1])
        for part in answer.streams:
            name, work = part.stream.id, part.work
            log = self.orders[name].log if work else self.log_of(name)
            assert part.seen == len(log), f"{part.stream}: step built on version {part.seen} of {len(log)}"
            if work is None:
                self.station_log += [(name, entry) for entry in part.entries]
                continue
            assert work.version == part.seen + len(part.entries)
            self._write(self.orders[name], part.entries, work.order.state)
            if answer.state.work is None:
                self.orders[name].claim = None
            elif isinstance(part.events[0], ev.OrderClaimed):
                worker = answer.state.worker.id if answer.state.worker else WorkerId("")
                self.orders[name].claim = Claim(state.station, worker, work.epoch, live=True)

    def log_of(self, station: str) -> list[Entry]:
        """What a station has in its own stream."""
        return [entry for name, entry in self.station_log if name == station]

    def _write(self, order: Order, entries: Iterable[Entry], state: OrderState) -> None:
        history = {entry.id: entry.event for entry in order.log}
        for entry in entries:
            order.log.append(entry)
            state = state_after(state, entry.event)
            if isinstance(entry.event, ev.OrderClosed):
                self.closed[order.id] = self.now.date()
            if isinstance(entry.event, ev.OrderHeld):
                order.hold_reason = entry.event.reason
            if isinstance(entry.event, ev.Undone):
                for undone in entry.event.events:
                    self._carry_out(order, history[undone], -1)
            else:
                self._carry_out(order, entry.event, 1)
        order.state = state

    def _carry_out(self, order: Order, event: ev.Event, sign: int) -> None:
        found = effects(event)
        for move in found.stock:
            self.stock[move.sku, move.location, move.state] += sign * move.units
        for box, units in found.packaging:
            left = self.packagings[box].stock + sign * units
            self.packagings[box] = replace(self.packagings[box], stock=left)
        if found.barcode:
            key = found.barcode.key
            match = CodeMatch(CodeKind.PRODUCT, found.barcode.sku, found.barcode.units)
            kept = [other for other in self.codes.get(key, []) if other != match]
            self.codes[key] = [*kept, match] if sign > 0 else kept
        if found.report and sign > 0:
            self.reports.append((found.report[0], order.id))
        if isinstance(event, ev.ParcelSealed):
            self.serial += 1
            self.add_code(event.sscc, CodeKind.PARCEL, f"{order.id}/{event.parcel}")

    def units(self, sku: str, location: str) -> int:
        """Units of a product for sale at a location."""
        return self.stock[sku, location, StockState.AVAILABLE]

    def expire(self, order_id: str) -> None:
        """The station that has the order has been silent for too long."""
        claim = self.orders[order_id].claim
        assert claim is not None
        self.orders[order_id].claim = replace(claim, live=False)


@lru_cache(maxsize=4096)
def through_json(entry: Entry) -> Entry:
    kind, payload = eventlog.encode(entry.event)
    return replace(entry, event=eventlog.decode(kind, json.loads(json.dumps(payload))))
