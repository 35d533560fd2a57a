"""Undo: input by input, over restarts, down to the last seal."""

from picker.flow import Phase
from picker.flow.events import Undone
from tests.unit.flow.shop import MUG, TEA, bench, label, packed


def test_undo_takes_back_one_input_after_the_other() -> None:
    station = bench(("MUG", 2), ("TEA", 1))
    station.scan(MUG)
    station.press("LATER")
    station.scan("A-01", MUG)
    for words in ("Mug picked. Put it back", "location A-01", "later", "Mug picked"):
        assert station.press("UNDO") == "undo.done"
        assert words in station.text
    assert station.press("UNDO") == "undo.none"
    assert station.world.units("MUG", "A-01") == 20


def test_undo_names_what_it_undoes_and_deletes_nothing() -> None:
    station = bench(("MUG", 1))
    station.scan(MUG)
    assert station.last is not None
    picked = station.last.entries[0].id
    station.press("UNDO")
    assert station.events == [Undone((picked,))]
    assert len(station.world.orders["O1"].log) == 3


def test_one_scan_is_one_step_even_if_it_picks_and_checks() -> None:
    station = bench(("MUG", 2), one_scan=True)
    station.scan(MUG)
    station.press("UNDO")
    assert (station.work.line(1).picked, station.work.line(1).checked) == (0, 0)


def test_undo_survives_a_restart_and_another_station() -> None:
    station = bench(("MUG", 2), ("TEA", 1))
    station.scan(MUG, TEA)
    station.restart()
    station.press("UNDO")
    assert "Tea" in station.text
    station.press("PARK", "1")
    station.scan("O1")
    station.press("UNDO")
    assert "Mug" in station.text


def test_refused_scans_do_not_count() -> None:
    station = bench(("MUG", 2))
    station.scan(MUG, "NONSENSE", "A-09")
    station.press("UNDO")
    assert station.work.line(1).picked == 0


def test_packaging_is_undone() -> None:
    station = packed(("MUG", 1))
    station.press("OK")
    assert station.press("UNDO") == "undo.done"
    assert station.at(Phase.PACKAGING)
    assert station.state.plan is not None
    assert station.press("UNDO") == "undo.done"
    assert station.at(Phase.CHECK)


def test_a_split_is_undone() -> None:
    station = bench(("TEA", 30))
    station.world.packagings = {"S": station.world.packagings["S"]}
    while station.phase in (Phase.PICK, Phase.CHECK):
        station.scan(TEA)
    station.press("OK")
    assert len(station.work.parcels) == 2
    station.press("UNDO")
    assert [parcel.units for parcel in station.work.parcels] == [((1, 30),)]


def test_a_take_out_is_undone() -> None:
    station = packed(("MUG", 1))
    station.press("TAKEOUT")
    station.scan(MUG)
    station.press("OK", "UNDO")
    assert station.work.line(1).checked == 1


def test_a_seal_is_never_undone() -> None:
    station = packed(("MUG", 1))
    station.press("OK", "SKIP")
    assert station.press("UNDO") == "undo.sealed"
    assert station.at(Phase.LABEL)


def test_after_a_seal_only_what_came_later_is_undone() -> None:
    station = bench(("MUG", 1), ("TEA", 1), one_scan=True)
    station.scan(MUG)
    station.press("NEXTPARCEL")
    station.scan(TEA)
    station.press("OK", "SKIP")
    station.scan(label(station))
    station.press("OK")
    assert station.press("UNDO") == "undo.done"
    assert station.press("UNDO") == "undo.sealed"
    assert station.work.parcels[0].finished
