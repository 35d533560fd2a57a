"""The personal card of a campaign, and the blocks it is made of."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Heading:
    """Large words in the middle."""

    text: str


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph."""

    text: str
    centred: bool = False


@dataclass(frozen=True, slots=True)
class PictureBlock:
    """A picture (PNG or JPEG file), `width_percent` of the paper wide; photos are dithered, line art is not."""

    file: bytes
    line_art: bool = False
    width_percent: int = 100


@dataclass(frozen=True, slots=True)
class Coupon:
    """A code in large letters and as Code 128, with words above it."""

    code: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class QrCode:
    """A QR code of `content`, with a title above it and a caption below."""

    content: str
    caption: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Divider:
    """A line across."""


Block = Heading | Text | PictureBlock | Coupon | QrCode | Divider


@dataclass(frozen=True, slots=True)
class Insert:
    """A personal card, made of blocks from top to bottom; the `shop`'s name is not broken where it fits a line."""

    order: str
    parcel: int
    blocks: tuple[Block, ...]
    language: str = "en"
    shop: str = ""


KINDS: dict[str, type[Insert]] = {"insert": Insert}
"""By the name each is kept under."""
