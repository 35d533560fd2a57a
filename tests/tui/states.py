"""States of a station for every phase, built from the flow's own types."""

from dataclasses import replace
from datetime import UTC, datetime

from data.types import OrderId, OrderState, PackagingKind, Product, StationId, Worker, WorkerId
from picker.choices import Weighing
from picker.flow import FlowPolicy, Phase, State
from picker.flow.events import CaptureStarted, StopKind
from picker.flow.facts import Offer
from picker.flow.filling import PHASES
from picker.flow.order import OrderFacts, OrderLine, Place
from picker.flow.state import Dialog, DialogKind, Measuring
from picker.flow.work import OrderWork, ParcelWork, start
from picker.packing.plan import plan
from picker.packing.types import Container, Item, PackingPlan, PackingPolicy

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
DUE = datetime(2026, 3, 2, 10, 30, tzinfo=UTC)
TOM = Worker(WorkerId("tom"), "Tom Baker")
BOX = Container("CTN-S", "Carton S", PackagingKind.CARTON, (300, 200, 150), (306, 206, 156), 120, 20_000, 45)
GOODS = (
    Product("MUG-BLU", "Blue mug 300 ml", 90, 90, 100, 350),
    Product("TEA-GRN", "Green tea, loose, 250 g", 80, 60, 150, 270, lot_wanted=True),
    Product("SPOON", "Spoon", 150, 30, 20, 40),
)
CODES = {
    "MUG-BLU": (("04006381333931", 1), ("14006381333938", 6)),
    "TEA-GRN": (("05901234123457", 1),),
    "SPOON": (),
}
DAMAGE = ("broken", "wet", "packing_torn", "scratched", "expired", "wrong_item", "other")


def order(name: str = "Blue mug 300 ml", note: str = "", order_id: str = "10404") -> OrderFacts:
    """An order of three lines; `name` is that of the first product."""
    quantities = (3, 2, 1)
    lines = tuple(
        OrderLine(number, product.sku, name if number == 1 else product.name, quantity)
        for number, (product, quantity) in enumerate(zip(GOODS, quantities, strict=True), 1)
    )
    places = {product.sku: (Place(f"A-01-2-0{n}", n, 9),) for n, product in enumerate(GOODS, 3)}
    products = {product.sku: product for product in GOODS}
    return OrderFacts(
        OrderId(order_id), OrderState.IN_WORK, lines, products, places, CODES, "EXPRESS", DUE, note=note
    )


def in_phase(phase: Phase, facts: OrderFacts | None = None) -> State:
    """A station in a phase, with the order of `order` in hand where the phase needs one."""
    state = State(StationId("PACK-1"), worker=None if phase is Phase.SIGNED_OUT else TOM, policy=FlowPolicy())
    if phase is Phase.SIGNED_OUT:
        return state
    if phase is Phase.HOME:
        return replace(state, offer=Offer(OrderId("10404"), "EXPRESS", DUE, 3, 6, 12))
    facts = facts or order()
    if phase is Phase.MEASURE:
        spoon = Measuring("SPOON", "Spoon", (150, 30, 20, 0))
        return replace(state, work=_work(Phase.PACKAGING, start(facts)), measuring=spoon)
    state = replace(state, work=_work(phase, start(facts)))
    if phase in PHASES:
        state = replace(state, plan=_plan(facts))
    if phase is Phase.PHOTO:
        state = replace(state, policy=FlowPolicy(photo_value_cents=0))
    if phase is Phase.SEAL:
        state = replace(state, policy=FlowPolicy(weigh=Weighing.OFF))
    assert state.phase is phase, (state.phase, phase)
    return state


def asking(options: tuple[str, ...] = DAMAGE) -> State:
    """A station with an open question."""
    return replace(in_phase(Phase.PICK), dialog=Dialog(DialogKind.DAMAGE, options, line=1))


def _work(phase: Phase, work: OrderWork) -> OrderWork:
    if phase is Phase.PICK:
        return work
    if phase is Phase.STOPPED:
        return replace(work, stop=StopKind.CANCELLED, stop_reason="customer")
    if phase is Phase.CAPTURE:
        return replace(work, capture=CaptureStarted(2, "TEA-GRN", 1, "05901234123457", "A-01-2-04"))
    if phase is Phase.TAKE_BACK:
        return work.with_line(replace(work.line(1), picked=4))
    checked = phase is not Phase.CHECK
    lines = tuple(replace(n, picked=n.wanted, checked=n.wanted if checked else 0) for n in work.lines)
    work = replace(work, lines=lines)
    parcel = ParcelWork(1, tuple((n.line, n.wanted) for n in lines))
    if phase in (Phase.PHOTO, Phase.PIECES, Phase.WEIGH, Phase.SEAL):
        parcel = replace(parcel, packaging="CTN-S", expected_g=1750)
    if phase is Phase.LABEL:
        parcel = replace(parcel, packaging="CTN-S", sscc="095212340000000018")
    if phase is Phase.PIECES:
        work = replace(work, order=replace(work.order, pieces=True))
        return replace(work, parcels=(parcel, ParcelWork(2, ((1, 1),))))
    return replace(work, parcels=(parcel,)) if checked else work


def _plan(facts: OrderFacts) -> PackingPlan:
    items = [
        Item(line.line, line.sku, line.name, line.quantity, _sides(product), product.weight_g)
        for line, product in zip(facts.lines, GOODS, strict=True)
    ]
    return plan(items, [BOX], PackingPolicy())


def _sides(product: Product) -> tuple[int, int, int]:
    assert product.length_mm
    assert product.width_mm
    assert product.height_mm
    return product.length_mm, product.width_mm, product.height_mm
