"""Tables from elsewhere that a lead compares with their sources once a year."""

from datetime import date, datetime

from sqlalchemy import Connection

from data.store import lookup, setup
from picker.dangerous import READ_ON, is_due


def last_confirmed(connection: Connection) -> date | None:
    """Return the day on which a lead last confirmed the table of dangerous goods."""
    days = [
        date.fromisoformat(row.dangerous_checked) for row in setup.shops(connection) if row.dangerous_checked
    ]
    return max(days, default=None)


def table_due(connection: Connection, now: datetime) -> str:
    """Return since when the table of dangerous goods waits to be confirmed, where any are in the catalogue, or ""."""
    checked = last_confirmed(connection)
    if not is_due(checked, now.date()) or not lookup.any_dangerous(connection):
        return ""
    return max(READ_ON, checked or READ_ON).isoformat()
