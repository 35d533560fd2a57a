"""Variants that share a SKU: made apart on their way in, and found again for the lines of orders.

Each variant of a shared SKU is a product with a SKU of its own, `SHOE-01 (38)`. What its source calls it is kept beside
it, so that the same variant is the same product whatever file it comes in, and however it was renamed.
"""

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import Connection, delete, insert, select, update

from data.importers.fields import FieldError
from data.importers.records import ProductIn, VariantIn
from data.importers.report import Outcome
from data.importers.upsert import Chunk, Row, upsert
from data.tables import Code, Product, Variant
from data.types import CodeKind

Key = tuple[str, str]
"""(handle, variant): what the source tells a variant by."""
_V, _C, _P = Variant.__table__, Code.__table__, Product.__table__


def item_key(name: str) -> str:
    """The form in which names of items are compared: without regard to case and white space."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


@dataclass(frozen=True, slots=True)
class Known:
    """A variant of the catalogue: the product that it is here, its barcode, and the names it had."""

    sku: str
    barcode: str
    names: frozenset[str]


def known_variants(connection: Connection, skus: Iterable[str]) -> dict[str, dict[Key, Known]]:
    """The variants of each of these SKUs, as their sources write them."""
    variants: dict[str, dict[Key, Known]] = defaultdict(dict)
    for row in connection.execute(select(_V).where(_V.c.sku_text.in_(set(skus)))):
        key = (row.handle, row.variant)
        names = variants[row.sku_text][key].names if key in variants[row.sku_text] else frozenset()
        variants[row.sku_text][key] = Known(row.sku, row.barcode, names | {row.name})
    return dict(variants)


def meant(variants: Mapping[Key, Known], name: str, linked: str | None = None) -> set[str]:
    """The products that an item of this name may be: the one it was led to before, the only one, or those so named.

    Without any of that name it may be each of them.
    """
    products = {known.sku for known in variants.values()}
    if linked in products:
        return {linked}
    wanted = item_key(name)
    named = {known.sku for known in variants.values() if wanted in {item_key(one) for one in known.names}}
    return products if len(products) == 1 else named or products


@dataclass(slots=True)
class Apart:
    """What becomes of the SKUs that a chunk's products have in their file."""

    records: list[ProductIn] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    gone: list[tuple[str, Key]] = field(default_factory=list)
    moved: list[tuple[str, str, str]] = field(default_factory=list)
    """(shared SKU, barcode or "", SKU of its own) of variants that were one product with others until now."""

    def prepare(self, chunk: Chunk) -> set[str]:
        """Make the products that were one with others, as like that one as they were until now; their SKUs."""
        shared = {own: sku for sku, _, own in self.moved}
        have = set(chunk.connection.scalars(select(_P.c.sku).where(_P.c.sku.in_(shared))))
        query = select(_P).where(_P.c.sku.in_(set(shared.values())))
        models = {row["sku"]: dict(row) for row in chunk.connection.execute(query).mappings()}
        names = {str(row["sku"]): row["name"] for row in self.rows}
        fresh = [
            {**models[sku], "sku": own, "name": names.get(own, own)}
            for own, sku in shared.items()
            if own not in have and sku in models
        ]
        if fresh:
            chunk.connection.execute(insert(_P), fresh)
        return {str(row["sku"]) for row in fresh}

    def write(self, chunk: Chunk) -> None:
        """Keep who is who; the barcodes of variants made apart leave the product that they shared."""
        for sku_text, (handle, variant) in self.gone:
            mine = (_V.c.sku_text == sku_text, _V.c.handle == handle, _V.c.variant == variant)
            chunk.connection.execute(delete(_V).where(*mine))
        upsert(chunk.connection, _V, self.rows)
        for sku, barcode, own in self.moved:
            if barcode:
                _move_barcode(chunk, barcode, sku, own)


def make_apart(chunk: Chunk, records: Sequence[ProductIn]) -> Apart:
    """The chunk's products under SKUs that no other variant has; one that can't be told is refused."""
    known = known_variants(chunk.connection, {record.sku for record in records})
    plans = {
        record.sku: _Plan(chunk, record.sku, known.get(record.sku, {}), record.rivals)
        for record in records
        if record.variant is not None and not _of_another_source(record, known.get(record.sku, {}))
    }
    done = Apart()
    for record in records:
        plan = plans.get(record.sku)
        if plan is not None and record.variant is not None:
            done.records.append(plan.named(record, record.variant))
            done.rows += plan.rows(record.variant)
        elif (sku := _resolved(chunk, record, known.get(record.sku, {}))) is not None:
            done.records.append(replace(record, sku=sku))
    for plan in plans.values():
        done.rows += plan.kept_rows()
        done.gone += [(plan.sku, key) for key in plan.gone]
        done.moved += plan.moved()
    return done


def key_of(variant: VariantIn) -> Key:
    """What its source tells a variant by."""
    return variant.handle, variant.variant


def _of_another_source(record: ProductIn, known: Mapping[Key, Known]) -> bool:
    """Whether a file of our own speaks of variants that a shop's file has brought, which knows them all."""
    ours = record.variant is not None and not record.variant.handle
    return ours and any(handle for handle, _ in known)


