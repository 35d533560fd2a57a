"""From what is due in the shop's database to paper: routes, fallbacks, a database that goes away."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Row

from data.engine import Database
from data.store import print_jobs as stored_jobs
from data.store import printers
from data.store.print_jobs import NewPrintJob
from data.types import OrderId, ParcelRef, PrintJobState, StationId
from picker.choices import Weighing
from picker.config import Settings
from picker.flow import CommandName, FlowPolicy, Phase
from picker.services.ids import uuid7
from picker.services.printers import outbox as outbox_module
from picker.services.printers import workers as crew
from picker.services.printers.jobs import print_jobs
from picker.services.printers.outbox import Outbox
from picker.services.printers.printers import open_spool, registry
from picker.services.printers.workers import PrintersNow
from picker.services.station.station import Equipment, Station
from printing.abilities import Language
from printing.content import content_hash, dump
from printing.health import Health
from printing.jobs import JobState
from printing.printers import PrinterSetup
from printing.virtual import VirtualPrinter
from printing.virtual_machine import Fault
from tests.contracts.shop import Packer, add_order, open_shop
from tests.postgres import Cluster
from tests.unit.printing.samples import fill_disk, label, new_job, slip, until

ORDER = "1001"
NOWHERE = "tcp://127.0.0.1:1"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(db=str(tmp_path / "shop.db"), home=tmp_path, station=StationId("PACK-1"))


def due(db: Database, *documents: str, parcel: int = 1) -> None:
    """Documents of a parcel that has just been sealed."""
    contents: dict[str, dict[str, object]] = {
        "label": dump(label()),
        "slip": dump(slip()),
        "damaged": {"kind": "label"},
    }
    jobs = [
        NewPrintJob(
            uuid7(), ParcelRef(OrderId(ORDER), parcel), name, contents[name], content_hash(contents[name])
        )
        for name in documents
    ]
    with db.writer.begin() as connection:
        stored_jobs.add_jobs(connection, StationId("PACK-1"), jobs, datetime.now(UTC))


@contextmanager
def running(db: Database, settings: Settings) -> Iterator[Outbox]:
    made = Outbox(db, settings)
    made.start()
    try:
        yield made
    finally:
        made.stop()


@contextmanager
def shop(settings: Settings) -> Iterator[Database]:
    with open_shop(f"sqlite:///{Path(settings.db).as_posix()}") as db:
        add_order(db, ORDER, {"MUG": 1})
        yield db


def told(db: Database) -> list[Row[Any]]:
    """What the shop knows of the stations' printers."""
    with db.reader.connect() as connection:
        return printers.reported(connection, datetime.now(UTC) - timedelta(minutes=1))


def states(settings: Settings) -> dict[str, str]:
    return {line.document: line.state for line in print_jobs(settings, ORDER)}


def reported(db: Database) -> set[str]:
    """The states that the shop's database knows."""
    with db.reader.connect() as connection:
        return {row.state for row in stored_jobs.jobs_of(connection, OrderId(ORDER))}


def test_each_document_goes_to_its_printer(settings: Settings, tmp_path: Path) -> None:
    listed = registry(settings)
    listed.put(PrinterSetup("paper", f"file:{tmp_path / 'paper'}"))
    listed.put(
        PrinterSetup("labels", f"file:{tmp_path / 'labels'}", Language.ZPL, "label-203", documents=("label",))
    )
    with shop(settings) as db, running(db, settings) as outbox:
        due(db, "label", "slip")
        outbox.wake()
        until(lambda: reported(db) == {"printed"})
        assert states(settings) == {"label": "printed", "slip": "printed"}
    assert [path.name for path in (tmp_path / "labels").glob("*.zpl")] == ["1001-1-label.zpl"]
    assert [path.name for path in (tmp_path / "paper").glob("*.escpos")] == ["1001-1-slip.escpos"]


def test_what_a_printer_cannot_print_goes_to_its_fallback(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crew, "FALLBACK_SECONDS", 0.3)
    monkeypatch.setattr(outbox_module, "IDLE_SECONDS", 0.1)
    listed = registry(settings)
    listed.put(PrinterSetup("paper", f"file:{tmp_path / 'paper'}"))
    listed.put(
        PrinterSetup("labels", NOWHERE, Language.ZPL, "label-203", documents=("label",), fallback="paper")
    )
    with shop(settings) as db, running(db, settings) as outbox:
        due(db, "label", "slip")
        outbox.wake()
        until(lambda: reported(db) == {"printed"})
        (moved,) = (job for job in outbox.spool.jobs() if job.document == "label")
        assert moved.printer == "paper"
        assert outbox.spool.healths()["labels"][0] == Health.OFFLINE
    # Made anew for the other printer: what was rendered for ZPL would be rubbish there.
    assert (tmp_path / "paper" / "1001-1-label.escpos").exists()


