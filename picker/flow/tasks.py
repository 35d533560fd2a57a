"""Pick tasks: what to fetch where, in walking order."""

from dataclasses import dataclass

from picker.flow.facts import Place
from picker.flow.work import LineWork, OrderWork

FAR_END = 2**31
"""Walk key of goods without a known location: they come last."""


@dataclass(frozen=True, slots=True)
class Task:
    """Fetch `line.waiting` units at `location` (empty when nobody knows where they lie)."""

    line: LineWork
    location: str
    walk_key: int
    on_record: int


def tasks(work: OrderWork) -> tuple[Task, ...]:
    """Return the open pick tasks: postponed ones last, the others along the walk."""
    open_tasks = [task_of(work, line) for line in work.lines if line.waiting]
    return tuple(sorted(open_tasks, key=lambda task: (task.line.postponed, task.walk_key, task.line.line)))


def task_of(work: OrderWork, line: LineWork) -> Task:
    """Return where to fetch a line: the nearest place with stock that was not found empty, else its home."""
    places = sorted(
        (place for place in work.order.places.get(line.sku, ()) if place.location not in line.empty),
        key=lambda place: (place.quantity <= 0, place.walk_key),
    )
    best: Place | None = places[0] if places else None
    if best is not None:
        return Task(line, best.location, best.walk_key, best.quantity)
    product = work.order.products.get(line.sku)
    home = product.location if product and product.location not in line.empty else ""
    return Task(line, home, FAR_END, 0)


def other_place(work: OrderWork, line: LineWork, location: str) -> str:
    """Return another location with stock for the line, or an empty text."""
    places = work.order.places.get(line.sku, ())
    left = [p for p in places if p.quantity > 0 and p.location != location and p.location not in line.empty]
    return min(left, key=lambda place: place.walk_key).location if left else ""
