"""Documents, a spool and readers of barcodes that the printing tests share."""

from collections.abc import Callable
from time import monotonic, sleep

import zxingcpp
from PIL import Image

from printing.content import dump
from printing.documents import (
    AddressBlock,
    Card,
    CardSheet,
    Document,
    Insert,
    PackingSlip,
    ParcelLabel,
    SlipLine,
)
from printing.jobs import NewJob

SSCC = "340123450000000017"
URL = "https://shop.example/return/ORD-100234"
NAMES = {
    "en": "Mary O'Neill",
    "pl": "Grzegorz Brzęczyszczykiewicz",
    "ru": "Александра Достоевская",
    "zh": "王小明 (Łukasz)",
}


def label(language: str = "en") -> ParcelLabel:
    """A parcel label as a shop would want it."""
    return ParcelLabel(
        order="ORD-100234",
        parcel=1,
        parcels=2,
        sscc=SSCC,
        recipient=AddressBlock((NAMES[language], "ul. Żwirki i Wigury 12/4", "00-950 Warszawa"), "PL"),
        sender=AddressBlock(("Tea & Co", "Industriestr. 4", "12345 Berlin"), "DE"),
        carrier="DHL",
        service="Express 12:00",
        weight_g=1250,
        marks=("FRAGILE",),
        language=language,
    )


def slip(language: str = "en") -> PackingSlip:
    """A packing slip with a short line and another parcel."""
    lines = (SlipLine("TEA-001", "Green tea 绿茶, loose, 250 g", 2, 3, "best before 2027-03"),)
    others = (SlipLine("POT-7", "Teapot", 1, 1),)
    recipient = AddressBlock((NAMES[language], "00-950 Warszawa"))
    return PackingSlip("ORD-100234", 1, 2, "Tea & Co", recipient, lines, others, language)


def insert(language: str = "en") -> Insert:
    """A personal card with a coupon and a way back."""
    return Insert(
        order="ORD-100234",
        parcel=1,
        heading=f"{NAMES[language]}!",
        paragraphs=("Thank you. Dziękujemy. Спасибо. 谢谢。",),
        coupon="SPRING-10",
        coupon_text="10 %",
        return_url=URL,
        return_text="14 days",
        language=language,
    )


def cards() -> CardSheet:
    """A sheet of command cards."""
    return CardSheet("Commands", tuple(Card(code, code.title()) for code in ("UNDO", "FINISH", "DAMAGE")))


DOCUMENTS: dict[str, Callable[[str], Document]] = {"label": label, "slip": slip, "insert": insert}


def new_job(document: str = "label", order: str = "ORD-100234", parcel: int = 1) -> NewJob:
    """A job for printer "p1" whose content names its order and parcel."""
    content = {**dump(DOCUMENTS[document]("en")), "order": order, "parcel": parcel}
    return NewJob(order, parcel, document, content, "p1")


def read(image: Image.Image) -> set[tuple[str, bytes]]:
    """The barcodes on a picture as (AIM identifier, content)."""
    found = zxingcpp.read_barcodes(image.convert("L"))
    return {(code.symbology_identifier, code.bytes) for code in found if code.valid}


def until(condition: Callable[[], bool], seconds: float = 10.0) -> None:
    """Wait for something that another thread does; fails when it never comes."""
    deadline = monotonic() + seconds
    while not condition():
        assert monotonic() < deadline, "waited in vain"
        sleep(0.01)
