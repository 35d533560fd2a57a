"""Short questions with numbered answers: why short, what damage, why parked, why another box."""

from collections.abc import Callable
from dataclasses import replace

from picker.flow import packaging
from picker.flow.events import (
    LocationEmpty,
    OrderParked,
    ReprintRequested,
    StockCorrected,
    UnitsDamaged,
    UnitsShort,
)
from picker.flow.items import lines_of, scanned_item
from picker.flow.messages import say
from picker.flow.state import CommandName, Dialog, Phase
from picker.flow.tasks import other_place, task_of, tasks
from picker.flow.turn import Step, Turn
from picker.flow.work import LineWork

SHORT = ("stock_out", "could_not_locate", "misplaced", "expired", "record_wrong", "other")
_NOTHING_THERE = ("stock_out", "could_not_locate", "misplaced", "expired", "record_wrong")
"""Reasons that leave nothing to sell at the location: its record goes to zero until it is counted."""
PARK = ("goods_missing", "question", "break", "urgent", "other")
DAMAGE = ("broken", "wet", "packing_torn", "scratched", "expired", "wrong_item", "other")
HOW_BAD = ("minor", "major", "danger")
DISPOSITION = ("quarantine", "scrap", "rework")
OVERRIDE = ("too_small", "too_big", "out_of_stock", "damage_risk", "customer_wish")
REPRINT = ("not_printed", "unreadable", "torn", "other")


def on_short(turn: Turn) -> Step:
    """Ask why the present pick can't be done."""
    task = tasks(turn.work)[0]
    location = task.location or say("reason.no_location")
    turn.set(dialog=Dialog("short", SHORT, line=task.line.line, subject=task.location))
    return turn.say("short.ask", name=task.line.name, location=location)


def on_park(turn: Turn) -> Step:
    """Ask why the order is parked."""
    turn.set(dialog=Dialog("park", PARK))
    return turn.say("park.ask", order=turn.work.order.id)


def on_reprint(turn: Turn) -> Step:
    """Ask why a label is to be printed again."""
    parcel = turn.work.next_parcel
    if parcel is None:
        raise AssertionError("the label phase always has a parcel")
    turn.set(dialog=Dialog("reprint", REPRINT, line=parcel.number))
    return turn.say("reprint.ask", parcel=parcel.number)


def on_damage(turn: Turn) -> Step:
    """Ask what happened to the item in hand: the present pick, or the unit scanned last."""
    line = _damaged_line(turn)
    if line is None:
        turn.set(dialog=Dialog("damage", ()))
        return turn.say("damage.item")
    return _ask_damage(turn, line)


def _damaged_line(turn: Turn) -> LineWork | None:
    work = turn.work
    if work.capture is not None:
        return work.line(work.capture.line)
    if turn.state.phase is Phase.PICK:
        return tasks(work)[0].line
    if turn.state.last_line and work.line(turn.state.last_line).picked:
        return work.line(turn.state.last_line)
    with_goods = [line for line in work.lines if line.picked]
    return with_goods[0] if len(with_goods) == 1 else None


def _ask_damage(turn: Turn, line: LineWork) -> Step:
    turn.set(dialog=Dialog("damage", DAMAGE, line=line.line))
    return turn.say("damage.ask_reason", name=line.name)


def on_answer(turn: Turn) -> Step:
    """Take a numbered answer, BACK, or (for damage) the code of the damaged item."""
    dialog = turn.state.dialog
    if dialog is None:
        raise AssertionError("no dialog is open")
    if turn.command is not None and turn.command.name is CommandName.BACK:
        turn.state = turn.state.calm()
        return turn.done(say("dialog.back"))
    if dialog.kind == "damage" and turn.scan is not None and turn.facts.matches and not dialog.picked:
        return _on_damaged_item(turn)
    number = _number(turn)
    if not 1 <= number <= len(dialog.options):
        return turn.say("dialog.bad_choice", code=turn.code, count=len(dialog.options))
    return _ANSWERS[dialog.kind](turn, dialog, dialog.options[number - 1])


def _number(turn: Turn) -> int:
    if turn.command is not None:
        return turn.command.argument if turn.command.name is CommandName.CHOICE else 0
    text = turn.scan.text if turn.scan else ""
    return int(text) if len(text) == 1 and text in "123456789" else 0


def _on_damaged_item(turn: Turn) -> Step:
    item = scanned_item(turn)
    if isinstance(item, Step):
        return item
    lines = [line for line in lines_of(turn, item) if line.picked or turn.state.phase is Phase.PICK]
    if not lines:
        return turn.say("damage.none", what=turn.what())
    return _ask_damage(turn, lines[0])


def _short(turn: Turn, dialog: Dialog, reason: str) -> Step:
    line = turn.work.line(dialog.line)
    turn.state = turn.state.calm()
    other = other_place(turn.work, line, dialog.subject)
    on_record = task_of(turn.work, line).on_record
    if on_record > 0 and reason in _NOTHING_THERE:
        turn.emit(StockCorrected(line.sku, dialog.subject, -on_record, reason))
    if other:
        turn.emit(LocationEmpty(line.line, line.sku, dialog.subject, reason))
        return turn.say("pick.elsewhere", location=dialog.subject, other=other, name=line.name)
    turn.emit(UnitsShort(line.line, line.sku, line.waiting, dialog.subject, reason))
    return turn.say("pick.short", name=line.name, quantity=line.waiting)


def _park(turn: Turn, dialog: Dialog, reason: str) -> Step:
    turn.emit(OrderParked(reason))
    order = turn.work.order.id
    turn.state = replace(turn.state.calm(), work=None, plan=None)
    return turn.say("park.done", order=order, reason=f"reason.{reason}")


def _reprint(turn: Turn, dialog: Dialog, reason: str) -> Step:
    turn.state = turn.state.calm()
    turn.emit(ReprintRequested(dialog.line, "label", reason))
    return turn.say("reprint.done", parcel=dialog.line)


def _damage(turn: Turn, dialog: Dialog, answer: str) -> Step:
    line = turn.work.line(dialog.line)
    picked = (*dialog.picked, answer)
    if len(picked) < 3:
        options, key = (
            (HOW_BAD, "damage.ask_severity") if len(picked) == 1 else (DISPOSITION, "damage.ask_disposition")
        )
        turn.set(dialog=replace(dialog, options=options, picked=picked))
        return turn.say(key, name=line.name)
    turn.state = turn.state.calm()
    turn.emit(_damage_event(turn, line, picked))
    turn.set(last_line=0)
    return turn.say("damage.done", name=line.name, disposition=f"reason.{answer}")


def _damage_event(turn: Turn, line: LineWork, picked: tuple[str, ...]) -> UnitsDamaged:
    reason, severity, disposition = picked
    parcel = next((p.number for p in turn.work.parcels if p.count(line.line) and not p.sealed), 0)
    source = "tote" if line.in_tote else "parcel" if parcel else "shelf"
    if turn.state.phase in (Phase.PICK, Phase.CAPTURE) and line.waiting:
        source = "shelf"
    location = task_of(turn.work, line).location if source == "shelf" else ""
    number = parcel if source == "parcel" else 0
    return UnitsDamaged(line.line, line.sku, 1, source, location, number, reason, severity, disposition)


_ANSWERS: dict[str, Callable[[Turn, Dialog, str], Step]] = {
    "short": _short,
    "park": _park,
    "damage": _damage,
    "reprint": _reprint,
    "override": packaging.on_reason,
}
