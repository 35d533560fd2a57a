"""Picking: along the walk, every unit by its code, every refusal with words."""

from picker.flow import Phase, look, render
from picker.flow.eventlog import decode, encode
from picker.flow.events import LocationConfirmed, ScanRefused, TaskPostponed, UnitsPicked
from picker.flow.messages import from_parts
from scanning.codes import command_code
from tests.unit.flow.shop import LAMP, MUG, MUG_CASE, MUG_OLD, TEA, bench
from tests.unit.flow.station import Bench


def where(station: Bench) -> tuple[str, str, int]:
    view = look(station.state)
    return view.location, view.sku, view.count


def test_the_walk_goes_by_location_and_the_screen_says_what_is_next() -> None:
    station = bench(("TEA", 1), ("LAMP", 1), ("MUG", 2))
    assert where(station) == ("A-01", "MUG", 2)
    assert station.scan(MUG) == "pick.done"
    assert where(station) == ("A-01", "MUG", 1)
    assert station.scan(MUG) == "pick.line_done"
    assert where(station) == ("B-02", "LAMP", 1)
    assert station.scan(LAMP, TEA) == "pick.all_done"
    assert station.at(Phase.CHECK)


def test_items_may_be_picked_in_any_order() -> None:
    station = bench(("TEA", 1), ("MUG", 1))
    assert station.scan(TEA) == "pick.line_done"
    assert where(station)[1] == "MUG"


def test_picking_takes_from_the_location_on_record() -> None:
    station = bench(("MUG", 2))
    station.scan(MUG)
    assert station.events == [UnitsPicked(1, "MUG", 1, "A-01", MUG)]
    assert station.world.units("MUG", "A-01") == 19


def test_every_length_of_a_code_is_the_same_item() -> None:
    station = bench(("MUG", 4))
    assert station.scan(MUG) == "pick.done"
    assert station.scan("0" + MUG) == "pick.done"
    assert station.scan("]E0" + MUG) == "pick.done"
    assert station.scan("MUG") == "pick.all_done"


def test_an_alternate_barcode_counts_too() -> None:
    station = bench(("MUG", 1))
    assert station.scan(MUG_OLD) == "pick.all_done"


def test_a_case_counts_its_content() -> None:
    station = bench(("MUG", 7))
    assert station.scan(MUG_CASE) == "pick.done"
    assert station.work.line(1).picked == 6
    assert station.scan(MUG_CASE) == "scan.case_too_big"
    assert "6" in station.text
    assert "wanted: 1" in station.text


def test_a_case_may_serve_two_lines_of_one_product() -> None:
    station = bench(("MUG", 4), ("TEA", 1), ("MUG", 2))
    assert station.scan(MUG_CASE) == "pick.line_done"
    assert [line.picked for line in station.work.lines] == [4, 0, 2]
    assert station.press("UNDO") == "undo.done"
    assert "6 x Mug" in station.text
    assert [line.picked for line in station.work.lines] == [0, 0, 0]


def test_two_lines_of_one_product_fill_one_after_the_other() -> None:
    station = bench(("MUG", 1), ("MUG", 2))
    station.scan(MUG, MUG)
    assert [line.picked for line in station.work.lines] == [1, 1]
    assert station.scan(MUG) == "pick.all_done"


def test_too_many_is_refused() -> None:
    station = bench(("MUG", 1), ("TEA", 1))
    assert station.scan(MUG, MUG) == "scan.too_many"
    assert "Mug" in station.text
    assert station.work.line(1).picked == 1


def test_a_wrong_item_says_what_it_is_who_wants_it_and_where_it_lives() -> None:
    station = bench(("MUG", 1))
    assert station.scan(LAMP) == "scan.wrong_item"
    assert "LAMP Lamp" in station.text
    assert "Its place is B-02" in station.text
    station.world.order("O2", ("LAMP", 1))
    station.scan(LAMP)
    assert "O2 wants it" in station.text
    other = Bench(station.world, name="PACK-2")
    other.scan("BADGE-Bo", "O2")
    station.scan(LAMP)
    assert "O2 at PACK-2 wants it" in station.text


