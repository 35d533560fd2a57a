"""An unknown barcode is attached to the product in hand, by whoever may, and known from then on."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.types import Role
from picker.choices import Attaching
from picker.flow import FlowPolicy, Phase
from picker.flow.events import BarcodeAttached, Undone
from scanning.codes import OwnKind, gtin_check_digit, own_code
from tests.unit.flow.shop import LAMP, MUG, MUG_CASE, shop
from tests.unit.flow.station import Bench

NEW = "NEW-BOX-77"
CASE = f"1590000000009{gtin_check_digit('1590000000009')}"


def bench(who: Attaching = Attaching.PACKER) -> Bench:
    world = shop()
    world.worker("Lea", Role.LEAD)
    world.order("O1", ("MUG", 3), ("LAMP", 1))
    station = Bench(world, FlowPolicy(attach_barcode=who))
    station.scan("BADGE-Ada", "O1")
    return station


def test_a_packer_attaches_by_a_known_barcode_and_the_next_scan_counts() -> None:
    station = bench()
    assert station.scan(NEW) == "scan.unknown"
    assert station.press("ATTACH") == "attach.ask"
    assert station.scan(MUG) == "attach.done"
    assert station.events == [BarcodeAttached(1, "MUG", NEW, 1)]
    assert station.work.line(1).picked == 0
    assert station.scan(NEW) == "pick.done"
    assert station.work.line(1).picked == 1


def test_it_counts_what_the_barcode_that_proved_it_counts() -> None:
    station = bench()
    station.scan(NEW)
    station.press("ATTACH")
    assert station.scan(MUG_CASE) == "attach.done_many"
    assert station.events[0] == BarcodeAttached(1, "MUG", NEW, 6)


def test_a_typed_sku_proves_nothing_without_a_lead() -> None:
    station = bench()
    station.scan(NEW)
    station.press("ATTACH")
    assert station.scan("MUG") == "attach.lead"
    assert station.scan("BADGE-Ada") == "attach.no_lead"
    assert station.scan("BADGE-Lea") == "attach.done"
    assert station.events == [BarcodeAttached(1, "MUG", NEW, 1, "LEA")]
    assert station.state.worker is not None
    assert station.state.worker.id == "ADA"


def test_by_setting_a_lead_is_always_asked() -> None:
    station = bench(Attaching.LEAD)
    station.scan(NEW)
    station.press("ATTACH")
    assert station.scan("BADGE-Lea") == "attach.item_first"
    assert station.scan(MUG) == "attach.lead"
    assert station.scan("BADGE-Lea") == "attach.done"


def test_by_setting_nobody_may() -> None:
    station = bench(Attaching.OFF)
    station.scan(NEW)
    assert station.press("ATTACH") == "attach.off"
    assert station.state.dialog is None


def test_undo_makes_it_unknown_again() -> None:
    station = bench()
    station.scan(NEW)
    station.press("ATTACH")
    station.scan(MUG, NEW)
    assert station.press("UNDO", "UNDO") == "undo.done"
    assert isinstance(station.events[0], Undone)
    assert station.scan(NEW) == "scan.unknown"


def test_it_works_at_the_check_too() -> None:
    station = bench()
    station.scan(MUG, MUG, MUG, LAMP)
    assert station.at(Phase.CHECK)
    station.scan(NEW)
    assert station.press("ATTACH") == "attach.ask"
    assert station.scan(LAMP) == "attach.done"
    assert station.scan(NEW) == "check.done"


@pytest.mark.parametrize(
    "between", ["MUG", "A-01", "BADGE-Ada", "00340123450000000017", "]C110LOT-7", "x" * 100]
)
def test_only_the_barcode_scanned_last_is_attached(between: str) -> None:
    station = bench()
    station.scan(NEW, between)
    assert station.press("ATTACH") == "attach.nothing"


@pytest.mark.parametrize("case", [str.upper, str.lower, str.title])
def test_a_code_of_the_house_that_nobody_knows_is_not_attached(case: Callable[[str], str]) -> None:
    station = bench()
    assert station.scan(NEW, case(own_code(OwnKind.LOCATION, "Z-99"))) == "scan.unknown"
    assert station.press("ATTACH") == "attach.nothing"


@settings(deadline=None, max_examples=60)
@given(
    st.sampled_from(OwnKind),
    st.text("AQ0-", min_size=1, max_size=6),
    st.integers(0, 40),
    st.sampled_from(["", *"AKPQ09az-. ]é\x1d０"]),
    st.sampled_from(["", "]C0", "]c0"]),
)
def test_no_damaged_code_of_the_house_is_attached(
    kind: OwnKind, ref: str, place: int, wrong: str, aim: str
) -> None:
    code = own_code(kind, ref)
    place %= len(code)
    station = bench()
    for mangled in (code[:place] + wrong + code[place + 1 :], code[:place] + wrong + code[place:]):
        station.scan(NEW, aim + mangled)
        if station.state.dialog is not None or station.state.work is None:
            return  # it happened to be a command
        assert station.press("ATTACH") in ("attach.nothing", "attach.ask")
        assert station.state.dialog is None or station.state.dialog.subject == NEW


def test_a_damaged_code_of_the_house_is_named_as_one() -> None:
    station = bench()
    code = own_code(OwnKind.LOCATION, "A-01")
    assert station.scan(code[:-1] + ("0" if code[-1] != "0" else "1")) == "scan.bad"
    assert "code of this house" in station.text


def test_of_a_magazine_with_its_add_on_the_magazine_is_attached() -> None:
    station = bench()
    station.scan("9771234567003 05")
    assert station.press("ATTACH") == "attach.ask"
    assert station.scan(MUG) == "attach.done"
    assert station.events == [BarcodeAttached(1, "MUG", "09771234567003", 1)]
    assert station.scan("]E3977123456700306") == "pick.done"


def test_an_add_on_alone_counts_nothing_and_is_not_attached() -> None:
    world = shop()
    world.order("O1", ("MUG", 12))
    station = Bench(world, FlowPolicy(attach_barcode=Attaching.PACKER, count_from=2))
    station.scan("BADGE-Ada", "O1", MUG)
    assert station.scan("]E105") == "scan.add_on"
    assert station.work.line(1).picked == 1
    assert station.press("ATTACH") == "attach.nothing"


def test_a_case_of_unknown_content_is_not_attached() -> None:
    station = bench()
    station.scan(CASE)
    assert station.press("ATTACH") == "attach.case"


@pytest.mark.parametrize(
    ("answer", "key"),
    [("NOBODY-KNOWS", "attach.wanted"), ("TEA", "attach.not_ordered"), ("A-01", "attach.wanted")],
)
def test_anything_else_is_refused_and_the_question_stays(answer: str, key: str) -> None:
    station = bench()
    station.scan(NEW)
    station.press("ATTACH")
    assert station.scan(answer) == key
    assert station.state.dialog is not None
    assert station.press("BACK") == "dialog.back"
    assert station.phase is Phase.PICK


def test_nothing_is_attached_out_of_turn() -> None:
    station = bench()
    assert station.press("ATTACH") == "attach.nothing"
    station.press("TAKEOUT") if station.scan(MUG) else None
    station.scan(NEW)
    assert station.press("ATTACH") == "command.not_now"
