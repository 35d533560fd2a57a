"""Messages that the app takes from other threads."""

from collections.abc import Callable
from enum import StrEnum
from typing import TYPE_CHECKING

from textual.message import Message

from picker.flow import Severity

if TYPE_CHECKING:
    from picker.services.desk import Ticket
    from picker.services.station import Reply
    from scanning.wedge import Habits


class Answered(Message):
    """The desk committed an input, or, without a ticket, has opened the station."""

    def __init__(self, ticket: "Ticket | None", reply: "Reply") -> None:
        super().__init__()
        self.ticket, self.reply = ticket, reply


class Failed(Message):
    """The desk's thread ended with an error; nothing more will be committed."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error


class Scanned(Message):
    """A scanner beside the keyboard has read something."""

    def __init__(self, raw: str, source: str) -> None:
        super().__init__()
        self.raw, self.source = raw, source


class ScannerHealth(Message):
    """How a scanner beside the keyboard is: `trouble` says in words what is wrong, empty when nothing is."""

    def __init__(self, name: str, trouble: str) -> None:
        super().__init__()
        self.name, self.trouble = name, trouble


class ScannerHabits(Message):
    """How the scanner at the keyboard types, once the settings are read."""

    def __init__(self, habits: "Habits") -> None:
        super().__init__()
        self.habits = habits


class PrinterHealth(Message):
    """How the printer is: `severity` colours it, `text` names what is wrong (empty when nothing is).

    `waiting` counts the jobs that are not printed yet.
    """

    def __init__(self, severity: Severity, text: str = "", waiting: int = 0) -> None:
        super().__init__()
        self.severity, self.text, self.waiting = severity, text, waiting


class JobFate(StrEnum):
    """What the packer says of a print job that nobody is sure of."""

    PRINTED = "printed"
    AGAIN = "again"
    TORN = "torn"


class UnsureJob(Message):
    """A print job may or may not be on paper: ask, then call `answer` on the app's thread."""

    def __init__(self, title: str, answer: Callable[[JobFate], None]) -> None:
        super().__init__()
        self.title, self.answer = title, answer
