"""What an import left out, on the lead's list until a person has seen it: each once, whatever file brings it again."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Self

from sqlalchemy import Connection, insert, select, update

from data.engine import database_now
from data.importers.report import ImportReport
from data.tables import ExceptionReport
from data.types import ExceptionKind

_X = ExceptionReport.__table__


@dataclass(slots=True)
class LeftOutList:
    """What was told before, seen or not, and the entries of the lead's list that this run has opened, by `what`.

    What has no name of its own is known by its file, `sha256`, and the rows; all else by its name in its `shop`, "" for
    what is the warehouse's.
    """

    file: str
    sha256: str
    shop: str
    told: set[tuple[str, str, str]]
    mine: dict[str, tuple[int, list[str]]] = field(default_factory=dict)

    @classmethod
    def read(cls, connection: Connection, file: str, sha256: str, shop: str) -> Self:
        """The list as it stands; entries of an earlier program name no shop, and count for each."""
        query = select(_X.c.detail).where(_X.c.kind == ExceptionKind.LEFT_OUT.value)
        details = [d for d in connection.scalars(query) if d.get("shop", shop) == shop]
        told = {(d["what"], item, d["sha256"]) for d in details for item in d["items"]}
        return cls(file, sha256, shop, told | {(what, item, "") for what, item, _ in told})

    def tell(self, connection: Connection, report: ImportReport) -> None:
        """Put on the lead's list what the report has of it that is new; an entry for each reason, not for each item."""
        fresh: dict[str, list[str]] = defaultdict(list)
        for one in report.left_out:
            key = (one.what, one.item, "" if one.named else self.sha256)
            if key not in self.told:
                self.told.add(key)
                fresh[one.what].append(one.item)
        for what, items in fresh.items():
            self._write(connection, what, items)

    def _write(self, connection: Connection, what: str, items: Iterable[str]) -> None:
        number, before = self.mine.get(what, (0, []))
        every = [*before, *items]
        detail = {"what": what, "file": self.file, "sha256": self.sha256, "shop": self.shop, "items": every}
        if number:
            connection.execute(update(_X).where(_X.c.id == number).values(detail=detail))
        else:
            values = {"kind": ExceptionKind.LEFT_OUT.value, "detail": detail, "at": database_now(connection)}
            number = connection.execute(insert(_X).values(**values).returning(_X.c.id)).scalar_one()
        self.mine[what] = (number, every)
