"""Picking: fetch each line's units along the walk, every unit proven by its code."""

from data.types import CodeKind
from picker.flow import capture, serials
from picker.flow.bare import bare_to_pick, is_bare
from picker.flow.events import LocationConfirmed, TaskPostponed
from picker.flow.items import Item, lines_of, scanned_item, wrong_item
from picker.flow.prompts import wanted
from picker.flow.tasks import Task, nearest, tasks
from picker.flow.turn import Step, Turn
from picker.flow.work import LineWork


def on_scan(turn: Turn) -> Step:
    """A location confirms where the packer stands; an item of the order is picked.

    A code that is both means the item where that is still to be picked, unless the location is owed first.
    """
    waiting = {line.sku for line in turn.work.lines if line.waiting}
    locations = [match.ref for match in turn.matches(CodeKind.LOCATION)]
    is_item = any(match.ref in waiting for match in turn.matches(CodeKind.PRODUCT))
    if locations and (not is_item or _owed(turn) in locations):
        return _on_location(turn, locations)
    item = serials.gone_by_text(turn) or scanned_item(turn)
    if isinstance(item, Step):
        return item
    lines = lines_of(turn, item)
    if not lines:
        return wrong_item(turn, item)
    return _on_item(turn, item, lines)


def _owed(turn: Turn) -> str:
    """The location that must be scanned before its items, "" when none is owed."""
    location = tasks(turn.work)[0].location
    return location if turn.state.policy.confirm_location and turn.work.location != location else ""


def _on_location(turn: Turn, locations: list[str]) -> Step:
    open_tasks = tasks(turn.work)
    location = next((task.location for task in open_tasks if task.location in locations), "")
    if not location:
        present = open_tasks[0].location
        if not present:
            return turn.refuse("scan.not_now", what=turn.what(), wanted=wanted(turn.state))
        return turn.refuse("pick.wrong_location", code=locations[0], location=present)
    turn.emit(LocationConfirmed(location))
    task = tasks(turn.work)[0]
    if task.location == location and is_bare(turn.work, task.line):
        return _take_bare(turn, task)
    return turn.say("pick.location", location=location)


def _take_bare(turn: Turn, task: Task) -> Step:
    """Pick all that is wanted of goods without a barcode, or one where each is to be told from the others."""
    product = turn.work.order.products[task.line.sku]
    one = product.serial_wanted or turn.state.policy.one_scan
    return capture.begin_bare(turn, task, 1 if one else task.line.waiting)


def on_ok(turn: Turn) -> Step:
    """Pick goods that have neither a barcode nor a location."""
    task = bare_to_pick(turn.state)
    if task is None or task.location:
        return turn.refuse("command.not_now", command=turn.asked_for(), wanted=wanted(turn.state))
    return _take_bare(turn, task)


def _on_item(turn: Turn, item: Item, lines: list[LineWork]) -> Step:
    waiting = [line for line in lines if line.waiting]
    if not waiting:
        return turn.refuse("scan.too_many", name=item.name, count=item.quantity)
    task = nearest(turn.work, waiting)
    if turn.state.policy.confirm_location and task.location and turn.work.location != task.location:
        return turn.refuse("pick.location_first", location=task.location, what=turn.what())
    left = sum(line.waiting for line in waiting)
    if item.quantity > left:
        return turn.refuse("scan.case_too_big", count=item.quantity, name=item.name, wanted=left)
    return capture.begin(turn, item, task)


def on_later(turn: Turn) -> Step:
    """Move the present task to the end of the walk; it stays mandatory."""
    open_tasks = tasks(turn.work)
    if len(open_tasks) < 2:
        return turn.say("pick.later_only", name=open_tasks[0].line.name)
    turn.emit(TaskPostponed(open_tasks[0].line.line))
    return turn.say("pick.later", name=open_tasks[0].line.name)
