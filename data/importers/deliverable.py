"""What an address lacks to be delivered to, by what its country's addresses need."""

from data.pick_up import is_pick_up
from data.types import Address

_WITHOUT_ZIP = frozenset({
    "AE", "AG", "AO", "AW", "BF", "BI", "BJ", "BO", "BS", "BW", "BZ", "CD", "CF", "CG", "CI", "CK", "CM", "DJ",
    "DM", "ER", "FJ", "GA", "GD", "GH", "GM", "GN", "GQ", "GY", "HK", "IE", "JM", "KI", "KM", "KN", "KP", "LC",
    "LY", "ML", "MO", "MR", "MW", "NA", "NR", "NU", "PA", "QA", "RW", "SB", "SC", "SL", "SO", "SR", "ST", "SY",
    "TD", "TF", "TG", "TK", "TL", "TO", "TT", "TV", "TZ", "UG", "VU", "WS", "YE", "ZW",
})  # fmt: skip
"""Countries without postcodes, or where letters arrive without one (UPU, Addressing Solutions; Ireland's Eircode is
optional)."""
_WITHOUT_CITY = frozenset({"GI", "HK", "MC", "MO", "SG", "VA"})
"""Cities that are countries: nobody writes their name twice."""
NAME, STREET, CITY, ZIP = "name", "street", "city", "zip"


def lacking(address: Address, service: str, home: str) -> tuple[str, ...]:
    """Return the parts of an address without which a parcel can't be sent; of a pick-up only a name is needed.

    An address without a country is in `home`, the sender's; of what `home` is empty for, a postcode isn't asked.
    """
    country = (address.country or home).upper()
    parts = {NAME: address.name or address.company}
    if not is_pick_up(service):
        parts[STREET] = address.line1 or address.line2
        if country not in _WITHOUT_CITY:
            parts[CITY] = address.city
        if country and country not in _WITHOUT_ZIP:
            parts[ZIP] = address.zip
    return tuple(part for part, given in parts.items() if not given.strip())
