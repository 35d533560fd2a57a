"""Money as people read it."""

from decimal import Decimal


def amount(cents: int, places: int = 2) -> str:
    """Return an amount of a currency with so many decimals, given in its minor unit, as "12.50"; less than nothing as
    "-0.05".
    """
    return f"{Decimal(cents).scaleb(-places):.{places}f}"
