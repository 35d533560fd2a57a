"""The label on the box: proof that the right one sticks there."""

from data.types import CodeKind
from picker.flow.events import LabelVerified
from picker.flow.turn import Step, Turn


def on_scan(turn: Turn) -> Step:
    """Only the parcel in front of the packer will do: its SSCC, or a barcode of its carrier's own label."""
    parcel = turn.work.next_parcel
    scan = turn.scan
    if parcel is None or scan is None:
        raise AssertionError("no label is awaited")
    if scan.sscc == parcel.sscc or scan.key == parcel.sscc:
        turn.emit(LabelVerified(parcel.number, parcel.sscc))
        return turn.say("label.done", parcel=parcel.number)
    labels = turn.matches(CodeKind.PARCEL)
    mine = f"{turn.work.order.id}/{parcel.number}"
    if labels and all(label.ref == mine for label in labels):
        turn.emit(LabelVerified(parcel.number, scan.key))
        return turn.say("label.done", parcel=parcel.number)
    if any(label.ref == mine for label in labels):
        return turn.say("label.shared", code=turn.code)
    if labels:
        order, _, number = labels[0].ref.rpartition("/")
        return turn.say("label.wrong", order=order, parcel=number)
    return turn.say("label.wanted", what=turn.what())
