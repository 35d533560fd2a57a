"""Gathering what one step may know: the least that its state and input call for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from uuid import UUID

from sqlalchemy import Connection

from data.engine import Database
from data.store import carrier_labels, claims, log, lookup, names, orders, parcels, print_jobs, serials
from data.types import (
    CodeKind,
    CodeMatch,
    EventRecord,
    OrderId,
    Packaging,
    ParcelRef,
    PrintJobState,
    Product,
    ShopId,
    Sku,
    Worker,
    WorkerId,
    order_stream,
    station_stream,
)
from picker.flow import Command, CommandName, Facts, Phase, State, Step
from picker.flow.events import ProductMeasured
from picker.flow.facts import Claim, SerialAt, Wanted
from picker.flow.fold import without_undone
from picker.flow.state import DialogKind, command_of, number_of
from picker.flow.streams import StreamEntries
from picker.flow.tasks import tasks
from picker.flow.undo import undoable
from picker.flow.which import chosen
from picker.flow.work import Entry, OrderWork
from picker.locale.messages import say
from picker.services.ids import new_id
from picker.services.orders.load import entries, load_places, load_work
from picker.services.orders.matching import find_matches
from picker.services.print_words import printer_trouble
from printing.jobs import LABEL
from printing.render import NoteKind
from scanning.codes import item_of, parcel_number
from scanning.result import Scan


@dataclass(frozen=True, slots=True)
class Ownership:
    """Whether the order in hand is still this station's, and whose it is if not."""

    owned: bool = True
    owner: str = ""


def read_facts(
    connection: Connection,
    db: Database,
    now: datetime,
    state: State,
    given: Scan | Command,
    ownership: Ownership,
    packagings: tuple[Packaging, ...],
) -> Facts:
    """Return the facts for one step, read inside its transaction; `now` is in the warehouse's time zone."""
    matches = find_matches(connection, given) if isinstance(given, Scan) else ()
    command = command_of(given, matches)
    undoes = command is not None and command.name is CommandName.UNDO
    measured = _last_measured(connection, state) if undoes else None
    facts = Facts(
        now=now,
        new_id=new_id,
        matches=matches,
        workers=_workers(connection, matches),
        products=_products(connection, state, matches, measured),
        packagings=packagings,
        owned=ownership.owned,
        owner=ownership.owner,
        measured=measured,
        beside=_beside(connection, state) if undoes else (),
    )
    named = replace(facts, names=_names(connection, matches), own_labels=_own_labels(connection, state))
    facts = _of_the_shop(state, named)
    if state.phase is Phase.HOME:
        return _with_candidate(connection, db, state, given, command, facts)
    if state.phase in (Phase.WEIGH, Phase.SEAL):
        number, lacking = _next_number(connection, state), _label_lacking(connection, state)
        return replace(facts, sscc=number, label_lacking=lacking)
    if state.phase is Phase.LABEL:
        facts = _with_label(connection, state, facts)
    elsewhere, wanted_elsewhere = _serials(connection, now, state, given), _wanted(connection, state, matches)
    spoken_of = {*(at.order for at in elsewhere), *(other.order for other in wanted_elsewhere)}
    called = {**facts.names, **(names.called(connection, spoken_of) if spoken_of else {})}
    facts = replace(facts, case_of=_case_of(connection, given, matches), taken=_taken(connection, state))
    return replace(facts, serials=elsewhere, wanted_by=wanted_elsewhere, names=called)


def _of_the_shop(state: State, facts: Facts) -> Facts:
    """With the packagings told apart that only other shops' orders go into."""
    shop = state.work.order.shop if state.work else ""
    foreign = frozenset(one.code for one in facts.packagings if shop and not one.packs_for(shop))
    if not foreign:
        return facts
    mine = tuple(one for one in facts.packagings if one.code not in foreign)
    return replace(facts, packagings=mine, foreign=foreign)


def _names(connection: Connection, matches: tuple[CodeMatch, ...]) -> Mapping[str, str]:
    """What the orders that a scan stands for, or whose parcel it does, are called."""
    orders_of = {match.ref for match in matches if match.kind is CodeKind.ORDER}
    orders_of |= {match.ref.rpartition("/")[0] for match in matches if match.kind is CodeKind.PARCEL}
    return names.called(connection, orders_of) if orders_of else {}


