"""Names from outside made fit for a printed sentence; they are text and never a template."""

import re
import unicodedata

LONGEST_NAME = 40
LONGEST_SHOP = 60

_UNPRINTABLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def primary(language: str) -> str:
    """The primary subtag of a language tag: "zh" of "zh-Hans_CN"."""
    return language.replace("_", "-").split("-")[0].strip().lower()


def first_name(name: str) -> str:
    """The first word of a person's `name`, at most `LONGEST_NAME` characters; empty if nothing is printable."""
    return next(iter(printable(name).split()), "")[:LONGEST_NAME]


def shop_name(name: str) -> str:
    """A shop's `name` in one line of at most `LONGEST_SHOP` characters."""
    return printable(name)[:LONGEST_SHOP].strip()


def code_of(name: str) -> str:
    """A short name for programs, made of a name in words: "welcome-poland" of "Welcome, Poland!"."""
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[^a-z0-9]+", "-", plain)[:40].strip("-") or "campaign"


def printable(text: str) -> str:
    """`text` on one line without control, format, surrogate and private characters."""
    spaced = " ".join(text.split())
    chars = (char for char in spaced if unicodedata.category(char) not in _UNPRINTABLE)
    return " ".join(unicodedata.normalize("NFC", "".join(chars)).split())