def test_a_refused_scan_leaves_its_trace_and_nothing_else() -> None:
    station = bench(("MUG", 1))
    before = station.work
    station.scan(LAMP)
    [refused] = station.events
    assert isinstance(refused, ScanRefused)
    assert (refused.code, refused.key) == (LAMP, "scan.wrong_item")
    assert render(from_parts(refused.key, refused.params)) == station.text
    assert decode(*encode(refused)) == refused
    assert station.work.lines == before.lines
    assert station.world.units("LAMP", "B-02") == 9


def test_bad_scans_are_refused_with_their_reason() -> None:
    station = bench(("MUG", 1))
    for raw in ("a\x1bb", "", "x" * 600, "caf\ufffd"):
        assert station.scan(raw) == "scan.bad", raw
    assert station.work.line(1).picked == 0


def test_an_unknown_code_is_repeated_with_what_is_wanted() -> None:
    station = bench(("MUG", 1))
    assert station.scan("WHAT-IS-IT") == "scan.unknown"
    assert "WHAT-IS-IT" in station.text
    assert "Scan Mug" in station.text


def test_locations_are_confirmed_first_where_the_shop_says_so() -> None:
    station = bench(("MUG", 2), ("LAMP", 1), confirm_location=True)
    assert station.scan(MUG) == "pick.location_first"
    assert "A-01" in station.text
    assert station.scan("D-01") == "pick.wrong_location"
    assert "go to A-01" in station.text
    assert station.scan("A-01") == "pick.location"
    assert station.events == [LocationConfirmed("A-01")]
    assert station.scan(MUG, MUG) == "pick.line_done"
    assert station.scan(LAMP) == "pick.location_first"
    assert station.scan("B-02", LAMP) == "pick.all_done"


def test_a_scanned_location_comes_first_even_if_the_walk_says_otherwise() -> None:
    station = bench(("MUG", 1), ("LAMP", 1), confirm_location=True)
    station.scan("B-02")
    assert where(station)[:2] == ("B-02", "LAMP")
    assert station.scan(LAMP) == "pick.line_done"
    assert where(station)[:2] == ("A-01", "MUG")


def test_later_moves_the_pick_to_the_end_and_keeps_it() -> None:
    station = bench(("MUG", 1), ("LAMP", 1))
    assert station.press("LATER") == "pick.later"
    assert station.events == [TaskPostponed(1)]
    assert where(station)[1] == "LAMP"
    station.scan(LAMP)
    assert where(station)[1] == "MUG"
    assert station.press("LATER") == "pick.later_only"


def test_later_also_leaves_a_confirmed_location() -> None:
    station = bench(("MUG", 1), ("LAMP", 1))
    station.scan("A-01")
    station.press("LATER")
    assert where(station)[1] == "LAMP"


def test_commands_come_by_barcode_and_by_typed_word() -> None:
    station = bench(("MUG", 1), ("LAMP", 1))
    assert station.scan(command_code("LATER")) == "pick.later"
    assert station.scan("undo") == "undo.done"
    assert station.scan(command_code("SHORT")) == "short.ask"
    assert station.scan(command_code("CHOICE2")) == "pick.elsewhere"


def test_commands_that_do_not_fit_name_what_does() -> None:
    station = bench(("MUG", 1))
    for name in ("SKIP", "REPRINT", "NEXT", "OK", "3"):
        assert station.press(name) == "command.not_now"
        assert "Scan Mug" in station.text
    assert station.scan("7") == "scan.unknown"


def test_one_scan_picks_and_checks() -> None:
    station = bench(("MUG", 2), ("TEA", 1), one_scan=True)
    assert station.scan(MUG) == "pick.done"
    assert (station.work.line(1).picked, station.work.line(1).checked) == (1, 1)
    assert station.scan(MUG, TEA) == "pick.packed_all"
    assert station.at(Phase.PACKAGING)


def test_one_scan_can_start_another_parcel() -> None:
    station = bench(("MUG", 2), one_scan=True)
    assert station.press("NEXTPARCEL") == "parcel.empty"
    station.scan(MUG)
    assert station.press("NEXTPARCEL") == "parcel.started"
    station.scan(MUG)
    assert [parcel.units for parcel in station.work.parcels] == [((1, 1),), ((1, 1),)]


def test_a_restart_lands_on_the_same_unit() -> None:
    station = bench(("MUG", 3), ("LAMP", 1))
    station.scan(MUG)
    station.restart()
    assert where(station) == ("A-01", "MUG", 2)
    assert station.scan(MUG) == "pick.done"
