"""Weighing, sealing, the label, and the order's end."""

from typing import Any

import pytest

from data.types import OrderState, Role
from picker.choices import Weighing
from picker.flow import Phase
from picker.flow.accepts import accepts
from picker.flow.events import (
    LabelPrinted,
    LabelVerified,
    OrderClosed,
    ParcelSealed,
    ParcelWeighed,
    ReprintRequested,
    ScanRefused,
)
from picker.locale.messages import Message, say
from tests.unit.flow.shop import LAMP, MUG, TEA, bench, label, packed
from tests.unit.flow.station import Bench


def boxed(*wanted: tuple[str, int], **policy: Any) -> Bench:
    station = packed(*wanted, **policy)
    station.press("OK")
    return station


def sealed(*wanted: tuple[str, int], **policy: Any) -> Bench:
    station = boxed(*wanted, **policy)
    station.press("SKIP")
    return station


def test_a_weight_near_the_expected_one_seals() -> None:
    station = boxed(("MUG", 1))
    assert station.scan("429") == "weigh.sealed"
    assert station.events[0] == ParcelWeighed(1, 429, 400, False)
    parcel = station.events[1]
    assert isinstance(parcel, ParcelSealed)
    assert (parcel.gross_g, parcel.packaging, parcel.contents) == (429, "S", ((1, 1),))
    assert station.world.packagings["S"].stock == 49
    assert station.at(Phase.LABEL)


@pytest.mark.parametrize(
    ("line", "key"), [("US,GS,+  0.429kg", "weigh.moving"), ("OL,GS,+  9.999kg", "weigh.beyond")]
)
def test_a_scale_that_does_not_stand_still_seals_nothing(line: str, key: str) -> None:
    station = boxed(("MUG", 1))
    assert station.scan(line) == key
    assert [type(event) for event in station.events] == [ScanRefused]
    assert station.scan("ST,GS,+  0.429kg") == "weigh.sealed"


def test_a_weight_far_off_is_asked_for_twice_with_a_guess() -> None:
    station = boxed(("MUG", 2), ("LAMP", 1))
    assert station.scan("0.7 kg") == "weigh.off"
    assert "TOO LIGHT by 300 g" in station.text
    assert "Perhaps Mug is missing?" in station.text
    assert station.scan("650") == "weigh.off"
    assert station.scan("650 g") == "weigh.sealed"
    assert station.events[0] == ParcelWeighed(1, 650, 1000, True)
    heavy = boxed(("MUG", 1))
    heavy.scan("700")
    assert "TOO HEAVY by 300 g" in heavy.text
    assert "one Mug too many" in heavy.text


def test_a_barcode_scanned_into_the_weight_is_named() -> None:
    station = boxed(("MUG", 1))
    assert station.scan(MUG) == "scan.not_now"
    assert "MUG Mug" in station.text
    assert station.scan("S") == "scan.not_now"
    assert station.scan("99999999999999") == "scan.not_now"
    assert station.scan("80000") == "weigh.bad"
    assert station.scan("heavy") == "weigh.bad"
    assert station.at(Phase.WEIGH)


def test_skipping_is_for_shops_that_allow_it() -> None:
    station = boxed(("MUG", 1))
    assert station.press("SKIP") == "seal.done"
    strict = boxed(("MUG", 1), weigh=Weighing.REQUIRED)
    assert strict.press("SKIP") == "command.not_now"
    assert "SKIP" not in [c for accept in accepts(strict.state) for c in accept.codes]
    strict.scan("banana")
    assert "or SKIP" not in strict.text


def test_an_unknown_weight_is_taken_as_it_is() -> None:
    station = packed(("VASE", 1))
    station.scan("M")
    assert station.scan("400") == "weigh.sealed"


def test_without_weighing_the_packaging_scanned_again_seals() -> None:
    station = boxed(("MUG", 1), weigh=Weighing.OFF)
    assert station.at(Phase.SEAL)
    assert station.scan("M") == "scan.not_now"
    assert station.scan("S") == "seal.done"
    other = boxed(("MUG", 1), weigh=Weighing.OFF)
    assert other.press("OK") == "seal.done"


def test_the_right_label_closes_the_order() -> None:
    station = sealed(("MUG", 1))
    assert station.scan(label(station)) == "label.closed"
    assert isinstance(station.events[0], LabelVerified)
    assert station.events[1] == OrderClosed(1, 0)
    assert station.at(Phase.HOME)
    assert station.world.orders["O1"].state is OrderState.CLOSED
    assert station.scan("O1") == "home.closed"


def test_a_label_with_half_an_address_does_not_leave_by_accident() -> None:
    station = sealed(("MUG", 1))
    station.world.address_cut = True
    assert station.scan(label(station)) == "label.address_cut"
    assert not station.events
    assert station.scan("O1") == "label.wanted"
    assert station.scan(label(station)) == "label.address_cut", "only the same code again says yes"
    assert station.scan(label(station)) == "label.closed"


def test_wrong_labels_and_wrong_codes_are_named() -> None:
    station = sealed(("MUG", 1))
    assert station.scan("O1") == "label.wanted"
    assert "order O1" in station.text
    assert station.scan(MUG) == "label.wanted"
    world = station.world
    world.order("O2", ("LAMP", 1))
    other = Bench(world, name="PACK-2")
    other.scan("BADGE-Bo", "O2", LAMP, LAMP)
    other.press("OK", "SKIP")
    assert other.scan(label(station)) == "label.wrong"
    assert "O1, parcel 1" in other.text
    assert other.at(Phase.LABEL)
    assert other.scan(label(other)) == "label.closed"


