"""What leads see of the stations' work, on both databases: the report and the audit trail."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

import pytest

from data.engine import Database
from data.store import printers
from data.store.printers import PrinterWord
from data.tables import Event, PrintJob, Product, Service, Shop
from data.types import OrderId, StationId
from picker.errors import Unknown
from picker.flow import CommandName, look, render
from picker.services.office.history import order_history
from picker.services.office.imports import BegunOrders
from picker.services.reports.lead import lead_report, shift_start
from picker.services.reports.types import LeadReport, span
from picker.services.reports.words import in_words
from tests.contracts.shop import CODES, Packer, add_order, change, open_shop, rows, whole_order


@pytest.fixture
def db(db_url: str) -> Iterator[Database]:
    with open_shop(db_url) as opened:
        yield opened


def report_at(db: Database, now: datetime | None = None) -> LeadReport:
    now = now or datetime.now(UTC)
    return lead_report(db, "UTC", now - timedelta(hours=1), now + timedelta(seconds=1))


def test_orders_are_counted_against_the_cut_off_they_are_due_by(db: Database) -> None:
    now = datetime.now(UTC)
    soon, later = now + timedelta(hours=2, minutes=2), now + timedelta(days=2)
    change(db, Service, {"code": "STD"}, cutoff=f"{soon:%H:%M}")
    for number in range(5):
        add_order(db, f"W{number}", {"MUG": 1}, timedelta(minutes=90))
    add_order(db, "T1", {"MUG": 1}, later - now)
    add_order(db, "H1", {"MUG": 1}, timedelta(minutes=90), state="held", hold_reason="unpaid")
    packer = whole_order(Packer(db).sign_in(), "W0", {"MUG": 1})
    packer.claim("W1")
    packer.press(CommandName.PARK)
    packer.choose(1)
    packer.claim("W2")
    [standard] = [cutoff for cutoff in report_at(db, now).cutoffs if cutoff.service == "STD"]
    assert (standard.waiting, standard.in_work, standard.parked, standard.held) == (2, 1, 1, 1)
    assert (standard.later, standard.closed, standard.ahead) == (1, 1, 4)
    assert standard.missed == 2  # one order in the last hour: two more in the two hours left
    assert standard.finish is not None


def test_an_order_past_its_cut_off_is_late_and_comes_first(db: Database) -> None:
    now = datetime.now(UTC)
    change(db, Service, {"code": "STD"}, cutoff=f"{now + timedelta(hours=3):%H:%M}")
    add_order(db, "L1", {"MUG": 1}, timedelta(hours=-17))
    add_order(db, "L2", {"MUG": 1}, timedelta(hours=-2))
    add_order(db, "H1", {"MUG": 1}, timedelta(hours=-2), state="held", hold_reason="unpaid")
    [first, *others] = report_at(db, now).cutoffs
    assert (first.service, first.late, first.missed, first.waiting) == ("STD", 2, 2, 2)
    assert first.late_since is not None
    assert abs(first.late_since - (now - timedelta(hours=17))) < timedelta(minutes=1)
    assert all(other.late == 0 and other.late_since is None for other in others)
    add_order(db, "W1", {"MUG": 1}, timedelta(hours=1))
    [first, *_] = report_at(db, now).cutoffs
    assert (first.late, first.missed) == (2, 2)  # of W1 nobody knows, of the late ones everybody
    whole_order(Packer(db).sign_in(), "L1", {"MUG": 1})
    report = report_at(db, now)
    assert (report.cutoffs[0].late, report.cutoffs[0].missed) == (1, 1)
    assert "LATE 1 since " in in_words(report)
    assert json.loads(report.to_json())["cutoffs"][0]["late"] == 1


def test_parked_orders_are_told_with_reason_worker_and_time(db: Database) -> None:
    soon = datetime.now(UTC) + timedelta(hours=2, minutes=2)
    change(db, Service, {"code": "STD"}, cutoff=f"{soon:%H:%M}")
    for order in ("1001", "1002"):
        add_order(db, order, {"MUG": 1}, timedelta(minutes=90))
    packer = Packer(db).sign_in()
    for reason in (3, 2):  # parked twice: the last reason counts
        packer.claim("1001").press(CommandName.PARK)
        packer.choose(reason)
    report = report_at(db)
    [one] = report.parked
    assert (one.order, one.service, one.reason) == ("1001", "STD", "question")
    assert (one.worker_name, one.station) == ("Anna", "PACK-1")
    assert timedelta() <= datetime.now(UTC) - one.since < timedelta(minutes=1)
    [told] = report.exceptions
    assert (told.kind, told.order) == ("parked", "1001")
    assert told.words == "parked: question for the lead, by Anna at PACK-1"
    assert report.exception_counts == {"parked": 1}
    assert json.loads(report.to_json())["parked"][0]["since"] == one.since.isoformat()
    assert [(cutoff.waiting, cutoff.parked) for cutoff in report.cutoffs if cutoff.due + cutoff.later] == [
        (1, 1)
    ]
    packer.claim("1001")
    assert report_at(db).parked == ()


def test_between_two_orders_a_packer_sees_what_is_parked_and_why(db: Database) -> None:
    for order in ("1001", "1002"):
        add_order(db, order, {"MUG": 1})
    anna = Packer(db).sign_in()
    for order, reason in (("1001", 2), ("1002", 1)):
        anna.claim(order).press(CommandName.PARK)
        anna.choose(reason)
    for packer in (anna, Packer(db, "PACK-2").sign_in("BORIS")):
        view = look(packer.reply.state)
        assert render(view.prompt) == "No order is waiting. Scan a pick sheet"
        assert view.hint is not None
        assert render(view.hint) == "2 orders are parked. Scan one to go on with it"
        assert [render(told) for told in view.parked] == [
            "1001: question for the lead",
            "1002: goods missing",
        ]
    view = look(packer.claim("1001").reply.state)
    assert (view.hint, view.parked) == (None, ())
    packer.press(CommandName.SIGNOUT)


def test_what_presses_most_comes_first(db: Database) -> None:
    add_order(db, "DONE", {"MUG": 2})
    packer = Packer(db).sign_in().claim("DONE").take("MUG", 1)
    packer.press(CommandName.SHORT)
    packer.choose(1)
    packer.take("MUG", 1).pack()
    add_order(db, "OPEN", {"TEA": 1, "MUG": 1})
    packer.claim("OPEN").press(CommandName.SHORT)
    packer.choose(1)
    add_order(db, "HELD", {"MUG": 1}, timedelta(hours=9), state="held", hold_reason="unpaid")
    add_order(db, "SOON", {"MUG": 1}, timedelta(hours=8), state="held", hold_reason="unpaid")
    assert [found.order for found in report_at(db).exceptions] == ["SOON", "HELD", "OPEN", "DONE"]


def test_without_any_pace_nothing_is_foretold(db: Database) -> None:
    add_order(db, "W1", {"MUG": 1})
    report = report_at(db)
    [cutoff] = [cutoff for cutoff in report.cutoffs if cutoff.waiting or cutoff.later]
    assert report.pace_per_hour is None
    assert cutoff.finish is None or not cutoff.ahead
    assert cutoff.missed in (None, 0)


def test_every_printer_is_told_with_how_long_it_is_so_and_how_long_its_station_is_silent(
    db: Database,
) -> None:
    now = datetime.now(UTC)
    with db.writer.begin() as connection:
        printers.tell(connection, StationId("PACK-1"), [PrinterWord("main", "paper_out", "", 3, 1)], now)
        printers.tell(
            connection,
            StationId("PACK-2"),
            [PrinterWord("old", "ready", "", 0, 0)],
            now - timedelta(minutes=4),
        )
        later = [PrinterWord("main", "paper_out", "", 4, 1), PrinterWord("new", "offline", "why", 0, 0)]
        printers.tell(connection, StationId("PACK-1"), later, now + timedelta(seconds=30))
    report = report_at(db, now + timedelta(seconds=40))
    told = [
        (one.station, one.printer, one.words, one.waiting, one.for_s, one.silent_s) for one in report.printers
    ]
    assert told == [
        ("PACK-1", "main", "paper is out", 4, 41, 0),
        ("PACK-1", "new", "why", 0, 11, 0),
        ("PACK-2", "old", "ready", 0, 281, 281),
    ]
    assert [span(seconds) for seconds in (119, 120, 7199, 7200, 200_000)] == [
        "119 s",
        "2 min",
        "119 min",
        "2 h",
        "2 d",
    ]
    assert "main: paper is out, for 41 s, 4 to print, 1 unsure" in in_words(report)
    assert json.loads(report.to_json())["printers"][0]["health"] == "paper_out"
    with db.writer.begin() as connection:
        printers.tell(connection, StationId("PACK-1"), [PrinterWord("new", "ready", "", 0, 0)], now)
        printers.forget(connection, StationId("PACK-2"))
    assert [one.printer for one in report_at(db, now).printers] == ["new"]


def test_output_counts_sealed_units_and_first_pass(db: Database) -> None:
    for order in ("1001", "1002"):
        add_order(db, order, {"MUG": 2, "TEA": 1})
    packer = whole_order(Packer(db).sign_in(), "1001", {"MUG": 2, "TEA": 1})
    packer.claim("1002").scan("NONSENSE")
    packer.take("MUG", 2).take("TEA", 1).take("MUG", 2).take("TEA", 1).pack()
    packer.scan("NONSENSE")
    [anna] = report_at(db).workers
    assert (anna.name, anna.units, anna.lines, anna.orders) == ("Anna", 6, 4, 2)
    assert (anna.first_pass_percent, anna.refused_scans) == (50, 2)
    assert anna.units_per_hour is None  # under five minutes there is no rate worth telling


def test_pauses_are_not_working_time(db: Database) -> None:
    add_order(db, "1001", {"MUG": 2})
    whole_order(Packer(db).sign_in(), "1001", {"MUG": 2})
    base = datetime.now(UTC).replace(hour=10, minute=0, second=5, microsecond=0)
    events = sorted(int(str(row["seq"])) for row in rows(db, Event))
    minutes = {seq: [0, 10, 20, 50, 60][min(place, 4)] for place, seq in enumerate(events)}
    for seq, minute in minutes.items():
        change(db, Event, {"seq": seq}, at=base + timedelta(minutes=minute))
    report = lead_report(db, "UTC", base - timedelta(hours=1), base + timedelta(hours=2))
    assert report.workers[0].hours == round((20 + 10 + 2) / 60, 2)
    assert report.workers[0].units_per_hour == pytest.approx(2 / (32 / 60), abs=0.1)


def test_a_station_tells_what_blocks_it(db: Database) -> None:
    for order in ("1001", "1002"):
        add_order(db, order, {"MUG": 1})
    Packer(db).sign_in().claim("1001")
    whole_order(Packer(db, "PACK-2").sign_in("BORIS"), "1002", {"MUG": 1})
    [one, two] = report_at(db).stations
    assert (one.station, one.worker_name, one.order, one.blocked) == ("PACK-1", "Anna", "1001", "")
    assert one.since is not None
    assert (two.order, two.blocked) == ("", "")
    with db.writer.begin() as connection:
        BegunOrders().cancelled(connection, OrderId("1001"), "refunded")
    change(db, PrintJob, {"order_id": "1002", "document": "slip"}, state="unsure")
    report = report_at(db)
    [one, two] = report.stations
    assert one.blocked.startswith("the order was cancelled, wants OK")
    assert two.blocked == "slip of order 1002 parcel 1 nobody knows whether it printed"
    assert report.exception_counts == {"print": 1}


def test_exceptions_are_told_with_their_order_and_age(db: Database) -> None:
    add_order(db, "1001", {"MUG": 2})
    add_order(db, "H1", {"MUG": 1}, state="held", hold_reason="unpaid", intake_state="held")
    packer = Packer(db).sign_in().claim("1001").take("MUG", 1)
    packer.press(CommandName.DAMAGE)
    packer.choose(1, 1, 1)
    packer.press(CommandName.SHORT)
    packer.choose(1)
    report = report_at(db)
    assert report.exception_counts == {"damage": 1, "hold": 1, "short": 1}
    told = {found.kind: (found.order, found.words) for found in report.exceptions}
    assert told["damage"][0] == "1001"
    assert told["damage"][1].startswith("1 x MUG damaged: broken, ")
    assert told["short"] == ("1001", "1 x MUG short at A-01-1: stock is out")
    assert told["hold"] == ("H1", "on hold: not paid")
    assert all(0 <= found.age_s < 60 for found in report.exceptions)


def test_the_report_is_json_with_its_definitions_and_text(db: Database) -> None:
    add_order(db, "1001", {"MUG": 1})
    whole_order(Packer(db).sign_in(), "1001", {"MUG": 1})
    report = report_at(db)
    told = json.loads(report.to_json())
    assert datetime.fromisoformat(told["at"]).tzinfo is not None
    assert set(told["definitions"]) >= {"units", "orders", "first_pass_percent", "missed", "hours"}
    assert told["workers"][0]["orders"] == 1
    assert "Anna" in in_words(report)


def test_the_shift_starts_at_the_warehouses_midnight() -> None:
    now = datetime(2026, 3, 29, 10, 0, tzinfo=UTC)  # the day the clocks change in Warsaw
    start = shift_start("Europe/Warsaw", now)
    assert start.time() == time()
    assert start.astimezone(UTC) == datetime(2026, 3, 28, 23, 0, tzinfo=UTC)


def test_the_audit_trail_tells_everything_in_words(db: Database) -> None:
    add_order(db, "1001", {"MUG": 1})
    packer = Packer(db).sign_in().claim("1001")
    packer.scan(CODES["POT"])
    packer.take("MUG", 1)
    packer.press(CommandName.UNDO)
    packer.take("MUG", 2).pack()
    history = order_history(db, OrderId("#1001"))
    told = [line.words for line in history]
    assert told[0] == "claimed"
    assert (
        told[1]
        == f"scan {CODES['POT']} refused: WRONG ITEM: POT POT nice. Its place is A-03-1. Scan MUG nice"
    )
    assert told[2] == "1 x MUG picked at A-01-1 (taken back later)"
    assert told[3] == "taken back: 1 x MUG picked at A-01-1"
    assert told[-1] == "closed; parcels: 1, units short: 0"
    assert {(line.station, line.worker) for line in history} == {("PACK-1", "Anna")}
    assert [line.undone for line in history].count(True) == 1
    raw = json.loads(json.dumps(history[2].to_json()))
    assert (raw["kind"], raw["payload"]["sku"], raw["version"]) == ("UnitsPicked", "MUG", 3)


def test_an_order_nobody_knows_is_refused_in_words(db: Database) -> None:
    add_order(db, "#77", {"MUG": 1})
    assert order_history(db, OrderId("77")) == []
    with pytest.raises(Unknown, match="There is no order '78'"):
        order_history(db, OrderId("78"))


def test_every_kind_of_event_has_its_sentence() -> None:
    from picker.flow.eventlog import EVENTS
    from picker.services.office.history import _SENTENCES

    assert set(_SENTENCES) == set(EVENTS.values())


def test_a_lead_is_told_when_the_table_of_dangerous_goods_is_to_be_confirmed(db: Database) -> None:
    def told(now: datetime) -> list[str]:
        found = lead_report(db, "UTC", now - timedelta(hours=1), now).exceptions
        return [one.words for one in found if one.kind == "table_due"]

    later = datetime(2028, 1, 1, tzinfo=UTC)
    assert told(later) == []  # nothing dangerous in the catalogue
    change(db, Product, {"sku": "MUG"}, hazmat="3")
    assert "2026-12-01: picker dangerous confirm" in told(later)[0]
    assert told(datetime(2027, 6, 1, tzinfo=UTC)) == []
    change(db, Shop, {"id": "default"}, dangerous_checked="2027-11-01")
    assert told(later) == []