def _resolved(chunk: Chunk, record: ProductIn, known: Mapping[Key, Known]) -> str | None:
    """The SKU here of a record that names a variant by its item's name alone; None where that isn't enough."""
    if not known:
        return record.sku
    name = str(record.given.get("name", ""))
    codes = {_normal(chunk, code.code) for code in record.barcodes}
    for sku in (
        meant(known, name),
        {variant.sku for variant in known.values() if variant.barcode in codes},
    ):
        if len(sku) == 1:
            return sku.pop()
    names = " or ".join(sorted({name for variant in known.values() for name in variant.names}))
    expected = f"the name of one of the variants that share SKU {record.sku}: {names}"
    chunk.report.problem(FieldError(record.line, "name", name, expected))
    chunk.report.count(Outcome.LEFT_OUT)
    return None


class _Plan:
    """Which product each variant of one SKU is, of those known and those in the file."""

    def __init__(
        self, chunk: Chunk, sku: str, known: Mapping[Key, Known], rivals: Sequence[VariantIn]
    ) -> None:
        self.sku, self.known = sku, known
        self.barcodes = {key_of(one): _normal(chunk, one.barcode) for one in rivals}
        self.names = {key_of(one): one.name for one in rivals}
        handles = {one.handle for one in rivals if one.handle}
        self.gone = {key for key in known if key[0] in handles and key not in self.barcodes}
        self.before = {key: one for key in self.barcodes if key not in known and (one := self._was(key))}
        surviving = {key: one.sku for key, one in known.items() if key not in self.gone}
        self.assigned = surviving | {key: known[one].sku for key, one in self.before.items()}
        fresh = [key for key in self.barcodes if key not in self.assigned]
        goods = {key: self._same_goods(key, fresh) for key in fresh}
        if len({*self.assigned.values(), *goods.values()}) == 1:
            self.assigned |= dict.fromkeys(fresh, sku)
            return
        labels = Counter(_label(key) for key in {*self.assigned, *goods.values()})
        for key, same in goods.items():
            self.assigned[key] = self._own(same, labels)
        whole = sorted(key for key, own in self.assigned.items() if own == sku)
        self.assigned |= {key: self._own(whole[0], labels) for key in whole}

    def _was(self, key: Key) -> Key | None:
        """The known variant of the same barcode that this one was called, or is listed as beside it."""
        same = (
            old
            for old, variant in self.known.items()
            if variant.barcode == self.barcodes[key] and (old in self.gone or old[0] != key[0])
        )
        return next(same, None) if self.barcodes[key] else None

    def _same_goods(self, key: Key, fresh: list[Key]) -> Key:
        """The first of the file's variants that is the same goods: of one barcode, listed under another handle."""
        code = self.barcodes[key]
        same = (other for other in fresh if code and self.barcodes[other] == code and other[0] != key[0])
        return min(next(same, key), key)

    def _own(self, key: Key, labels: Counter[str]) -> str:
        label = _label(key) if labels[_label(key)] == 1 else " / ".join(filter(None, key))
        return f"{self.sku} ({label})"

    def moved(self) -> list[tuple[str, str, str]]:
        """Those that have a SKU of their own now: (shared SKU, barcode, own SKU)."""
        codes = {key: self.barcodes.get(key) or known.barcode for key, known in self.known.items()}
        return [
            (self.sku, code, self.assigned[key])
            for key, code in (codes | self.barcodes).items()
            if key in self.assigned and self.assigned[key] != self.sku
        ]

    def named(self, record: ProductIn, variant: VariantIn) -> ProductIn:
        """The record under its product's SKU; of listings of one product the first says what the product is."""
        sku = self.assigned[key_of(variant)]
        first = min(key for key in self.barcodes if self.assigned[key] == sku)
        return replace(record, sku=sku, given=record.given if first == key_of(variant) else {})

    def rows(self, variant: VariantIn) -> list[Row]:
        """What is kept of a variant of the file; one that was renamed keeps its earlier names."""
        key = key_of(variant)
        before = self.known.get(key) or self.known.get(self.before.get(key, key))
        names = {variant.name, *(before.names if before else ())}
        return [self._row(key, name, self.barcodes[key]) for name in sorted(names)]

    def kept_rows(self) -> list[Row]:
        """What changes of the known variants beside their own records: their SKU, or what they are told by."""
        moved = {
            key: known
            for key, known in self.known.items()
            if key not in self.gone and key not in self.barcodes and self.assigned[key] != known.sku
        }
        renamed = {key: self.known[old] for key, old in self.before.items()}
        return [
            self._row(key, name, self.barcodes.get(key, known.barcode))
            for key, known in (moved | renamed).items()
            for name in sorted(known.names)
        ]

    def _row(self, key: Key, name: str, barcode: str) -> Row:
        values = {"handle": key[0], "variant": key[1], "name": name, "barcode": barcode}
        return {"sku_text": self.sku, **values, "sku": self.assigned[key]}


def _label(key: Key) -> str:
    return key[1] or key[0]


def _normal(chunk: Chunk, barcode: str) -> str:
    try:
        return chunk.normalise(barcode) if barcode else ""
    except ValueError:
        return ""


def _move_barcode(chunk: Chunk, barcode: str, sku: str, own: str) -> None:
    """Lead a barcode that a file brought from the product that variants shared to the one of its variant."""
    mine = (_C.c.kind == CodeKind.PRODUCT.value, _C.c.code == barcode)
    refs = set(chunk.connection.scalars(select(_C.c.ref).where(*mine)))
    theirs = (*mine, _C.c.ref == sku, ~_C.c.attached)
    if own in refs:
        chunk.connection.execute(delete(_C).where(*theirs))
    elif sku in refs:
        chunk.connection.execute(update(_C).where(*theirs).values(ref=own))
