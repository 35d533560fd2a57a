"""`picker packing explain` and `picker packing report`: what is proposed and why, and what became of it."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from picker.amounts import amount
from picker.commands.common import Db, Json, ShopCode, opened, say, shop_of
from picker.errors import Unknown

if TYPE_CHECKING:
    from collections.abc import Callable

    from picker.services.packing.explain import Explained, Explanation


def add_to(group: typer.Typer) -> None:
    """Add these commands to the group of packing."""
    group.command("explain")(explain)
    group.command("report")(report)


def explain(
    order: Annotated[str, typer.Argument(metavar="ORDER", help="The order's number.")],
    db: Db = None,
    as_json: Json = False,
) -> None:
    """Show how an order is packed, as the packer sees it. Exit code 1: there is no proposal."""
    from picker.services.orders.lookups import order_number
    from picker.services.packing.explain import explain as explained

    with opened(db) as database:
        number = order_number(database, order)
        if not number:
            raise Unknown(f"There is no order {order!r}")
        explanation = explained(database, number)
    typer.echo(json.dumps(_json(explanation), ensure_ascii=True)) if as_json else say(_words(explanation))
    raise typer.Exit(1 if explanation.missing else 0)


def report(
    orders: Annotated[int, typer.Option(min=1, max=100_000, help="How many orders, the last ones.")] = 500,
    shop: ShopCode = None,
    db: Db = None,
    as_json: Json = False,
) -> None:
    """Tell how full parcels were, where packers overrode the proposal, and which cartons to buy or to drop."""
    from picker.services.packing.report import in_words, packing_report

    with opened(db) as database, _bar() as tick:
        results = packing_report(database, shop_of(database, shop), orders, tick)
    typer.echo(json.dumps(results.to_json(), ensure_ascii=True)) if as_json else say(in_words(results))


@contextmanager
def _bar() -> "Iterator[Callable[[int, int], None]]":
    with typer.progressbar(length=1, label="Packing again", file=sys.stderr) as bar:

        def tick(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        yield tick


def _json(explanation: "Explanation") -> dict[str, object]:
    return {
        "order": explanation.order,
        "service": explanation.service,
        "cost_cents": explanation.cost_cents,
        "bound_cents": explanation.bound_cents,
        "proven": explanation.proven,
        "missing": [asdict(missing) for missing in explanation.missing],
        "parcels": [_parcel_json(parcel) for parcel in explanation.parcels],
    }


def _parcel_json(parcel: "Explained") -> dict[str, object]:
    from picker.flow import render

    planned = parcel.plan
    figures: dict[str, object] = {}
    if planned is not None:
        figures = {
            "gross_g": planned.gross_g,
            "billable_g": planned.billable_g,
            "cost_cents": planned.cost_cents,
            "service": planned.service,
            "empty_percent": planned.empty_percent,
            "void_fill": planned.void_fill,
            "void_fill_ml": planned.void_fill_ml,
            "better_mm": planned.better and planned.better.inner_mm,
            "warnings": [warning.value for warning in planned.warnings],
        }
    return {
        "parcel": parcel.number,
        "packaging": parcel.packaging,
        "sealed": parcel.sealed,
        "contents": {row.sku: row.wanted for row in parcel.view.rows if row.wanted},
        **figures,
        "cautions": [render(caution) for caution in parcel.view.cautions],
        "steps": [render(step) for step in parcel.view.steps],
        "picture": list(parcel.view.picture),
    }


def _words(explanation: "Explanation") -> str:
    lines = [f"Order {explanation.order}, {explanation.service or 'no service named'}"]
    for parcel in explanation.parcels:
        lines += ["", *_parcel_words(parcel)]
    if explanation.missing:
        from picker.flow import render
        from picker.flow.packaging import why_not

        lines += ["", f"No proposal: {render(why_not(explanation.missing))}."]
    elif explanation.cost_cents:
        lines += ["", f"In all {amount(explanation.cost_cents)}, {_proof(explanation)}."]
    return "\n".join(lines)


def _proof(explanation: "Explanation") -> str:
    if explanation.proven:
        return "proven to be the cheapest"
    if not explanation.bound_cents:
        return "the cheapest found"
    return f"at most {amount(explanation.cost_cents - explanation.bound_cents)} above the cheapest possible"


def _parcel_words(parcel: "Explained") -> "Iterator[str]":
    from picker.flow import render

    name = parcel.plan.packaging.name if parcel.plan else parcel.packaging
    yield f"Parcel {parcel.number}: {name} ({parcel.packaging}){', sealed' if parcel.sealed else ''}"
    if parcel.plan is None:
        yield "  No way was found to lay these goods into it."
        return
    planned = parcel.plan
    sides = " x ".join(str(side) for side in planned.packaging.inner_mm)
    yield f"  {sides} mm inside; {amount(planned.cost_cents)} in all, billed as {planned.billable_g} g"
    for line in (*parcel.view.cautions, *parcel.view.facts):
        yield f"  {render(line)}"
    for number, step in enumerate(parcel.view.steps, 1):
        yield f"  {number:>2} {render(step)}"
    for row in parcel.view.picture:
        yield f"     {row}"
