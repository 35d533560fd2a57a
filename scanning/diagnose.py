"""The scanner doctor: from what arrives for three printed codes to what is wrong with a scanner, by name.

Pure. What should arrive is known, so each received text is laid beside what every keyboard layout and every state
of Caps Lock would make of it; the nearest is what this station has, and what still differs is named by its place.
What an input method, the keypad or Alt codes made of it is undone before.
"""

import re
import string
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import permutations, product

from scanning.alignment import Edit, edits
from scanning.characters import GS, describe
from scanning.detours import is_composed, is_marked, undone
from scanning.fault import Fault, Finding
from scanning.layouts import LAYOUTS, US, Layout


@dataclass(frozen=True, slots=True)
class TestCode:
    """A printed code: what it holds, and the AIM identifier that a scanner sends before it."""

    text: str
    aim: str

    __test__ = False  # pytest takes every class named Test... for a test


TEST_CODES = (
    TestCode("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "]C0"),
    TestCode("0123456789-./+%$abcxyz", "]C0"),
    TestCode(f"010952123400001310AB{GS}21XY", "]C1"),
)
"""Code 128 with every letter, with digits, signs and small letters, and a GS1-128 with a separator in it."""


_ENDS = "\r\n\t"
_GOOD_ENDS = frozenset({"\r", "\n", "\r\n", "\t"})
_ARRIVAL = re.compile(r"[^\r\n\t]+[\r\n\t]*")
_ALIGNED = 12
_LONGEST = 256
"""Characters of an arrival that are looked at; the codes together hold a third of it."""
_LONGEST_KEY = len("<pagedown>")
_NO_DIGITS = str.maketrans("", "", string.digits)
_STRANGE = 0.5
"""Share of characters that must differ for a text to be no test code, but something else that was scanned."""
_CASES = {
    Fault.CAPS_LOCK: str.swapcase,
    Fault.LOWER_CASE: str.lower,
    Fault.UPPER_CASE: str.upper,
}


@dataclass(frozen=True, slots=True)
class _Way:
    """How a station may twist what a scanner sends: by its layout, then by the case of letters."""

    layout: Layout = US
    case: Fault | None = None

    def twist(self, text: str) -> str:
        typed = self.layout.typed(text)
        return _CASES[self.case](typed) if self.case else typed


def arrivals(text: str) -> list[str]:
    """What arrived, cut behind the suffix of each code; bare suffixes between codes go with the one before."""
    return _ARRIVAL.findall(text)


def diagnose(received: Sequence[str], expected: Sequence[TestCode] = TEST_CODES) -> list[Finding]:
    """What is wrong, given all that arrived for each of the printed codes, suffix included; empty when all is well.

    The codes may come in any order. Without a suffix one text may hold several of them.
    """
    texts = [text for text in received if text.strip(_ENDS)]
    if not texts:
        return [Finding(Fault.NOTHING)]
    plain, detours = undone(text.rstrip(_ENDS)[: _LONGEST * _LONGEST_KEY] for text in texts[: len(expected)])
    bodies = [text[:_LONGEST] for text in plain]
    if _without_digits(bodies, expected):
        detours[Fault.NUM_LOCK], expected = string.digits, [_digitless(code) for code in expected]
    known = [Finding(fault, sign) for fault, sign in detours.items()]
    if any(map(is_composed, "".join(bodies))):
        return known + _suffixes(texts, joined=False)
    return known + _beside(texts, bodies, expected, Fault.NUM_LOCK in detours)


def _beside(
    texts: Sequence[str], bodies: Sequence[str], expected: Sequence[TestCode], num_lock: bool
) -> list[Finding]:
    """What is wrong beside detours, which are undone in `bodies`."""
    one = len(bodies) == 1 < len(expected)
    way, pairs = _nearest(bodies, [*_joined(expected), *expected] if one else expected)
    joined = one and pairs[0][1] not in expected
    findings = _suffixes(texts, joined=joined)
    if len(texts) < len(expected) and not joined:
        findings.append(Finding(Fault.NOTHING, f"{len(texts)}/{len(expected)}"))
    strangers = [body for body, code in pairs if _is_other(body, code, way)]
    if strangers:
        return [*findings, Finding(Fault.OTHER_CODE, ", ".join(strangers)[:_LONGEST])]
    findings += _of_way(way, expected)
    findings += _of_differences([_read(body, code, way) for body, code in pairs], way)
    small = {char for _, code in pairs for char in code.text if char.islower()}
    return [explained for one in findings if (explained := _explained(one, small, num_lock=num_lock))]