def test_a_parcel_that_has_begun_stays_with_its_printer(settings: Settings) -> None:
    spool = open_spool(settings)
    first, second = spool.take(new_job("label")), spool.take(new_job("slip"))
    other = spool.take(new_job("label", "OTHER"))
    spool.start_sending(first.id, "p1")
    spool.finish(first.id, JobState.PRINTED, "")
    assert [job.id for job in spool.reroute("p1", "p2")] == [other.id]
    assert spool.job(second.id).printer == "p1"
    spool.close()


def test_jobs_of_a_removed_printer_find_another(settings: Settings, tmp_path: Path) -> None:
    spool = open_spool(settings)
    waits, begun = spool.take(new_job("label")), spool.take(new_job("slip"))
    spool.start_sending(begun.id, "p1")
    spool.close()
    registry(settings).put(PrinterSetup("paper", f"file:{tmp_path / 'paper'}"))
    with shop(settings) as db, running(db, settings) as outbox:
        until(lambda: outbox.spool.job(waits.id).state is JobState.PRINTED)
        assert outbox.spool.job(begun.id).state is JobState.UNSURE


def test_a_running_station_takes_up_printers_that_come_and_go(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox_module, "IDLE_SECONDS", 0.1)
    listed = registry(settings)
    listed.put(PrinterSetup("old", NOWHERE))
    with shop(settings) as db, running(db, settings) as outbox:
        due(db, "label")
        outbox.wake()
        until(lambda: "refuses" in outbox.spool.jobs()[0].detail if outbox.spool.jobs() else False)
        assert outbox.spool.jobs()[0].state is JobState.QUEUED, "it waits for its turn"
        listed.put(PrinterSetup("new", f"file:{tmp_path / 'new'}"))
        listed.remove("old")
        until(lambda: reported(db) == {"printed"})
        assert {row.printer for row in told(db)} == {"new"}
    assert (tmp_path / "new" / "1001-1-label.escpos").exists()
    assert not told(db), "a closed station has no printers to see to"


def test_the_shop_hears_how_every_printer_is(settings: Settings) -> None:
    with shop(settings) as db, VirtualPrinter() as printer:
        registry(settings).put(PrinterSetup("main", printer.target))
        with running(db, settings) as outbox:
            until(lambda: [row.health for row in told(db)] == ["ready"], 3)
            printer.cause(Fault.PAPER_OUT)
            due(db, "label", "slip")
            outbox.wake()
            until(lambda: [(row.health, row.waiting) for row in told(db)] == [("paper_out", 2)], 3)
            (row,) = told(db)
            assert row.station == "PACK-1"
            assert outbox.label_down() == "main"
            printer.mend()
            until(lambda: [(row.health, row.waiting) for row in told(db)] == [("ready", 0)], 5)
            assert outbox.label_down() == ""


def test_no_label_is_promised_at_the_seal_while_its_printer_is_away(settings: Settings) -> None:
    registry(settings).put(PrinterSetup("main", NOWHERE))
    with shop(settings) as db, running(db, settings) as outbox:
        packer, policy = Packer(db), FlowPolicy(one_scan=True, weigh=Weighing.OFF)
        packer.station = Station(db, StationId("PACK-1"), policy, Equipment(label_down=outbox.label_down))
        packer.sign_in().claim(ORDER).take("MUG", 1)
        packer.press(CommandName.OK)
        until(lambda: outbox.label_down() == "main")
        assert packer.press(CommandName.OK).message.key == "seal.waits"


def test_the_shop_hears_what_a_label_could_not_show(settings: Settings) -> None:
    with shop(settings) as db, running(db, settings) as outbox:
        content = dump(replace(label(), carrier="DHL 😀"))
        job = NewPrintJob(uuid7(), ParcelRef(OrderId(ORDER), 1), "label", content, content_hash(content))
        with db.writer.begin() as connection:
            stored_jobs.add_jobs(connection, StationId("PACK-1"), [job], datetime.now(UTC))
        outbox.wake()
        until(lambda: reported(db) == {"printed"})
        with db.reader.connect() as connection:
            now = stored_jobs.newest_job(connection, ParcelRef(OrderId(ORDER), 1), "label")
        assert now is not None
        assert (now.state, now.detail) == (PrintJobState.PRINTED, "missing_character: 😀")


