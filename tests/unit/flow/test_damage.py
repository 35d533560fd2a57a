"""Damage in three keys, wherever the unit is found, and the replacement that follows."""

from data.types import StockState
from picker.flow import Phase
from picker.flow.events import DamageSource, UnitsDamaged
from tests.unit.flow.shop import LAMP, MUG, PHONE, SOAP, TEA, bench, fill, packed
from tests.unit.flow.station import Bench


def damaged(station: Bench) -> UnitsDamaged:
    event = station.events[0]
    assert isinstance(event, UnitsDamaged)
    return event


def test_three_keys_at_the_shelf() -> None:
    station = bench(("MUG", 2))
    assert station.press("DAMAGE") == "damage.ask_reason"
    assert "Mug, on the shelf A-01" in station.text
    assert station.scan("1") == "damage.ask_severity"
    assert station.scan("2") == "damage.ask_disposition"
    assert station.scan("1") == "damage.done"
    assert damaged(station) == UnitsDamaged(
        1, "MUG", 1, DamageSource.SHELF, "A-01", 0, "broken", "major", "quarantine"
    )
    assert station.world.units("MUG", "A-01") == 19
    assert station.world.stock["MUG", "QUARANTINE", StockState.QUARANTINE] == 1
    assert ("damage", "O1") in station.world.reports
    assert station.work.line(1).waiting == 2


def test_an_item_already_in_the_tote_is_named_by_scanning_it() -> None:
    station = bench(("MUG", 1), ("LAMP", 1))
    station.scan(MUG)
    assert station.press("DAMAGE") == "damage.ask_reason"
    assert "Lamp, on the shelf B-02" in station.text
    assert station.scan(MUG) == "damage.ask_reason"
    assert "Mug, in the tote" in station.text
    station.press("2", "1", "2")
    assert damaged(station).source == "tote"
    assert station.at(Phase.PICK)
    assert [line.waiting for line in station.work.lines] == [1, 1]
    assert station.world.units("MUG", "A-01") == 19


def test_damage_in_the_tote_does_not_interrupt_the_walk() -> None:
    station = bench(("MUG", 2), ("LAMP", 1))
    station.scan(MUG, MUG)
    station.press("DAMAGE")
    station.scan(MUG)
    station.press("1", "1", "1")
    assert station.at(Phase.PICK)


def test_at_the_check_the_unit_scanned_last_is_meant() -> None:
    station = bench(("MUG", 2), ("LAMP", 1))
    station.scan(MUG, MUG, LAMP)
    assert station.press("DAMAGE") == "damage.ask_reason"
    assert "Lamp, in the tote" in station.text
    station.press("BACK")
    station.scan(MUG)
    station.press("DAMAGE")
    assert "Mug, in parcel 1" in station.text
    station.press("1", "3", "2")
    assert (damaged(station).source, damaged(station).parcel) == ("parcel", 1)
    assert station.work.line(1).checked == 0
    assert station.at(Phase.CHECK), "what is in the tote is checked first"
    assert station.scan(MUG, LAMP) == "check.fetch"
    assert station.at(Phase.PICK)


def test_the_replacement_is_picked_checked_and_packed() -> None:
    station = packed(("MUG", 1))
    station.press("DAMAGE", "1", "2", "2")
    assert station.at(Phase.PICK)
    assert station.work.parcels[0].units == ()
    assert station.scan(MUG, MUG) == "check.all_done"
    assert station.at(Phase.PACKAGING)
    assert station.state.plan is not None
    assert station.state.plan.parcels


def test_several_replacements_are_fetched_before_the_check_goes_on() -> None:
    station = packed(("MUG", 2))
    for _ in range(2):
        station.press("DAMAGE")
        station.scan(MUG)
        station.press("1", "2", "2")
    assert station.work.line(1).waiting == 2
    station.scan(MUG)
    assert station.at(Phase.PICK)
    assert station.scan(MUG) == "pick.all_done"


def test_damage_to_the_last_unit_without_a_replacement_gives_the_order_to_the_lead() -> None:
    station = bench(("LAMP", 9))
    fill(station)
    station.press("DAMAGE", "1", "2", "2")
    assert station.press("SHORT", "1") == "pick.short"
    assert station.at(Phase.PACKAGING)
    single = bench(("VASE", 1))
    single.scan("VASE", "VASE")
    single.press("DAMAGE", "1", "2", "2")
    assert single.press("SHORT", "1") == "pick.nothing_left"


def test_at_the_packaging_any_item_of_the_parcel_can_be_named() -> None:
    station = packed(("MUG", 1), ("TEA", 1))
    station.restart()
    assert station.press("DAMAGE") == "damage.item"
    assert station.scan("S") == "damage.item_wanted"
    assert station.scan("nonsense") == "damage.item_wanted"
    assert station.scan(LAMP) == "damage.none"
    assert station.scan(TEA) == "damage.ask_reason"
    station.press("1", "1", "1")
    assert damaged(station).sku == "TEA"
    assert station.at(Phase.PICK)


def test_a_boxed_parcel_is_planned_anew_after_damage() -> None:
    station = packed(("MUG", 2), one_scan=True)
    station.press("OK")
    assert station.at(Phase.WEIGH)
    station.press("DAMAGE", "1", "2", "1")
    assert station.work.parcels[0].packaging == ""
    assert station.scan(MUG) == "pick.packed_all"
    assert station.at(Phase.PACKAGING)


def test_the_lot_is_filled_in() -> None:
    station = bench(("SOAP", 1), ("TEA", 1))
    station.scan(TEA, f"]C1010{SOAP}1728123110L9")
    station.press("DAMAGE")
    station.scan(SOAP)
    station.press("1", "2", "2")
    assert damaged(station).lot == "L9"


def test_damage_to_something_else_keeps_the_pending_item() -> None:
    station = bench(("TEA", 1), ("SOAP", 1))
    station.scan(TEA, SOAP, "L1")
    station.press("DAMAGE")
    station.scan(TEA)
    station.press("1", "2", "2")
    assert damaged(station).sku == "TEA"
    assert station.at(Phase.CAPTURE)
    assert station.press("BACK") == "capture.dropped"
    assert station.at(Phase.PICK)


def test_damage_to_the_pending_item_ends_its_capture() -> None:
    station = bench(("PHONE", 1))
    station.scan(PHONE)
    station.press("DAMAGE", "1", "2", "2")
    assert (damaged(station).source, damaged(station).location) == ("shelf", "D-01")
    assert station.at(Phase.PICK)


def test_units_in_a_sealed_parcel_are_out_of_reach() -> None:
    station = bench(("MUG", 1), ("TEA", 1), one_scan=True, label_scan=False)
    station.scan(MUG)
    station.press("NEXTPARCEL")
    station.scan(TEA)
    station.press("OK", "SKIP")
    assert station.work.parcels[0].sealed
    assert station.press("DAMAGE") == "damage.ask_reason"
    assert "Tea" in station.text
    assert station.scan(MUG) == "damage.none"
    station.press("BACK")


def test_damage_is_undone_with_its_stock() -> None:
    station = bench(("MUG", 2))
    station.press("DAMAGE", "1", "2", "1")
    assert station.press("UNDO") == "undo.done"
    assert station.world.units("MUG", "A-01") == 20
    assert station.world.stock["MUG", "QUARANTINE", StockState.QUARANTINE] == 0
