"""The shop's print jobs for people and programs."""

from dataclasses import asdict, dataclass
from datetime import datetime

from data.store import parcels
from picker.config import Settings
from picker.services.shop import open_shop


@dataclass(frozen=True, slots=True)
class PrintJobLine:
    """One print job as its station last reported it."""

    order: str
    parcel: int
    document: str
    revision: int
    station: str
    state: str
    detail: str
    made_at: datetime

    def to_json(self) -> dict[str, object]:
        """Return JSON values."""
        return {**asdict(self), "made_at": self.made_at.isoformat()}


def print_jobs(settings: Settings, order: str | None) -> list[PrintJobLine]:
    """Return the print jobs, of one order or the newest thousand of all; "due" means not taken yet."""
    db = open_shop(settings.db)
    try:
        with db.reader.connect() as connection:
            number = order.lstrip("#") if order else None
            rows = parcels.jobs_of(connection, number) if number else parcels.newest_jobs(connection)
        return [
            PrintJobLine(
                r.order_id, r.parcel, r.document, r.revision, r.station, r.state, r.detail, r.made_at
            )
            for r in rows
        ]
    finally:
        db.dispose()
