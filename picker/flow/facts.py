"""What the flow may know of the world: gathered by the services, handed in, never fetched."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from data.types import CodeMatch, OrderId, Packaging, Product, StationId, Worker, WorkerId
from picker.flow.streams import StreamEntries
from picker.flow.work import Entry, OrderWork
from picker.locale.messages import Message


@dataclass(frozen=True, slots=True)
class Claim:
    """Who holds an order; `live` is judged by the database's clock."""

    station: StationId
    worker: WorkerId
    epoch: int
    live: bool


@dataclass(frozen=True, slots=True)
class SerialAt:
    """A serial number that is with another order: gone out with it on `closed_on`, or, without that, in work."""

    sku: str
    serial: str
    order: OrderId
    closed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """An open order that wants a product, and the station that has it in work, if any."""

    order: OrderId
    station: StationId = StationId("")


@dataclass(frozen=True, slots=True)
class Offer:
    """The order to take next, and how many wait behind it."""

    order: str
    service: str
    due_at: datetime | None
    lines: int
    units: int
    waiting: int
    code: str = ""
    """What to scan for it: its number, unless that means something else as well."""


@dataclass(frozen=True, slots=True)
class Parked:
    """Orders put aside that whoever scans one goes on with: how many, and the most urgent with their reasons."""

    count: int = 0
    orders: tuple[tuple[str, str], ...] = ()


class Camera(StrEnum):
    """Whether the station has a camera, and whether it gives pictures now."""

    NONE = "none"
    AWAY = "away"
    WELL = "well"


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo that is safely on disk, or, without a `file`, the reason why there is none."""

    file: str = ""
    sha256: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """All that one step may look at beside its state.

    `now` is in the warehouse's time zone. `serials` says where the serial numbers that the input may give are with
    other orders, those that came back excepted. `matches` is what the scanned code can stand for. `candidate` is
    the order that a scan or NEXT means, with `claim` its present owner. `owned` is false when the order in hand was
    lost to `owner`. `label_lacking` says of a parcel about to be sealed without its carrier's own label whether
    that is "none" of the service's business, or the label is "wanted" or "required". `address_cut` says that the
    label in the packer's hand had no room for all of the address, `label_going` why that label, which has begun to
    leave for its printer, is not there yet, `label_printed` that its printer has confirmed it. `measured` is the
    last measurement of this sign-in without an order, which UNDO would take back; `beside` what the input that it
    takes back wrote into other streams than that of the order in hand. `case_of` names the product of
    which an unknown code is a case. `taken` says that the code about to be attached has become known meanwhile.
    `camera` is how the station's camera is; `photo` what it was asked for, once that was tried. `held` says why
    this very input could not be carried out when it was tried. `new_id` makes ids of inputs and events.
    """

    now: datetime
    new_id: Callable[[], str]
    matches: tuple[CodeMatch, ...] = ()
    workers: Mapping[str, Worker] = field(default_factory=dict)
    products: Mapping[str, Product] = field(default_factory=dict)
    candidate: OrderWork | None = None
    claim: Claim | None = None
    wanted_by: tuple[Wanted, ...] = ()
    packagings: tuple[Packaging, ...] = ()
    """Those that the order in hand may go into."""
    foreign: frozenset[str] = frozenset()
    """Codes of packagings that only other shops' orders go into."""
    sscc: str = ""
    label_lacking: str = ""
    address_cut: bool = False
    label_going: Message | None = None
    label_down: str = ""
    """The printer of labels by name, while it is known that it can't print."""
    label_printed: bool = False
    own_labels: frozenset[int] = frozenset()
    """Sealed parcels of the order in hand whose label is ours, where its count stands on each."""
    case_of: str = ""
    taken: bool = False
    camera: Camera = Camera.NONE
    photo: Photo | None = None
    held: Message | None = None
    owned: bool = True
    owner: str = ""
    measured: Entry | None = None
    beside: tuple[StreamEntries, ...] = ()
    serials: tuple[SerialAt, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    """What other orders that the answer may speak of are called, by id."""

    def called(self, order: str) -> str:
        """What people call an order."""
        return self.names.get(order, order)

    @property
    def today(self) -> date:
        """The day in the warehouse: by it goods expire."""
        return self.now.date()
