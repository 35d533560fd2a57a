"""The spool's promises: taken once, frozen before the first byte, never sent twice by itself."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from printing.content import ContentError
from printing.jobs import (
    Answer,
    Job,
    JobNotFound,
    JobState,
    KeyConflict,
    NewJob,
    SpoolError,
    SpoolFault,
    WrongState,
)
from printing.spool import Spool
from tests.unit.printing.samples import fill_disk, new_job


@pytest.fixture
def spool(tmp_path: Path) -> Iterator[Spool]:
    made = Spool(tmp_path / "deep" / "spool.db")
    yield made
    made.close()


def sent(spool: Spool, job: Job, state: JobState) -> Job:
    """The job after it was sent and ended in that state."""
    spool.start_sending(job.id, job.printer)
    return spool.finish(job.id, state, "")


def test_a_job_is_taken_once(spool: Spool) -> None:
    first = spool.take(new_job())
    sent(spool, first, JobState.PRINTED)
    again = spool.take(new_job())
    assert again.id == first.id
    assert again.state is JobState.PRINTED
    assert len(spool.jobs()) == 1


def test_the_same_key_with_other_content_is_a_conflict(spool: Spool) -> None:
    spool.take(new_job())
    with pytest.raises(KeyConflict, match="ORD-100234-1-label was taken before"):
        spool.take(replace(new_job(), content={**new_job().content, "weight_g": 1}))
    assert spool.take(replace(new_job(), printer="p2")).printer == "p1"
    assert spool.take(replace(new_job(), revision=2)).name == "ORD-100234-1-label-r2"


def test_a_new_revision_stands_for_those_that_have_not_left(spool: Spool) -> None:
    """A packer who asks for the label again while it waits for paper gets one label."""
    waits, unsure, begun, done = (spool.take(new_job(order=f"O{number}")) for number in range(4))
    sent(spool, unsure, JobState.UNSURE)
    spool.start_sending(begun.id, begun.printer)
    sent(spool, done, JobState.PRINTED)
    for job in (waits, unsure, begun, done):
        again = spool.take(replace(new_job(order=job.order), revision=2))
        assert again.state is JobState.QUEUED
        assert spool.take(new_job(order=job.order)).id == job.id, "the old key is still known"
    assert spool.job(waits.id).state is JobState.CANCELLED
    assert spool.job(waits.id).detail == "printed again as O0-1-label-r2"
    assert spool.job(unsure.id).state is JobState.CANCELLED
    assert spool.job(begun.id).state is JobState.SENDING
    assert spool.job(done.id).state is JobState.PRINTED


def test_what_is_no_document_or_has_no_key_is_not_taken(spool: Spool) -> None:
    with pytest.raises(ContentError):
        spool.take(replace(new_job(), content={"kind": "label"}))
    for wrong in (replace(new_job(), printer=""), replace(new_job(), order="a\x1bb")):
        with pytest.raises(SpoolError, match="needs a printable"):
            spool.take(wrong)
    assert spool.jobs() == []


def test_hostile_words_are_kept_harmless(spool: Spool) -> None:
    job = spool.take(replace(new_job(), operator="w\x1b[2J\ud800\u202e1"))
    spool.cancel(job.id, "no\x00pe\n", "boss\x9b")
    assert spool.job(job.id).operator == "w[2J1"
    assert [(change.detail, change.operator) for change in spool.changes_since()][-1] == ("nope", "boss")


def test_jobs_of_a_parcel_stay_together_in_order(spool: Spool) -> None:
    for document, order in (("label", "A"), ("label", "B"), ("slip", "A"), ("slip", "B")):
        spool.take(new_job(document, order))
    seen = []
    while (job := spool.next_job("p1")) is not None:
        seen.append(job.name)
        sent(spool, job, JobState.PRINTED)
    assert seen == ["A-1-label", "A-1-slip", "B-1-label", "B-1-slip"]
    assert spool.next_job("another") is None


def test_a_failed_job_is_tried_again_and_a_cancelled_one_is_not(spool: Spool) -> None:
    job = spool.take(new_job())
    spool.finish(job.id, JobState.FAILED, "paper out")
    assert spool.next_job("p1") == spool.job(job.id)
    spool.cancel(job.id, "order cancelled", "lead")
    assert spool.next_job("p1") is None
    with pytest.raises(WrongState, match="expected state failed, queued, got cancelled"):
        spool.start_sending(job.id, job.printer)


def test_a_job_that_cannot_be_made_does_not_hold_up_the_queue(spool: Spool) -> None:
    broken, good = spool.take(new_job()), spool.take(new_job("slip"))
    spool.finish(broken.id, JobState.FAILED, "can't be made", retry=False)
    assert spool.next_job("p1") == good


def test_the_same_failure_is_logged_once(spool: Spool) -> None:
    job = spool.take(new_job())
    for _ in range(5):
        spool.finish(job.id, JobState.FAILED, "offline")
    assert [change.state for change in spool.changes_since()] == ["queued", "failed"]


def test_what_was_being_sent_when_the_program_ended_is_unsure(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "s.db")
    job = spool.take(new_job())
    spool.start_sending(job.id, job.printer)
    spool.close()
    later = Spool(tmp_path / "s.db")
    assert later.recover("another") == []
    assert [found.state for found in later.recover("p1")] == [JobState.UNSURE]
    assert later.next_job("p1") is None
    later.close()


@pytest.mark.parametrize("answer", [Answer.PRINT_AGAIN, Answer.TORN])
def test_an_unsure_job_is_printed_again_only_by_a_person(spool: Spool, answer: Answer) -> None:
    job = sent(spool, spool.take(new_job("slip-2")), JobState.UNSURE)
    again = spool.resolve(job.id, answer, "w1")
    assert (again.reprint_of, again.copy, again.reason, again.operator) == (job.id, 2, answer, "w1")
    assert again.name == "ORD-100234-1-slip-2-copy2"
    assert spool.job(job.id).state is JobState.CANCELLED
    assert spool.next_job("p1") == again
    assert spool.content(again.id) == spool.content(job.id)
    with pytest.raises(WrongState):
        spool.resolve(job.id, answer, "w1")


def test_an_unsure_job_seen_on_paper_is_printed(spool: Spool) -> None:
    job = sent(spool, spool.take(new_job()), JobState.UNSURE)
    assert spool.resolve(job.id, Answer.YES, "w1").state is JobState.PRINTED
    assert spool.next_job("p1") is None


def test_a_reprint_needs_a_reason_and_a_finished_job(spool: Spool) -> None:
    job = spool.take(new_job())
    with pytest.raises(WrongState, match="still queued"):
        spool.reprint(job.id, "lost", "w1")
    sent(spool, job, JobState.PRINTED)
    with pytest.raises(SpoolError, match="needs a reason"):
        spool.reprint(job.id, "  ", "w1")
    again = spool.reprint(job.id, "lost", "w1")
    assert (again.copy, again.reprint_of, again.reason) == (2, job.id, "lost")
    with pytest.raises(WrongState, match="copy2 is still queued"):
        spool.reprint(job.id, "a key pressed twice", "w1")


def test_a_reprint_goes_before_parcels_taken_later(spool: Spool) -> None:
    first = sent(spool, spool.take(new_job(order="A")), JobState.PRINTED)
    spool.take(new_job(order="B"))
    again = spool.reprint(first.id, "wet", "w1")
    assert spool.next_job("p1") == again


@pytest.mark.parametrize("state", [JobState.PRINTED, JobState.SENT, JobState.UNSURE])
def test_a_scanned_label_is_verified(spool: Spool, state: JobState) -> None:
    sent(spool, spool.take(new_job()), state)
    assert spool.verify("ORD-100234", 1, "w1").state is JobState.VERIFIED
    assert spool.verify("ORD-100234", 1).state is JobState.VERIFIED


def test_a_scan_proves_no_label_that_was_printed_after_it(spool: Spool) -> None:
    first = sent(spool, spool.take(new_job()), JobState.PRINTED)
    again = sent(spool, spool.take(replace(new_job(), revision=2)), JobState.UNSURE)
    spool.verify("ORD-100234", 1, revision=1)
    assert [spool.job(job.id).state for job in (first, again)] == [JobState.VERIFIED, JobState.UNSURE]
    spool.verify("ORD-100234", 1, revision=2)
    assert spool.job(again.id).state is JobState.VERIFIED


def test_a_label_scanned_while_it_is_confirmed_stays_verified(spool: Spool) -> None:
    job = spool.take(new_job())
    spool.start_sending(job.id, job.printer)
    spool.verify("ORD-100234", 1)
    assert spool.finish(job.id, JobState.UNSURE, "not confirmed").state is JobState.VERIFIED


def test_a_label_that_never_left_cannot_be_verified(spool: Spool) -> None:
    with pytest.raises(JobNotFound):
        spool.verify("ORD-100234", 1)
    spool.take(new_job("slip"))
    with pytest.raises(JobNotFound):
        spool.verify("ORD-100234", 1)
    spool.take(new_job())
    with pytest.raises(WrongState):
        spool.verify("ORD-100234", 1)


def test_a_scanned_label_is_that_of_its_parcel_in_its_newest_revision(spool: Spool) -> None:
    others = [spool.take(new_job(order="OTHER")), spool.take(replace(new_job(), parcel=2, revision=3))]
    first, newest = spool.take(new_job()), spool.take(replace(new_job(), revision=2))
    for job in (*others, newest):
        sent(spool, job, JobState.PRINTED)
    assert spool.verify("ORD-100234", 1, "w1").id == newest.id
    assert {spool.job(job.id).state for job in others} == {JobState.PRINTED}
    assert spool.job(first.id).state is JobState.CANCELLED
    torn = sent(spool, spool.reprint(newest.id, "torn", "w1"), JobState.PRINTED)
    assert spool.verify("ORD-100234", 1).id == torn.id, "the copy that came last"


@pytest.mark.parametrize(
    "other",
    [
        replace(new_job(), parcel=2),
        replace(new_job(), document="slip"),
        replace(new_job(), revision=2),
        new_job(order="OTHER"),
    ],
)
def test_only_a_copy_of_the_same_document_holds_a_reprint_up(spool: Spool, other: NewJob) -> None:
    job = sent(spool, spool.take(new_job()), JobState.PRINTED)
    spool.take(other)
    assert spool.reprint(job.id, "wet", "w1").copy == 2


def test_what_follows_on_a_printer_is_of_the_same_parcel_and_waits(spool: Spool) -> None:
    """By it a cutter knows where a parcel's papers end."""
    job = spool.take(new_job())
    spool.take(new_job(order="OTHER"))
    spool.take(replace(new_job("slip"), parcel=2))
    spool.take(replace(new_job("slip"), printer="p2"))
    assert not spool.follows(job)
    slip = spool.take(replace(new_job("slip"), revision=2))
    assert spool.follows(job)
    sent(spool, slip, JobState.PRINTED)
    assert not spool.follows(job), "it is out already"


