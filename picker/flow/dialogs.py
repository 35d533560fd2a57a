"""Short questions with numbered answers: why short, why parked, why printed again; and who answers them."""

from collections.abc import Callable
from dataclasses import replace

from data.types import CodeKind, Role, Worker
from picker.flow import attach, check, choose, damage, photo, takeout, units
from picker.flow.events import LocationEmpty, OrderParked, ReprintRequested, StockCorrected, UnitsShort
from picker.flow.prompts import ABOUT_ONE
from picker.flow.state import CommandName, Dialog, DialogKind, Phase
from picker.flow.tasks import on_record, other_place, tasks
from picker.flow.turn import Step, Turn
from picker.locale.messages import say

SHORT = ("stock_out", "could_not_locate", "misplaced", "expired", "record_wrong", "other")
_NOTHING_THERE = ("stock_out", "could_not_locate", "misplaced", "expired", "record_wrong")
"""Reasons that leave nothing to sell at the location: its record goes to zero until it is counted."""
PARK = ("goods_missing", "question", "break", "urgent", "other")
_ABOUT_PACKAGING = (*ABOUT_ONE, "other")
"""Questions that a packaging's code answers too."""
REPRINT = ("not_printed", "unreadable", "torn", "other")


def on_short(turn: Turn) -> Step:
    """Ask why the present pick can't be done."""
    task = tasks(turn.work)[0]
    location = task.location or say("reason.no_location")
    turn.state = replace(
        turn.state, dialog=Dialog(DialogKind.SHORT, SHORT, line=task.line.line, subject=task.location)
    )
    return turn.say("short.ask", name=task.line.name, location=location)


def on_park(turn: Turn) -> Step:
    """Ask why the order is parked."""
    turn.state = replace(turn.state, dialog=Dialog(DialogKind.PARK, PARK))
    return turn.say("park.ask", order=turn.work.order.name)


def on_reprint(turn: Turn) -> Step:
    """Ask why a label is to be printed again."""
    parcel = turn.work.next_parcel
    if parcel is None:
        raise AssertionError("the label phase always has a parcel")
    if turn.facts.label_going:
        return turn.say("reprint.waits", parcel=parcel.number, why=turn.facts.label_going)
    turn.state = replace(turn.state, dialog=Dialog(DialogKind.REPRINT, REPRINT, line=parcel.number))
    return turn.say("reprint.ask", parcel=parcel.number)


def on_answer(turn: Turn) -> Step:
    """Take a numbered answer, BACK, or the code of what the question is about instead."""
    dialog = turn.state.dialog
    if dialog is None:
        raise AssertionError("no dialog is open")
    if turn.command is not None and turn.command.name is CommandName.BACK:
        turn.state = replace(turn.state, dialog=dialog.before)
        return turn.done(say("dialog.back"))
    if dialog.kind is DialogKind.ATTACH:
        return attach.on_answer(turn, dialog)
    if dialog.kind is DialogKind.PHOTO:
        return photo.on_badge(turn, dialog)
    if dialog.kind is DialogKind.REPRINT and dialog.picked:
        return _reprint_by_lead(turn, dialog)
    if 1 <= turn.number <= len(dialog.options):
        return _ANSWERS[dialog.kind](turn, dialog, dialog.options[turn.number - 1])
    if dialog.kind is DialogKind.DAMAGE and not dialog.picked and _is_item(turn):
        return damage.on_item(turn)
    if dialog.kind is DialogKind.UNIT and (answer := _unit_by_code(turn, dialog)):
        return answer
    if dialog.kind in _ABOUT_PACKAGING and turn.matches(CodeKind.PACKAGING):
        turn.state = replace(turn.state, dialog=None)
        return choose.on_scan(turn)
    if not dialog.options:
        return turn.refuse("damage.item_wanted", code=turn.code)
    return turn.refuse("dialog.bad_choice", code=turn.code, count=len(dialog.options))


def _is_item(turn: Turn) -> bool:
    return bool(turn.matches(CodeKind.PRODUCT)) or units.by_serial(turn) is not None


def _unit_by_code(turn: Turn, dialog: Dialog) -> Step | None:
    """The unit's lot or date, or a code that says more than the one before."""
    if _is_item(turn):
        turn.state = replace(turn.state, dialog=None)
        return takeout.on_scan(turn) if _goes_out(turn) else check.on_scan(turn)
    option = units.chosen_by_text(turn, dialog)
    return _unit(turn, dialog, option) if option else None


def _unit(turn: Turn, dialog: Dialog, option: str) -> Step:
    on_which = takeout.on_which if _goes_out(turn) else check.on_which
    return on_which(turn, dialog, option)


def _goes_out(turn: Turn) -> bool:
    return turn.state.take_out or turn.state.phase is Phase.TAKE_BACK


def _short(turn: Turn, dialog: Dialog, reason: str) -> Step:
    line = turn.work.line(dialog.line)
    turn.state = turn.state.calm()
    other = other_place(turn.work, line, dialog.subject)
    units = on_record(turn.work, line.sku, dialog.subject)
    if units > 0 and reason in _NOTHING_THERE:
        turn.emit(StockCorrected(line.sku, dialog.subject, -units, reason))
    if other:
        turn.emit(LocationEmpty(line.line, line.sku, dialog.subject, reason))
        return turn.say("pick.elsewhere", location=dialog.subject, other=other, name=line.name)
    turn.emit(UnitsShort(line.line, line.sku, line.waiting, dialog.subject, reason))
    return turn.say("pick.short", name=line.name, quantity=line.waiting)


def _park(turn: Turn, dialog: Dialog, reason: str) -> Step:
    turn.emit(OrderParked(reason))
    order = turn.work.order.name
    turn.state = turn.state.with_order(None)
    return turn.say("park.done", order=order, reason=f"reason.{reason}")


def _reprint(turn: Turn, dialog: Dialog, reason: str) -> Step:
    if turn.state.policy.reprint_lead and not _leads(turn.state.worker):
        turn.state = replace(
            turn.state, dialog=Dialog(DialogKind.REPRINT, (), line=dialog.line, picked=(reason,))
        )
        return turn.say("reprint.lead", parcel=dialog.line)
    return _printed_again(turn, dialog.line, reason, "")


def _reprint_by_lead(turn: Turn, dialog: Dialog) -> Step:
    badges = turn.matches(CodeKind.WORKER)
    worker = turn.facts.workers.get(badges[0].ref) if badges else None
    if worker is None or not _leads(worker):
        return turn.refuse("reprint.no_lead", what=turn.what())
    return _printed_again(turn, dialog.line, dialog.picked[0], worker.id)


def _leads(worker: Worker | None) -> bool:
    return worker is not None and worker.role is not Role.PACKER


def _printed_again(turn: Turn, parcel: int, reason: str, authorised_by: str) -> Step:
    turn.state = turn.state.calm()
    turn.emit(ReprintRequested(parcel, "label", reason, authorised_by))
    if turn.facts.label_down:
        return turn.say("reprint.down", parcel=parcel, printer=turn.facts.label_down)
    return turn.say("reprint.done", parcel=parcel)


_ANSWERS: dict[DialogKind, Callable[[Turn, Dialog, str], Step]] = {
    DialogKind.SHORT: _short,
    DialogKind.PARK: _park,
    DialogKind.DAMAGE: damage.on_answer,
    DialogKind.REPRINT: _reprint,
    DialogKind.OVERRIDE: choose.on_reason,
    DialogKind.OTHER: choose.on_chosen,
    DialogKind.UNFIT: choose.on_reason,
    DialogKind.UNIT: _unit,
}
