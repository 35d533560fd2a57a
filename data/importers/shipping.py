"""The columns of a product file that say how it may travel, and what customs asks."""

import re

from data.importers.fields import Cells
from data.importers.places import country_code

_GROUP = re.compile(r"[^:/|]{1,60}")
_HAZMAT = re.compile(r"[1-9](\.[1-6][A-S]?)?")
_UN_NUMBER = re.compile(r"[0-9]{4}")
_HS_CODE = re.compile(r"[0-9]{6,10}")


def shipping_columns(cells: Cells) -> dict[str, object]:
    """The product's columns that the row speaks of; "none", or 0 for a number, takes back what was said before.

    Raises FieldError.
    """
    read: dict[str, object] = {
        "own_box": cells.flag("own_box"),
        "ships_alone": cells.flag("ships_alone"),
        "goods_group": _worded(
            cells, "group", cells.text("group").casefold(), _GROUP, "a word without : / |"
        ),
        "hazmat": _worded(
            cells, "hazmat", cells.text("hazmat").upper(), _HAZMAT, "a transport class such as 3 or 2.1"
        ),
        "un_number": _worded(
            cells,
            "un_number",
            re.sub(r"^(UN|ID)?\s*", "", cells.text("un_number").upper()),
            _UN_NUMBER,
            "a UN number such as 3481",
        ),
        "batteries": cells.whole("batteries", 0, 10_000),
        "battery_wh": cells.whole("battery_wh", 0, 100_000),
        "hs_code": _worded(
            cells, "hs_code", re.sub(r"[\s.]", "", cells.text("hs_code")), _HS_CODE, "6 to 10 digits"
        ),
        "origin": _origin(cells),
    }
    given = {name: value for name, value in read.items() if value is not None}
    return given | _optional(cells)


def _optional(cells: Cells) -> dict[str, object]:
    height, nests = cells.whole("height_mm"), cells.whole("nests_mm", 0, 20_000)
    if height and nests and nests > height:
        raise cells.error("nests_mm", f"at most the height of {height} mm")
    figures = {"nests_mm": nests, "battery_g": cells.whole("battery_g", 0, 2_000_000)}
    return {name: value or None for name, value in figures.items() if value is not None}


def _worded(cells: Cells, key: str, text: str, known: re.Pattern[str], expected: str) -> str | None:
    if not text:
        return None
    if text.casefold() == "none":
        return ""
    if not known.fullmatch(text):
        raise cells.error(key, f"{expected}, or none")
    return text


def _origin(cells: Cells) -> str | None:
    code = country_code(cells.text("origin", 60))
    return _worded(cells, "origin", code, re.compile(r"[A-Z]{2}"), "a country such as PL")
