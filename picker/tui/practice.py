"""The practice scanner: what a trainee without goods and labels could scan now."""

from collections.abc import Sequence
from dataclasses import dataclass

from picker.flow import View
from picker.flow.accepts import Accept
from scanning.codes import command_code

_TYPED = {
    "lot": "L{n:04d}",
    "serial": "SN{n:08d}",
    "expiry": "331231",
    "weight": "500",
    "sides": "200x150x100",
}


@dataclass(frozen=True, slots=True)
class PracticeScan:
    """A raw scan, and what it is in words for the strip."""

    raw: str
    what: str


@dataclass(slots=True)
class Practice:
    """`badges` are scanned to sign in; the first of `strangers` that nobody wants is the wrong item."""

    badges: Sequence[str] = ()
    strangers: Sequence[str] = ()
    number: int = 1
    """The next lot or serial number."""

    def right(self, view: View) -> PracticeScan:
        """Return what fits now; the same answer until `scanned` is called."""
        for accept in view.accepts:
            raw = self._raw(accept)
            if raw:
                return PracticeScan(
                    raw, " ".join(filter(None, (raw, accept.words))) if accept.kind == "product" else raw
                )
        return PracticeScan("", "")

    def wrong(self, view: View) -> str:
        """Return a barcode that does not fit now, or an empty text when none is known."""
        wanted = {code for accept in view.accepts for code in accept.codes}
        return next((code for code in self.strangers if code not in wanted), "")

    def scanned(self) -> None:
        """Make the next lot or serial number another one."""
        self.number += 1

    def _raw(self, accept: Accept) -> str:
        if accept.kind == "worker":
            return self.badges[0] if self.badges else ""
        if accept.kind == "command":
            return command_code(accept.codes[0]) if accept.codes else ""
        if accept.codes:
            return accept.codes[0]
        return _TYPED.get(accept.kind, "").format(n=self.number)
