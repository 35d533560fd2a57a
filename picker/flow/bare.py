"""Goods without a barcode: what stands for their scan, their location's code at the pick and OK at the check."""

from picker.flow.state import State
from picker.flow.tasks import Task, tasks
from picker.flow.work import LineWork, OrderWork


def is_bare(work: OrderWork, line: LineWork) -> bool:
    """Whether the product of a line bears no barcode."""
    product = work.order.products.get(line.sku)
    return product is not None and product.no_barcode


def bare_to_pick(state: State) -> Task | None:
    """Return the present task where it fetches goods without a barcode."""
    task = next(iter(tasks(state.work)), None) if state.work else None
    return task if state.work and task and is_bare(state.work, task.line) else None


def bare_to_check(state: State) -> LineWork | None:
    """Return the line of which OK puts one unit into the parcel; None when all that was picked has barcodes."""
    if state.work is None:
        return None
    return next((line for line in state.work.lines if line.in_tote and is_bare(state.work, line)), None)
