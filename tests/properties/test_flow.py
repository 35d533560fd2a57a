"""What holds of a packing station whatever happens to it, in whatever order."""

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from data.types import CodeKind, OrderState
from picker.choices import Weighing
from picker.flow import CommandName, FlowPolicy, Phase
from picker.flow.facts import Camera
from tests.unit.flow.drive import drive, obey
from tests.unit.flow.shop import (
    LAMP,
    MUG,
    MUG_CASE,
    MUG_OLD,
    PHONE,
    SOAP,
    TEA,
    TOWER,
    TWIN,
    VASE,
    label,
    shop,
)
from tests.unit.flow.station import Bench
from tests.unit.flow.world import World, code

SKUS = ("MUG", "LAMP", "SOAP", "PHONE", "VASE", "TEA", "TWINA", "TWINB", "TOWER", "OAR")
CODES = (
    *(MUG, MUG_CASE, MUG_OLD, LAMP, SOAP, PHONE, VASE, TEA, TWIN, "MUG", "TWINA", "TWINB"),
    *("A-01", "B-02", "C-01", "S", "M", "L", "O1", "O2", "BADGE-Ada", "BADGE-Bo", "NOBODY"),
    *("SN-1", "SN-2", "LOT-7", "281231", "250101", "20281231", "900", "1.25 kg", "1", "2", "undo", "ok"),
    *("300x200x150", "300", "0", "450 g", "measure", "other", "more", TOWER),
    *("(01)", f"]C1010{SOAP}17281231\x1d10L1", f"]C1010{PHONE}21SN-3", "a\x1bb", "", "x" * 600),
)
PRESSES = [*(name.value for name in CommandName if name is not CommandName.CHOICE), *"123456789"]
LINES = st.lists(st.tuples(st.sampled_from(SKUS), st.integers(1, 7)), min_size=1, max_size=4)
POLICIES = st.builds(
    FlowPolicy,
    one_scan=st.booleans(),
    confirm_location=st.booleans(),
    weigh=st.sampled_from(Weighing),
    label_scan=st.booleans(),
    photo_value_cents=st.sampled_from([None, 0]),
)


