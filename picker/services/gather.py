"""Gathering what one step may know: the least that its state and input call for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from sqlalchemy import Connection

from data.engine import Database
from data.store import claims, lookup, orders, parcels
from data.types import CodeKind, CodeMatch, Packaging, Product, Worker
from picker.flow import Command, CommandName, Facts, Phase, State, Step
from picker.flow.facts import Claim, Wanted
from picker.flow.tasks import tasks
from picker.flow.work import OrderWork
from picker.services.ids import new_id
from picker.services.load import load_places, load_work
from scanning.codes import command_name, is_sscc, sscc
from scanning.result import Scan


@dataclass(frozen=True, slots=True)
class Ownership:
    """Whether the order in hand is still this station's, and whose it is if not."""

    owned: bool = True
    owner: str = ""


def gather(
    connection: Connection,
    db: Database,
    state: State,
    given: Scan | Command,
    ownership: Ownership,
    packagings: tuple[Packaging, ...],
    company_prefix: str,
) -> Facts:
    """Return the facts for one step, read inside its transaction."""
    found = find_matches(connection, given) if isinstance(given, Scan) else ()
    facts = Facts(
        now=datetime.now(UTC),
        new_id=new_id,
        matches=found,
        workers=_workers(connection, found),
        products=_products(connection, state, found),
        packagings=packagings,
        owned=ownership.owned,
        owner=ownership.owner,
    )
    if state.phase is Phase.HOME:
        return _with_candidate(connection, db, state, given, facts)
    if state.phase in (Phase.WEIGH, Phase.SEAL):
        serial = parcels.next_serial(connection, company_prefix)
        return replace(facts, sscc=sscc(0, company_prefix, serial))
    return replace(facts, wanted_by=_wanted(connection, state, found))


def find_matches(connection: Connection, scan: Scan) -> tuple[CodeMatch, ...]:
    """Return everything a scan can stand for: barcodes first, then SKUs, then words that are commands."""
    if scan.problem is not None:
        return ()
    found = lookup.matches(connection, scan.key)
    if found:
        return found
    if is_sscc(scan.sscc or scan.key):
        parcel = parcels.of_sscc(connection, scan.sscc or scan.key)
        return (CodeMatch(CodeKind.PARCEL, f"{parcel[0]}/{parcel[1]}"),) if parcel else ()
    command = _command(scan.text, command_name(scan.text))
    if command is not None:
        return (command,)
    by_sku = lookup.products(connection, {scan.text, scan.key})
    if by_sku:
        return tuple(CodeMatch(CodeKind.PRODUCT, sku) for sku in by_sku)
    typed = _command(scan.text, scan.text.strip().upper())
    return (typed,) if typed else ()


def _command(text: str, word: str | None) -> CodeMatch | None:
    if word is None:
        return None
    if word.startswith("CHOICE") and word[6:] in {str(n) for n in range(1, 10)}:
        return CodeMatch(CodeKind.COMMAND, CommandName.CHOICE.value, int(word[6:]))
    return CodeMatch(CodeKind.COMMAND, word) if word in CommandName.__members__ and word != "CHOICE" else None


def _workers(connection: Connection, found: tuple[CodeMatch, ...]) -> Mapping[str, Worker]:
    ids = [match.ref for match in found if match.kind is CodeKind.WORKER]
    workers = (lookup.worker(connection, worker_id) for worker_id in ids)
    return {worker.id: worker for worker in workers if worker is not None}


def _products(connection: Connection, state: State, found: tuple[CodeMatch, ...]) -> Mapping[str, Product]:
    known = state.work.order.products if state.work else {}
    missing = {match.ref for match in found if match.kind is CodeKind.PRODUCT and match.ref not in known}
    return {**known, **lookup.products(connection, missing)} if missing else known


def _wanted(connection: Connection, state: State, found: tuple[CodeMatch, ...]) -> tuple[Wanted, ...]:
    skus = {match.ref for match in found if match.kind is CodeKind.PRODUCT}
    ours = {line.sku for line in state.work.lines} if state.work else set()
    strangers = sorted(skus - ours)
    if not strangers or state.work is None:
        return ()
    return tuple(Wanted(*row) for row in orders.wanted_by(connection, strangers[0]))


def _with_candidate(
    connection: Connection, db: Database, state: State, given: Scan | Command, facts: Facts
) -> Facts:
    order_id = next((m.ref for m in facts.matches if m.kind is CodeKind.ORDER), "")
    if not order_id and _asks_for_next(given, facts) and state.worker is not None:
        order_id = claims.of_worker(connection, state.worker.id, state.station, db.now(connection))
        order_id = order_id or orders.next_waiting(connection, lock=True)
    if not order_id:
        return facts
    head = orders.head(connection, order_id)
    if head is None:
        return facts
    claim = None
    if head.station and head.expires_at is not None:
        live = head.expires_at > db.now(connection)
        claim = Claim(head.station, head.worker, head.epoch, live)
    return replace(facts, candidate=load_work(connection, order_id), claim=claim)


def _asks_for_next(given: Scan | Command, facts: Facts) -> bool:
    if isinstance(given, Command):
        return given.name in (CommandName.NEXT, CommandName.OK)
    return any(match.ref in ("NEXT", "OK") for match in facts.matches if match.kind is CodeKind.COMMAND)


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
    if work is None or not answer.order_entries or answer.state.phase is not Phase.PICK:
        return answer
    task, last = tasks(work)[0], answer.state.last_line
    if task.line.line == last and task.on_record >= task.line.wanted:
        return answer
    lines = {task.line.line, last}
    skus = {line.sku for line in work.lines if line.line in lines}
    return replace(answer, state=replace(answer.state, work=with_places(connection, work, skus)))
