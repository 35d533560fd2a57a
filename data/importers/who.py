"""Who a buyer is, across orders and files."""

from hashlib import sha256


def customer_id(shop: str, email: str, name: str = "", zip_code: str = "") -> str:
    """An id made from the e-mail address, or from name and zip without one; it tells neither to a reader.

    Two shops keep two customers: a buyer's history with one brand isn't the other's business.
    """
    identity = (
        email.casefold() or f"{' '.join(name.casefold().split())}|{zip_code.replace(' ', '').casefold()}"
    )
    return sha256(f"{shop}|{identity}".encode()).hexdigest()[:24]
