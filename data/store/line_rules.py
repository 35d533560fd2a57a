"""What shops say once of lines of their orders: dated, the newest of a pattern counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fnmatch import fnmatchcase

from sqlalchemy import Connection, insert, select

from data.tables import LineRule
from data.types import LineTreatment

_R = LineRule.__table__


@dataclass(frozen=True, slots=True)
class Rule:
    """How lines are treated whose SKU or name fits a pattern (`*`, `?`, any case); `sku` is the product they are."""

    pattern: str
    treatment: LineTreatment
    sku: str
    at: datetime
    by: str

    def fits(self, sku: str, name: str) -> bool:
        """Whether a line's SKU or name fits."""
        pattern = self.pattern.casefold()
        return any(text and fnmatchcase(text.casefold(), pattern) for text in (sku, name))


def rules(connection: Connection, shop: str) -> list[Rule]:
    """Return the rules that count for a shop, the newest first."""
    rows = connection.execute(select(_R).where(_R.c.shop == shop).order_by(_R.c.id))
    newest = {
        row.pattern.casefold(): Rule(row.pattern, LineTreatment(row.treatment), row.sku, row.at, row.by)
        for row in rows
    }
    return [rule for rule in reversed(newest.values()) if rule.treatment is not LineTreatment.ASK]


def rule_for(known: Sequence[Rule], sku: str, name: str) -> Rule | None:
    """Return the rule for a line: one for its very SKU or name before one for a pattern."""
    fitting = [rule for rule in known if rule.fits(sku, name)]
    exact = [rule for rule in fitting if rule.pattern.casefold() in (sku.casefold(), name.casefold())]
    return next(iter(exact or fitting), None)


def add(connection: Connection, shop: str, rule: Rule) -> None:
    """Have a rule count from now on."""
    values = {"pattern": rule.pattern, "treatment": rule.treatment.value, "sku": rule.sku}
    connection.execute(insert(_R).values(shop=shop, at=rule.at, by=rule.by, **values))
