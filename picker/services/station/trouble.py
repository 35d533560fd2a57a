"""Why the database could not save, in a packer's words: its own are for those who look after it."""

from sqlalchemy.exc import OperationalError

from data.errors import DatabaseBusyError
from picker.flow import Message, say

_FULL, _BUSY, _AWAY = "reason.database_full", "reason.database_busy", "reason.database_away"
_READ_ONLY, _DAMAGED, _DISK = "reason.database_read_only", "reason.database_damaged", "reason.database_disk"

_BY_STATE = {"53100": _FULL, "55P03": _BUSY, "57014": _BUSY, "40P01": _BUSY, "25006": _READ_ONLY}
"""PostgreSQL, appendix A: disk full, lock not available, query cancelled, deadlock, read-only transaction."""
_NO_SERVER = ("08", "57P")
"""PostgreSQL's classes of connections that failed and of servers that stop or start."""
_BY_TEXT = {
    "is full": _FULL,
    "is locked": _BUSY,
    "readonly": _READ_ONLY,
    "malformed": _DAMAGED,
    "not a database": _DAMAGED,
    "disk I/O error": _DISK,
    "unable to open": _AWAY,
}
"""What SQLite says of its faults."""


def why_not_saved(error: Exception) -> Message:
    """Return what went wrong; a fault that is not known by name is told in the database's own words."""
    cause = getattr(error, "orig", None) or error
    reason = (str(cause).strip() or type(cause).__name__).splitlines()[0]
    if isinstance(error, DatabaseBusyError):
        return say(_BUSY)
    if hasattr(cause, "sqlstate"):
        key = _of_server(str(cause.sqlstate or ""), isinstance(error, OperationalError))
    else:
        key = next((key for text, key in _BY_TEXT.items() if text in reason), "")
    return say(key) if key else say("reason.database_other", detail=reason)


def _of_server(state: str, operational: bool) -> str:
    """The key for a state of PostgreSQL; without one the connection is gone, or there never was any."""
    gone = state.startswith(_NO_SERVER) or (operational and not state)
    return _AWAY if gone else _BY_STATE.get(state, "")
