"""Files into the shop's database, and what that means for orders a station has already begun."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from data.engine import Database, database_now
from data.errors import DataError
from data.hold_reasons import CURABLE
from data.importers.formats import ImportKind
from data.importers.holds import Item, look_up, recheck_held
from data.importers.options import ImportOptions
from data.importers.records import LineChange
from data.importers.report import ImportReport
from data.importers.runner import run_import
from data.store import exceptions, holds, log, orders, setup
from data.types import ExceptionKind, OrderId, OrderState, ShopId, Sku, StationId, WorkerId, order_stream
from picker.config import Settings
from picker.flow import events as ev
from picker.flow.apply import apply
from picker.flow.collection import is_waiting
from picker.flow.eventlog import kind_of
from picker.flow.streams import StreamEntries
from picker.flow.work import Entry, OrderWork
from picker.services.ids import new_id
from picker.services.orders.ledger import Author, Conflict, record
from picker.services.orders.load import load_work
from picker.services.orders.names import IMPORTER, INTAKE, OFFICE
from picker.services.reports.words import reason_words
from picker.services.shop import chosen_shop, only_shop

KINDS: dict[str, ImportKind] = {
    **{kind.value: kind for kind in ImportKind},
    "shopify-orders": ImportKind.ORDERS,
    "shopify-products": ImportKind.PRODUCTS,
    "woocommerce-orders": ImportKind.ORDERS,
}
"""What the command line calls a file, and what it is about; its dialect is told by its columns."""
_OF_A_SHOP = (ImportKind.ORDERS, ImportKind.CUSTOMERS, ImportKind.RETURNS, ImportKind.PURCHASES)
"""What one shop alone has; goods, packagings, workers and services are the warehouse's, and any shop's."""

_OVER = (OrderState.CLOSED, OrderState.CANCELLED)
_TRIES = 5


@dataclass(frozen=True, slots=True)
class Reading:
    """How a file is to be read, where it doesn't say so itself: see `ImportOptions`.

    `save_mapping` keeps the mapping for the shop's later files of orders; an empty one takes back what was kept.
    """

    encoding: str | None = None
    dates: str = ""
    mapping: tuple[tuple[str, str], ...] = ()
    save_mapping: bool = False

    def options(self, settings: Settings, shop: ShopId) -> ImportOptions:
        """Return what an import needs to know, with the settings' time zone."""
        return ImportOptions(
            shop=shop,
            timezone=settings.timezone,
            reason_words=reason_words,
            encoding=self.encoding,
            dates=self.dates,
            mapping=self.mapping,
        )


AS_IT_SAYS = Reading()


