"""Which of the reads of one picture are believed: the accept rule for still pictures."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from scanning.barcode import ERROR_CORRECTED, RETAIL, Barcode, Evidence
from scanning.codes import lookup_key
from scanning.region import Region

Known = Callable[[str], bool]

_AGREEING = 2
_OUTVOTED = 2  # times as many passes must have read a code as any other in the same place
_LEAST_SIDE = 0.5  # of an outline's longer side: as high as the bars of most codes are


def nothing_known(_text: str) -> bool:
    """For pictures of which nothing is expected."""
    return False


class Ballot:
    """Collects reads, and accepts those with enough evidence.

    A read is accepted when one of these holds:

    - the symbol corrects its errors itself (QR, Data Matrix, PDF417);
    - the caller knows the code: its text or its look-up key;
    - it came out of a waveform that no other valid code fits nearly as well (`scanning.waveform`);
    - two passes agree: two decoders, or one on two differently processed views of the picture.

    Whatever agrees, a line of bars is refused when another content was read in the same place by more
    than half as many passes: then at least one of them is wrong, and it isn't sure which. Against what
    fits no waveform, a code that does needs one pass more.
    """

    def __init__(self, known: Known = nothing_known) -> None:
        self._known = known
        self._held: dict[tuple[str, str], Barcode] = {}

    def add(self, reads: Iterable[Barcode]) -> None:
        """Count the reads of one pass in; a code that was read before keeps its first place."""
        for read in reads:
            content = _content(read)
            held = self._held.get(content)
            self._held[content] = _joined(held, read) if held else read

    def accepted(self) -> list[Barcode]:
        """The codes with enough evidence, in the order they were first read."""
        return [held for held in self._held.values() if self._trusted(held)]

    def doubtful(self) -> list[Barcode]:
        """The codes that still lack evidence and may yet be right."""
        return [held for held in self._held.values() if not self._enough(held)]

    def settled(self) -> bool:
        """Whether something was accepted, and nothing else is waiting for evidence."""
        accepted = self.accepted()
        return bool(accepted) and all(
            any(_same_place(doubtful, sure) for sure in accepted) for doubtful in self.doubtful()
        )

    def _enough(self, read: Barcode) -> bool:
        return self._is_known(read) or read.evidence.strong or len(read.evidence.passes) >= _AGREEING

    def _trusted(self, read: Barcode) -> bool:
        if not self._enough(read):
            return False
        if read.symbology in ERROR_CORRECTED or self._is_known(read):
            return True
        return all(_outvotes(read, other) for other in self._held.values() if _rivals(read, other))

    def _is_known(self, read: Barcode) -> bool:
        return self._known(read.text) or self._known(lookup_key(read.text))


def _content(read: Barcode) -> tuple[str, str]:
    retail = read.symbology in RETAIL
    return ("retail", lookup_key(read.text)) if retail else (read.symbology, read.text)


def _joined(held: Barcode, read: Barcode) -> Barcode:
    first, second = held.evidence, read.evidence
    # Only zxing-cpp tells a GS1-128 from any other Code 128, by its identifier.
    leader = read if second.passes[0].startswith("zxing") and first.passes[0].startswith("zbar") else held
    evidence = Evidence(
        tuple(dict.fromkeys((*first.passes, *second.passes))),
        first.reads + second.reads,
        max(first.lines, second.lines),
        first.strong or second.strong,
    )
    # In the whole picture a line of bars is outlined level, however it is tilted; in a straightened crop as it is.
    level = first.passes == ("zxing picture",) and held.symbology not in ERROR_CORRECTED
    return replace(leader, corners=read.corners if level else held.corners, evidence=evidence)


def _rivals(read: Barcode, other: Barcode) -> bool:
    return _content(read) != _content(other) and _same_place(read, other)


def _outvotes(read: Barcode, other: Barcode) -> bool:
    mine, theirs = len(read.evidence.passes), len(other.evidence.passes)
    if read.evidence.strong != other.evidence.strong:
        return read.evidence.strong and mine > theirs
    return mine >= _OUTVOTED * theirs


def _same_place(one: Barcode, other: Barcode) -> bool:
    """Whether the middle of one lies in the other, so that one of them must be wrong."""
    return _covers(one, *other.middle) or _covers(other, *one.middle)


def _covers(read: Barcode, x: float, y: float) -> bool:
    outline = Region.of(read)
    least = _LEAST_SIDE * max(outline.length, outline.height)
    return outline.at_least(least, least).holds(x, y)
