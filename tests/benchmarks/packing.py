"""Choosing packaging, beside py3dbp on the same orders in the same run.

Without --data the orders are seeded and made here; with it `a.json` and `b.json` of that folder are taken, and
what `reference.json` there says a good heuristic paid is compared too. Goods made for their carton are always made
here.
"""

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from data.types import Rotation
from picker.packing import Fault, check, plan
from picker.packing.dataset import Dataset, dataset_of
from picker.packing.settle import FIRM, SLENDER
from picker.packing.types import Container, Item, Objective, PackingPlan, PackingPolicy
from tests.benchmarks.packed.exact import cut_pieces, equal_units
from tests.benchmarks.packed.peer import peer_plan
from tests.benchmarks.packed.shops import box_orders, mail_order
from tests.benchmarks.table import Report, arguments, percentile

LOOSE = (Fault.FLOATING, Fault.UNSUPPORTED)
"""What a check for firm arrangements finds: orders with it are counted, whatever their set demands."""

Packer = Callable[[Sequence[Item], Sequence[Container], PackingPolicy], PackingPlan]


@dataclass(slots=True)
class Tally:
    """What one packer did with one set of orders."""

    cents: list[int] = field(default_factory=list)
    ms: list[float] = field(default_factory=list)
    parcels: int = 0
    whole: int = 0
    litres: float = 0.0
    faulty: int = 0
    proven: int = 0
    tipping: int = 0
    loose: int = 0

    def add(self, found: PackingPlan, ms: float, faulty: bool, tipping: bool, loose: bool) -> None:
        """Count one order in."""
        self.cents.append(found.cost_cents)
        self.ms.append(ms)
        self.parcels += len(found.parcels)
        self.whole += len(found.parcels) == 1
        for parcel in found.parcels:
            x, y, z = parcel.packaging.inner_mm
            self.litres += x * y * z / 1e6
        self.faulty += faulty
        self.proven += found.proven
        self.tipping += tipping
        self.loose += loose


def main(argv: Sequence[str]) -> None:
    """Run the benchmark."""
    parser = arguments(__doc__)
    parser.add_argument("--data", type=Path, help="folder with a.json, b.json and reference.json")
    parser.add_argument("--every", type=int, default=4, help="take every so many-th order (4)")
    options = parser.parse_args(argv)
    report = Report("Choosing packaging", "Picker beside py3dbp 1.1.2, one process, order by order")
    orders = 40 if options.small else 800
    for name, objective, data in _sets(options.data, orders):
        data["orders"] = data["orders"][:: options.every]
        references = _references(options.data, name, data)
        _compare(report, name, dataset_of(data, objective), references)
    loads = 100 if options.small else 1000
    for name, exact in (("made to fit, equal", equal_units(loads)), ("made to fit, cut", cut_pieces(loads))):
        _compare_exact(report, name, [dataset_of(data, Objective.COST) for data in exact])
    report.show(as_json=options.json)


def _sets(folder: Path | None, orders: int) -> list[tuple[str, Objective, dict[str, Any]]]:
    if folder is None:
        shops = [("a", mail_order(orders, careful=False)), ("b", mail_order(orders, careful=True))]
    else:
        shops = [(name, json.loads((folder / f"{name}.json").read_bytes())) for name in ("a", "b")]
    return [
        *((name, Objective.COST, data) for name, data in shops),
        ("boxes, any", Objective.BOXES, box_orders(orders, flat=False)),
        ("boxes, flat", Objective.BOXES, box_orders(orders, flat=True)),
    ]


def _references(folder: Path | None, name: str, data: dict[str, Any]) -> int | None:
    """What the reference paid for these orders in cents."""
    if folder is None or name not in ("a", "b"):
        return None
    known: dict[str, list[int]] = json.loads((folder / "reference.json").read_bytes())[name]
    return sum(known[order["id"]][0] for order in data["orders"])


