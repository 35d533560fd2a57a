"""What a parcel weighs to the carrier and costs in all."""

from data.types import Tariff
from picker.packing.strength import strength_g
from picker.packing.types import Container, PackingPolicy


def volume_g(container: Container, tariff: Tariff) -> int:
    """What the parcel's volume counts as: its outer cm3 / divisor in kg, hence mm3 / divisor in g, rounded up.

    Each side is rounded up first as the carrier does it. Divisors as published, of 2025: 5000 cm3/kg (DHL; UPS and
    FedEx by 139 in3/lb, hence 5022), 6000 for air freight and USPS (166 in3/lb, hence 5997).
    """
    step = tariff.side_step_tenths
    x, y, z = (-(-10 * side // step) * step for side in container.outer_mm)
    return -(-x * y * z // (1000 * tariff.dim_divisor))


def billable_g(container: Container, gross_g: int, tariff: Tariff) -> int:
    """What the carrier bills in g: the gross weight, or the volume's if that is more."""
    return max(gross_g, volume_g(container, tariff))


def carriage_cents(billable: int, tariff: Tariff) -> int | None:
    """What the carrier takes for `billable` g; `None` if its rates end below."""
    if tariff.rates:
        return next((cents for most, cents in tariff.rates if billable <= most), None)
    return tariff.base_cents + tariff.step_cents * max(1, -(-billable // tariff.step_g))


def takes(tariff: Tariff, container: Container) -> bool:
    """Whether the service takes this packaging by agreement, sides and girth.

    Girth is the longest side plus twice each of the others, as UPS, FedEx and USPS limit it.
    """
    if container.services is not None and tariff.code not in container.services:
        return False
    sides = sorted(container.outer_mm, reverse=True)
    if tariff.max_sides_mm and any(a > b for a, b in zip(sides, tariff.max_sides_mm, strict=True)):
        return False
    return tariff.max_girth_mm is None or sides[0] + 2 * (sides[1] + sides[2]) <= tariff.max_girth_mm


def service_for(container: Container, gross_g: int, policy: PackingPolicy) -> tuple[int, Tariff] | None:
    """(cents, tariff) of the cheapest service that takes a parcel of this packaging and weight."""
    offers = [
        (cents, n)
        for n, tariff in enumerate(policy.tariffs)
        if gross_g <= tariff.max_weight_g
        and takes(tariff, container)
        and (cents := carriage_cents(billable_g(container, gross_g, tariff), tariff)) is not None
    ]
    if not offers:
        return None
    cents, n = min(offers)
    return cents, policy.tariffs[n]


def most_g(container: Container, policy: PackingPolicy) -> int:
    """The greatest gross weight that packaging, its board and the carriers allow."""
    most = min(container.max_gross_g, max(tariff.max_weight_g for tariff in policy.tariffs))
    return most if container.ect is None else min(most, strength_g(container.ect, container.walls))


def fill_cents(millilitres: int, policy: PackingPolicy) -> int:
    """The price of `millilitres` of void fill, in started cents."""
    return -(-millilitres * policy.void_fill.cents_per_litre // 1000)
