"""What a product's lots and serial numbers look like; `data.patterns` says which patterns there are."""

import re

from data.types import Product

LONGEST = 20
"""GS1 General Specifications: lot (AI 10) and serial (AI 21) hold at most 20 characters."""

_PART = re.compile(r"(\[[^\]]*\]|\\.|.)(\?|\*|\+|\{(\d+)(?:,\d+)?\})?")


def pattern_of(product: Product, field: str) -> str:
    """Return the pattern of a captured field; "" where anything will do."""
    return {"lot": product.lot_pattern, "serial": product.serial_pattern}.get(field, "")


def fits(pattern: str, value: str) -> bool:
    """Whether a value looks like a pattern that an import has checked; the bound keeps that cheap."""
    return not pattern or (len(value) <= LONGEST and re.fullmatch(pattern, value, re.ASCII) is not None)


def sample(pattern: str) -> str:
    r"""Return a short value that fits, such as L0000 for `L\d{4,8}`: packers read no patterns."""
    first = re.split(r"(?<!\\)\|", pattern)[0]
    return "".join(_sign(part[1]) * _times(part[2], part[3]) for part in _PART.finditer(first))


def _sign(text: str) -> str:
    if text.startswith("["):
        return text[1]
    return {r"\d": "0", ".": "X"}.get(text, text[-1])


def _times(repeated: str | None, least: str | None) -> int:
    if least is not None:
        return int(least)
    return 0 if repeated in ("?", "*") else 1
