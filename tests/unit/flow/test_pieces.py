"""In how many parcels an order goes, where its carrier wants that on each label."""

from typing import Any

from picker.flow import Phase, look, render
from picker.flow.events import OrderClosed, ParcelSealed, PiecesConfirmed, ReprintRequested, ScanRefused
from tests.unit.flow.shop import TOWER, bench, fill, label, packed
from tests.unit.flow.station import Bench


def boxes(number: int, **policy: Any) -> Bench:
    """An order of so many goods that go in their own boxes, the first of them in hand, for such a carrier."""
    station = bench(("TOWER", number), claim=False, **policy)
    station.world.pieces = True
    station.press("NEXT")
    fill(station)
    station.press("OK")
    return station


def seal(station: Bench) -> str:
    """Seal the parcel in front; the key of the answer."""
    return station.press("SKIP")


def scan_and_go_on(station: Bench) -> str:
    """Scan the label, and box the next parcel if there is one; the key of the label's answer."""
    key = station.scan(label(station))
    if key != "label.closed":
        station.press("OK")
    return key


def test_the_plans_count_is_confirmed_before_the_first_seal_and_never_again() -> None:
    station = boxes(3)
    assert station.at(Phase.PIECES)
    assert render(look(station.state).prompt) == "3 parcels in all? OK, or type how many"
    assert look(station.state).parcels == 3
    assert station.press("SKIP") == "command.not_now"
    station.restart()
    assert station.state.parcels == 3
    assert station.press("OK") == "pieces.done"
    assert station.events == [PiecesConfirmed(3, 3)]
    for key in ("label.done", "label.done", "label.closed"):
        assert station.at(Phase.WEIGH)
        assert seal(station) == "seal.done"
        assert station.work.pieces == 3
        assert scan_and_go_on(station) == key
    assert [type(event) for event in station.events][-1] is OrderClosed


def test_another_count_is_typed_and_taken_back() -> None:
    station = boxes(3)
    assert station.scan("4") == "pieces.bad"
    assert "4 is no number from 2 to 3" in station.text
    for text in ("0", "1", "-2", "2.5", "three", "99999"):
        assert station.scan(text) == "pieces.bad", text
        assert [type(event) for event in station.events] == [ScanRefused]
    assert station.scan("MUG") == "scan.not_now"
    assert station.scan("2") == "pieces.done"
    assert station.events == [PiecesConfirmed(2, 3)]
    assert station.press("UNDO") == "undo.done"
    assert station.at(Phase.PIECES)
    assert station.scan("٣") == "pieces.done"


def test_more_parcels_than_said_print_the_earlier_labels_again_before_the_next_seal() -> None:
    station = boxes(4)
    station.scan("2")
    seal(station)
    scan_and_go_on(station)
    assert station.at(Phase.PIECES)
    assert station.press("OK") == "pieces.again"
    assert "4 PARCELS NOW: labels of 1 are printed again" in station.text
    assert station.events == [PiecesConfirmed(4, 4), ReprintRequested(1, "label", "pieces")]
    station.press("UNDO")
    assert station.work.pieces == 4


def test_goods_that_fall_away_make_fewer_parcels_and_the_labels_say_so() -> None:
    station = boxes(3)
    station.press("OK")
    for _ in range(2):
        seal(station)
        station.scan(label(station))
        station.press("OK")
    station.world.change("O1", {1: 2})
    station.press("OK", "OK")
    assert station.at(Phase.TAKE_BACK)
    assert station.scan(TOWER) == "pieces.closed"
    assert "labels of 1, 2 are printed again" in station.text
    assert PiecesConfirmed(2, 2) in station.events
    assert station.events[-2:-1] == [ReprintRequested(2, "label", "pieces")]
    assert isinstance(station.events[-1], OrderClosed)


def test_a_last_parcel_beyond_the_count_is_certain_and_told() -> None:
    station = boxes(2)
    station.press("OK")
    seal(station)
    scan_and_go_on(station)
    seal(station)
    station.world.change("O1", {1: 3})
    station.scan(label(station))
    station.press("OK")
    fill(station)
    scan_and_go_on(station)
    station.press("OK")
    assert seal(station) == "pieces.sealed"
    assert "parcel 3 is the last: labels of 1, 2 are printed again" in station.text
    assert [type(event) for event in station.events][-3:] == [
        PiecesConfirmed, ReprintRequested, ReprintRequested,
    ]  # fmt: skip


def test_one_parcel_needs_no_question() -> None:
    station = boxes(1)
    assert station.at(Phase.WEIGH)
    assert seal(station) == "seal.done"
    assert isinstance(station.events[0], ParcelSealed)
    assert station.events[1] == PiecesConfirmed(1, 1)
    assert station.press("UNDO") == "undo.sealed"


def test_a_carriers_own_label_is_never_printed_again() -> None:
    station = boxes(4)
    station.world.carriers_own = {1}
    station.scan("2")
    seal(station)
    scan_and_go_on(station)
    assert station.press("OK") == "pieces.done"
    assert station.events == [PiecesConfirmed(4, 4)]


def test_who_does_not_ask_is_not_asked() -> None:
    station = packed(("TOWER", 2))
    station.press("OK")
    assert station.at(Phase.WEIGH)
    seal(station)
    assert not [event for event in station.events if isinstance(event, PiecesConfirmed)]
