"""Lot, serial number and expiry: asked for when the product wants them."""

import pytest

from picker.flow import Phase, look, render
from picker.flow.events import CaptureStarted, UnitsDamaged, UnitsPicked
from picker.flow.pattern import fits, sample
from tests.unit.flow.shop import GS, LAMP, MUG, PHONE, SOAP, bench, shop
from tests.unit.flow.station import Bench
from tests.unit.flow.world import code


def gs1(gtin: str, *fields: str) -> str:
    return f"]C1010{gtin}" + "".join(fields)


def picked(station: Bench) -> UnitsPicked:
    event = station.events[0]
    assert isinstance(event, UnitsPicked)
    return event


def test_one_code_may_carry_everything() -> None:
    station = bench(("SOAP", 1))
    assert station.scan(gs1(SOAP, "17281231", "10L77")) == "pick.all_done"
    assert (picked(station).lot, picked(station).expiry) == ("L77", "2028-12-31")


def test_several_codes_may_carry_it() -> None:
    station = bench(("SOAP", 1))
    assert station.scan(SOAP) == "capture.lot"
    assert station.at(Phase.CAPTURE)
    assert station.scan(f"]C110L77{GS}") == "capture.expiry"
    assert station.scan("]C117281231") == "pick.all_done"
    assert (picked(station).lot, picked(station).expiry) == ("L77", "2028-12-31")


def test_it_may_be_typed() -> None:
    station = bench(("SOAP", 1))
    station.scan(SOAP, "L77")
    assert station.scan("soon") == "capture.bad_expiry"
    assert station.scan("281331") == "capture.bad_expiry"
    assert station.scan("2028-12-31") == "pick.all_done"
    assert (picked(station).lot, picked(station).expiry) == ("L77", "2028-12-31")


def test_what_is_not_wanted_is_not_asked() -> None:
    station = bench(("MUG", 1))
    assert station.scan(gs1(MUG, "10L1")) == "pick.all_done"
    assert picked(station).lot == "L1", "but what the code says is kept: the check compares it"


def test_the_product_code_is_no_lot() -> None:
    station = bench(("SOAP", 1))
    station.scan(SOAP)
    assert station.scan(SOAP) == "capture.bad_lot"
    assert "SOAP Soap" in station.text
    assert station.scan(LAMP) == "capture.bad_lot"
    assert station.scan(gs1(LAMP, "10L1")) == "capture.bad_lot"
    assert station.scan("X" * 21) == "capture.bad_lot"
    assert station.work.line(1).picked == 0


def test_a_number_that_looks_like_a_product_code_is_taken_when_scanned_again() -> None:
    station = bench(("SOAP", 1))
    stranger = code(999)
    station.scan(SOAP)
    assert station.scan(stranger) == "capture.doubtful_lot"
    assert station.scan(stranger) == "capture.expiry"
    phone = bench(("PHONE", 1))
    phone.scan(PHONE)
    assert phone.scan("96385074") == "capture.doubtful_serial"
    assert phone.scan("96385074") == "pick.all_done"


def test_expired_goods_are_refused_and_logged_in_four_keys() -> None:
    station = bench(("SOAP", 1))
    assert station.scan(gs1(SOAP, "17260301", "10L1")) == "capture.expired"
    assert station.at(Phase.PICK)
    station.scan(SOAP, "L1")
    assert station.scan("260301") == "capture.expired"
    assert station.at(Phase.CAPTURE)
    assert station.press("DAMAGE", "5", "2", "2") == "damage.done"
    damaged = station.events[0]
    assert isinstance(damaged, UnitsDamaged)
    assert damaged.lot == "L1"
    assert station.at(Phase.PICK)
    assert station.world.units("SOAP", "A-05") == 11


def test_goods_may_go_out_on_their_last_day() -> None:
    station = bench(("SOAP", 1))
    assert station.scan(gs1(SOAP, "17260302", "10L1")) == "pick.all_done"


def test_a_serial_number_counts_once() -> None:
    station = bench(("PHONE", 2))
    assert station.scan(PHONE, "SN-1") == "pick.done"
    assert station.scan(PHONE, "SN-1") == "capture.serial_twice"
    assert station.scan("SN-2") == "pick.all_done"


def test_two_products_may_share_a_serial_number() -> None:
    station = bench(("PHONE", 1))
    station.world.product("RADIO", code(50), at={"Z-01": 3}, serial_wanted=True)
    station.world.order("O2", ("PHONE", 1), ("RADIO", 1))
    station.press("PARK", "1")
    station.scan("O2", PHONE, "SN-1", code(50))
    assert station.scan("SN-1") == "pick.all_done"


def test_a_case_of_serial_numbered_goods_is_scanned_unit_by_unit() -> None:
    station = bench(("PHONE", 4))
    station.world.add_code_for_case("PHONE", code(51), 2)
    assert station.scan(code(51)) == "capture.single"
    assert station.work.line(1).picked == 0


