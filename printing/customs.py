"""What a customs declaration must say before it may be printed.

After the Universal Postal Convention's form CN 22: contents, quantity, net weight and value of each kind of
goods, total weight and value, currency, nature of the goods, date and sender; HS code of at least six digits
and country of origin for goods that are sold. It serves up to 2 kg and 300 SDR.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from printing.documents import CN22, CustomsItem

NATURES = ("gift", "documents", "sample", "sale", "returned", "other")
MOST_GRAMS = 2000

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

    def __init__(self, order: str, gaps: tuple[Gap, ...]) -> None:
        self.gaps = gaps
        super().__init__(f"CN 22 of order {order} is incomplete: {'; '.join(map(str, gaps))}")


def check(form: CN22) -> None:
    """Raises `CustomsIncomplete` unless the form is complete."""
    found = gaps(form)
    if found:
        raise CustomsIncomplete(form.order, found)


def gaps(form: CN22) -> tuple[Gap, ...]:
    """Everything that keeps this declaration from being printed, in the order of the form."""
    return (*_form_gaps(form), *(gap for item in form.items for gap in _item_gaps(form, item)))


def beyond(form: CN22) -> bool:
    """Whether the parcel is too heavy for this form; a CN 23 goes with it then, which the carrier makes."""
    return form.gross_g is not None and form.gross_g > MOST_GRAMS


def _form_gaps(form: CN22) -> Iterator[Gap]:
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
    if not any(line.strip() for line in form.sender.lines):
        yield Gap("", "sender", "the sender's address is missing")
    net = sum(item.quantity * (item.net_g or 0) for item in form.items)
    if form.gross_g is None:
        yield Gap("", "gross_g", "the parcel's weight is missing")
    elif beyond(form):
        yield Gap(
            "", "gross_g", f"weight: CN 22 serves up to {MOST_GRAMS} g, got {form.gross_g} g (use CN 23)"
        )
    elif form.gross_g < net:
        yield Gap("", "gross_g", f"weight: the parcel's {form.gross_g} g are less than its goods' {net} g")


def _item_gaps(form: CN22, item: CustomsItem) -> Iterator[Gap]:
    name = item.description.strip()
    if not name:
        yield Gap("?", "description", "description is missing")
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
