"""What a special drawing right is worth, by which the post and the customs count."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from data.money import decimals

SDR_OF = "2025-10-20"
SDR = {
    "EUR": "1.17176", "GBP": "1.01841", "USD": "1.36568", "PLN": "4.96411", "CZK": "28.4595", "CHF": "1.08258",
    "SEK": "12.8776", "NOK": "13.7581", "DKK": "8.75113", "CAD": "1.91687", "AUD": "2.10008", "NZD": "2.37945",
    "JPY": "206.163", "CNY": "9.72772", "SGD": "1.76799", "KRW": "1938.59", "ILS": "4.52178", "INR": "119.888",
    "BRL": "7.34258", "MXN": "25.1329",
}  # fmt: skip
"""Units of currency for one SDR on `SDR_OF` (IMF, "Currency units per SDR"), until the shop names newer ones."""


def in_cents(own: Mapping[str, Sequence[str]], currency: str, sdr: int) -> int | None:
    """Return what so many SDR are in a currency's minor unit, by the shop's own rates first; None is not known."""
    rate = _rate(own, currency)
    return None if rate is None else int((rate * sdr).scaleb(decimals(currency)))


def euros_in_cents(own: Mapping[str, Sequence[str]], currency: str, euros: int) -> int | None:
    """Return what so many euros are in a currency's minor unit, reckoned through the SDR; None is not known."""
    euro, rate = _rate(own, "EUR"), _rate(own, currency)
    return None if euro is None or rate is None else int((rate / euro * euros).scaleb(decimals(currency)))


def _rate(own: Mapping[str, Sequence[str]], currency: str) -> Decimal | None:
    said = own.get(currency)
    text = said[0] if said else SDR.get(currency)
    return None if text is None else Decimal(text)
