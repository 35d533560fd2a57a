"""What a shop decides about its flow."""

from dataclasses import dataclass, field

from picker.choices import Attaching, Weighing
from picker.packing.types import PackingPolicy


@dataclass(frozen=True, slots=True)
class FlowPolicy:
    """Settings of the flow; weights in g."""

    one_scan: bool = False
    """One scan picks and checks (small shops); otherwise goods are checked at the bench, from the tote."""
    confirm_location: bool = False
    """Each location must be scanned before its items."""
    count_from: int = 0
    """From so many open units of a product on, one is scanned and how many more is typed; 0: every unit is scanned."""
    weigh: Weighing = Weighing.OPTIONAL
    """The parcel's weight is asked for before sealing; OPTIONAL may be skipped by the packer."""
    weight_tolerance_g: int = 30
    """A parcel this far from its expected weight passes without a question."""
    weight_tolerance_percent: int = 5
    """The same as a share of the expected weight; the larger of the two counts."""
    label_scan: bool = True
    close_on_printed: bool = False
    reprint_lead: bool = False
    """The label on the box is scanned before the order closes."""
    attach_barcode: Attaching = Attaching.PACKER
    """Who may attach an unknown barcode to the product in hand."""
    photo_value_cents: int | None = None
    """Orders worth as much are photographed in the open box before they are sealed."""
    photo_tags: frozenset[str] = frozenset()
    """So are those of buyers with one of these tags, in lower case."""
    currency: str = "EUR"
    """What packagings and tariffs are priced in."""
    packing: PackingPolicy = field(default_factory=PackingPolicy)
    """What parcels cost and how goods are protected."""
