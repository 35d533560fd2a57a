"""`picker printer`, `picker jobs` and `picker job`, as a person or a script uses them."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from picker.cli import app
from picker.config import Settings
from picker.errors import Mistake
from picker.services.printers import setup as printer_setup
from picker.services.printers.printers import open_spool, registry
from picker.services.printers.workers import PrinterWorkers
from printing.abilities import Language, PrinterError
from printing.jobs import JobState
from printing.media import medium
from printing.printer_lock import PrinterLock
from printing.printers import PrinterSetup, route, unfit
from printing.spool import Spool
from printing.targets import open_driver
from printing.virtual import VirtualPrinter
from printing.virtual_machine import Fault
from printing.virtual_zpl import ZplMachine
from printing.worker import Worker
from tests.contracts.shop import add_order, open_shop
from tests.unit.printing.samples import new_job, read, until


@pytest.fixture(autouse=True)
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("PICKER_HOME", str(tmp_path))
    monkeypatch.setenv("PICKER_DB", str(tmp_path / "shop.db"))
    return Settings()


@pytest.fixture
def printer() -> Iterator[VirtualPrinter]:
    with VirtualPrinter(language=Language.ZPL) as made:
        yield made


@pytest.fixture
def spool(settings: Settings) -> Iterator[Spool]:
    made = open_spool(settings)
    yield made
    made.close()


def run(*arguments: str, code: int = 0) -> str:
    """What a command says; its mistakes come as the errors that the program tells in one line."""
    result = CliRunner().invoke(app, list(arguments))
    if isinstance(result.exception, (Mistake, PrinterError)):
        raise result.exception
    assert result.exit_code == code, (result.output, result.exception)
    return result.output


def test_a_printer_is_added_tested_and_removed(printer: VirtualPrinter, settings: Settings) -> None:
    run(
        "printer",
        "add",
        "labels",
        printer.target,
        "--language",
        "zpl",
        "--medium",
        "label-203",
        "--for",
        "label",
    )
    told = json.loads(run("printer", "test", "labels", "--json"))
    assert (told["status"], told["dpi"], told["width_dots"], told["code_read"]) == (True, 203, 812, False)
    assert "code" not in told
    ((_, code),) = read(printer.whole[0])
    with pytest.raises(PrinterError, match="is not the one"):
        run("printer", "test", "labels", "--code", "TEST000000")
    said = run("printer", "test", "labels", "--code", code.decode().lower(), "--whole", "--cut")
    assert "its test code was scanned" in said
    assert registry(settings).get("labels").abilities.cuts is True
    assert len(printer.whole) == 1
    assert "labels" in run("printer", "list")
    run("printer", "remove", "labels")
    assert registry(settings).all() == []


def test_how_printers_are_is_told_in_words_and_by_the_exit_code(printer: VirtualPrinter) -> None:
    run("printer", "add", "labels", printer.target, "--language", "zpl")
    assert run("printer", "status") == "labels: ready\n"
    printer.cause(Fault.RIBBON_OUT)
    assert "ribbon is out" in run("printer", "status", code=1)
    (told,) = json.loads(run("printer", "status", "--json", code=1))
    assert (told["name"], told["health"], told["waiting"]) == ("labels", "ribbon_out", 0)


def test_a_running_station_lends_its_printer_for_a_test(printer: VirtualPrinter, settings: Settings) -> None:
    run("printer", "add", "labels", printer.target, "--language", "zpl")
    spool = open_spool(settings)
    driver = open_driver(printer.target, Language.ZPL)
    worker = Worker(spool, "labels", driver, medium("roll80"), language=Language.ZPL)
    worker.start()
    before = spool.take(replace(new_job(), printer="labels"))
    worker.wake()
    until(lambda: spool.job(before.id).state is JobState.PRINTED)
    assert json.loads(run("printer", "test", "labels", "--json"))["status"] is True
    after = spool.take(replace(new_job("slip"), printer="labels"))
    until(lambda: spool.job(after.id).state is JobState.PRINTED)
    assert len(printer.whole) == 3
    assert worker.stop()
    spool.close()


def test_a_running_station_is_asked_instead_of_its_printer(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printer_setup, "BORROW_SECONDS", 0.2)
    run("printer", "add", "labels", "tcp://127.0.0.1:1")
    spool = open_spool(settings)
    spool.note_health("labels", "cover_open", "")
    with PrinterLock(spool.path, "labels") as lock:
        assert lock.acquire()
        assert "cover is open" in run("printer", "status", code=1)
        with pytest.raises(PrinterError, match="in the middle of a job"):
            run("printer", "test", "labels")
    spool.close()


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (("x", "lpt1"), "printer target 'lpt1': expected tcp://HOST:PORT"),
        (("x", "tcp://h:abc"), "with a port of 1 to 65535"),
        (("x", "tcp://h:0"), "with a port of 1 to 65535"),
        (("x", "tcp://[::1"), "with a port of 1 to 65535"),
        (("x", "tcp://h", "--language", "pcl"), "expected escpos or zpl"),
        (("x", "tcp://h", "--for", "label,labels"), "--for 'labels': expected some of label, slip, insert"),
        (("x", "tcp://h", "--medium", "papyrus"), "unknown medium 'papyrus'"),
        (("x", "tcp://h", "--fallback", "y"), "expected another printer"),
        (("x", "tcp://h", "--fallback", "x"), "expected another printer"),
        (("\x1b[2J", "tcp://h"), "expected a printable name"),
    ],
)
def test_a_printer_that_cannot_be_is_refused(given: tuple[str, ...], words: str) -> None:
    with pytest.raises((Mistake, PrinterError), match=words.replace("(", r"\(")):
        run("printer", "add", *given)


def test_a_label_printer_has_labels_unless_other_paper_is_named(settings: Settings) -> None:
    run("printer", "add", "a", "tcp://h", "--language", "zpl")
    run("printer", "add", "b", "tcp://h", "--language", "zpl", "--medium", "label-300")
    run("printer", "add", "c", "tcp://h")
    assert [setup.medium for setup in registry(settings).all()] == ["label-203", "label-300", "roll80"]


@pytest.mark.parametrize(
    "target", ["windows:HP", "usb://04b8:0e15", "serial:/dev/nowhere", "cups:nowhere", "tcp://127.0.0.1:1"]
)
def test_a_printer_that_is_not_there_is_offline_and_said_so(target: str) -> None:
    run("printer", "add", "x", target)
    assert run("printer", "status", code=1).startswith("x: ")
    with pytest.raises(PrinterError, match=r"'x' (can't be reached at|printed no test page: )"):
        run("printer", "test", "x")


def test_documents_find_the_printer_that_names_their_kind() -> None:
    rest, labels = (
        PrinterSetup("rest", "tcp://h"),
        PrinterSetup("labels", "tcp://h", documents=("label", "cn22")),
    )
    assert [route([rest, labels], kind).name for kind in ("label", "cn22", "slip")] == [
        "labels",
        "labels",
        "rest",
    ]
    assert (
        route([rest, PrinterSetup("cards", "tcp://h", documents=("insert",))], "insert-spring").name
        == "cards"
    )
    assert route([labels], "slip").name == "labels", "a document is printed somewhere rather than nowhere"


def test_a_removed_fallback_is_forgotten_and_a_damaged_list_is_told(
    settings: Settings, tmp_path: Path
) -> None:
    listed = registry(settings)
    listed.put(PrinterSetup("a", "tcp://h"))
    listed.put(PrinterSetup("b", "tcp://h", fallback="a"))
    listed.remove("a")
    assert listed.get("b").fallback == ""
    (tmp_path / "printers-PACK-1.json").write_text('{"version": 1, "printers": [{"name": "x"}]}')
    with pytest.raises(PrinterError, match="can't be read"):
        run("printer", "list")


def test_a_job_is_resolved_reprinted_and_cancelled_by_name(settings: Settings) -> None:
    spool = open_spool(settings)
    job = spool.take(new_job("label"))
    with pytest.raises(Mistake, match="expected state unsure, got queued"):
        run("job", "ORD-100234-1-label", "resolve", "yes")
    spool.start_sending(job.id, "p1")
    spool.finish(job.id, JobState.UNSURE, "reset")
    assert "copy2 is queued" in run("job", "resolve", "ORD-100234-1-label", "torn")
    assert "is cancelled" in run("job", "ORD-100234-1-label", "cancel", "--reason", "not needed")
    with pytest.raises(Mistake, match="a reprint needs a reason"):
        run("job", "ORD-100234-1-label", "reprint")
    assert "copy3 is queued" in run("job", "ORD-100234-1-label", "reprint", "--reason", "smeared")
    assert spool.broke_off("p1"), "what a person said of the paper is not the printer's word"
    spool.close()


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (("nope", "cancel"), "no print job 'nope' on this machine"),
        (("ORD-100234-1-label", "shred"), "expected reprint, cancel, lost"),
        (("ORD-100234-1-label", "resolve"), "resolve yes|again|torn"),
        (("ORD-100234-1-label", "cancel", "yes"), "resolve yes|again|torn"),
    ],
)
def test_what_makes_no_sense_of_a_job_is_refused(
    settings: Settings, given: tuple[str, ...], words: str
) -> None:
    spool = open_spool(settings)
    spool.take(new_job("label"))
    spool.close()
    with pytest.raises(Mistake) as error:
        run("job", *given)
    assert words in str(error.value)


def test_a_reprint_may_need_a_lead(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PICKER_REPRINT_PIN", "true")
    spool = open_spool(settings)
    job = spool.take(new_job("label"))
    spool.cancel(job.id, "x", "x")
    arguments = ("job", "ORD-100234-1-label", "reprint", "--reason", "torn", "--by")
    with open_shop(f"sqlite:///{Path(settings.db).as_posix()}") as db:
        add_order(db, "1", {"MUG": 1})
        with pytest.raises(Mistake, match="a lead's badge"):
            run(*arguments, "BADGE-ANNA")
        with db.writer.begin() as connection:
            connection.exec_driver_sql("UPDATE worker SET role = 'lead' WHERE id = 'ANNA'")
        run(*arguments, "BADGE-ANNA")
    assert spool.named("ORD-100234-1-label").operator == "ANNA"
    spool.close()


def test_a_printer_that_is_not_as_it_is_set_up_is_told_at_once_and_at_the_test(
    printer: VirtualPrinter, settings: Settings
) -> None:
    assert isinstance(printer.machine, ZplMachine)
    add = ("printer", "add", "labels", printer.target, "--language", "zpl")
    assert "But" not in run(*add)
    printer.machine.dots_per_mm, printer.machine.length_dots = 12, 944
    said = run(*add)
    assert "its head has 300 dpi, label-203 is for 203" in said
    assert "the loaded label is shorter: 80 mm, label-203 is 152 mm long" in said
    assert "the loaded label is shorter" in run("printer", "test", "labels")
    assert "its head has 300 dpi" in run("printer", "status")
    printer.machine.length_dots = 1795
    run(*add, "--medium", "label-300")
    # Its width is a setting of the printer's, in dots: here it is still that of the other head.
    assert unfit(registry(settings).get("labels")) == "it prints 69 mm across, label-300 is 102 mm"


def test_a_roll_changed_after_the_test_is_noticed_by_itself(
    printer: VirtualPrinter, settings: Settings, spool: Spool
) -> None:
    assert isinstance(printer.machine, ZplMachine)
    machine = printer.machine
    run("printer", "add", "labels", printer.target, "--language", "zpl", "--medium", "label-203")
    workers = PrinterWorkers(settings, spool, lambda *_: None, lambda: None)
    workers.start()
    right = machine.length_dots

    def told() -> tuple[str, str]:
        return workers.now().printers[0].health, workers.now().printers[0].detail

    try:
        until(lambda: told()[0] == "ready")
        machine.length_dots = 640
        printer.cause(Fault.COVER_OPEN)
        until(lambda: told()[0] not in ("ready", "unfit"))
        printer.mend()
        until(lambda: told() == ("unfit", "the loaded label is shorter: 80 mm, label-203 is 152 mm long"))
        printer.cause(Fault.COVER_OPEN)
        until(lambda: told()[0] not in ("ready", "unfit"))
        machine.length_dots = right
        printer.mend()
        until(lambda: told()[0] == "ready")
    finally:
        workers.stop()
    machine.length_dots = 640
    assert "the loaded label is shorter: 80 mm" in run("printer", "status")
    machine.length_dots = right
    assert "shorter" not in run("printer", "status")


@pytest.mark.parametrize(("set_up", "is_in_truth"), [("escpos", Language.ZPL), ("zpl", Language.ESCPOS)])
def test_a_printer_of_another_language_is_named_and_prints_no_question(
    set_up: str, is_in_truth: Language
) -> None:
    with VirtualPrinter(language=is_in_truth) as made:
        said = run("printer", "add", "labels", made.target, "--language", set_up)
        assert f"it answers in {is_in_truth}, but is set up with --language {set_up}" in said
        with pytest.raises(PrinterError, match=f"it answers in {is_in_truth}"):
            run("printer", "test", "labels")
        assert f"it answers in {is_in_truth}" in run("printer", "status", code=1)
        assert not made.paper
