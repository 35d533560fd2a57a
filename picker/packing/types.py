"""What the choice of packaging needs to know, and what it answers. Integers: mm, g, cents, ml."""

from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

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
    own_box: bool = False
    """It may be sent as it is, in the box it comes in."""
    ships_alone: bool = False
    """Each unit travels in a parcel of its own."""
    group: str = ""
    """What the policy keeps apart: "food", "chemical", "paper"."""
    hazmat: str = ""
    """The transport class of dangerous goods: "3", "8"."""
    batteries: int = 0
    battery_wh: int = 0
    """Lithium ion batteries in one unit, and watt-hours of each."""
    nests_mm: int | None = None
    """How much one more unit adds to the height of a pile of units stuck into each other: cups, bowls."""


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
    ect: int | None = None
    """Edge crush test of the board in lb/in, with `walls` layers of fluting; `None` says nothing of its strength."""
    walls: int = 1
    services: frozenset[str] | None = None
    """The tariffs, by code, that take it; all by default."""
    own_of: str = ""
    """It is the box in which this product (SKU) comes: it holds one unit of it, without padding."""


@dataclass(frozen=True, slots=True)
class Tariff:
    """What one carrier service charges and takes. Money in cents, weights in g, sides in mm.

    `rates` are (up to g, cents) in rising order; without them a parcel costs base + step * started steps.
    The volume's weight is reckoned from outer sides rounded up to `side_step_tenths` of a mm (254 is an inch: UPS
    and FedEx since 18 August 2025). `max_sides_mm` falls from the longest to the shortest side; girth is the
    longest side plus twice each of the others.
    """

    code: str = ""
    base_cents: int = 420
    step_cents: int = 85
    step_g: int = 500
    rates: tuple[tuple[int, int], ...] = ()
    dim_divisor: int = 5000
    side_step_tenths: int = 10
    max_weight_g: int = 30_000
    max_sides_mm: tuple[int, int, int] | None = None
    max_girth_mm: int | None = None

    def __post_init__(self) -> None:
        if min(self.step_g, self.dim_divisor, self.side_step_tenths) <= 0:
            given = (self.step_g, self.dim_divisor, self.side_step_tenths)
            raise ValueError(
                f"tariff {self.code!r}: expected step, divisor and side step above 0, got {given}"
            )
        if list(self.rates) != sorted(set(self.rates)) or any(a > b for a, b in _rising(self.rates)):
            raise ValueError(f"tariff {self.code!r}: expected rates that rise, got {self.rates}")

    @property
    def heaviest_g(self) -> int:
        """The greatest weight it takes: its own limit, or where its rates end."""
        return min(self.max_weight_g, self.rates[-1][0]) if self.rates else self.max_weight_g


def _rising(rates: tuple[tuple[int, int], ...]) -> list[tuple[int, int]]:
    return [(lighter[1], heavier[1]) for lighter, heavier in pairwise(rates)]


class Objective(StrEnum):
    """What the best plan is."""

    COST = "cost"
    BOXES = "boxes"
    """Fewest parcels, then least inner volume of their packagings."""


@dataclass(frozen=True, slots=True)
class PackingPolicy:
    """What a shop pays and insists on. A parcel costs packaging + handling + void fill + what the carrier takes:
    base + step * started steps, or with `tariffs` the cheapest of those that take it.

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
    handling_cents: int = 0
    void_fill_cents_per_litre: int = 0
    apart: frozenset[tuple[str, str]] = frozenset()
    """Pairs of groups never in one parcel; "liquid", "hazmat" and "battery" are groups too."""
    hazmat_classes: frozenset[str] | None = None
    """Classes of dangerous goods that are sent at all; all by default."""
    max_batteries: int | None = None
    max_battery_wh: int | None = None
    """Lithium batteries per parcel, and watt-hours of each: UN 3481 PI 966 section II allows up to 100 Wh."""
    tariffs: tuple[Tariff, ...] = ()
    """Carrier services instead of the one that base, step, divisor and greatest weight above describe."""
    objective: Objective = Objective.COST
    stable: bool = False
    """Prefer arrangements in which nothing stands that would tip."""

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
    service: str = ""
    void_fill_cents: int = 0


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
    bound_cents: int = 0
    """No plan for these goods can cost less than this; 0 if the fewest boxes were asked for."""

    @property
    def proven(self) -> bool:
        """Whether it is known that no cheaper plan exists."""
        return 0 < self.cost_cents <= self.bound_cents

    @property
    def cost_cents(self) -> int:
        """Full cost of all parcels in cents."""
        return sum(parcel.cost_cents for parcel in self.parcels)
