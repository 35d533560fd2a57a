"""What customs are told of a parcel."""

from dataclasses import dataclass

from printing.documents.address import AddressBlock


@dataclass(frozen=True, slots=True)
class CustomsItem:
    """One kind of goods for customs: net weight in g and value in cents of one unit, ISO country of origin.

    `danger` is what makes it dangerous goods: a UN number such as "UN 3481", else its class or "lithium batteries".
    """

    description: str
    quantity: int
    net_g: int | None
    value_cents: int | None
    hs_code: str
    origin: str
    sku: str = ""
    danger: str = ""


@dataclass(frozen=True, slots=True)
class Declaration:
    """What customs are told of a parcel. `nature` is one of `printing.customs.NATURES`; `gross_g` in g; `date` is
    ISO 8601. Only a complete one can be printed: see `printing.customs.gaps`.

    `phone` and `importer` (a tax or importer's number) are the recipient's, `exporter` (EORI) the sender's. `ioss` is
    the number in the EU's Import One-Stop Shop, `None` where one is due that isn't known. `limit_cents` is the most
    that a CN 22 may be worth, in `currency`; `None` isn't known.
    """

    order: str
    parcel: int
    sender: AddressBlock
    recipient: AddressBlock
    items: tuple[CustomsItem, ...]
    currency: str
    gross_g: int | None
    date: str
    nature: str = "sale"
    post: str = ""
    language: str = "en"
    phone: str = ""
    importer: str = ""
    exporter: str = ""
    ioss: str | None = ""
    limit_cents: int | None = None
    decimals: int = 2
    """Of `currency`, in whose minor unit amounts are."""

    @property
    def value_cents(self) -> int:
        """What all goods are worth."""
        return sum(item.quantity * (item.value_cents or 0) for item in self.items)

    @property
    def net_g(self) -> int:
        """What all goods weigh without their parcel."""
        return sum(item.quantity * (item.net_g or 0) for item in self.items)


@dataclass(frozen=True, slots=True)
class CN22(Declaration):
    """The declaration of a parcel up to 2 kg and 300 special drawing rights."""


@dataclass(frozen=True, slots=True)
class CN23(Declaration):
    """The declaration of a heavier or more valuable parcel."""


@dataclass(frozen=True, slots=True)
class CommercialInvoice(Declaration):
    """What a merchant sold, for customs: it goes with a CN 23."""


CustomsPaper = CN22 | CN23 | CommercialInvoice

KINDS: dict[str, type[CustomsPaper]] = {
    "cn22": CN22,
    "cn23": CN23,
    "invoice": CommercialInvoice,
}
"""By the name each is kept under."""