def _explained(finding: Finding, small: set[str], *, num_lock: bool) -> Finding | None:
    """Lost characters that have a better reason: an input method waits with small letters for what follows, and
    without NumLock some keys of the keypad type nothing at all.
    """
    if finding.fault is not Fault.LOST:
        return finding
    lost = finding.detail.translate(_NO_DIGITS) if num_lock else finding.detail
    if small and set(lost) == small:
        return Finding(Fault.INPUT_METHOD, lost)
    return Finding(Fault.LOST, lost) if lost else None


def _without_digits(bodies: Sequence[str], expected: Sequence[TestCode]) -> bool:
    """Whether the digits are missing in all codes; a layout of which the digits are others has as many characters."""
    if len(bodies) != len(expected) or any(char.isdecimal() for body in bodies for char in body):
        return False
    left = "".join(code.aim + code.text for code in expected).translate(_NO_DIGITS)
    return len("".join(bodies)) <= len(left)


def _digitless(code: TestCode) -> TestCode:
    return TestCode(code.text.translate(_NO_DIGITS), code.aim.translate(_NO_DIGITS))


def _joined(codes: Sequence[TestCode]) -> list[TestCode]:
    """Codes that came without a suffix between them, as one: with AIM identifiers, and without."""
    first, *rest = codes
    whole = TestCode(first.text + "".join(code.aim + code.text for code in rest), first.aim)
    return [whole, TestCode("".join(code.text for code in codes), first.aim)]


def _is_other(body: str, code: TestCode, way: _Way) -> bool:
    """Whether something else was scanned. Under a layout that isn't known here all letters may differ, yet they are
    as many, or of another script.
    """
    wholes = (code.text, code.aim + code.text)
    if not body.isascii() or len(body) in (len(whole) for whole in wholes):
        return False
    return _distance(body, code, way) > _STRANGE * max(len(body), len(code.text))


def _ways() -> list[_Way]:
    """The ordinary one first: among equals it is taken."""
    return [_Way(layout, case) for case, layout in product((None, *_CASES), LAYOUTS)]


_Pairs = list[tuple[str, TestCode]]


def _nearest(bodies: Sequence[str], codes: Sequence[TestCode]) -> tuple[_Way, _Pairs]:
    """The way, and the code for each body, by which the twisted codes are nearest to what came. Only the few with
    about the right characters are aligned.
    """
    tries: list[tuple[int, _Way, _Pairs]] = []
    for way in _ways():
        costs = {(body, code): _strangers(body, code, way) for body in bodies for code in codes}
        for order in permutations(codes, len(bodies)):
            pairs = list(zip(bodies, order, strict=True))
            tries.append((sum(costs[pair] for pair in pairs), way, pairs))
    likely = sorted(tries, key=lambda one: one[0])[:_ALIGNED]
    _, way, pairs = min(likely, key=lambda one: sum(_distance(body, code, one[1]) for body, code in one[2]))
    return way, pairs


def _strangers(body: str, code: TestCode, way: _Way) -> int:
    """How many characters are missing or too many, in whatever order."""
    wanted, got = Counter(way.twist(code.aim + code.text)), Counter(body)
    return ((wanted - got) + (got - wanted)).total()


def _distance(body: str, code: TestCode, way: _Way) -> int:
    """How many characters differ, whether or not the AIM identifier is sent."""
    wholes = (way.twist(code.aim + code.text), way.twist(code.text))
    return min(sum(edit.cost for edit in edits(whole, body)) for whole in wholes)


def _suffixes(texts: Sequence[str], *, joined: bool) -> list[Finding]:
    ends = [text[len(text.rstrip(_ENDS)) :] for text in texts]
    extra = sorted({end for end in ends if end and end not in _GOOD_ENDS})
    findings = [Finding(Fault.NO_SUFFIX)] if "" in ends or joined else []
    return findings + [Finding(Fault.EXTRA_SUFFIX, end) for end in extra]


