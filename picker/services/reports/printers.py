"""How every printer of every station is, as the stations told last."""

from datetime import datetime, timedelta

from sqlalchemy import Connection

from data.store import printers
from picker.services.reports.types import PrinterReport
from printing.health import HEALTH_WORDS, WELL, Health

SILENT_AFTER = timedelta(seconds=75)
"""A station tells twice a minute how its printers are."""
FORGOTTEN_AFTER = timedelta(days=1)


def printers_of_all(connection: Connection, now: datetime) -> tuple[PrinterReport, ...]:
    """Return the printers of all stations heard of in the last day, those that need a person first."""
    reports = [
        PrinterReport(
            station=row.station,
            printer=row.printer,
            health=row.health,
            words=row.detail or HEALTH_WORDS[Health(row.health)],
            waiting=row.waiting,
            unsure=row.unsure,
            since=row.since,
            for_s=max(0, int((now - row.since).total_seconds())),
            silent_s=int((now - row.at).total_seconds()) if now - row.at > SILENT_AFTER else 0,
            well=Health(row.health) in WELL,
        )
        for row in printers.reported(connection, now - FORGOTTEN_AFTER)
    ]
    return tuple(sorted(reports, key=lambda one: (one.well and not one.silent_s, one.station, one.printer)))
