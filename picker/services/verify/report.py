"""What a verification found."""

import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class VerifyReport:
    """How much was looked at, and every difference found, in words."""

    events: int
    orders: int
    stations: int
    differences: tuple[str, ...]

    @property
    def ok(self) -> bool:
        """Whether the tables agree with the log."""
        return not self.differences

    def words(self) -> str:
        """Return the report as lines for a person."""
        seen = f"{self.events} events of {self.orders} orders and {self.stations} stations looked at"
        verdict = "everything agrees" if self.ok else f"{len(self.differences)} differences"
        return "\n".join([f"{seen}: {verdict}.", *self.differences])

    def to_json(self) -> str:
        """Return the report as one JSON object."""
        return json.dumps({"ok": self.ok, **asdict(self)}, ensure_ascii=False)


def about(topic: str, subject: str, words: str) -> str:
    """Return one difference; `subject` is an order, a station, an SKU or a packaging."""
    return f"{topic.capitalize()} {subject}: {words}."
