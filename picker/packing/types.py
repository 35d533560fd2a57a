"""What the choice of packaging needs to know, and what it answers. Integers: mm, g, cents, ml."""

from dataclasses import dataclass
from enum import StrEnum

from data.types import Fragility, PackagingKind, Rotation, Tariff


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
    battery_g: int | None = None
    """What the batteries of one unit weigh; where that isn't known, the whole unit counts as battery."""
    un_number: str = ""
    """Of dangerous goods, four digits."""


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
class Cushioning:
    """A material to wrap goods in: mm of it around each unit, and along walls, floor and lid.

    By fragility from sturdy to very fragile; a parcel is lined as its most fragile unit asks. Carriers ask for
    two inches (50 mm) around what breaks: UPS and Amazon FBA packing guidelines.
    """

    name: str = "bubble wrap"
    padding_mm: tuple[int, int, int, int] = (0, 5, 20, 50)
    wall_mm: tuple[int, int, int, int] = (0, 0, 10, 20)


@dataclass(frozen=True, slots=True)
class VoidFill:
    """A material that fills what the goods leave empty."""

    name: str = "paper"
    cents_per_litre: int = 0


class Objective(StrEnum):
    """What the best plan is."""

    COST = "cost"
    BOXES = "boxes"
    """Fewest parcels, then least inner volume of their packagings."""


@dataclass(frozen=True, slots=True)
class PackingPolicy:
    """What a shop pays and insists on. A parcel costs packaging + handling + void fill + the cheapest tariff that
    takes it.

    `effort` is about how many ways are tried per packaging: more is slower and sometimes cheaper, never different
    from one machine to the next. Of several void fills the cheapest is taken.
    """

    tariffs: tuple[Tariff, ...] = (Tariff(),)
    min_support_percent: int = 60
    cushioning: Cushioning = Cushioning()
    void_fills: tuple[VoidFill, ...] = (VoidFill(),)
    max_empty_percent: int = 50
    """Above it a parcel counts as too empty: (EU) 2025/40 Art. 24 allows 50 % from 2030, filler being empty."""
    effort: int = 48
    handling_cents: int = 0
    apart: frozenset[tuple[str, str]] = frozenset()
    """Pairs of groups never in one parcel; "liquid", "hazmat" and "battery" are groups too."""
    hazmat_classes: frozenset[str] | None = None
    """Classes of dangerous goods that are sent at all; all by default."""
    max_batteries: int | None = None
    max_battery_wh: int | None = None
    """Lithium batteries per parcel, and watt-hours of each: UN 3481 PI 966 section II allows up to 100 Wh."""
    max_battery_net_g: int | None = None
    """What the batteries in one parcel may weigh: the same section allows 5 kg by air."""
    objective: Objective = Objective.COST
    stable: bool = False
    """Prefer arrangements in which nothing stands that would tip."""

    def __post_init__(self) -> None:
        if not self.tariffs or not self.void_fills:
            raise ValueError(
                f"packing policy: expected a tariff and a void fill, got {self.tariffs!r} and {self.void_fills!r}"
            )

    @property
    def void_fill(self) -> VoidFill:
        """The cheapest void fill, the first of equals."""
        return min(self.void_fills, key=lambda fill: fill.cents_per_litre)


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
    NEAR_BOARD_LIMIT = "near_board_limit"
    """The board of the carton bears hardly more, by its edge crush test."""
    LAST_IN_STOCK = "last_in_stock"


@dataclass(frozen=True, slots=True)
class FillStep:
    """One sentence of the filling order as (key, parameters): bottom first, nothing goes under what lies already."""

    key: str
    line: int
    quantity: int
    name: str
    place: str
    orientation: str
    padding_mm: int
    material: str = ""
    """What it is wrapped in; nothing where it has no padding."""
    layer: int = 1
    """1 on the bottom."""
    letter: str = ""
    """How the sketch draws it."""
    nested: bool = False
    """The units are stuck into each other."""


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
    """The share of its inner volume that isn't goods; cushioning and void fill count as empty."""
    warnings: tuple[Warning, ...] = ()
    service: str = ""
    void_fill_cents: int = 0
    void_fill: str = ""
    """The material that fills the void; nothing where there is none to fill."""
    lining_mm: int = 0
    """Cushioning along walls, floor and lid."""
    cushion_percent: int = 0
    """The part of `empty_percent` that is cushioning around goods and along the walls."""
    better: Container | None = None
    """What would be clearly less empty, where the parcel is too empty and that was looked for: a packaging in stock,
    or a carton that isn't stocked, without a code."""


class Obstacle(StrEnum):
    """Why no plan can be given for a product."""

    NO_DIMENSIONS = "no_dimensions"
    NO_WEIGHT = "no_weight"
    NOT_CARRIED = "not_carried"
    """The policy sends no such goods, or no service takes a parcel of them."""
    FITS_NOWHERE = "fits_nowhere"
    NO_PACKAGING = "no_packaging"


class Figure(StrEnum):
    """Which figure of a product is in the way."""

    LONGEST_SIDE = "longest_side"
    """In mm with its padding, of the longest packaging's room."""
    HEIGHT = "height"
    """The same for goods that must stay upright, of the highest packaging's room."""
    WEIGHT = "weight"
    """In g, of what packagings or services take."""
    BILLED = "billed"
    """In g, the least that a service bills it as for its size, of where that service's rates end."""
    BATTERIES = "batteries"
    BATTERY_WH = "battery_wh"
    BATTERY_NET_G = "battery_net_g"
    HAZMAT = "hazmat"
    """Its class isn't sent; there is no figure to compare."""


@dataclass(frozen=True, slots=True)
class Missing:
    """One product that stands in the way of a plan, and its figure that does where one alone tells why."""

    sku: str
    obstacle: Obstacle
    figure: Figure | None = None
    got: int = 0
    most: int = 0


@dataclass(frozen=True, slots=True)
class PackingPlan:
    """The answer: parcels that hold every unit, or what is missing; never half of either."""

    parcels: tuple[ParcelPlan, ...] = ()
    missing: tuple[Missing, ...] = ()
    bound_cents: int = 0
    """No plan for these goods can cost less than this; 0 where nothing is known: goods that nest, fewest boxes."""

    @property
    def proven(self) -> bool:
        """Whether it is known that no cheaper plan exists."""
        return 0 < self.cost_cents <= self.bound_cents

    @property
    def cost_cents(self) -> int:
        """Full cost of all parcels in cents."""
        return sum(parcel.cost_cents for parcel in self.parcels)
