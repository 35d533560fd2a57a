"""The small shop that the flow's tests play in."""

from typing import Any

from data.types import Fragility
from picker.flow import FlowPolicy
from tests.unit.flow.station import Bench
from tests.unit.flow.world import World, code

MUG, MUG_CASE, MUG_OLD = code(1), code(2), code(3)
LAMP, SOAP, PHONE, VASE, TEA, TWIN = code(4), code(5), code(6), code(7), code(8), code(9)
TOWER = code(10)
GS = "\x1d"


def shop() -> World:
    """Two workers, three boxes, and products of every kind of trouble."""
    world = World()
    world.worker("Ada")
    world.worker("Bo")
    world.box("S", (220, 170, 130), price_cents=40)
    world.box("M", (310, 220, 160), price_cents=60)
    world.box("L", (420, 320, 320), price_cents=120)
    world.product("MUG", MUG, MUG_OLD, at={"A-01": 20, "C-01": 5})
    world.add_code_for_case("MUG", MUG_CASE, 6)
    world.product("LAMP", LAMP, at={"B-02": 9})
    world.product("SOAP", SOAP, at={"A-05": 12}, lot_wanted=True, expiry_wanted=True)
    world.product("PHONE", PHONE, at={"D-01": 4}, serial_wanted=True)
    world.product("VASE", VASE, at={"D-02": 3}, length_mm=None)
    world.product("TEA", TEA, at={"A-02": 30})
    world.product("TWINA", TWIN, at={"E-01": 5})
    world.product("TWINB", TWIN, at={"E-02": 5})
    world.product("TOWER", TOWER, own_box=True, ships_alone=True)
    world.product("ACID", code(11), hazmat="8", liquid=True)
    world.product("POWER", code(12), batteries=1, battery_wh=74)
    world.product("GLASS", code(13), fragility=Fragility.VERY_FRAGILE)
    world.product("OAR", code(14), length_mm=1900)
    world.product("STONE", at={"B-01": 8}, no_barcode=True)
    world.product("WRAP", at={}, no_barcode=True)
    return world


def bench(*wanted: tuple[str, int], claim: bool = True, **policy: Any) -> Bench:
    """A station with Ada signed in and, unless told otherwise, order O1 of these (SKU, units) in hand."""
    world = shop()
    if wanted:
        world.order("O1", *wanted)
    station = Bench(world, FlowPolicy(**policy))
    station.scan("BADGE-Ada")
    if wanted and claim:
        assert station.press("NEXT") == "home.claimed"
    return station


def packed(*wanted: tuple[str, int], **policy: Any) -> Bench:
    """A station whose order is picked and checked: it waits for its packaging."""
    station = bench(*wanted, **policy)
    fill(station)
    return station


def fill(station: Bench) -> None:
    """Pick and check whatever is open, by single units."""
    for _ in range(200):
        if station.phase.value not in ("pick", "check"):
            return
        station.scan(look_code(station))
    raise AssertionError("the order never gets full")


def look_code(station: Bench) -> str:
    """The first code that would do now."""
    from picker.flow.accepts import accepts

    return accepts(station.state)[0].codes[0]


def label(station: Bench) -> str:
    """The barcode of the label of the parcel in front of the packer."""
    parcel = station.work.next_parcel
    assert parcel is not None
    return f"00{parcel.sscc}"