def test_a_confirmed_label_is_told_and_closes_an_order_that_needs_no_scan(settings: Settings) -> None:
    told_of: list[tuple[str, int]] = []
    with shop(settings) as db, VirtualPrinter() as printer:
        registry(settings).put(PrinterSetup("main", printer.target))
        packer = Packer(db, policy=FlowPolicy(one_scan=True, weigh=Weighing.OFF, close_on_printed=True))
        packer.sign_in().claim(ORDER).take("MUG", 1)
        packer.press(CommandName.OK)
        assert packer.press(CommandName.OK).state.phase is Phase.LABEL
        made = Outbox(db, settings, on_label=lambda order, parcel: told_of.append((order, parcel)))
        made.start()
        until(lambda: told_of == [(ORDER, 1)])
        assert packer.press(CommandName.PRINTED).message.key == "label.closed"
        made.stop()


def test_an_unsure_job_of_the_last_run_is_asked_about_after_the_start(settings: Settings) -> None:
    spool = open_spool(settings)
    begun = spool.take(new_job("label"))
    spool.start_sending(begun.id, "p1")
    spool.close()
    heard: list[PrintersNow] = []
    with shop(settings) as db:
        registry(settings).put(PrinterSetup("p1", NOWHERE))
        made = Outbox(db, settings, heard.append)
        made.start()
        until(lambda: bool(heard) and [job.id for job in heard[-1].unsure] == [begun.id])
        made.decide(begun.id, "yes", "", "ewa")
        until(lambda: not heard[-1].unsure)
        made.stop()


def test_a_document_that_cannot_be_taken_holds_nothing_up(settings: Settings) -> None:
    with shop(settings) as db:
        due(db, "damaged", "slip")
        with running(db, settings):
            until(lambda: reported(db) == {"failed", "printed"})
            with db.reader.connect() as connection:
                words = {row.document: row.detail for row in stored_jobs.jobs_of(connection, OrderId(ORDER))}
        assert "expected a value, got nothing" in words["damaged"]


def test_a_full_disk_is_shown_and_printing_goes_on_when_there_is_room(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox_module, "IDLE_SECONDS", 0.1)
    heard: list[PrintersNow] = []
    with shop(settings) as db, VirtualPrinter() as printer:
        registry(settings).put(PrinterSetup("main", printer.target))
        made = Outbox(db, settings, heard.append)
        made.start()
        until(lambda: bool(heard) and heard[-1].printers[0].health == "ready")
        fill_disk(made.spool)
        for parcel in range(1, 9):
            due(db, "label", parcel=parcel)
        until(lambda: heard[-1].printers[0].health == "spool", 3)
        assert "disk is full" in heard[-1].printers[0].detail
        until(lambda: [row.health for row in told(db)] == ["spool"], 3)
        fill_disk(made.spool, full=False)
        until(lambda: reported(db) == {"printed"})
        until(lambda: heard[-1].printers[0].health == "ready", 3)
        made.stop()
        assert len(printer.whole) == 8


def test_a_list_of_printers_that_cannot_be_read_is_shown_and_printing_goes_on(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox_module, "IDLE_SECONDS", 0.1)
    heard: list[PrintersNow] = []
    with shop(settings) as db, VirtualPrinter() as printer:
        registry(settings).put(PrinterSetup("main", printer.target))
        file = settings.home / f"printers-{settings.station}.json"
        whole = file.read_text("utf-8")
        made = Outbox(db, settings, heard.append)
        made.start()
        until(lambda: bool(heard) and heard[-1].printers[0].health == "ready")
        file.write_text("rubbish", "utf-8")
        until(lambda: [word.health for word in heard[-1].printers] == ["ready", "list"], 3)
        assert str(file) in heard[-1].printers[1].detail
        due(db, "label")
        until(lambda: reported(db) == {"printed"})
        file.write_text(whole, "utf-8")
        until(lambda: [word.health for word in heard[-1].printers] == ["ready"], 3)
        made.stop()


def test_printing_goes_on_without_the_shops_database(cluster: Cluster, tmp_path: Path) -> None:
    settings = Settings(db=cluster.url, home=tmp_path / "home", station=StationId("PACK-1"))
    with VirtualPrinter() as printer, open_shop(cluster.url) as db:
        add_order(db, ORDER, {"MUG": 1})
        registry(settings).put(PrinterSetup("main", printer.target))
        printer.cause(Fault.COVER_OPEN)
        with running(db, settings) as outbox:
            due(db, "label", "slip")
            outbox.wake()
            until(lambda: len(outbox.spool.jobs()) == 2)
            cluster.stop("immediate")
            printer.mend()
            until(lambda: {job.state for job in outbox.spool.jobs()} == {JobState.PRINTED})
            cluster.start()
            until(lambda: _reported_again(db) == {"printed"}, 20)
        assert len(printer.whole) == 2


def _reported_again(db: Database) -> set[str]:
    from sqlalchemy.exc import SQLAlchemyError

    try:
        return reported(db)
    except SQLAlchemyError:
        return set()