def _compare(report: Report, name: str, data: Dataset, reference: int | None) -> None:
    ours, theirs = Tally(), Tally()
    for order in data.orders:
        for packer, tally in ((plan, ours), (peer_plan, theirs)):
            _measure(packer, tally, order.items, data)
    for who, tally in (("picker", ours), ("py3dbp", theirs)):
        report.rows.append(_row(f"{name}: {who}", tally, reference))
    report.goal(f"{name}: no faulty plan", met=not ours.faulty)
    if reference is not None:
        report.goal(f"{name}: cost <= 1.0005 x reference", met=sum(ours.cents) <= 1.0005 * reference)
    elif data.policy.objective is Objective.BOXES:
        better = (ours.parcels, ours.litres) <= (theirs.parcels, theirs.litres)
        report.goal(f"{name}: no more boxes than py3dbp", met=better)
    elif not data.policy.min_support_percent:
        # Under stricter rules py3dbp is cheap by breaking them.
        report.goal(f"{name}: no dearer than py3dbp", met=sum(ours.cents) <= sum(theirs.cents))
    if data.policy.objective is Objective.COST:
        report.goal(f"{name}: p50 <= 0.5 ms", met=percentile(ours.ms, 0.5) <= 0.5)
        report.goal(f"{name}: p99 <= 50 ms", met=percentile(ours.ms, 0.99) <= 50)
    report.goal(f"{name}: max <= 300 ms", met=max(ours.ms) <= 300)


def _compare_exact(report: Report, name: str, exact: Sequence[Dataset]) -> None:
    """Goods made for their one carton: how many of these orders are one parcel."""
    ours, theirs = Tally(), Tally()
    for data in exact:
        for packer, tally in ((plan, ours), (peer_plan, theirs)):
            _measure(packer, tally, data.orders[0].items, data)
    for who, tally in (("picker", ours), ("py3dbp", theirs)):
        report.rows.append(_row(f"{name}: {who}", tally, None))
    report.goal(f"{name}: no faulty plan", met=not ours.faulty)
    report.goal(f"{name}: >= 99.5 % in one parcel", met=ours.whole >= 0.995 * len(exact))
    report.goal(f"{name}: max <= 300 ms", met=max(ours.ms) <= 300)


def _measure(packer: Packer, tally: Tally, items: Sequence[Item], data: Dataset) -> None:
    started = time.perf_counter()
    found = packer(items, data.containers, data.policy)
    ms = (time.perf_counter() - started) * 1e3
    faulty = bool(check(found, items, data.policy))
    firm = replace(data.policy, min_support_percent=FIRM)
    loose = any(fault.fault in LOOSE for fault in check(found, items, firm))
    tally.add(found, ms, faulty, _tips(found, items), loose)


def _tips(found: PackingPlan, items: Sequence[Item]) -> bool:
    """Whether something that may be turned any way stands on a base narrower than tan 15 degrees of its height."""
    goods = {item.line: item for item in items}
    return any(
        min(p.dx, p.dy) * 1000 < SLENDER * p.dz and goods[p.line].rotation is Rotation.ANY
        for parcel in found.parcels
        for p in parcel.placements
    )


def _row(name: str, tally: Tally, reference: int | None) -> dict[str, object]:
    cents = sum(tally.cents)
    return {
        "set": name,
        "orders": len(tally.ms),
        "parcels": tally.parcels,
        "in one": tally.whole,
        "litres": round(tally.litres, 1),
        "cost": f"{cents / 100:.2f}",
        "x reference": f"{cents / reference:.5f}" if reference else "",
        "proven": tally.proven,
        "faulty": tally.faulty,
        "under 60 %": tally.loose,
        "tipping": tally.tipping,
        "p50 ms": percentile(tally.ms, 0.5),
        "p99 ms": percentile(tally.ms, 0.99),
        "max ms": max(tally.ms, default=0.0),
    }
