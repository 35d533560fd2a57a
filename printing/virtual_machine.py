"""What every virtual printer is made of: faults, a roll of paper, and the pieces that came off it."""

import time
from abc import ABC, abstractmethod
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

MEMORY = 262_144


class Fault(StrEnum):
    """What can be wrong with a printer.

    Those of the machine stop it until it is mended. Of the line: `REFUSED` doesn't listen, `BUSY`
    serves another computer, `MUTE` answers nothing, `STALL` stops reading, `RESET` and `CLOSE` end the
    connection once, `LATE` and `PIECES` are about its answers, `STRAY` answers more than was asked,
    `OLD_NUMBER` first tells of an older job, `OTHER_QUESTION` answers another question than the one
    asked, `GARBAGE` is no printer at all. `POWER_CUT` loses what is in memory, and in `POWER_CYCLE`
    the power comes back.
    """

    PAPER_OUT = "paper_out"
    RIBBON_OUT = "ribbon_out"
    COVER_OPEN = "cover_open"
    CUTTER = "cutter"
    HOT = "hot"
    OFFLINE = "offline"
    PAUSED = "paused"
    REFUSED = "refused"
    BUSY = "busy"
    MUTE = "mute"
    STALL = "stall"
    RESET = "reset"
    CLOSE = "close"
    LATE = "late"
    PIECES = "pieces"
    STRAY = "stray"
    OLD_NUMBER = "old_number"
    OTHER_QUESTION = "other_question"
    GARBAGE = "garbage"
    POWER_CUT = "power_cut"
    POWER_CYCLE = "power_cycle"


STOPPING = frozenset(
    {
        Fault.PAPER_OUT,
        Fault.RIBBON_OUT,
        Fault.COVER_OPEN,
        Fault.CUTTER,
        Fault.HOT,
        Fault.OFFLINE,
        Fault.PAUSED,
    }
)
"""Faults of the machine itself, in which nothing is printed."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of paper; `whole` means printed to its end and cut, not torn."""

    image: "Image"
    whole: bool


class Machine(ABC):
    """Takes bytes in, prints what can be printed, and answers what it is asked."""

    def __init__(self, directory: Path | None) -> None:
        """`directory` gets every piece of paper as a PNG.

        `confirms` is whether it tells when it has printed, `reports` whether it tells of its faults unasked.
        """
        self.faults: set[Fault] = set()
        self.rows_left: int | None = None
        self.rows_a_second: int | None = None
        self.confirms = True
        self.reports = True
        self.done: list[Piece] = []
        self._directory = directory
        self._free_at = 0.0

    @property
    @abstractmethod
    def room(self) -> int:
        """Bytes that still fit into memory; none left means that nothing more is read."""

    @abstractmethod
    def connect(self) -> None:
        """A new connection begins."""

    @abstractmethod
    def receive(self, data: bytes) -> bytes:
        """Take bytes in, print what can be printed, and give what is to be answered now."""

    @abstractmethod
    def run(self) -> None:
        """Print what is in memory until something is missing."""

    @abstractmethod
    def lose_power(self) -> None:
        """Forget everything; paper that was begun is torn off."""

    @property
    def stopped(self) -> bool:
        """Whether nothing is printed now: a fault, or the head is still at the rows before."""
        if self.rows_left == 0:
            self.faults.add(Fault.PAPER_OUT)
        return bool(self.faults & STOPPING) or time.monotonic() < self._free_at

    def _print_rows(self, rows: int) -> int:
        """How many of the rows the roll still gives; a printer with a speed takes its time for them."""
        fit = rows if self.rows_left is None else min(rows, self.rows_left)
        if self.rows_left is not None:
            self.rows_left -= fit
        if self.rows_a_second is not None:
            self._free_at = max(self._free_at, time.monotonic()) + fit / self.rows_a_second
        return fit

    def _drop(self, image: "Image", whole: bool) -> None:
        """A piece of paper leaves the printer."""
        self.done.append(Piece(image, whole))
        if self._directory is not None:
            from printing.drivers.file import write_whole
            from printing.export import image_png

            self._directory.mkdir(parents=True, exist_ok=True)
            name = f"paper-{len(self.done):04d}{'' if whole else '-torn'}.png"
            write_whole(self._directory / name, image_png(image))
