"""The label on the box: proof that the right one sticks there."""

from dataclasses import replace

from data.types import CodeKind, ParcelRef
from picker.flow import collection
from picker.flow.events import LabelPrinted, LabelVerified
from picker.flow.prompts import wanted
from picker.flow.state import Pending, Question
from picker.flow.turn import Step, Turn
from picker.flow.work import ParcelWork
from picker.locale.messages import say


def on_scan(turn: Turn) -> Step:
    """Only the parcel in front of the packer will do: its SSCC, or a barcode of its carrier's own label."""
    parcel = turn.work.next_parcel
    scan = turn.scan
    if parcel is None or scan is None:
        raise AssertionError("no label is awaited")
    if scan.sscc == parcel.sscc or scan.key == parcel.sscc:
        return _right(turn, parcel, parcel.sscc)
    labels = turn.matches(CodeKind.PARCEL)
    mine = str(ParcelRef(turn.work.order.id, parcel.number))
    if labels and all(label.ref == mine for label in labels):
        return _right(turn, parcel, scan.key)
    if any(label.ref == mine for label in labels):
        return turn.refuse("label.shared", code=turn.code)
    if labels:
        other = ParcelRef.read(labels[0].ref)
        return turn.refuse("label.wrong", order=turn.facts.called(other.order), parcel=other.number)
    return collection.choose_shelf(turn) or turn.refuse("label.wanted", what=turn.what())


def on_printed(turn: Turn) -> Step:
    """Take the printer's word that the label is there, where the shop does."""
    parcel = turn.work.next_parcel
    if parcel is None:
        raise AssertionError("no label is awaited")
    if not turn.state.policy.close_on_printed or turn.facts.address_cut:
        return turn.refuse("command.not_now", command=say("command.PRINTED"), wanted=wanted(turn.state))
    if not turn.facts.label_printed:
        return turn.say("label.not_printed", parcel=parcel.number)
    turn.emit(LabelPrinted(parcel.number))
    return turn.say("label.printed", parcel=parcel.number)


def _right(turn: Turn, parcel: ParcelWork, code: str) -> Step:
    """The parcel's own label; one that says only half of the address must be scanned once more."""
    question = Pending(Question.ADDRESS, code)
    if turn.facts.address_cut and turn.asked != question:
        turn.state = replace(turn.state, pending=question)
        return turn.say("label.address_cut")
    turn.emit(LabelVerified(parcel.number, code))
    return turn.say("label.done", parcel=parcel.number)
