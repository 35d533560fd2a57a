"""Documents, a spool and readers of barcodes that the printing tests share."""

import io
from collections.abc import Callable
from dataclasses import fields
from functools import cache
from time import monotonic, sleep

import zxingcpp
from PIL import Image, ImageChops, ImageDraw

from printing.addresses import Postal, block
from printing.content import dump
from printing.documents import Document
from printing.documents.address import AddressBlock
from printing.documents.customs import CN22, CN23, CommercialInvoice, CustomsItem
from printing.documents.inserts import Coupon, Divider, Heading, Insert, PictureBlock, QrCode, Text
from printing.documents.labels import ParcelLabel
from printing.documents.signs import Badge, Card, CardSheet, LocationLabel, ProductLabel, ToteTag
from printing.documents.slips import GiftSlip, PackingSlip, ReturnSlip, SlipLine
from printing.jobs import NewJob
from printing.render import Picture
from printing.spool import Spool

SSCC = "340123450000000017"
LINK = f"https://id.gs1.org/00/{SSCC}"
URL = "https://shop.example/return/ORD-100234"
RECIPIENTS = {
    "en": Postal("Mary O'Neill", "", ("10 Mill Lane", "Flat 4"), "London", "SW1A 2AA", "", "GB"),
    "pl": Postal(
        "Grzegorz Brzęczyszczykiewicz", "", ("ul. Żwirki i Wigury 12/4",), "Warszawa", "00-950", "", "PL"
    ),
    "ru": Postal("Александра Достоевская", "", ("ул. Ленина, д. 5, кв. 12",), "Казань", "420111", "", "RU"),
    "zh": Postal("王小明 (Łukasz)", "", ("长安街1号",), "北京市", "100000", "", "CN"),
    "ar": Postal("فاطمة الزهراء", "Nile Tea", ("شارع الملك فيصل 12 (مبنى 3)",), "الجيزة", "12556", "", "EG"),
}
SENDER = AddressBlock(("Tea & Co", "Industriestr. 4", "12345 Berlin", "DEUTSCHLAND / GERMANY"), "DE")
LINES = (SlipLine("TEA-001", "Green tea 绿茶, loose, 250 g", 2, 3, "best before 2027-03", 1250),)
OTHERS = (SlipLine("POT-7", "Teapot", 1, 1, price_cents=3490),)


def label(language: str = "en") -> ParcelLabel:
    """A parcel label as a shop would want it."""
    return ParcelLabel(
        order="ORD-100234",
        parcel=1,
        parcels=2,
        sscc=SSCC,
        recipient=block(RECIPIENTS[language], "DE"),
        sender=SENDER,
        carrier="DHL",
        service="Express 12:00",
        weight_g=1250,
        marks=("fragile", "this_side_up"),
        language=language,
        routing="WAW-3 / 017",
    )


def slip(language: str = "en") -> PackingSlip:
    """A packing slip with a short line and another parcel."""
    recipient = block(RECIPIENTS[language], "DE")
    later = (SlipLine("CUP-2", "Cup", 1, 1),)
    return PackingSlip(
        "ORD-100234", 1, 2, "Tea & Co", recipient, LINES, OTHERS, language, later=later, currency="EUR"
    )


def gift(language: str = "en") -> GiftSlip:
    """The slip of a gift with the giver's words."""
    recipient = block(RECIPIENTS[language], "DE")
    message = "Happy birthday! Wszystkiego najlepszego! 生日快乐！ عيد ميلاد سعيد!"
    return GiftSlip(
        "ORD-100234", 1, 2, "Tea & Co", recipient, LINES, message, "Łukasz", OTHERS, language=language
    )


def customs(language: str = "en") -> CN22:
    """A complete declaration."""
    items = (
        CustomsItem("Green tea 绿茶, loose", 2, 250, 1250, "0902.10", "CN"),
        CustomsItem("Stoneware cup", 1, 300, 1490, "6912 00", "PL"),
    )
    recipient = block(RECIPIENTS[language], "DE")
    return CN22(
        "ORD-100234", 1, SENDER, recipient, items, "EUR", 1250, "2026-11-22", post="DHL", language=language
    )


def heavy(language: str = "en") -> CN23:
    """A complete declaration beyond CN 22, of a parcel with a battery in its equipment and all numbers."""
    lamp = CustomsItem("Lamp with battery", 3, 480, 12_900, "8513.10", "PL", "LMP-1", "UN 3481")
    return CN23(
        "ORD-100234", 1, SENDER, block(RECIPIENTS[language], "DE"), (lamp,), "EUR", 2650, "2026-11-22",
        language=language, phone="+44 20 7946 0001", importer="GB123456789", exporter="PL1234567890",
        ioss="IM0123456789", limit_cents=35_152,
    )  # fmt: skip


def invoice(language: str = "en") -> CommercialInvoice:
    """The invoice of the same parcel."""
    form = heavy(language)
    return CommercialInvoice(**{field.name: getattr(form, field.name) for field in fields(form)})


