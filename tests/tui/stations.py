"""Stations for the screens to talk to: real subclasses that answer from a given state, without a database."""

import time
from dataclasses import dataclass, field
from pathlib import Path

from picker.flow import Command, Message, State, say
from picker.services.station.station import Reply, Station
from picker.tui.paper import Faults
from picker.tui.port import Beside, Opened, Opening
from scanning.result import Scan


class Standing(Station):
    """Stands in one state and says the same to every input."""

    def __init__(self, state: State, message: Message | None = None) -> None:
        self.state = state
        self.message = message or say("station.ready")
        self.given: list[Scan | Command] = []

    def welcome(self) -> Reply:
        return Reply(self.state, self.message)

    def handle(self, given: Scan | Command) -> Reply:
        self.given.append(given)
        return Reply(self.state, self.message)


class Slow(Standing):
    """Takes a while for each input."""

    def __init__(self, state: State, message: Message | None = None, seconds: float = 0.4) -> None:
        super().__init__(state, message)
        self.seconds = seconds

    def handle(self, given: Scan | Command) -> Reply:
        time.sleep(self.seconds)
        return super().handle(given)


class Recorder(Standing):
    """Writes what it was given to a file, a line each, and answers with its number.

    A refused scan is written as "!" and its detail, a command as "=" and its name. `block` seconds are
    slept on the first input only.
    """

    def __init__(self, state: State, file: Path, block: float = 0.0) -> None:
        super().__init__(state)
        self.file, self.block, self.count = file, block, 0

    def handle(self, given: Scan | Command) -> Reply:
        if self.block and not self.count:
            time.sleep(self.block)
        self.count += 1
        with self.file.open("a", encoding="utf-8") as out:
            out.write(f"{written(given)}\n")
        return Reply(self.state, say("signin.done", worker=f"#{self.count}#"))


def written(given: Scan | Command) -> str:
    """One line for an input: what the station was told."""
    if isinstance(given, Command):
        return f"={given.name.value}"
    return f"!{given.detail}" if given.problem else given.text.replace("\x1d", "<GS>")


@dataclass
class Papers:
    """A paper source over given files."""

    papers: list[tuple[str, Path]] = field(default_factory=list)
    faults: Faults | None = None

    def latest(self, n: int) -> list[tuple[str, Path]]:
        return self.papers[:n]


def opener(station: Station, beside: Beside | None = None) -> Opening:
    """What opens a station for an app, and all that stands beside it."""
    return lambda _: Opened(station, beside or Beside())
