"""The address behind the returns code."""

from urllib.parse import urlencode, urlsplit, urlunsplit


def return_url(base: str, order: str, parcel: int) -> str:
    """`base` with the order and the parcel in its query, percent-encoded; empty if `base` is.

    Raises ValueError unless `base` is an http or https address.
    """
    if not base:
        return ""
    parts = urlsplit(base)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise ValueError(f"returns address {base!r}: expected http(s)://..., got scheme {parts.scheme!r}")
    query = urlencode({"order": order, "parcel": parcel})
    return urlunsplit(parts._replace(query=f"{parts.query}&{query}" if parts.query else query))