class Stations(RuleBasedStateMachine):
    """Two stations, two orders, a restless office. `Bench` checks the sums after every step."""

    @initialize(first=LINES, second=LINES, policy=POLICIES, steps=st.integers(1, 14))
    def open(
        self, first: list[tuple[str, int]], second: list[tuple[str, int]], policy: FlowPolicy, steps: int
    ) -> None:
        self.world = tangled_shop()
        self.world.order("O1", *first)
        self.world.order("O2", *second)
        self.benches = [Bench(self.world, policy, name) for name in ("PACK-1", "PACK-2")]
        self.one = self.benches[0]
        self.one.scan("BADGE-Ada")
        self.benches[1].scan("BADGE-Bo")
        self.work_on(steps)

    @rule(times=st.integers(1, 12))
    def work_on(self, times: int) -> None:
        for _ in range(times):
            obey(self.one)

    @precondition(lambda self: self.one.state.work is not None)
    @rule(data=st.data(), times=st.integers(1, 3))
    def scan_an_item_of_the_order(self, data: st.DataObject, times: int) -> None:
        codes = self.one.work.order.codes
        self.one.scan(
            *[data.draw(st.sampled_from(sorted(c for cs in codes.values() for c, _ in cs)))] * times
        )

    @precondition(lambda self: self.one.phase in ("pick", "check", "packaging", "weigh", "seal"))
    @rule(data=st.data(), times=st.integers(1, 3))
    def take_out(self, data: st.DataObject, times: int) -> None:
        if self.one.press("TAKEOUT") == "takeout.on":
            self.scan_an_item_of_the_order(data, times)

    @precondition(lambda self: self.one.state.work is not None)
    @rule(answers=st.lists(st.sampled_from("123"), min_size=3, max_size=3))
    def damage(self, answers: list[str]) -> None:
        self.one.press("DAMAGE", *answers)

    @precondition(lambda self: self.one.phase is Phase.PICK)
    @rule(answer=st.sampled_from("123456"))
    def short(self, answer: str) -> None:
        self.one.press("SHORT", answer)

    @precondition(lambda self: self.one.phase in (Phase.HOME, Phase.PACKAGING))
    @rule(sides=st.sampled_from(["300x200x150", "90"]), times=st.integers(1, 4))
    def measure(self, sides: str, times: int) -> None:
        self.one.press("MEASURE")
        self.one.scan(*([sides] * times), "450")

    @precondition(lambda self: self.one.phase is Phase.PACKAGING)
    @rule(answers=st.lists(st.sampled_from("1234"), max_size=3))
    def take_other_packaging(self, answers: list[str]) -> None:
        self.one.press("OTHER", *answers)

    @rule(code=st.sampled_from(CODES))
    def scan(self, code: str) -> None:
        self.one.scan(code)

    @rule(code=st.sampled_from(CODES))
    def scan_twice(self, code: str) -> None:
        self.one.scan(code, code)

    @rule(name=st.sampled_from(PRESSES))
    def press(self, name: str) -> None:
        self.one.press(name)

    @rule(camera=st.sampled_from(Camera))
    def camera(self, camera: Camera) -> None:
        self.world.camera = camera

    @rule(times=st.integers(1, 6))
    def undo(self, times: int) -> None:
        self.one.press(*["UNDO"] * times)

    @precondition(lambda self: self.one.phase is Phase.LABEL)
    @rule()
    def scan_label(self) -> None:
        self.one.scan(label(self.one))

    @rule()
    def restart(self) -> None:
        self.one.restart()

    @rule()
    def walk_to_the_other_station(self) -> None:
        self.benches.reverse()
        self.one = self.benches[0]

    @precondition(lambda self: self.one.state.work is not None)
    @rule()
    def another_station_takes_over(self) -> None:
        order, other = self.one.work.order.id, self.benches[1]
        self.world.expire(order) if self.world.orders[order].claim else None
        if other.phase is Phase.HOME:
            other.scan(order, order)

    @rule(order=st.sampled_from(["O1", "O2"]), data=st.data(), units=st.integers(0, 8))
    def change(self, order: str, data: st.DataObject, units: int) -> None:
        lines = sorted(self.world.orders[order].lines)
        self.world.change(order, {data.draw(st.sampled_from(lines)): units})

    @rule(order=st.sampled_from(["O1", "O2"]), sku=st.sampled_from(SKUS), units=st.integers(1, 3))
    def add_line(self, order: str, sku: str, units: int) -> None:
        if self.world.orders[order].log and len(self.world.orders[order].lines) < 6:
            self.world.add_line(order, sku, units)

    @rule(order=st.sampled_from(["O1", "O2"]), what=st.sampled_from(["hold", "release", "release", "cancel"]))
    def office(self, order: str, what: str) -> None:
        work = {"hold": self.world.hold, "release": self.world.release, "cancel": self.world.cancel}
        if self.world.orders[order].log:
            work[what](order)

    def teardown(self) -> None:
        if hasattr(self, "benches"):
            self.world.camera = Camera.WELL
            undo_all(self.one)
            for bench in self.benches:
                drive(bench)


def tangled_shop() -> World:
    """The shop, with codes that also mean something else: a badge, a place, another product, a case too large."""
    world = shop()
    world.add_code(LAMP, CodeKind.WORKER, "BO")
    world.add_code_for_case("LAMP", "A-02", 1)
    world.add_code_for_case("TEA", MUG_OLD, 3)
    world.add_code_for_case("PHONE", code(90), 2)
    world.add_code_for_case("VASE", "OAR", 1)
    return world


def undo_all(station: Bench) -> None:
    """Undone to the end, an order is untouched, unless something was sealed."""
    settle_down(station)
    if station.state.work is None or station.phase is Phase.STOPPED:
        return
    order, world = station.work.order.id, station.world
    sealed = any(parcel.sealed for parcel in station.work.parcels)
    for _ in range(400):
        if station.press("UNDO") in ("undo.none", "undo.sealed") or station.state.work is None:
            break
    if station.key == "undo.none" and not sealed:
        assert all(
            (line.picked, line.checked, line.short, line.damaged) == (0, 0, 0, 0)
            for line in world.load(order).lines
        )
        assert not world.load(order).serials
    assert sealed or station.key != "undo.sealed"


def settle_down(station: Bench) -> None:
    """Leave dialogs and modes, and read every stop."""
    for _ in range(6):
        if station.state.dialog is not None or station.state.take_out or station.phase is Phase.MEASURE:
            station.press("BACK")
        elif station.phase is Phase.STOPPED:
            station.press("OK")


def test_nothing_is_lost_and_there_is_always_a_way_on() -> None:
    from hypothesis.stateful import run_state_machine_as_test

    run_state_machine_as_test(
        Stations,
        settings=settings(max_examples=40, stateful_step_count=25, suppress_health_check=list(HealthCheck)),
    )


def test_every_order_of_the_house_can_be_closed() -> None:
    world = shop()
    world.order("O1", *((sku, 2) for sku in SKUS))
    station = Bench(world)
    station.scan("BADGE-Ada", "O1")
    drive(station)
    assert world.orders["O1"].state is OrderState.CLOSED
