"""Where packers know better than the catalogue: overridden proposals, by product and by packaging."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from data.store.packed import Packed
from picker.flow.packaging import OVERRIDE, UNFIT

LEAST = 2
"""So many overrides for one reason, or units sent back damaged, before they are more than chance."""

LEAST_PERCENT = 5
"""And so large a share of the parcels with the product."""

REMEDIES = {
    "too_small": "dimensions to be measured again",
    "too_big": "dimensions to be measured again",
    "record_wrong": "dimensions to be measured again",
    "damage_risk": "fragility and cushioning to be looked at",
}
"""What a lead can do about a product's overrides of one reason."""


@dataclass(frozen=True, slots=True)
class ProductUse:
    """A product in the parcels of the report. `overridden` are (reason, parcels); damage and sent count units."""

    sku: str
    parcels: int
    overridden: tuple[tuple[str, int], ...]
    sent: int
    damaged: int

    @property
    def conspicuous(self) -> tuple[tuple[str, int], ...]:
        """The reasons that came up too often for chance."""
        return tuple(
            (reason, count)
            for reason, count in self.overridden
            if count >= LEAST and count * 100 >= LEAST_PERCENT * self.parcels
        )


@dataclass(frozen=True, slots=True)
class PackagingUse:
    """A packaging in the report: parcels it was taken for and proposed for, and what it was passed over for."""

    code: str
    taken: int
    proposed: int
    overridden: tuple[tuple[str, int], ...]
    sent: int
    damaged: int


def overridden(parcel: Packed) -> bool:
    """Whether the packer took another packaging than the one proposed, for a reason."""
    return bool(parcel.proposed) and parcel.reason in {*OVERRIDE, *UNFIT}


def by_product(packed: Sequence[Packed], damaged: Mapping[str, int]) -> tuple[ProductUse, ...]:
    """Every product in these parcels, the most overridden first; `damaged` are units sent back damaged by SKU."""
    parcels: Counter[str] = Counter()
    sent: Counter[str] = Counter()
    reasons: dict[str, Counter[str]] = {}
    for parcel in packed:
        for sku, units in parcel.contents:
            sent[sku] += units
        for sku in {sku for sku, _ in parcel.contents}:
            parcels[sku] += 1
            if overridden(parcel):
                reasons.setdefault(sku, Counter())[parcel.reason] += 1
    uses = [
        ProductUse(
            sku,
            parcels[sku],
            tuple(reasons.get(sku, Counter()).most_common()),
            sent[sku],
            damaged.get(sku, 0),
        )
        for sku in sorted(parcels)
    ]
    return tuple(sorted(uses, key=lambda use: (-_sum(use.overridden), -use.damaged, use.sku)))


def by_packaging(packed: Sequence[Packed], damaged: Mapping[str, int]) -> tuple[PackagingUse, ...]:
    """Every packaging taken or proposed, by code; `damaged` are units sent back damaged by packaging."""
    taken = Counter(parcel.packaging for parcel in packed)
    proposed = Counter(parcel.proposed for parcel in packed if parcel.proposed)
    sent: Counter[str] = Counter()
    reasons: dict[str, Counter[str]] = {}
    for parcel in packed:
        sent[parcel.packaging] += sum(units for _, units in parcel.contents)
        if overridden(parcel):
            reasons.setdefault(parcel.proposed, Counter())[parcel.reason] += 1
    return tuple(
        PackagingUse(
            code,
            taken[code],
            proposed[code],
            tuple(reasons.get(code, Counter()).most_common()),
            sent[code],
            damaged.get(code, 0),
        )
        for code in sorted({*taken, *proposed})
    )


def _sum(counts: Iterable[tuple[str, int]]) -> int:
    return sum(count for _, count in counts)
