"""How an order is packed, as the packer sees it, with what only a lead wants to know."""

from collections import Counter
from dataclasses import dataclass, replace

from data.engine import Database
from data.store import lookup
from data.types import OrderId, Packaging, StationId, Worker, WorkerId
from picker.flow import FlowPolicy, State, View, look
from picker.flow.events import Counts
from picker.flow.packaging import code_of, counts, filled, propose
from picker.flow.work import OrderWork, ParcelWork
from picker.packing.types import Missing, PackingPlan, ParcelPlan
from picker.services.orders.load import load_work
from picker.services.packing import policies


@dataclass(frozen=True, slots=True)
class Explained:
    """One parcel: how it is filled (`None`: no way was found), how the packer sees it, and whether it is sealed.

    `packaging` is the one taken or proposed.
    """

    number: int
    packaging: str
    contents: Counts
    plan: ParcelPlan | None
    view: View
    sealed: bool


@dataclass(frozen=True, slots=True)
class Explanation:
    """An order's sealed parcels and the proposal for the rest of its goods, or what is missing for one."""

    order: OrderId
    service: str
    parcels: tuple[Explained, ...]
    missing: tuple[Missing, ...]
    cost_cents: int
    bound_cents: int
    proven: bool


def explain(db: Database, order_id: OrderId) -> Explanation:
    """Return how an order was and will be packed. NoResultFound when there is no such order."""
    with db.reader.connect() as connection:
        policy = policies.of_order(connection, order_id)
        work = load_work(connection, order_id)
        packagings = tuple(one for one in lookup.packagings(connection) if one.packs_for(work.order.shop))
    state = State(StationId(""), Worker(WorkerId(""), ""), work, policy=FlowPolicy(packing=policy))
    sealed = [_sealed(state, parcel, packagings) for parcel in work.parcels if parcel.sealed]
    rest = _rest(work)
    alone = replace(state, work=replace(work, parcels=(rest,)))
    plan = propose(alone, packagings) if rest.units else PackingPlan()
    proposed = [_proposed(state, rest.number + n, plan, n) for n in range(len(plan.parcels))]
    return Explanation(
        order=order_id,
        service=work.order.service,
        parcels=(*sealed, *proposed),
        missing=plan.missing,
        cost_cents=plan.cost_cents,
        bound_cents=plan.bound_cents,
        proven=plan.proven,
    )


def _rest(work: OrderWork) -> ParcelWork:
    """What is still to be packed, picked or not, as one parcel."""
    packed = Counter(
        {line.line: sum(p.count(line.line) for p in work.parcels if p.sealed) for line in work.lines}
    )
    units = {line.line: line.wanted - line.short - packed[line.line] for line in work.lines}
    number = 1 + max((parcel.number for parcel in work.parcels if parcel.sealed), default=0)
    return ParcelWork(number, tuple((line, count) for line, count in units.items() if count > 0))


def _sealed(state: State, parcel: ParcelWork, packagings: tuple[Packaging, ...]) -> Explained:
    filling = filled(state, parcel, packagings)
    view = _seen(state, replace(parcel, sscc="", finished=False), filling)
    return Explained(
        parcel.number, parcel.packaging, parcel.units, next(iter(filling.parcels), None), view, sealed=True
    )


def _proposed(state: State, number: int, plan: PackingPlan, n: int) -> Explained:
    planned = plan.parcels[n]
    contents = counts(planned)
    view = _seen(state, ParcelWork(number, contents), replace(plan, parcels=(planned,)))
    return Explained(number, code_of(planned.packaging), contents, planned, view, sealed=False)


def _seen(state: State, parcel: ParcelWork, plan: PackingPlan) -> View:
    """The screen of a packer who has checked this parcel's goods and is to choose its packaging."""
    work = state.work
    if work is None:
        raise AssertionError("an explanation without an order")
    units = dict(parcel.units)
    lines = tuple(
        replace(line, wanted=n, picked=n, checked=n, short=0)
        for line in work.lines
        for n in [units.get(line.line, 0)]
    )
    shown = replace(work, lines=lines, parcels=(parcel,), capture=None, stop=None, check_begun=True)
    return look(replace(state, work=shown, plan=plan, planned=parcel.units))
