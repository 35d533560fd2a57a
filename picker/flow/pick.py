"""Picking: fetch each line's units along the walk, every unit proven by its code."""

from data.types import CodeKind
from picker.flow import capture
from picker.flow.events import LocationConfirmed, TaskPostponed
from picker.flow.items import Item, lines_of, scanned_item, wrong_item
from picker.flow.tasks import Task, tasks
from picker.flow.turn import Step, Turn
from picker.flow.wants import wanted
from picker.flow.work import LineWork


def on_scan(turn: Turn) -> Step:
    """A location confirms where the packer stands; an item of the order is picked."""
    if turn.matches(CodeKind.LOCATION) and not turn.matches(CodeKind.PRODUCT):
        return _on_location(turn, turn.matches(CodeKind.LOCATION)[0].ref)
    item = scanned_item(turn)
    if isinstance(item, Step):
        return item
    lines = lines_of(turn, item)
    if not lines:
        return wrong_item(turn, item)
    return _on_item(turn, item, lines)


def _on_location(turn: Turn, location: str) -> Step:
    open_tasks = tasks(turn.work)
    if location not in {task.location for task in open_tasks}:
        present = open_tasks[0].location
        if not present:
            return turn.say("scan.not_now", what=turn.what(), wanted=wanted(turn.state))
        return turn.say("pick.wrong_location", code=location, location=present)
    turn.emit(LocationConfirmed(location))
    return turn.say("pick.location", location=location)


def _on_item(turn: Turn, item: Item, lines: list[LineWork]) -> Step:
    waiting = [line for line in lines if line.waiting]
    if not waiting:
        return turn.say("scan.too_many", name=item.name, count=item.quantity)
    task = _nearest(turn, waiting)
    if turn.state.policy.confirm_location and task.location and turn.work.location != task.location:
        return turn.say("pick.location_first", location=task.location, what=turn.what())
    left = sum(line.waiting for line in waiting)
    if item.quantity > left:
        return turn.say("scan.case_too_big", count=item.quantity, name=item.name, wanted=left)
    return capture.begin(turn, item, task)


def _nearest(turn: Turn, lines: list[LineWork]) -> Task:
    numbers = {line.line for line in lines}
    return next(task for task in tasks(turn.work) if task.line.line in numbers)


def on_later(turn: Turn) -> Step:
    """Move the present task to the end of the walk; it stays mandatory."""
    open_tasks = tasks(turn.work)
    if len(open_tasks) < 2:
        return turn.say("pick.later_only", name=open_tasks[0].line.name)
    turn.emit(TaskPostponed(open_tasks[0].line.line))
    return turn.say("pick.later", name=open_tasks[0].line.name)