def returns(language: str = "en") -> ReturnSlip:
    """A return slip with a policy and a link."""
    policy = ("Unused goods only, please. Tylko nieużywane. 未使用。",)
    return ReturnSlip(
        "ORD-100234", 1, "Tea & Co", SENDER, "RET-100234", LINES, URL, policy, 14, language=language
    )


@cache
def photo() -> bytes:
    """A small PNG with greys and lines."""
    image = Image.new("L", (60, 20), 255)
    draw = ImageDraw.Draw(image)
    for x in range(60):
        draw.line((x, 0, x, 9), fill=x * 4)
    draw.rectangle((5, 12, 55, 18), outline=0)
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def insert(language: str = "en") -> Insert:
    """A personal card with every kind of block."""
    return Insert(
        order="ORD-100234",
        parcel=1,
        blocks=(
            Heading(f"{RECIPIENTS[language].name}!"),
            PictureBlock(photo(), width_percent=60),
            Text("Thank you. Dziękujemy. Спасибо. 谢谢。 شكرا."),
            Coupon("SPRING-10", "10 %"),
            Divider(),
            QrCode(URL, "14 days", "Return"),
            Text(URL, centred=True),
        ),
        language=language,
    )


def tote(language: str = "en") -> ToteTag:
    """A tote's sign."""
    return ToteTag("PKTTOTE7X", "TOTE 7")


def location(language: str = "en") -> LocationLabel:
    """A bin's sign with an arrow."""
    return LocationLabel("A-01-03", "A-01-03", "up")


def product(language: str = "en") -> ProductLabel:
    """A label with a GTIN."""
    return ProductLabel("4006381333931", "TEA-001", f"Green tea 绿茶 {RECIPIENTS[language].name}", "LOT 7")


def badge(language: str = "en") -> Badge:
    """A worker's badge."""
    return Badge("BADGE1001", RECIPIENTS[language].name, "lead")


def cards() -> CardSheet:
    """A sheet of command cards."""
    return CardSheet("Commands", tuple(Card(code, code.title()) for code in ("UNDO", "FINISH", "DAMAGE")))


DOCUMENTS: dict[str, Callable[[str], Document]] = {
    "label": label,
    "slip": slip,
    "gift": gift,
    "cn22": customs,
    "cn23": heavy,
    "invoice": invoice,
    "return": returns,
    "insert": insert,
    "tote": tote,
    "location": location,
    "product": product,
    "badge": badge,
}


WANTED = {
    "label": {("]C0", b"ORD-100234"), ("]C1", b"00" + SSCC.encode()), ("]Q1", LINK.encode())},
    "slip": {("]C0", b"ORD-100234")},
    "gift": {("]C0", b"ORD-100234")},
    "cn22": {("]C0", b"ORD-100234")},
    "cn23": {("]C0", b"ORD-100234")},
    "invoice": {("]C0", b"ORD-100234")},
    "return": {("]C0", b"RET-100234"), ("]Q1", URL.encode())},
    "insert": {("]C0", b"SPRING-10"), ("]Q1", URL.encode())},
    "tote": {("]C0", b"PKTTOTE7X")},
    "location": {("]C0", b"A-01-03")},
    "product": {("]E0", b"4006381333931")},
    "badge": {("]C0", b"BADGE1001")},
}
"""The barcodes on each of them, as (AIM identifier, content)."""


def new_job(document: str = "label", order: str = "ORD-100234", parcel: int = 1) -> NewJob:
    """A job for printer "p1" whose content names its order and parcel."""
    content = {**dump(DOCUMENTS[document.partition("-")[0]]("en")), "order": order, "parcel": parcel}
    return NewJob(order, parcel, document, content, "p1")


def barcodes(image: Image.Image) -> list[zxingcpp.Barcode]:
    """The barcodes on a picture and where they are."""
    return [code for code in zxingcpp.read_barcodes(image.convert("L")) if code.valid]


def fill_disk(spool: Spool, *, full: bool = True) -> None:
    """Have the spool's file grow no more, as on a full disk, or again."""
    connection = spool._store._connection
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count = {pages if full else 1_000_000}").fetchall()


def read(image: Image.Image) -> set[tuple[str, bytes]]:
    """The barcodes on a picture as (AIM identifier, content)."""
    return {(code.symbology_identifier, code.bytes) for code in barcodes(image)}


def until(condition: Callable[[], bool], seconds: float = 10.0) -> None:
    """Wait for something that another thread does; fails when it never comes."""
    deadline = monotonic() + seconds
    while not condition():
        assert monotonic() < deadline, "waited in vain"
        sleep(0.01)


def ink(image: Image.Image) -> tuple[int, int, int, int] | None:
    """The box around all black dots."""
    return ImageChops.invert(image.convert("L")).getbbox()


def codes(picture: Picture) -> set[tuple[str, bytes]]:
    """The barcodes on all pages."""
    return {code for page in picture.pages for code in read(page)}
