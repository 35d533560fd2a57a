"""In how many parcels an order goes, where each label of its carrier says so: asked before the first is sealed."""

import re

from picker.flow.events import PiecesConfirmed, ReprintRequested
from picker.flow.prompts import wanted
from picker.flow.turn import Step, Turn
from picker.flow.work import OrderWork

REASON = "pieces"
"""Why a label is printed again: there are more parcels, or fewer, than it says."""
_COUNT = re.compile(r"[1-9][0-9]{0,2}")


def most(work: OrderWork) -> int:
    """Return in how many parcels the order can go: of what isn't sealed each unit in one of its own."""
    loose = sum(units for parcel in work.parcels if not parcel.sealed for _, units in parcel.units)
    return sum(1 for parcel in work.parcels if parcel.sealed) + loose


def on_ok(turn: Turn) -> Step:
    """Take the plan's count."""
    return _confirm(turn, max(turn.state.parcels, turn.work.parcels_begun))


def on_scan(turn: Turn) -> Step:
    """Take a typed count; not fewer parcels than there are, nor more than there are units for."""
    text = turn.scan.text.strip() if turn.scan else ""
    if turn.facts.matches or len(text) > 5:
        return turn.refuse("scan.not_now", what=turn.what(), wanted=wanted(turn.state))
    if not _COUNT.fullmatch(text) or not turn.work.parcels_begun <= int(text) <= most(turn.work):
        return turn.refuse("pieces.bad", text=turn.code, least=turn.work.parcels_begun, most=most(turn.work))
    return _confirm(turn, int(text))


def _confirm(turn: Turn, count: int) -> Step:
    again = _changed(turn, count, turn.state.parcels)
    if again:
        return turn.say("pieces.again", count=count, parcels=again)
    return turn.say("pieces.done", count=count)


def at_last(turn: Turn) -> str:
    """With the order's last parcel sealed its count is certain: have labels that say another printed again.

    Returns their parcels in words, "" for none.
    """
    work = turn.work
    if not work.order.pieces or any(parcel.units and not parcel.sealed for parcel in work.parcels):
        return ""
    return _changed(turn, work.parcels_begun, work.parcels_begun)


def _changed(turn: Turn, count: int, planned: int) -> str:
    """Go on with another count; labels of ours that say another are printed again."""
    if count == turn.work.pieces:
        return ""
    turn.emit(PiecesConfirmed(count, planned))
    wrong = [parcel.number for parcel in turn.work.parcels if parcel.number in turn.facts.own_labels]
    turn.emit(*(ReprintRequested(number, "label", REASON) for number in wrong))
    return ", ".join(map(str, wrong))
