"""Our own packaging files: cartons, mailers and tubes with their sizes and stock."""

from functools import partial

from data.importers.barcodes import joined
from data.importers.fields import Cells
from data.importers.options import ImportOptions
from data.importers.products import barcodes_of
from data.importers.read import Sheet
from data.importers.records import PackagingIn
from data.importers.refusals import understood
from data.importers.report import ImportReport, Outcome
from data.types import PackagingKind

ALIASES = {
    **{
        f"{side}_{name}": f"{side}_{name}_mm"
        for side in ("inner", "outer")
        for name in ("length", "width", "height")
    },
    "tare": "tare_g",
    "max_gross": "max_gross_g",
    "quantity": "stock",
    "qty": "stock",
    "barcodes": "barcode",
}
NEEDED = frozenset({"code", "kind", "inner_length_mm"})
_SIDES = ("length", "width", "height")


def parse_packaging(sheet: Sheet, options: ImportOptions, report: ImportReport) -> list[PackagingIn]:
    """The file's packagings; of a code that stands there twice the later row counts."""
    packagings: dict[str, PackagingIn] = {}
    for row in sheet.rows:
        cells = Cells(sheet, row)
        record = understood(partial(_packaging, cells, report), [cells], report)
        if record is None:
            report.count(Outcome.LEFT_OUT)
            continue
        if record.code in packagings:
            report.note(f"Packaging {record.code} stands there twice; line {record.line} counts.")
        packagings[record.code] = record
    return list(packagings.values())


def _packaging(cells: Cells, report: ImportReport) -> PackagingIn:
    cells.intact()
    code = cells.needed_code("code", 60)
    given: dict[str, object] = {
        **_sizes(cells),
        "tare_g": _needed(cells, "tare_g"),
        "max_gross_g": _needed(cells, "max_gross_g"),
    }
    optional: dict[str, object] = {
        "name": cells.text("name") or None,
        "kind": cells.choice("kind", frozenset(PackagingKind)),
        "price_cents": cells.cents("price"),
        "walls": cells.whole("walls", 1, 3),
    }
    given |= {name: value for name, value in optional.items() if value is not None}
    ect = cells.whole("ect", 0, 500)
    if ect is not None:
        given["ect"] = ect or None
    for column in ("services", "shops"):
        if named := cells.text(column, 1_000):
            given[column] = _codes(named)
    counted = cells.whole("stock", 0, 10_000_000)
    barcode = cells.text("barcode", 100)
    codes = barcodes_of(cells, report, "barcode", joined(barcode)) if barcode else (code,)
    return PackagingIn(cells.line, code, given, codes, counted)


def _codes(text: str) -> str | None:
    """ "DHL | UPS" as "DHL|UPS"; "all" names none in particular."""
    codes = sorted({code.strip() for code in text.split("|") if code.strip()})
    return None if text.casefold() == "all" or not codes else "|".join(codes)


def _sizes(cells: Cells) -> dict[str, object]:
    inner = [cells.whole(f"inner_{side}_mm", 1, 20_000) for side in _SIDES]
    outer = [cells.whole(f"outer_{side}_mm", 1, 20_000) for side in _SIDES]
    sizes: dict[str, object] = {}
    for axis, side, within, without in zip("xyz", _SIDES, inner, outer, strict=True):
        sizes[f"inner_{axis}_mm"], sizes[f"outer_{axis}_mm"] = _sides(cells, side, within, without)
    return sizes


def _sides(cells: Cells, side: str, inner: int | None, outer: int | None) -> tuple[int, int]:
    """One side inside and outside; a mailer without thickness may leave the outside empty."""
    if inner is None:
        raise cells.error(f"inner_{side}_mm", "a size in mm")
    if outer is not None and outer < inner:
        raise cells.error(f"outer_{side}_mm", f"at least the inner size of {inner} mm")
    return inner, outer or inner


def _needed(cells: Cells, key: str) -> int:
    value = cells.whole(key, 0, 2_000_000)
    if value is None:
        raise cells.error(key, "a weight in g")
    return value