def test_a_label_is_printed_again_for_a_reason() -> None:
    station = sealed(("MUG", 1))
    assert station.press("REPRINT") == "reprint.ask"
    assert station.press("2") == "reprint.done"
    assert station.events == [ReprintRequested(1, "label", "unreadable")]
    assert station.scan(label(station)) == "label.closed"


def test_a_label_that_waits_in_its_printer_is_not_printed_twice() -> None:
    station = sealed(("MUG", 1))
    station.world.label_going = say("ui.printer.paper_out")
    assert station.press("REPRINT") == "reprint.waits"
    assert "PAPER OUT" in station.text
    assert not station.events


def test_an_order_may_close_when_its_printer_has_confirmed_the_label() -> None:
    station = sealed(("MUG", 1), close_on_printed=True)
    assert station.press("PRINTED") == "label.not_printed"
    assert station.at(Phase.LABEL)
    station.world.label_printed = True
    assert station.press("PRINTED") == "label.closed"
    assert station.events == [LabelPrinted(1), OrderClosed(1, 0)]


def test_a_printers_word_is_not_taken_without_the_setting_nor_for_half_an_address() -> None:
    for setting, cut in ((False, False), (True, True)):
        station = sealed(("MUG", 1), close_on_printed=setting)
        station.world.label_printed, station.world.address_cut = True, cut
        assert station.press("PRINTED") == "command.not_now"
        assert not station.events
        assert station.at(Phase.LABEL)


def test_printing_again_may_need_a_lead() -> None:
    station = sealed(("MUG", 1), reprint_lead=True)
    station.world.worker("Lena", Role.LEAD)
    assert station.press("REPRINT", "2") == "reprint.lead"
    assert not station.events
    assert station.press("1") == "reprint.no_lead", "a reason was given already"
    assert station.scan("BADGE-Bo") == "reprint.no_lead"
    assert station.scan("BADGE-Lena") == "reprint.done"
    assert station.events == [ReprintRequested(1, "label", "unreadable", "LENA")]
    assert station.press("REPRINT", "2", "BACK") == "dialog.back"
    assert station.at(Phase.LABEL)


def test_an_order_parked_at_the_label_waits_for_it() -> None:
    station = sealed(("MUG", 1))
    wanted = label(station)
    station.press("PARK", "3")
    station.scan("O1")
    assert station.at(Phase.LABEL)
    assert station.scan(wanted) == "label.closed"


def test_without_label_scan_sealing_closes() -> None:
    station = boxed(("MUG", 1), label_scan=False)
    assert station.press("SKIP") == "label.closed"


def test_several_parcels_are_finished_one_after_the_other() -> None:
    station = bench(("MUG", 1), ("TEA", 1), one_scan=True, label_scan=False)
    station.scan(MUG)
    station.press("NEXTPARCEL")
    station.scan(TEA)
    station.press("OK")
    assert station.press("SKIP") == "seal.done_only"
    assert "scan it" not in station.text
    assert station.at(Phase.PACKAGING)
    station.press("OK")
    assert station.scan("400") == "label.closed"
    assert station.events[-1] == OrderClosed(2, 0)


def test_the_label_of_the_other_parcel_is_the_wrong_one() -> None:
    station = bench(("MUG", 1), ("TEA", 1), one_scan=True)
    station.scan(MUG)
    station.press("NEXTPARCEL")
    station.scan(TEA)
    station.press("OK", "SKIP")
    first = label(station)
    assert station.scan(first) == "label.done"
    station.press("OK", "SKIP")
    assert station.scan(first) == "label.wrong"
    assert station.scan(label(station)) == "label.closed"


def test_a_restart_at_the_label_still_knows_it() -> None:
    station = sealed(("MUG", 1))
    wanted = label(station)
    station.restart()
    assert station.at(Phase.LABEL)
    assert station.scan(wanted) == "label.closed"


def test_no_label_is_promised_by_a_printer_that_cannot_print() -> None:
    station = packed(("MUG", 1))
    station.scan("S")
    station.world.label_down = "zebra"
    assert station.scan("400") == "seal.waits"
    assert station.text == "Sealed. PRINTER zebra IS NOT READY: the label comes when it is"
    assert station.press("REPRINT", "1") == "reprint.down"
    station.world.label_down = ""
    assert station.press("REPRINT", "1") == "reprint.done"


@pytest.mark.parametrize(
    ("off_by", "told"),
    [
        (-315, "also.perhaps_missing"),
        (-285, "also.perhaps_missing"),
        (-284, "also.nothing"),
        (-316, "also.nothing"),
        (285, "also.perhaps_extra"),
        (315, "also.perhaps_extra"),
        (316, "also.nothing"),
    ],
)
def test_a_weight_that_is_off_by_one_unit_names_it(off_by: int, told: str) -> None:
    """A mug weighs 300 g; a twentieth of it may be missing or too much."""
    station = boxed(("MUG", 2))
    expected = station.work.parcel(1).expected_g
    assert station.scan(str(expected + off_by)) == "weigh.off"
    assert station.last is not None
    guess = dict(station.last.message.params)["guess"]
    assert isinstance(guess, Message)
    assert guess.key == told
