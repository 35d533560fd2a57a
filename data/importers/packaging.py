"""Our own packaging files: cartons, mailers and tubes with their sizes and stock."""

from data.importers.fields import Cells, FieldError
from data.importers.options import ImportOptions
from data.importers.read import Sheet
from data.importers.records import PackagingIn
from data.importers.report import ImportReport, Outcome
from data.types import Packaging, PackagingKind

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
    found: dict[str, PackagingIn] = {}
    for row in sheet.rows:
        try:
            record = _packaging(Cells(sheet, row))
        except FieldError as error:
            report.problem(error)
            report.count(Outcome.LEFT_OUT)
            continue
        if record.packaging.code in found:
            report.note(f"Packaging {record.packaging.code} stands there twice; line {record.line} counts.")
        found[record.packaging.code] = record
    return list(found.values())


def _packaging(cells: Cells) -> PackagingIn:
    cells.intact()
    code = cells.needed("code", 60)
    inner = [cells.whole(f"inner_{side}_mm", 1, 20_000) for side in _SIDES]
    outer = [cells.whole(f"outer_{side}_mm", 1, 20_000) for side in _SIDES]
    sizes = [
        _sides(cells, side, within, without)
        for side, within, without in zip(_SIDES, inner, outer, strict=True)
    ]
    counted = cells.whole("stock", 0, 10_000_000)
    packaging = Packaging(
        code=code,
        name=cells.text("name") or code,
        kind=PackagingKind(cells.choice("kind", frozenset(PackagingKind)) or PackagingKind.CARTON),
        inner_mm=(sizes[0][0], sizes[1][0], sizes[2][0]),
        outer_mm=(sizes[0][1], sizes[1][1], sizes[2][1]),
        tare_g=_needed(cells, "tare_g"),
        max_gross_g=_needed(cells, "max_gross_g"),
        price_cents=cells.cents("price") or 0,
    )
    return PackagingIn(cells.line, packaging, cells.text("barcode", 100) or code, counted)


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
