"""What a customs declaration must say before it may be printed.

After the Universal Postal Convention's forms CN 22 and CN 23 (UPU Convention Manual, read on 1 December 2026):
contents, quantity, net weight and value of each kind of goods, total weight and value, currency, nature of the goods,
date, sender and addressee; HS code of at least six digits and country of origin for goods that are sold. CN 22 serves
up to 2 kg and 300 SDR. Whoever signs certifies that nothing dangerous is in the item; of dangerous goods the post
takes lithium batteries that are in equipment (UN 3481 and UN 3091; Convention, Article 19).
The number in the EU's Import One-Stop Shop is for goods from outside the Union worth up to 150 EUR (Directive
2006/112/EC, Art. 369l).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from printing.descriptions import describes
from printing.documents.customs import CN22, CN23, CustomsItem, Declaration

NATURES = ("gift", "documents", "sample", "sale", "returned", "other")
MOST_GRAMS = 2000
MOST_SDR = 300
IOSS_MOST_EUR = 150
ADMITTED = frozenset({"UN 3481", "UN 3091"})
"""Dangerous goods that the post takes: lithium batteries in equipment."""

_HS_CODE = re.compile(r"[0-9]{6,10}")
_COUNTRY = re.compile(r"[A-Z]{2}")
_CURRENCY = re.compile(r"[A-Z]{3}")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Gap:
    """A field that is missing or wrong: of which goods ("" is the form itself), which, and in words."""

    item: str
    field: str
    words: str

    def __str__(self) -> str:
        return f"{self.item}: {self.words}" if self.item else self.words


class CustomsIncomplete(ValueError):
    """A declaration that can't be printed; `gaps` says why, one by one."""

    def __init__(self, form: str, order: str, gaps: tuple[Gap, ...]) -> None:
        self.gaps = gaps
        super().__init__(f"{form} of order {order} is incomplete: {'; '.join(map(str, gaps))}")


def check(form: Declaration) -> None:
    """Raises `CustomsIncomplete` unless the form is complete."""
    gaps_left = gaps(form)
    if gaps_left:
        raise CustomsIncomplete(title(form), form.order, gaps_left)


def title(form: Declaration) -> str:
    """What the paper is called."""
    return {CN22: "CN 22", CN23: "CN 23"}.get(type(form), "Commercial invoice")


def gaps(form: Declaration) -> tuple[Gap, ...]:
    """Everything that keeps this declaration from being printed, in the order of the form."""
    return (*_form_gaps(form), *(gap for item in form.items for gap in _item_gaps(form, item)))


def beyond(form: Declaration) -> bool:
    """Whether the parcel is too heavy or worth too much for a CN 22."""
    return _too_heavy(form) or _too_dear(form)


def _too_heavy(form: Declaration) -> bool:
    return max(form.gross_g or 0, form.net_g) > MOST_GRAMS


def _too_dear(form: Declaration) -> bool:
    return form.limit_cents is not None and form.value_cents > form.limit_cents


def _form_gaps(form: Declaration) -> Iterator[Gap]:
    if not form.items:
        yield Gap("", "items", "no goods are named")
    if form.nature not in NATURES:
        yield Gap(
            "", "nature", f"nature of the goods: expected one of {', '.join(NATURES)}, got {form.nature!r}"
        )
    if not _CURRENCY.fullmatch(form.currency):
        yield Gap("", "currency", f"currency: expected an ISO 4217 code, got {form.currency!r}")
    if not _DATE.fullmatch(form.date):
        yield Gap("", "date", f"date: expected year-month-day, got {form.date!r}")
    for field, block in (("sender", form.sender), ("recipient", form.recipient)):
        if not any(line.strip() for line in block.lines):
            yield Gap("", field, f"the {field}'s address is missing")
    if form.ioss is None:
        yield Gap("", "ioss", "IOSS number: expected IM and ten digits, or none (picker customs --ioss)")
    yield from _weight_gaps(form)
    if isinstance(form, CN22) and _too_dear(form):
        yield Gap("", "limit", f"value: CN 22 serves up to {MOST_SDR} SDR (use CN 23)")


def _weight_gaps(form: Declaration) -> Iterator[Gap]:
    if form.gross_g is None:
        yield Gap("", "gross_g", "the parcel's weight is missing")
    elif isinstance(form, CN22) and _too_heavy(form):
        yield Gap(
            "", "gross_g", f"weight: CN 22 serves up to {MOST_GRAMS} g, got {form.gross_g} g (use CN 23)"
        )
    elif form.gross_g < form.net_g:
        words = f"weight: the parcel's {form.gross_g} g are less than its goods' {form.net_g} g"
        yield Gap("", "gross_g", words)


def _item_gaps(form: Declaration, item: CustomsItem) -> Iterator[Gap]:
    name = item.description.strip()
    if not name:
        yield Gap(item.sku or "?", "description", "description is missing")
    elif not describes(name, item.sku):
        yield Gap(name, "description", f"description: expected what it is in plain words, got {name!r}")
    if item.danger and item.danger not in ADMITTED:
        yield Gap(name, "danger", f"{item.danger}: dangerous goods that no postal declaration covers")
    if item.quantity < 1:
        yield Gap(name, "quantity", f"quantity: expected 1 or more, got {item.quantity}")
    if item.net_g is None or item.net_g < 1:
        yield Gap(name, "net_g", "net weight is missing")
    if item.value_cents is None or (item.value_cents < 1 and form.nature == "sale"):
        yield Gap(name, "value_cents", "value is missing")
    hs_code = re.sub(r"[ .]", "", item.hs_code)
    if (form.nature == "sale" or hs_code) and not _HS_CODE.fullmatch(hs_code):
        yield Gap(name, "hs_code", f"HS code: expected 6 to 10 digits, got {item.hs_code!r}")
    if (form.nature == "sale" or item.origin) and not _COUNTRY.fullmatch(item.origin):
        yield Gap(
            name, "origin", f"country of origin: expected an ISO code of two letters, got {item.origin!r}"
        )