def _of_way(way: _Way, expected: Sequence[TestCode]) -> list[Finding]:
    findings = []
    if way.layout is not US:
        findings.append(Finding(Fault.LAYOUT, way.layout.name, way.layout.translation()))
    printed = "".join(code.aim + code.text for code in expected)
    dead = "".join(char for char in dict.fromkeys(printed) if not way.layout.typed(char))
    if dead:
        findings.append(Finding(Fault.DEAD_KEY, dead))
    if way.case is not None:
        findings.append(Finding(way.case))
    return findings


@dataclass(slots=True)
class _Reading:
    """How one code differs from what was printed."""

    aim: bool = True
    front: str = ""
    behind: str = ""
    separator: str = GS
    lost: str = ""
    doubled: str = ""
    changed: list[str] = field(default_factory=list)
    marked: str = ""
    added: str = ""


def _read(body: str, code: TestCode, way: _Way) -> _Reading:
    with_aim, without = way.twist(code.aim + code.text), way.twist(code.text)
    costs = [sum(edit.cost for edit in edits(whole, body)) for whole in (with_aim, without)]
    reading = _Reading(aim=costs[0] < costs[1])
    _sort(reading, edits(with_aim if reading.aim else without, body))
    return reading


def _sort(reading: _Reading, edits: Sequence[Edit]) -> None:
    """Say of each difference what it is by its place: before, behind, at the separator or within."""
    same = [place for place, edit in enumerate(edits) if edit.wanted == edit.got]
    first, last = (same[0], same[-1]) if same else (0, len(edits))
    separator = _separator_at(edits)
    for place, edit in enumerate(edits):
        if place in separator or edit.wanted == edit.got:
            continue
        if not edit.wanted and place < first:
            reading.front += edit.got
        elif not edit.wanted and place > last:
            reading.behind += edit.got
        elif not edit.wanted:
            twice = edit.got in (edits[place - 1].got, edits[place + 1].got)
            reading.doubled += edit.got if twice else ""
            reading.added += "" if twice else edit.got
        elif not edit.got:
            reading.lost += edit.wanted
        elif any(is_marked(edit.got, near.wanted) for near in edits[max(0, place - 1) : place + 2]):
            reading.marked += edit.got
        else:
            reading.changed.append(f"{edit.wanted} as {named(edit.got)}")
    if separator:
        reading.separator = "".join(edits[place].got for place in separator)


def _separator_at(edits: Sequence[Edit]) -> range:
    """Where the separator stands, with what was put in around it."""
    at = next((place for place, edit in enumerate(edits) if edit.wanted == GS), None)
    if at is None:
        return range(0)
    start, end = at, at + 1
    if edits[at].got != GS:
        while start > 0 and not edits[start - 1].wanted:
            start -= 1
        while end < len(edits) and not edits[end].wanted:
            end += 1
    return range(start, end)


def _of_differences(readings: Sequence[_Reading], way: _Way) -> list[Finding]:
    findings = _of_fronts(readings)
    separators = {reading.separator for reading in readings} - {GS}
    if "" in separators:
        findings.append(Finding(Fault.GS_LOST))
    findings += [Finding(Fault.GS_OTHER, text) for text in sorted(separators - {""})]
    behind = sorted({reading.behind for reading in readings} - {""})
    findings += [Finding(Fault.EXTRA_SUFFIX, text) for text in behind]
    sums = {
        Fault.LOST: "".join(reading.lost for reading in readings),
        Fault.DOUBLED: "".join(reading.doubled for reading in readings),
        Fault.INPUT_METHOD: "".join(reading.marked for reading in readings),
        Fault.ADDED: "".join(reading.added for reading in readings),
        Fault.CHANGED: ", ".join(one for reading in readings for one in reading.changed),
    }
    return findings + [Finding(fault, detail) for fault, detail in sums.items() if detail]


def _of_fronts(readings: Sequence[_Reading]) -> list[Finding]:
    fronts = {reading.front for reading in readings}
    findings = [] if all(reading.aim for reading in readings) else [Finding(Fault.AIM_OFF)]
    if fronts == {""}:
        return findings
    fault = Fault.PREFIX if len(fronts) == 1 else Fault.MAKERS_PREFIX
    return [*findings, Finding(fault, " ".join(sorted(fronts - {""})))]


def named(text: str) -> str:
    """Characters as people can read them: what is invisible by its name."""
    if text.isprintable() and not text.isspace():
        return text
    return " ".join(
        "space" if char == " " else char if char.isprintable() else describe(char) for char in text
    )
