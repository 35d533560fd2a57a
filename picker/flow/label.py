"""The label on the box: proof that the right one sticks there."""

from data.types import CodeKind
from picker.flow.events import LabelVerified
from picker.flow.turn import Step, Turn


def on_scan(turn: Turn) -> Step:
    """Only the SSCC of the parcel in front of the packer will do."""
    parcel = turn.work.next_parcel
    scan = turn.scan
    if parcel is None or scan is None:
        raise AssertionError("no label is awaited")
    if scan.sscc == parcel.sscc or scan.key == parcel.sscc:
        turn.emit(LabelVerified(parcel.number, parcel.sscc))
        return turn.say("label.done", parcel=parcel.number)
    labels = turn.matches(CodeKind.PARCEL)
    if labels:
        order, _, number = labels[0].ref.rpartition("/")
        return turn.say("label.wrong", order=order, parcel=number)
    return turn.say("label.wanted", what=turn.what())
