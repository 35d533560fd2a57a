"""The report on packing for a lead: what to measure, what to buy, what to stop buying."""

from collections.abc import Iterator

from picker.amounts import amount
from picker.services.packing.report.overrides import LEAST, REMEDIES, PackagingUse, ProductUse
from picker.services.packing.report.report import LEAST_PARCELS, PackingReport

REASONS = {
    "too_small": "as too small",
    "too_big": "as too big",
    "out_of_stock": "because none was left",
    "damage_risk": "for risk of damage",
    "customer_wish": "at the customer's wish",
    "other": "for another reason",
    "record_wrong": "because its record is wrong",
    "what_fits": "for a part of the goods",
}

MOST = 10
"""Products named at most; `--json` has them all."""


def in_words(report: PackingReport) -> str:
    """Return the report as lines of text; money in the shop's currency."""
    return "\n".join([*_sent(report), *_products(report), *_packagings(report), *_advice(report)])


def _sent(report: PackingReport) -> Iterator[str]:
    yield f"Packed last: orders {report.orders}, parcels {report.parcels}."
    if report.measured:
        yield (
            f"Empty: {report.empty_percent} % of the cartons' room; {report.too_empty} of {report.measured} "
            f"parcels are over {report.max_empty_percent} %."
        )


def _products(report: PackingReport) -> Iterator[str]:
    lines = [line for use in report.products for line in _product(use)]
    if lines:
        yield ""
        yield "Products to look at:"
        yield from lines[:MOST]
        if len(lines) > MOST:
            yield f"  and {len(lines) - MOST} more (--json names them)"


def _product(use: ProductUse) -> Iterator[str]:
    for reason, parcels in use.conspicuous:
        remedy = f"; {REMEDIES[reason]}" if reason in REMEDIES else ""
        yield f"  {use.sku}: {parcels} of {use.parcels} overridden {REASONS[reason]}{remedy}"
    if use.damaged >= LEAST:
        yield f"  {use.sku}: {use.damaged} of {use.sent} units came back damaged; {REMEDIES['damage_risk']}"


def _packagings(report: PackingReport) -> Iterator[str]:
    yield ""
    yield "Packagings: taken, proposed, overridden"
    for use in report.packagings:
        yield f"  {use.code:<10} {use.taken:>5} {use.proposed:>5}  {_passed_over(use)}".rstrip()


def _passed_over(use: PackagingUse) -> str:
    words = [f"{parcels} x {REASONS[reason]}" for reason, parcels in use.overridden]
    if use.damaged:
        words.append(f"{use.damaged} of {use.sent} units came back damaged")
    return ", ".join(words)


def _advice(report: PackingReport) -> Iterator[str]:
    advice = report.advice
    yield ""
    yield (
        f"At best these orders take {advice.parcels} parcels for {amount(advice.cost_cents)}, "
        f"{advice.empty_percent} % empty."
    )
    if advice.unplanned:
        yield f"{advice.unplanned} of them can't be reckoned: sizes or weights are missing."
    for saving in advice.savings:
        size = " x ".join(str(side) for side in saving.carton.inner_mm)
        yield (
            f"A carton of {size} mm inside, at about {amount(saving.carton.price_cents)}, would have saved "
            f"{amount(saving.saved_cents)} on {saving.shipments} of them."
        )
    if advice.never_best:
        yield f"Never the best choice in these {report.parcels} parcels: {', '.join(advice.never_best)}."
    elif 0 < report.parcels < LEAST_PARCELS:
        yield f"Which packagings are never the best choice can be told from {LEAST_PARCELS} parcels on."
