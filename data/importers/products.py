"""Our own product files: one row per SKU, or several rows of one SKU with different locations."""

import re
from dataclasses import replace
from functools import partial

from data.importers.barcodes import doubt, joined, read_barcode
from data.importers.fields import Cells
from data.importers.options import ImportOptions
from data.importers.read import Sheet
from data.importers.records import PackCode, ProductIn, VariantIn
from data.importers.refusals import understood
from data.importers.report import ImportReport, Outcome
from data.importers.shipping import shipping_columns
from data.patterns import EXPECTED, LONGEST, is_pattern
from data.types import Rotation

ALIASES = {
    "barcode": "barcodes",
    "ean": "barcodes",
    "gtin": "barcodes",
    "title": "name",
    "length": "length_mm",
    "width": "width_mm",
    "height": "height_mm",
    "weight": "weight_g",
    "weight_grams": "weight_g",
    "lot_wanted": "lot",
    "serial_wanted": "serial",
    "expiry_wanted": "expiry",
    "bin": "location",
    "care": "care_note",
    "manual": "manual_url",
    "quantity": "stock",
    "qty": "stock",
}
NEEDED = frozenset({"sku"})
_ROTATIONS = frozenset(Rotation)
_FLAGS = {"lot": "lot_wanted", "serial": "serial_wanted", "expiry": "expiry_wanted"}
_NOTE = re.compile(r"(care_note|manual_url)_([a-z]{2,3})")
_URL = re.compile(r"https?://[^\s/]+[^\s]*")
_PACK = re.compile(r"(.*?)\s*\*\s*([0-9]{1,6})(?:[.,]0+)?")


def parse_products(sheet: Sheet, options: ImportOptions, report: ImportReport) -> list[ProductIn]:
    """The file's products in its order; a SKU with a bad row is left out as a whole."""
    products: dict[str, list[ProductIn]] = {}
    bad: set[str] = set()
    for row in sheet.rows:
        cells = Cells(sheet, row)
        sku = cells.text("sku", 10_000)
        product = understood(partial(_product, cells, report), [cells], report)
        if product is None or not _add(products.setdefault(product.sku, []), product, cells, report):
            bad.add(sku)
    report.count(Outcome.LEFT_OUT, len(bad))
    return [product for sku, same in products.items() if sku not in bad for product in _told_apart(same)]


def _add(same: list[ProductIn], row: ProductIn, cells: Cells, report: ImportReport) -> bool:
    """Add a row to the product of its SKU that it belongs to; False when it can't be told which one it is.

    Rows of other names and other barcodes are variants that share the SKU.
    """
    name = row.given.get("name")
    named = [n for n, one in enumerate(same) if name is not None and one.given.get("name") == name]
    codes = {code.code for code in row.barcodes}
    coded = [n for n, one in enumerate(same) if codes & {code.code for code in one.barcodes}]
    apart = bool(codes) and not coded and all(one.barcodes and one.given.get("name") for one in same)
    if not same or (name is not None and not named and apart):
        same.append(row)
        return True
    place = next(iter(named or coded), len(same) - 1 if name is None or len(same) == 1 else -1)
    if place < 0:
        names = " or ".join(str(one.given.get("name")) for one in same)
        report.problem(cells.error("name", f"the name of one of the variants of this SKU: {names}"))
        return False
    same[place] = merge(same[place], row, report)
    return True


def _told_apart(same: list[ProductIn]) -> list[ProductIn]:
    """The products of one SKU, each with all the others where there are several."""
    if len(same) == 1:
        return same
    names = [str(one.given["name"]) for one in same]
    rivals = tuple(
        VariantIn("", name, name, one.barcodes[0].code) for name, one in zip(names, same, strict=True)
    )
    return [replace(one, variant=rival, rivals=rivals) for one, rival in zip(same, rivals, strict=True)]


def merge(first: ProductIn, second: ProductIn, report: ImportReport) -> ProductIn:
    """Two rows of one SKU as one record: places and barcodes add up, of anything else the later row counts."""
    for name, value in second.given.items():
        if name != "location" and first.given.get(name, value) != value:
            report.note(
                f"SKU {first.sku}: lines {first.line} and {second.line} differ in {name}; line {second.line} counts."
            )
    given = {
        **first.given,
        **second.given,
        "location": first.given.get("location", second.given.get("location")),
    }
    if given["location"] is None:
        del given["location"]
    stock = dict(first.stock)
    for place, counted in second.stock:
        stock[place] = stock.get(place, 0) + counted
    codes = {code.code: code for code in (*first.barcodes, *second.barcodes)}
    notes = {**first.notes}
    for language, words in second.notes.items():
        notes[language] = {**notes.get(language, {}), **words}
    return replace(
        first, given=given, barcodes=tuple(codes.values()), stock=tuple(stock.items()), notes=notes
    )