def test_a_serial_number_counts_again_after_undo_and_take_out() -> None:
    station = bench(("PHONE", 1))
    station.scan(PHONE, "SN-1")
    station.press("UNDO", "UNDO")
    assert station.scan(PHONE, "SN-1") == "pick.all_done"
    station.press("TAKEOUT")
    assert station.scan(PHONE) == "takeout.shelf"
    assert station.scan(PHONE, "SN-1") == "pick.all_done"


def test_back_drops_the_pending_item() -> None:
    station = bench(("SOAP", 1))
    station.scan(SOAP, "L1")
    assert station.press("BACK") == "capture.dropped"
    assert station.at(Phase.PICK)
    assert station.work.capture is None
    assert station.press("UNDO") == "undo.none"


@pytest.mark.parametrize("between", ["refused", "parked", "held"])
def test_back_drops_it_whatever_lies_between(between: str) -> None:
    station = bench(("SOAP", 1))
    station.scan(SOAP, "L1")
    if between == "refused":
        station.scan(LAMP)
    elif between == "parked":
        station.press("PARK", "3")
        station.scan("O1")
    else:
        station.world.hold("O1")
        station.press("OK", "OK")
        station.world.release("O1")
        station.scan("O1")
    assert station.at(Phase.CAPTURE)
    assert station.press("BACK") == "capture.dropped"
    assert station.at(Phase.PICK)


def test_undo_goes_back_code_by_code() -> None:
    station = bench(("SOAP", 1))
    station.scan(SOAP, "L1", "281231")
    assert station.press("UNDO") == "undo.done"
    assert station.at(Phase.CAPTURE)
    assert "not counted" in station.text
    assert look(station.state).accepts[0].kind == "expiry"
    station.press("UNDO")
    assert look(station.state).accepts[0].kind == "lot"
    station.press("UNDO")
    assert station.at(Phase.PICK)


def test_a_restart_in_the_middle_goes_on_in_the_middle() -> None:
    station = bench(("SOAP", 1))
    station.scan(SOAP, "L1")
    station.restart()
    assert station.at(Phase.CAPTURE)
    assert station.scan("281231") == "pick.all_done"
    assert picked(station).lot == "L1"


def test_an_order_changed_in_the_middle_asks_for_the_item_anew() -> None:
    station = bench(("SOAP", 1))
    station.scan(SOAP)
    assert isinstance(station.events[0], CaptureStarted)
    station.world.change("O1", {1: 2})
    assert station.scan("L1") == "stop.changed"
    assert station.press("OK") == "stop.changed.done"
    assert station.at(Phase.PICK)


def test_a_case_of_one_lot_is_captured_once() -> None:
    station = bench(("SOAP", 5))
    station.world.add_code_for_case("SOAP", code(52), 4)
    assert station.scan(code(52), "L1", "281231") == "pick.done"
    assert station.work.line(1).picked == 4


DRUG = code(15)


def drugs() -> Bench:
    world = shop()
    world.product("DRUG", DRUG, lot_wanted=True, serial_wanted=True)
    world.order("O1", ("DRUG", 2))
    station = Bench(world)
    station.scan("BADGE-Ada", "O1")
    return station


def test_a_lot_and_serial_that_a_lost_separator_fused_are_told_and_not_counted() -> None:
    station = drugs()
    assert station.scan(gs1(DRUG, "10ABC12321XYZ789")) == "capture.fused"
    assert "lot ABC12321XYZ789 may be ABC123 and serial number XYZ789" in station.text
    assert station.at(Phase.CAPTURE)
    assert station.scan("ABC123") == "capture.serial"
    assert station.scan("XYZ789") == "pick.done"
    assert (picked(station).lot, picked(station).serial) == ("ABC123", "XYZ789")


def test_the_same_code_again_says_that_it_is_whole() -> None:
    station = drugs()
    station.scan(gs1(DRUG, "10ABC12321XYZ789"))
    assert station.scan(gs1(DRUG, "10ABC12321XYZ789")) == "capture.serial"
    assert station.scan("S1") == "pick.done"
    assert picked(station).lot == "ABC12321XYZ789"


def test_a_fused_lot_in_a_code_of_its_own_is_told_too() -> None:
    station = drugs()
    station.scan(DRUG)
    assert station.scan("]C110ABC12321XYZ789") == "capture.fused"
    assert station.scan("]C110ABC12321XYZ789") == "capture.serial"


@pytest.mark.parametrize("date", ["17281231", "15281231"])
def test_an_expiry_hidden_in_a_lot_is_told(date: str) -> None:
    station = bench(("SOAP", 1))
    assert station.scan(gs1(SOAP, f"10L77{date}")) == "capture.fused"
    assert station.scan("L77", "281231") == "pick.all_done"
    assert (picked(station).lot, picked(station).expiry) == ("L77", "2028-12-31")