def _serials(
    connection: Connection, now: datetime, state: State, given: Scan | Command
) -> tuple[SerialAt, ...]:
    """Where the serial numbers that this input may give, or that wait to be counted, are with other orders."""
    work = state.work
    if work is None or state.phase not in (Phase.PICK, Phase.CAPTURE, Phase.CHECK):
        return ()
    skus = [sku for sku, product in work.order.products.items() if product.serial_wanted]
    scanned = _as_serials(given) if isinstance(given, Scan) and not given.problem else ()
    named = {serial for serial in (*scanned, work.capture.serial if work.capture else "") if serial}
    if not skus or not named:
        return ()
    return tuple(
        SerialAt(row.sku, row.serial, row.order_id, _day(row.closed_at, now))
        for row in serials.elsewhere(connection, work.order.id, skus, named)
    )


def _as_serials(scan: Scan) -> tuple[str | None, ...]:
    """What serial number a scan may give: of plain text, in letters of whatever case."""
    text = scan.folded or scan.text
    return (scan.serial, scan.text, text, text.upper(), text.lower(), text.swapcase())


def _day(at: datetime | None, now: datetime) -> date | None:
    """The day of an instant in the time zone of `now`."""
    return None if at is None else (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(now.tzinfo).date()


def _case_of(connection: Connection, given: Scan | Command, matches: tuple[CodeMatch, ...]) -> str:
    """The name of the one product of which an unknown code is a case."""
    item = item_of(given.gtin) if isinstance(given, Scan) and given.gtin and not matches else None
    if item is None:
        return ""
    skus = {match.ref for match in lookup.matches(connection, item) if match.kind is CodeKind.PRODUCT}
    products = lookup.products(connection, skus)
    return next(iter(products.values())).name if len(products) == 1 else ""


def _taken(connection: Connection, state: State) -> bool:
    """Whether the code that is about to be attached became known since it was scanned."""
    dialog = state.dialog
    return (
        dialog is not None
        and dialog.kind is DialogKind.ATTACH
        and bool(lookup.matches(connection, dialog.subject))
    )


def _with_label(connection: Connection, state: State, facts: Facts) -> Facts:
    """With what is known of the printing of the label that is awaited, and of its address."""
    work = state.work
    parcel = work.next_parcel if work else None
    if work is None or parcel is None:
        return facts
    label = print_jobs.newest_job(connection, ParcelRef(work.order.id, parcel.number), LABEL)
    if label is None:
        return facts
    going = None
    if label.state is PrintJobState.SENDING:
        going = printer_trouble(label.detail) or say("reason.printing")
    cut, printed = NoteKind.ADDRESS_CUT in label.detail, label.state is PrintJobState.PRINTED
    return replace(facts, address_cut=cut, label_going=going, label_printed=printed)


def _next_number(connection: Connection, state: State) -> str:
    """What the next parcel of the order's shop is called."""
    if state.work is None:
        return ""
    prefix = lookup.shop(connection, ShopId(state.work.order.shop)).company_prefix
    return parcel_number(prefix, parcels.next_serial(connection, prefix))


def _own_labels(connection: Connection, state: State) -> frozenset[int]:
    """The sealed parcels whose label is ours, where the number of parcels on it must be right."""
    work = state.work
    sealed = [parcel.number for parcel in work.parcels if parcel.sealed] if work else []
    if work is None or not work.order.pieces or not sealed:
        return frozenset()
    jobs = (print_jobs.newest_job(connection, ParcelRef(work.order.id, number), LABEL) for number in sealed)
    return frozenset(
        job.parcel.number for job in jobs if job is not None and job.content.get("kind") == LABEL
    )


def _label_lacking(connection: Connection, state: State) -> str:
    work = state.work
    parcel = work.next_parcel if work else None
    if work is None or parcel is None:
        return ""
    return carrier_labels.lacking(connection, work.order.id, parcel.number)


def _workers(connection: Connection, matches: tuple[CodeMatch, ...]) -> Mapping[str, Worker]:
    ids = [match.ref for match in matches if match.kind is CodeKind.WORKER]
    workers = (lookup.worker(connection, WorkerId(worker_id)) for worker_id in ids)
    return {worker.id: worker for worker in workers if worker is not None}


def _last_measured(connection: Connection, state: State) -> Entry | None:
    """The last measurement that UNDO could take back: of the order in hand, else of this sign-in."""
    if state.work is not None:
        history = list(state.work.history)
    else:
        history = entries(log.since_sign_in(connection, state.station))
    standing = without_undone(history)
    return next((entry for entry in reversed(standing) if isinstance(entry.event, ProductMeasured)), None)


def _beside(connection: Connection, state: State) -> tuple[StreamEntries, ...]:
    """What the input that UNDO would take back wrote into other streams than that of the order in hand."""
    last = undoable(state.work) if state.work else None
    if last is None or state.work is None:
        return ()
    by_order: dict[str, list[EventRecord]] = {}
    for record in log.of_input(connection, UUID(last.id)):
        by_order.setdefault(record.stream, []).append(record)
    mine, ours = order_stream(state.work.order.id), station_stream(state.station)
    parts = []
    for name, records in by_order.items():
        if name == ours.name:
            parts.append(StreamEntries(ours, state.version, tuple(entries(records))))
        elif name != mine.name:
            work = load_work(connection, OrderId(name))
            parts.append(
                StreamEntries(order_stream(OrderId(name)), work.version, tuple(entries(records)), work, work)
            )
    return tuple(parts)


def _products(
    connection: Connection, state: State, matches: tuple[CodeMatch, ...], measured: Entry | None
) -> Mapping[str, Product]:
    """The products of the order and of the scan; those being measured as they are in the catalogue now."""
    known = state.work.order.products if state.work else {}
    asked = state.dialog.matches if state.dialog else ()
    scanned = {match.ref for match in (*matches, *asked) if match.kind is CodeKind.PRODUCT}
    missing = scanned - known.keys()
    if state.measuring is not None:
        missing = scanned | {state.measuring.sku}
    if measured is not None and isinstance(measured.event, ProductMeasured):
        missing = missing | {measured.event.sku}
    return {**known, **lookup.products(connection, missing)} if missing else known


def _wanted(connection: Connection, state: State, matches: tuple[CodeMatch, ...]) -> tuple[Wanted, ...]:
    skus = {match.ref for match in matches if match.kind is CodeKind.PRODUCT}
    ours = {line.sku for line in state.work.lines} if state.work else set()
    strangers = sorted(skus - ours)
    if not strangers or state.work is None:
        return ()
    return tuple(Wanted(*row) for row in orders.wanted_by(connection, Sku(strangers[0])))


def _with_candidate(
    connection: Connection,
    db: Database,
    state: State,
    given: Scan | Command,
    command: Command | None,
    facts: Facts,
) -> Facts:
    order_id = next((_order_of(match) for match in facts.matches if _order_of(match)), "")
    scan = given if isinstance(given, Scan) else None
    order_id = _chosen_order(state, number_of(scan, command), facts.matches) or order_id
    asks = command is not None and command.name in (CommandName.NEXT, CommandName.OK)
    if not order_id and asks and state.worker is not None:
        order_id = claims.of_worker(connection, state.worker.id, state.station, db.now(connection))
        order_id = order_id or orders.next_waiting(connection, lock=True)
    if not order_id:
        return facts
    head = orders.head(connection, OrderId(order_id))
    if head is None:
        return facts
    claim = None
    if head.station and head.expires_at is not None:
        live = head.expires_at > db.now(connection)
        claim = Claim(head.station, head.worker, head.epoch, live)
    return replace(facts, candidate=load_work(connection, OrderId(order_id)), claim=claim)


def _order_of(match: CodeMatch) -> str:
    """The order that a scan names, or whose parcel it is; "" for anything else."""
    if match.kind is CodeKind.PARCEL:
        return ParcelRef.read(match.ref).order
    return match.ref if match.kind is CodeKind.ORDER else ""


def _chosen_order(state: State, number: int, matches: tuple[CodeMatch, ...]) -> str:
    """The order that an answer chooses of those that one scanned number names; "" for any other input."""
    if state.dialog is None or state.dialog.kind is not DialogKind.WHICH:
        return ""
    match = chosen(state.dialog, number, matches)
    return match.ref if match and match.kind is CodeKind.ORDER else ""


def with_places(connection: Connection, work: OrderWork, skus: Iterable[str]) -> OrderWork:
    """Return the work with the stock figures of these SKUs as they are now."""
    places = {**work.order.places, **load_places(connection, skus)}
    return replace(work, order=replace(work.order, places=places))


def with_next_place(connection: Connection, answer: Step) -> Step:
    """Return the answer with fresh stock figures of what was picked last and what comes next.

    Read after the step, not before it: goods are booked off the place to which the packer was sent.
    While that place holds enough for its whole line, picks of that line can't have emptied it.
    """
    work = answer.state.work
    if work is None or not answer.orders or answer.state.phase is not Phase.PICK:
        return answer
    task, last = tasks(work)[0], answer.state.last_line
    if task.line.line == last and task.on_record >= task.line.wanted:
        return answer
    lines = {task.line.line, last}
    skus = {line.sku for line in work.lines if line.line in lines}
    return replace(answer, state=replace(answer.state, work=with_places(connection, work, skus)))
