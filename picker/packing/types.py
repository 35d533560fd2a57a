"""What the choice of packaging needs to know, and what it answers. Integers: mm, g, cents, ml."""

from dataclasses import dataclass
from enum import StrEnum

from data.types import Fragility, PackagingKind, Rotation


@dataclass(frozen=True, slots=True)
class Item:
    """One order line to pack. `dims_mm` is (x, y, z) with z up as it stands; `None` is unknown."""

    line: int
    sku: str
    name: str
    quantity: int
    dims_mm: tuple[int, int, int] | None
    weight_g: int | None
    rotation: Rotation = Rotation.ANY
    fragility: Fragility = Fragility.STURDY
    max_top_g: int | None = None
    mailer_ok: bool = False
    liquid: bool = False


@dataclass(frozen=True, slots=True)
class Container:
    """One packaging to choose from. Sizes (x, y, z) in mm, z up."""

    code: str
    name: str
    kind: PackagingKind
    inner_mm: tuple[int, int, int]
    outer_mm: tuple[int, int, int]
    tare_g: int
    max_gross_g: int
    price_cents: int
    stock: int | None = None


@dataclass(frozen=True, slots=True)
class PackingPolicy:
    """What a shop pays and insists on. A parcel costs packaging + base + step * started steps.

    `padding_mm` is put around each unit and `wall_mm` along walls, floor and lid, by fragility from sturdy to very
    fragile; a parcel is lined as its most fragile unit asks. `effort` is about how many ways are tried per
    packaging: more is slower and sometimes cheaper, never different from one machine to the next.
    """

    base_cents: int = 420
    step_cents: int = 85
    step_g: int = 500
    dim_divisor: int = 5000
    max_weight_g: int = 30_000
    min_support_percent: int = 60
    padding_mm: tuple[int, int, int, int] = (0, 5, 20, 50)
    wall_mm: tuple[int, int, int, int] = (0, 0, 10, 20)
    max_empty_percent: int = 50
    void_fill: str = "paper"
    effort: int = 48

    def __post_init__(self) -> None:
        if self.step_g <= 0 or self.dim_divisor <= 0:
            raise ValueError(
                f"packing policy: expected a step and a divisor above 0, got {self.step_g} and {self.dim_divisor}"
            )


@dataclass(frozen=True, slots=True)
class Placement:
    """One unit's place: the corner nearest the origin and its sides as turned, in mm.

    The sides are the product's own; padding around it is left as clearance.
    """

    line: int
    x: int
    y: int
    z: int
    dx: int
    dy: int
    dz: int


class Warning(StrEnum):
    """What the packer or the lead should know of a plan that is otherwise good."""

    MUCH_EMPTY = "much_empty"
    NEARLY_OVERWEIGHT = "nearly_overweight"
    LAST_IN_STOCK = "last_in_stock"


@dataclass(frozen=True, slots=True)
class FillStep:
    """One sentence of the filling order as (key, parameters): bottom first."""

    key: str
    line: int
    quantity: int
    name: str
    place: str
    orientation: str
    padding_mm: int


@dataclass(frozen=True, slots=True)
class ParcelPlan:
    """One parcel: packaging, every unit's place, how to fill it, and what it weighs and costs."""

    packaging: Container
    placements: tuple[Placement, ...]
    steps: tuple[FillStep, ...]
    gross_g: int
    billable_g: int
    cost_cents: int
    void_fill_ml: int
    empty_percent: int
    warnings: tuple[Warning, ...] = ()


class Obstacle(StrEnum):
    """Why no plan can be given for a product."""

    NO_DIMENSIONS = "no_dimensions"
    NO_WEIGHT = "no_weight"
    FITS_NOWHERE = "fits_nowhere"
    NO_PACKAGING = "no_packaging"


@dataclass(frozen=True, slots=True)
class Missing:
    """One product that stands in the way of a plan."""

    sku: str
    obstacle: Obstacle


@dataclass(frozen=True, slots=True)
class PackingPlan:
    """The answer: parcels that hold every unit, or what is missing; never half of either."""

    parcels: tuple[ParcelPlan, ...] = ()
    missing: tuple[Missing, ...] = ()

    @property
    def cost_cents(self) -> int:
        """Full cost of all parcels in cents."""
        return sum(parcel.cost_cents for parcel in self.parcels)