def parse_barcodes(cells: Cells, report: ImportReport, key: str = "barcodes") -> tuple[PackCode, ...]:
    """`4006381333931|14006381333938*6`: codes split by | or blanks, each with the units one scan counts.

    What a spreadsheet has made of a barcode is mended or refused; what is doubtful is noted.
    """
    codes = {}
    cell = re.sub(r"\s*\*\s*", "*", cells.text(key, 2000))
    for part in (part for whole in cell.split("|") for part in joined(whole.strip()).split()):
        match = _PACK.fullmatch(part)
        text, quantity = (match[1], int(match[2])) if match else (part, 1)
        if not text or quantity < 1 or len(text) > 100:
            raise cells.error(key, "barcodes such as 4006381333931|14006381333938*6")
        for code in barcodes_of(cells, report, key, text):
            codes[code] = PackCode(code, quantity)
    return tuple(codes.values())


def barcodes_of(cells: Cells, report: ImportReport, key: str, text: str) -> tuple[str, ...]:
    """One barcode of a cell as `read_barcode` understands it; what is said of it goes into the report."""
    try:
        codes = read_barcode(text)
    except ValueError as error:
        raise cells.error(key, str(error)) from None
    where = f"Line {cells.line}, {cells.name(key)}: {text}"
    if codes[0] != text:
        report.note(f"{where} is read as {codes[0]}.")
    if len(codes) > 1:
        report.note(f"{where} may have lost its leading zero; {codes[1]} is known as well.")
    if said := doubt(codes[0]):
        report.note(f"{where} {said}.")
    return codes


def _product(cells: Cells, report: ImportReport) -> ProductIn:
    cells.intact()
    sku = cells.needed_code("sku", 100)
    read: dict[str, object] = {
        "name": cells.text("name") or None,
        "length_mm": cells.whole("length_mm", 1, 20_000),
        "width_mm": cells.whole("width_mm", 1, 20_000),
        "height_mm": cells.whole("height_mm", 1, 20_000),
        "weight_g": cells.whole("weight_g", 0, 2_000_000),
        "rotation": _rotation(cells),
        "fragility": cells.whole("fragility", 0, 3),
        "max_top_g": cells.whole("max_top_g", 0, 2_000_000),
        "min_days_left": cells.whole("min_days_left", 0, 3650),
        "mailer_ok": cells.flag("mailer_ok"),
        "liquid": cells.flag("liquid"),
        "no_barcode": cells.flag("no_barcode"),
        "category": cells.text("category") or None,
        "location": cells.text("location", 60) or None,
        "price_cents": _price(cells),
        "care_note": _word(cells, "care_note"),
        "manual_url": _manual(cells, "manual_url"),
        **{column: cells.flag(key) for key, column in _FLAGS.items()},
        **{column: _pattern(cells, column) for column in ("lot_pattern", "serial_pattern")},
    }
    given = {name: value for name, value in read.items() if value is not None} | shipping_columns(cells)
    return ProductIn(sku, cells.line, given, parse_barcodes(cells, report), _stock(cells), _notes(cells))


def _notes(cells: Cells) -> dict[str, dict[str, object]]:
    """What `care_note_pl` and `manual_url_pl` say, by language."""
    notes: dict[str, dict[str, object]] = {}
    for key in cells.columns():
        if match := _NOTE.fullmatch(key):
            read = _word if match[1] == "care_note" else _manual
            words = read(cells, key)
            if words is not None:
                notes.setdefault(match[2], {})[match[1]] = words
    return notes


def _word(cells: Cells, key: str) -> str | None:
    """Text that `none` takes back."""
    text = cells.text(key, 500)
    return "" if text.casefold() == "none" else text or None


def _manual(cells: Cells, key: str) -> str | None:
    url = _word(cells, key)
    if url and not _URL.fullmatch(url):
        raise cells.error(key, "an address that begins with https://, or none")
    return url


def _pattern(cells: Cells, key: str) -> str | None:
    text = cells.text(key)
    if not text:
        return None
    if text.casefold() == "none":
        return ""
    if not is_pattern(text):
        raise cells.error(key, f"{EXPECTED}, of at most {LONGEST} characters, or none")
    return text


def _rotation(cells: Cells) -> str | None:
    named = cells.choice("rotation", _ROTATIONS)
    upright = cells.flag("upright")
    if named is not None or upright is None:
        return named
    return Rotation.UPRIGHT if upright else Rotation.ANY


def _price(cells: Cells) -> int | None:
    cents = cells.whole("price_cents")
    return cells.cents("price") if cents is None else cents


def _stock(cells: Cells) -> tuple[tuple[str, int], ...]:
    counted = cells.whole("stock", 0, 10_000_000)
    place = cells.text("location", 60)
    if counted is None:
        return ()
    if not place:
        raise cells.error("location", "the location where the stock lies")
    return ((place, counted),)