def test_who_settled_a_job_and_by_what_is_in_its_log(spool: Spool) -> None:
    seen = sent(spool, spool.take(new_job()), JobState.UNSURE)
    spool.resolve(seen.id, Answer.YES, "w1")
    torn = sent(spool, spool.take(new_job(order="OTHER")), JobState.UNSURE)
    spool.resolve(torn.id, Answer.TORN, "w2")
    steps = {(step.job.id, step.state): (step.detail, step.operator) for step in spool.changes_since()}
    assert steps[seen.id, JobState.PRINTED] == ("seen on paper", "w1")
    assert steps[torn.id, JobState.CANCELLED] == ("answer: torn", "w2")


def test_frozen_bytes_are_never_replaced(spool: Spool) -> None:
    job = spool.take(new_job())
    spool.freeze(job.id, job.printer, b"one", "1" * 64, "")
    spool.freeze(job.id, job.printer, b"two", "2" * 64, "")
    assert spool.payload(job.id) == b"one"
    assert spool.job(job.id).sha256 == "1" * 64


def test_bytes_made_for_a_printer_that_has_lost_the_job_are_not_kept(spool: Spool) -> None:
    job = spool.hand_over(spool.take(new_job()).id, "p2")
    assert spool.freeze(job.id, "p1", b"for another language", "1" * 64, "").printer == "p2"
    assert spool.payload(job.id) is None
    spool.finish(job.id, JobState.FAILED, "p1 is off", printer="p1")
    assert spool.job(job.id).state is JobState.QUEUED


