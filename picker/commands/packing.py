"""`picker packing …`: choosing packaging for a whole file of orders."""

import gc
import json
import sys
from enum import StrEnum
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from picker.commands import packing_reports, policy
from picker.commands.common import Json
from picker.errors import Mistake

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from contextlib import AbstractContextManager

    from picker.packing.dataset import Dataset, Order


class Aim(StrEnum):
    """What is made small."""

    COST = "cost"
    BOXES = "boxes"


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    group = typer.Typer(help="Choose packaging and place goods.", no_args_is_help=True, rich_markup_mode=None)
    group.callback()(_group)
    group.command("solve")(solve)
    packing_reports.add_to(group)
    policy.add_to(group)
    app.add_typer(group, name="packing")


def _group() -> None:
    """Choose packaging and place goods in it."""


def solve(
    dataset: Annotated[Path, typer.Argument(metavar="DATASET.json", help="Boxes, prices and orders.")],
    out: Annotated[Path, typer.Argument(metavar="OUT.jsonl", help="One line of JSON per order is written.")],
    objective: Annotated[
        Aim, typer.Option(help="Least cost, or fewest boxes and then least volume.")
    ] = Aim.COST,
    stable: Annotated[bool, typer.Option(help="Prefer arrangements in which nothing would tip.")] = False,
    as_json: Json = False,
) -> None:
    """Pack every order of a file. Exit code 1: some orders have no plan; the reason is in their line."""
    from picker.packing import plan
    from picker.packing.dataset import row_of

    data = _read(dataset, objective, stable)
    # The orders stay: the collector need not look through them again and again while each is timed.
    gc.freeze()
    parcels = cents = failed = 0
    slowest = 0.0
    with _open(out, dataset) as file, _progress(data.orders) as orders:
        for order in orders:
            started = perf_counter()
            solution = plan(order.items, data.containers, data.policy)
            ms = (perf_counter() - started) * 1000
            file.write(json.dumps(row_of(order, solution, ms), separators=(",", ":")) + "\n")
            parcels += len(solution.parcels)
            cents += solution.cost_cents
            failed += bool(solution.missing)
            slowest = max(slowest, ms)
    sums = {
        "orders": len(data.orders),
        "failed": failed,
        "parcels": parcels,
        "cents": cents,
        "slowest_ms": round(slowest, 1),
    }
    typer.echo(json.dumps(sums) if as_json else _words(sums, out))
    raise typer.Exit(1 if failed else 0)


def _read(path: Path, objective: Aim, stable: bool) -> "Dataset":
    from picker.packing.dataset import dataset_of
    from picker.packing.types import Objective

    try:
        return dataset_of(json.loads(path.read_bytes()), Objective(objective.value), stable)
    except OSError as error:
        raise Mistake(f"{str(path)!r} can't be read: {error.strerror}") from None
    except ValueError as error:
        raise Mistake(f"{str(path)!r} is not a file of orders: {error}") from None


def _open(out: Path, dataset: Path) -> TextIO:
    if out.resolve() == dataset.resolve():
        raise Mistake(f"{str(out)!r} is the file of orders itself; the answers need another name")
    try:
        return out.open("w", encoding="utf-8", newline="\n")
    except OSError as error:
        raise Mistake(f"{str(out)!r} can't be written: {error.strerror}") from None


def _progress(orders: "Sequence[Order]") -> "AbstractContextManager[Iterable[Order]]":
    return typer.progressbar(orders, label="Packing", file=sys.stderr)


def _words(sums: dict[str, float], out: Path) -> str:
    failed = f", {sums['failed']} without a plan" if sums["failed"] else ""
    return (
        f"{sums['orders']} orders in {sums['parcels']} parcels for {sums['cents'] / 100:.2f}{failed}; "
        f"the slowest took {sums['slowest_ms']:.0f} ms. Written to {out}."
    )
