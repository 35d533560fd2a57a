"""The judge's own reckoning of what a carrier bills: the cheapest service that takes the parcel."""

from dataclasses import dataclass

from data.types import Tariff
from picker.packing.types import Container, PackingPolicy, ParcelPlan

BOARDS = {
    1: {23: 20, 26: 35, 29: 50, 32: 65, 44: 95, 55: 120},
    2: {42: 80, 48: 100, 51: 120, 61: 140, 71: 160},
}
"""lb that single and double wall of each ECT in lb/in may weigh in all: boxes.ca."""


@dataclass(frozen=True, slots=True)
class Bill:
    """What is billed: g, cents (`None`: no service takes it), and the greatest weight that any takes."""

    grams: int
    cents: int | None
    most_g: int


def strongest(box: Container) -> int:
    """The greatest gross weight in g by the packaging's own limit and its board."""
    if box.ect is None:
        return box.max_gross_g
    pounds = [most for least, most in BOARDS[min(2, max(1, box.walls))].items() if least <= box.ect]
    return min(box.max_gross_g, max(pounds, default=0) * 45_359_237 // 100_000)


def carriage(parcel: ParcelPlan, gross_g: int, policy: PackingPolicy) -> Bill:
    """The bill of the service the plan names, which must be the cheapest that takes the parcel."""
    services = {tariff.code: tariff for tariff in policy.tariffs}
    most = max(tariff.max_weight_g for tariff in services.values())
    bills = {code: bill for code, t in services.items() if (bill := _bill(parcel.packaging, gross_g, t))}
    named = bills.get(parcel.service)
    if named is None or any(cents < named[1] for _, cents in bills.values()):
        return Bill(gross_g, None, most)
    return Bill(named[0], named[1], most)


def _bill(box: Container, gross_g: int, tariff: Tariff) -> tuple[int, int] | None:
    """(g, cents) by this tariff, or `None` if it does not take the parcel."""
    longest, middle, shortest = sorted(box.outer_mm, reverse=True)
    refused = (
        gross_g > tariff.max_weight_g
        or (box.services is not None and tariff.code not in box.services)
        or (tariff.max_girth_mm is not None and longest + 2 * middle + 2 * shortest > tariff.max_girth_mm)
    )
    if tariff.max_sides_mm is not None:
        a, b, c = tariff.max_sides_mm
        refused = refused or longest > a or middle > b or shortest > c
    if refused:
        return None
    volume = 1
    for side in box.outer_mm:
        tenths = 10 * side
        volume *= tenths + -tenths % tariff.side_step_tenths
    grams = max(gross_g, (volume + 1000 * tariff.dim_divisor - 1) // (1000 * tariff.dim_divisor))
    if tariff.rates:
        open_rates = [cents for up_to, cents in tariff.rates if grams <= up_to]
        return (grams, open_rates[0]) if open_rates else None
    steps = (grams + tariff.step_g - 1) // tariff.step_g
    return grams, tariff.base_cents + tariff.step_cents * max(1, steps)