def test_whole_fields_and_unwanted_ones_are_not_doubted() -> None:
    station = drugs()
    assert station.scan(gs1(DRUG, f"10ABC21X{GS}", "21S1")) == "pick.done"
    station = bench(("SOAP", 1))
    assert station.scan(gs1(SOAP, "17281231", "10ABC21X")) == "pick.all_done"


def with_patterns(**patterns: str) -> Bench:
    """A drug whose lots and serial numbers look like something."""
    station = bench(claim=False)
    world = station.world
    world.product("DRUG", DRUG, at={"F-01": 9}, lot_wanted=True, serial_wanted=True, **patterns)
    world.order("O1", ("DRUG", 2))
    assert station.press("NEXT") == "home.claimed"
    return station


def test_a_lot_that_looks_like_none_is_refused_in_words() -> None:
    station = with_patterns(lot_pattern=r"L\d{4}")
    assert station.scan(gs1(DRUG, "10X9")) == "capture.unlike_lot"
    assert r"NOT A LOT: X9" in station.text
    assert "looks like L0000" in station.text
    assert station.at(Phase.CAPTURE)
    assert station.scan("L12345") == "capture.unlike_lot"
    assert station.scan("L12345") == "capture.unlike_lot", "giving it again doesn't make it one"
    assert station.scan("L1234") == "capture.serial"


def test_a_serial_number_that_looks_like_none_is_refused_and_the_lot_stands() -> None:
    station = with_patterns(serial_pattern=r"[A-Z]{2}\d{3}")
    assert station.scan(gs1(DRUG, f"10L1{GS}21AB12")) == "capture.unlike_serial"
    assert station.work.capture
    assert (station.work.capture.lot, station.work.capture.serial) == ("L1", "")
    assert station.scan("AB123") == "pick.done"


def test_a_pattern_tells_a_fused_lot_from_a_whole_one() -> None:
    station = with_patterns(lot_pattern=r"[A-Z]{3}\d{3}")
    fused = gs1(DRUG, "10ABC12321XYZ789")
    assert station.scan(fused) == "capture.fused"
    assert station.scan(fused) == "capture.fused", "what the pattern refuses, no second scan makes whole"
    whole = with_patterns(lot_pattern=r"[A-Z0-9]{14}")
    assert whole.scan(gs1(DRUG, "10ABC12321XYZ789")) == "capture.serial"


@pytest.mark.parametrize(
    ("pattern", "value"),
    [
        (r"L\d{4,8}", "L0000"),
        (r"[A-Z]{2}-?\d+|X\d", "AA0"),
        (r"A\.B.C", "A.BXC"),
        (r"\|[0-9A-F]*[7-9]", "|7"),
    ],
)
def test_a_sample_fits_its_pattern(pattern: str, value: str) -> None:
    assert sample(pattern) == value
    assert fits(pattern, value)


def test_ok_repeats_the_lot_and_expiry_of_the_unit_before() -> None:
    station = bench(("SOAP", 3))
    station.scan(SOAP)
    assert "OK" not in render(look(station.state).prompt)
    assert station.press("OK") == "command.not_now"
    station.scan("L77", "281231", SOAP)
    assert station.text == "Soap: scan or type the lot. OK: same lot L77, expiry 2028-12-31 as before"
    assert render(look(station.state).prompt).endswith(". OK: same lot L77, expiry 2028-12-31 as before")
    assert look(station.state).accepts[1].codes == ("OK",)
    assert station.press("OK") == "pick.done"
    assert (picked(station).lot, picked(station).expiry, picked(station).quantity) == ("L77", "2028-12-31", 1)
    assert station.press("UNDO") == "undo.done"
    assert station.scan(SOAP, "L77") == "capture.expiry"
    assert station.press("OK") == "pick.done"


def test_another_lot_has_another_expiry() -> None:
    station = bench(("SOAP", 3))
    station.scan(SOAP, "L77", "281231", SOAP, "L78")
    assert station.at(Phase.CAPTURE)
    assert station.press("OK") == "command.not_now"
    assert station.scan("290131", SOAP) == "capture.lot"
    assert station.press("OK") == "pick.all_done"
    assert (picked(station).lot, picked(station).expiry) == ("L78", "2029-01-31")


def test_a_serial_number_is_never_repeated() -> None:
    world = shop()
    world.product("DRUG", code(40), lot_wanted=True, serial_wanted=True)
    world.order("O1", ("DRUG", 2))
    station = Bench(world)
    station.scan("BADGE-Ada", "O1", code(40), "L1", "S1", code(40))
    assert station.press("OK") == "capture.serial"
    assert station.press("OK") == "command.not_now"
    assert station.scan("S1") == "capture.serial_twice"
    assert station.scan("S2") == "pick.all_done"
    assert (picked(station).lot, picked(station).serial) == ("L1", "S2")
