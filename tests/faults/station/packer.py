"""A packer who does what the station asks for, errs now and then, and remembers what was answered."""

import random
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from tests.faults.station.process import StationProcess
from tests.faults.station.warehouse import Group

_WRITES_NOTHING = {"undo.none", "undo.sealed", "home.none_waiting", "signin.already", "check.which"}
_COMMANDS = {"NEXT", "UNDO", "OK"}
_HOLDS = {"claim.not_carried"}
"""Refusals that hold the order, and so are logged whatever was asked."""
_KINDS = {
    "worker": {"SignedIn"},
    "NEXT": {"OrderClaimed"},
    "UNDO": {"Undone"},
    "OK": {"PackagingChosen", "ParcelSealed", "StopAcknowledged"},
    "product": {"UnitsPicked", "UnitsChecked", "CaptureStarted"},
    "lot": {"UnitsPicked", "CaptureStarted"},
    "serial": {"UnitsPicked", "CaptureStarted"},
    "expiry": {"UnitsPicked", "CaptureStarted"},
    "packaging": {"PackagingChosen"},
    "choice": {"UnitsChecked"},
    "weight": {"ParcelWeighed"},
    "parcel": {"LabelVerified"},
}


@dataclass(slots=True)
class Given:
    """One scan: what it was meant as, and the answer, None while or when there was none."""

    raw: str
    meant: str
    reply: dict[str, Any] | None = None

    @property
    def saved(self) -> bool:
        """Whether the station said that it was saved."""
        return self.reply is not None and bool(self.reply["saved"])

    @property
    def refused(self) -> bool:
        """Whether the station said that nothing was saved."""
        return self.reply is not None and not self.saved

    @property
    def must_be_logged(self) -> bool:
        """Whether the answer promises events in the log."""
        if self.reply is None or not self.saved or self.reply["severity"] == "warning":
            return False
        if self.reply["severity"] in ("error", "stop"):
            return self.meant not in _COMMANDS or self.reply["key"] in _HOLDS
        return self.reply["key"] not in _WRITES_NOTHING

    @property
    def may_be_logged(self) -> bool:
        """Whether nobody knows: there was no answer, or one that says that nothing was saved."""
        return not self.saved

    def fits(self, group: Group) -> bool:
        """Whether these events are what this scan would cause."""
        if group.kinds[0] == "ScanRefused":
            return str(group.value("code")).endswith(self.raw.lstrip("\x1b"))
        if group.kinds[0] not in _KINDS.get(self.meant, set()):
            return False
        if self.meant == "product":
            return group.value("code") == self.raw
        return group.value(self.meant) == self.raw if self.meant in ("lot", "serial") else True


class Packer:
    """Decides the next scan from the station's last answer alone, as a person at the bench does."""

    def __init__(self, badge: str, dice: random.Random) -> None:
        self.badge, self._dice = badge, dice
        self.given: list[Given] = []
        self._count = 0

    def probe(self) -> Given:
        """A scan that is refused wherever the station stands: its answer tells a newcomer where that is."""
        return self._remember(f"\x1bPROBE{self._next()}", "probe")

    def next(self, reply: dict[str, Any]) -> Given | None:
        """The next scan; None when no order is left."""
        last = self.given[-1]
        if reply["severity"] == "warning" or not reply["saved"]:
            return self._remember(last.raw, last.meant)
        if reply["state"] in ("pick", "check"):
            if self._dice.random() < 0.06:
                return self._remember(f"NOSUCH{self._next()}", "wrong")
            if self._dice.random() < 0.04:
                return self._remember("UNDO", "UNDO")
        if reply["state"] == "home":
            return self._remember("NEXT", "NEXT") if reply["offer"] else None
        return self._wanted(reply["accepts"][0])

    def _wanted(self, accept: dict[str, Any]) -> Given:
        kind = accept["kind"]
        if kind == "command":
            return self._remember(accept["codes"][0], accept["codes"][0])
        made = {"worker": self.badge, "lot": f"L{self._count}", "expiry": "291231", "weight": "500"}
        made["serial"] = f"SN{self._next()}"
        return self._remember(accept["codes"][0] if accept["codes"] else made[kind], kind)

    def _remember(self, raw: str, meant: str) -> Given:
        self.given.append(Given(raw, meant))
        return self.given[-1]

    def _next(self) -> int:
        self._count += 1
        return self._count


def pack(station: StationProcess, packer: Packer, orders: int = 1000) -> int:
    """Pack up to `orders` orders, all that wait when there are fewer, and end in good order."""
    closed, scan = 0, packer.probe()
    while True:
        scan.reply = station.ask(scan.raw)
        closed += int(scan.reply["key"] == "label.closed")
        following = packer.next(scan.reply) if closed < orders else None
        if following is None:
            assert station.finish() == 0
            return closed
        scan = following


def must_match(given: list[Given], groups: list[Group]) -> None:
    """Every scan that was answered as saved is in the log exactly once and in order; nothing else is.

    A scan without an answer may be there, once. One that was refused as not saved and given again is one scan.
    """
    left = iter(groups)
    group = next(left, None)
    for scan, following in zip_longest(given, given[1:]):
        if scan.refused and following is not None and following.raw == scan.raw:
            continue
        if not (scan.must_be_logged or scan.may_be_logged):
            continue
        if group is not None and scan.fits(group):
            group = next(left, None)
        elif scan.must_be_logged:
            raise AssertionError(f"{scan} was answered as saved, but the log goes on with {group}")
    assert group is None, f"nobody scanned this, or it is there twice: {group}"
