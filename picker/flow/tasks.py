"""Pick tasks: what to fetch where, in walking order."""

from dataclasses import dataclass

from picker.flow.order import Place
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
    """Return the open pick tasks, the present one first: postponed ones last, the others along the walk.

    What lies at the location the packer has scanned goes before the rest of the walk.
    """
    open_tasks = [task_of(work, line) for line in work.lines if line.waiting]

    def along_the_walk(task: Task) -> tuple[int, bool, int, int]:
        elsewhere = not task.location or task.location != work.location
        return task.line.postponed, elsewhere, task.walk_key, task.line.line

    return tuple(sorted(open_tasks, key=along_the_walk))


def nearest(work: OrderWork, lines: list[LineWork]) -> Task:
    """Return the task that comes first of these open lines."""
    numbers = {line.line for line in lines}
    return next(task for task in tasks(work) if task.line.line in numbers)


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


def on_record(work: OrderWork, sku: str, location: str) -> int:
    """Return the units of a product that the figures have at a location."""
    return next((p.quantity for p in work.order.places.get(sku, ()) if p.location == location), 0)


def other_place(work: OrderWork, line: LineWork, location: str) -> str:
    """Return another location with stock for the line, or an empty text."""
    places = work.order.places.get(line.sku, ())
    left = [p for p in places if p.quantity > 0 and p.location != location and p.location not in line.empty]
    return min(left, key=lambda place: place.walk_key).location if left else ""