def import_file(
    db: Database,
    kind: str,
    path: Path,
    settings: Settings,
    reading: Reading = AS_IT_SAYS,
    *,
    dry_run: bool = False,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> ImportReport:
    """Import one file of a kind of `KINDS` and let go the begun orders whose hold it cured.

    `progress` is called with (records done, records in all). Raises DataError, before anything is written, when the
    file can't be read or isn't of that kind; Unknown where it could be several shops' and the settings name none.
    """
    # The one normaliser of codes is the scanner's: what is stored must be what a scan looks up. A scan with an input
    # method's characters is looked up folded as well, so a file's are kept that way.
    from scanning.characters import folded
    from scanning.codes import is_like_own_code, lookup_key

    what = KINDS.get(kind)
    shop = chosen_shop(db, settings.shop) if settings.shop or what in _OF_A_SHOP else only_shop(db)
    report = run_import(
        db,
        what.value if what else kind,
        path,
        normalise=lambda code: lookup_key(folded(code)),
        is_own=is_like_own_code,
        started=BegunOrders(),
        options=reading.options(settings, shop),
        dry_run=dry_run,
        progress=progress,
    )
    if reading.save_mapping and not dry_run:
        report.note(_save_columns(db, shop, reading.mapping))
    freed = [] if dry_run else release_cured(db)
    if freed:
        report.note(f"{len(freed)} orders on hold can go on: {', '.join(freed[:20])}.")
    return report


def _save_columns(db: Database, shop: ShopId, mapping: tuple[tuple[str, str], ...]) -> str:
    """Keep the columns of a shop's files of orders; what to say of it."""
    with db.writer.begin() as connection:
        setup.set_shop(connection, shop, {"order_columns": dict(mapping)})
    return "These columns are kept for the shop's orders." if mapping else "No columns are kept any more."


class BegunOrders:
    """Tells the flow, by events, what an import did to an order that a station has begun.

    The importer's `StartedOrders`: called in the import's own transaction. An order that was closed or
    cancelled meanwhile is left alone.
    """

    def changed(self, connection: Connection, order_id: OrderId, what: list[LineChange]) -> None:
        """Stop the packer: the wanted quantities, already in `order_line`, are others now."""
        changes = tuple(ev.LineChange(c.line, c.sku_text, c.before, c.after) for c in what)
        write(
            connection,
            order_id,
            INTAKE,
            IMPORTER,
            lambda work, in_hand: [ev.OrderChanged(changes)],
        )

    def cancelled(self, connection: Connection, order_id: OrderId, reason: str) -> None:
        """Stop the packer for good. Of an order in nobody's hand the picked units are set aside here."""
        write(
            connection,
            order_id,
            INTAKE,
            IMPORTER,
            lambda work, in_hand: [ev.OrderCancelled(reason), *([] if in_hand else _set_aside(work))],
        )

    def held(self, connection: Connection, order_id: OrderId, reason: str) -> None:
        """Stop the packer until a person or a later import releases the order."""
        write(connection, order_id, INTAKE, IMPORTER, lambda work, in_hand: [ev.OrderHeld(reason)])


def release_hold(db: Database, order_id: OrderId, worker: WorkerId) -> bool:
    """Let an order on hold go on, by this worker's word; False when it isn't one on hold."""
    return alone(db, lambda connection: _release(connection, order_id, worker))


def alone(db: Database, act: Callable[[Connection], bool]) -> bool:
    """Do it in a transaction, again when another office or a station was first; raises DataError if they always are."""
    for _ in range(_TRIES):
        try:
            with db.writer.begin() as connection:
                return act(connection)
        except (IntegrityError, Conflict):
            continue
    raise DataError("Others keep changing the orders; try again.")


def hold_order(db: Database, order_id: OrderId, reason: str, worker: WorkerId) -> bool:
    """Put an order on hold, also one a packer has in hand; False when it is closed, cancelled or unknown."""
    return _decide(db, order_id, worker, [ev.OrderHeld(reason)])


def put_on_hold(connection: Connection, order_id: OrderId, reason: str) -> None:
    """Put an order on hold in the caller's transaction."""
    write(connection, order_id, OFFICE, WorkerId(OFFICE), lambda work, in_hand: [ev.OrderHeld(reason)])


def cancel_order(db: Database, order_id: OrderId, reason: str, worker: WorkerId) -> bool:
    """Cancel an order for good; its picked units are to be put back. False as in `hold_order`."""
    return _decide(db, order_id, worker, [ev.OrderCancelled(reason)])


def hand_out(db: Database, order_id: OrderId, worker: WorkerId) -> bool:
    """Tell an order as handed out to its buyer; False for one that doesn't wait for that, or is handed out already."""

    def give(connection: Connection) -> bool:
        head = orders.head(connection, order_id)
        work = load_work(connection, order_id) if head else None
        if work is None or not is_waiting(work) or work.handed_out:
            return False
        entry = Entry(new_id(), new_id(), ev.OrderHandedOut())
        author = Author(OFFICE, worker, database_now(connection), log.last_seq(connection, OFFICE))
        part = StreamEntries(order_stream(order_id), work.version, (entry,), work, apply(work, entry))
        record(connection, part, author)
        return True

    return alone(db, give)


def _decide(db: Database, order_id: OrderId, worker: WorkerId, events: list[ev.Event]) -> bool:
    def decide(connection: Connection) -> bool:
        head = orders.head(connection, order_id)
        if head is None or head.state in _OVER:
            return False
        write(
            connection,
            order_id,
            OFFICE,
            worker,
            lambda work, in_hand: [*events, *(_left_over(events, work) if not in_hand else [])],
        )
        return True

    return alone(db, decide)


def _left_over(events: list[ev.Event], work: OrderWork) -> list[ev.Event]:
    """Units of a cancelled order that nobody has in hand are set aside at once."""
    return _set_aside(work) if any(isinstance(event, ev.OrderCancelled) for event in events) else []


def choose_variant(db: Database, order_id: OrderId, line: int, sku: Sku) -> list[str] | None:
    """Say which of the variants that share its SKU a line means, and let the order go where that was all it lacked.

    Return no choices when that is done, those there are when the SKU is none of them, None for a line that wants none.
    """
    with db.writer.begin() as connection:
        rows = orders.lines(connection, order_id)
        row = next((row for row in rows if row.line == line and row.sku is None and row.quantity), None)
        item = Item(row.line, row.sku_text, row.name) if row else None
        choices = look_up(connection, [item.sku]).choices(item) if item else set()
        if not choices:
            return None
        if sku not in choices:
            return sorted(choices)
        orders.set_product(connection, order_id, line, sku)
        recheck_held(connection)
    release_cured(db)
    return []


def release_cured(db: Database) -> list[str]:
    """Release the begun orders that intake itself held and has nothing against any more; their ids."""
    with db.reader.connect() as connection:
        cured = [order for order in holds.cured(connection, CURABLE) if _held_by_intake(connection, order)]
    return [order for order in cured if release_hold(db, order, IMPORTER)]


def _release(connection: Connection, order_id: OrderId, worker: WorkerId) -> bool:
    head = orders.head(connection, order_id)
    if head is None or head.state is not OrderState.HELD:
        return False
    write(connection, order_id, OFFICE, worker, lambda work, in_hand: [ev.HoldReleased(in_hand)])
    mine = [
        row.id for row in exceptions.open_exceptions(connection, order_id) if row.kind == ExceptionKind.HOLD
    ]
    exceptions.resolve(connection, mine, worker, database_now(connection))
    return True


def _held_by_intake(connection: Connection, order_id: OrderId) -> bool:
    held = [record for record in log.read(connection, order_id) if record.kind == kind_of(ev.OrderHeld)]
    return bool(held) and held[-1].station == INTAKE


def _set_aside(work: OrderWork) -> list[ev.Event]:
    return [ev.UnitsSetAside(line.line, line.sku, line.picked, "") for line in work.lines if line.picked]


def write(
    connection: Connection,
    order_id: OrderId,
    station: StationId,
    worker: WorkerId,
    events: Callable[[OrderWork, bool], list[ev.Event]],
) -> None:
    """Append what `events` makes of the order (and whether a station has it in hand), with all it means."""
    head = orders.head(connection, order_id)
    if head is None or head.state in _OVER:
        return
    before, group = load_work(connection, order_id), new_id()
    entries = [Entry(new_id(), group, event) for event in events(before, bool(head.station))]
    work = before
    for entry in entries:
        work = apply(work, entry)
    author = Author(station, worker, database_now(connection), log.last_seq(connection, station))
    part = StreamEntries(order_stream(order_id), before.version, tuple(entries), before, work)
    record(connection, part, author)
