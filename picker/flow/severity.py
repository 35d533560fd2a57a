"""How a message is shown and sounded."""

from enum import StrEnum


class Severity(StrEnum):
    """How a message is shown and sounded. `ok`: committed. `stop`: go no further with this order."""

    OK = "ok"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"
    STOP = "stop"


OK, INFO, WARNING, ERROR, STOP = Severity

Sentences = dict[str, tuple[Severity, str]]
"""Key of a message -> its severity and its English words."""
