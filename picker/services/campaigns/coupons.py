"""Coupons for people and the shop's system: made or taken in, listed, written out, and their redemption back."""

import re
import secrets
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from data.engine import Database
from data.importers.barcodes import eaten
from data.importers.fields import Cells, FieldError
from data.importers.read import Sheet, read_sheet
from data.store import coupons, lookup
from data.store.coupons import Redeemed
from data.types import ShopId
from picker.errors import Mistake
from picker.inserts.coupon import coupon_code, is_coupon_code
from picker.services.csv_text import exact, for_people

MOST = 1_000_000
"""Codes made at once."""
RANDOM_BYTES = 5
"""Of a code: with 100,000 codes in use a guess hits one of them once in ten million tries."""
_SERIES = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_CODE = re.compile(r"[A-Za-z0-9][!#-\[\]-~]{2,39}")
_CHUNK = 2_000
COLUMNS = (
    "series", "code", "state", "order", "parcel", "campaign", "version", "given_at", "redeemed_at", "redeemed",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SeriesLine:
    """A series and how many of its coupons are free, given and redeemed."""

    name: str
    free: int
    given: int
    redeemed: int

    def to_json(self) -> dict[str, object]:
        """Return JSON values."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a file's codes; `problems` are in words, each with its line."""

    done: int
    unchanged: int
    problems: tuple[str, ...]

    def to_json(self) -> dict[str, object]:
        """Return JSON values."""
        return asdict(self)


def key_of(code: str) -> str:
    """What tells a code from another one: large letters without blanks and dashes, as people type them."""
    return "".join(char for char in code.upper() if char not in " -")


def generate(
    db: Database,
    shop: ShopId,
    series: str,
    count: int,
    by: str,
    random: Callable[[int], bytes] = secrets.token_bytes,
) -> None:
    """Make `count` new codes in a series. Raises Mistake for a bad name or number.

    `random` gives so many bytes that nobody can guess.
    """
    _check_series(series)
    if not 1 <= count <= MOST:
        raise Mistake(f"coupons: expected 1 to {MOST}, got {count}")
    left = count
    while left:
        codes = {coupon_code(random(RANDOM_BYTES)) for _ in range(min(left, _CHUNK))}
        taken = _add(db, shop, series, "generated", [(key_of(code), code) for code in codes], by)
        left -= len(codes) - len(taken)


def take_in(db: Database, shop: ShopId, series: str, file: Path, by: str) -> Taken:
    """Add the shop's own codes to a series: a file with a column `code`, or just one code on each line.

    A code that is known already, in whatever series, is left as it is. Raises Mistake for a bad name and
    DataError for a file that can't be read.
    """
    _check_series(series)
    problems: list[str] = []
    codes: dict[str, str] = {}
    for line, code in _codes_in(read_sheet(file)):
        if expected := eaten(code):
            problems.append(f"line {line}: expected {expected}, got {code[:60]!r}")
        elif not _CODE.fullmatch(code):
            expected = "3 to 40 letters, digits and signs but quotes, a letter or digit first"
            problems.append(f"line {line}: expected {expected}, got {code[:60]!r}")
        elif key_of(code) in codes:
            problems.append(f"line {line}: {code!r} stands there twice, the first one counts")
        else:
            codes[key_of(code)] = code
    taken: set[str] = set()
    pairs = list(codes.items())
    for start in range(0, len(pairs), _CHUNK):
        taken |= _add(db, shop, series, "imported", pairs[start : start + _CHUNK], by)
    return Taken(len(codes) - len(taken), len(taken), tuple(problems))


def _codes_in(sheet: Sheet) -> list[tuple[int, str]]:
    """(line, code) of a file; without a column `code` its first column, header included."""
    if "code" in sheet.columns:
        return [(row.line, row.cells.get("code", "")) for row in sheet.rows]
    first = next(iter(sheet.columns), "")
    header = [(1, sheet.columns[first])] if first else []
    return [*header, *((row.line, row.cells.get(first, "")) for row in sheet.rows)]


def _check_series(series: str) -> None:
    if not _SERIES.fullmatch(series):
        raise Mistake(f"series: expected small letters, digits and dashes, at most 40, got {series!r}")


def _add(
    db: Database, shop: ShopId, series: str, origin: str, codes: list[tuple[str, str]], by: str
) -> set[str]:
    """The keys that were known already. In a transaction of its own: stations seal in between."""
    with db.writer.begin() as connection:
        coupons.add_series(connection, shop, series, origin, by, db.now(connection))
        return coupons.add(connection, shop, series, codes)


def series_list(connection: Connection, shop: ShopId) -> list[SeriesLine]:
    """Return a shop's series with their coupons counted."""
    counts = {(row.series, row.state): int(row.coupons) for row in coupons.counts(connection, shop)}
    return [
        SeriesLine(name, *(counts.get((name, state), 0) for state in ("free", "given", "redeemed")))
        for name in sorted(coupons.series_names(connection, shop))
    ]


def listing(connection: Connection, shop: ShopId, series: str | None = None) -> list[dict[str, object]]:
    """Return every coupon as JSON values under `COLUMNS`; `redeemed` is an amount in cents."""
    return [
        dict(
            zip(
                COLUMNS,
                (
                    row.series,
                    row.code,
                    row.state,
                    row.order_id,
                    row.parcel,
                    row.campaign,
                    row.version,
                    _instant(row.given_at),
                    _instant(row.redeemed_at),
                    row.redeemed_cents,
                ),
                strict=True,
            )
        )
        for row in coupons.listing(connection, shop, series)
    ]


def _instant(at: datetime | None) -> str | None:
    return at.astimezone(UTC).isoformat(timespec="seconds") if at else None


def export(connection: Connection, shop: ShopId, series: str | None, *, people: bool) -> str:
    """Return every coupon as CSV: exact for programs, or for `people` with cells no spreadsheet takes for formulas."""
    rows = [["" if value is None else str(value) for value in row.values()]
            for row in listing(connection, shop, series)]  # fmt: skip
    return (for_people if people else exact)([list(COLUMNS), *rows])


def take_redeemed(db: Database, shop: ShopId, file: Path, zone: ZoneInfo) -> Taken:
    """Read which codes were redeemed: columns code and, if there are, date and total (of that order).

    The same file again changes nothing. Raises DataError for a file that can't be read.
    """
    sheet = read_sheet(file).renamed({"coupon": "code", "redeemed_at": "date", "value": "total"})
    with db.reader.connect() as connection:
        sheet.currency = lookup.shop(connection, shop).currency
    done, unchanged = 0, 0
    problems: list[str] = []
    for start in range(0, len(sheet.rows), _CHUNK):
        with db.writer.begin() as connection:
            now = db.now(connection)
            for row in sheet.rows[start : start + _CHUNK]:
                try:
                    changed = _redeem(connection, shop, Cells(sheet, row), zone, now)
                except FieldError as error:
                    problems.append(str(error))
                    continue
                done, unchanged = done + changed, unchanged + (not changed)
    return Taken(done, unchanged, tuple(problems))


def _redeem(connection: Connection, shop: ShopId, cells: Cells, zone: ZoneInfo, now: datetime) -> bool:
    """Whether it is news. Raises FieldError."""
    code = cells.needed_code("code", 60)
    at, cents = cells.moment("date", zone), cells.cents("total")
    state = coupons.state(connection, shop, key_of(code))
    if not state:
        slip = "" if is_coupon_code(code) else "; its check character is wrong, if it is one of Picker's own"
        raise cells.error("code", f"a coupon of this shop{slip}")
    if state == "redeemed":
        return False
    if state == "free":
        raise cells.error("code", "a coupon that was given to somebody")
    coupons.redeem(connection, shop, Redeemed(key_of(code), at or now, cents))
    return True