def test_changes_come_in_order_and_once(spool: Spool) -> None:
    job = sent(spool, spool.take(new_job()), JobState.PRINTED)
    first = spool.changes_since(0, limit=2)
    rest = spool.changes_since(first[-1].cursor)
    assert [change.state for change in first + rest] == ["queued", "sending", "printed"]
    assert rest[0].job == job
    assert spool.changes_since(rest[-1].cursor) == []


def test_forgetting_erases_personal_data_from_the_disk(spool: Spool) -> None:
    done, waiting = spool.take(new_job()), spool.take(new_job(order="LATER"))
    sent(spool, done, JobState.PRINTED)
    assert spool.forget(datetime.now(UTC) - timedelta(days=1)) == 0
    assert spool.forget(datetime.now(UTC) + timedelta(seconds=1)) == 1
    with pytest.raises(JobNotFound, match="erased"):
        spool.reprint(done.id, "lost", "w1")
    assert spool.content(waiting.id)
    spool.cancel(waiting.id, "", "")
    spool.forget(datetime.now(UTC) + timedelta(seconds=1))
    files = [path.read_bytes() for path in spool.path.parent.iterdir()]
    assert not any(b"Neill" in data for data in files)
    assert len(spool.jobs()) == 2


def test_many_threads_take_the_same_job_once(spool: Spool) -> None:
    found: list[str] = []
    threads = [threading.Thread(target=lambda: found.append(spool.take(new_job()).id)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(found)) == 1
    assert len(found) == 8


def test_a_full_disk_is_told_and_the_spool_goes_on_when_there_is_room(spool: Spool) -> None:
    first = spool.take(new_job())
    fill_disk(spool)
    for refused in (
        lambda: [spool.take(new_job(order=f"FULL-{number}")) for number in range(9)],
        lambda: spool.freeze(first.id, "p1", bytes(90_000), "0" * 64, ""),
    ):
        with pytest.raises(SpoolFault, match=r"spool\.db' can't be used: .*full"):
            refused()
    assert spool.job(first.id).state is JobState.QUEUED
    fill_disk(spool, full=False)
    assert spool.freeze(first.id, "p1", bytes(90_000), "0" * 64, "").sha256 == "0" * 64


def test_what_is_no_spool_is_told(tmp_path: Path) -> None:
    (tmp_path / "s.db").write_bytes(b"no database at all, by far" * 99)
    with pytest.raises(SpoolFault, match=r"s\.db' can't be used: file is not a database"):
        Spool(tmp_path / "s.db")


def test_a_file_of_a_newer_program_is_refused(tmp_path: Path) -> None:
    from printing.spool_file import open_file

    connection = open_file(tmp_path / "s.db")
    connection.execute("PRAGMA user_version=9")
    connection.close()
    with pytest.raises(SpoolFault, match="expected version 3, got 9"):
        Spool(tmp_path / "s.db")
