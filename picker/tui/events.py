"""Messages that the app takes from other threads."""

from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from picker.services.printers.workers import PrintersNow
    from picker.services.station.station import Reply
    from picker.services.station.thread import Ticket
    from picker.tui.port import Beside
    from scanning.wedge import Habits


class Answered(Message):
    """The station committed an input, or, without a ticket, has opened the station."""

    def __init__(self, ticket: "Ticket | None", reply: "Reply") -> None:
        super().__init__()
        self.ticket, self.reply = ticket, reply


class Equipped(Message):
    """The station is open, with all of this beside it."""

    def __init__(self, beside: "Beside") -> None:
        super().__init__()
        self.beside = beside


class Failed(Message):
    """The station's thread ended with an error; nothing more will be committed."""

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


class FaultLogged(Message):
    """Something went wrong beside the screen; the log says what."""


class LabelPrinted(Message):
    """The printer has confirmed the label of a parcel."""

    def __init__(self, order: str, parcel: int) -> None:
        super().__init__()
        self.order, self.parcel = order, parcel


class PrintersChanged(Message):
    """How the printers are now, and which jobs a person must settle."""

    def __init__(self, now: "PrintersNow") -> None:
        super().__init__()
        self.now = now
