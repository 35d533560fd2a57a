"""Amounts of money as integers: of each currency in its own minor unit, by ISO 4217 (as CLDR has it)."""

from decimal import ROUND_HALF_UP, Decimal
from functools import cache

USUAL = 2
"""Decimals of most currencies, and of one that isn't known."""


_TWO = ("AFN", "ALL", "IRR", "KPW", "LAK", "LBP", "MGA", "MMK", "RSD", "SLL", "SOS", "SYP", "YER")
_ISO = {"IQD": 3, **dict.fromkeys(_TWO, USUAL)}
"""Where ISO 4217 has decimals that CLDR leaves out, for nobody pays with them: a shop's file may have them."""


@cache
def decimals(currency: str) -> int:
    """How many decimals a currency is counted in: 2 for EUR, 3 for KWD, 0 for JPY."""
    from babel.numbers import get_currency_precision

    code = currency.upper()
    return _ISO.get(code, int(get_currency_precision(code))) if code else USUAL


@cache
def is_currency(code: str) -> bool:
    """Whether this is the code of a currency, in capitals."""
    from babel.numbers import is_currency as known

    return bool(known(code))


def minor(amount: Decimal, currency: str) -> int:
    """An amount in the minor unit of its currency, half a unit rounded away from 0: 12.5 KWD is 12500."""
    return int(amount.scaleb(decimals(currency)).to_integral_value(ROUND_HALF_UP))


def plain(minor_units: int, currency: str) -> str:
    """An amount in minor units as people write it, without its currency: 12500 KWD is "12.500", 1200 JPY "1200"."""
    places = decimals(currency)
    return f"{Decimal(minor_units).scaleb(-places):.{places}f}"
