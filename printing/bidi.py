"""Which way each stretch of a line runs: the Unicode bidirectional algorithm for one line.

After UAX #9 (Unicode 15), rules P2 to L2. Embeddings, overrides and isolates (X1 to X10) are left out: text
from outside has lost those characters before it comes here, because they exist to make a line lie.
"""

import re
import unicodedata
from bisect import insort
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby

_STRONG = {"L": 0, "R": 1, "AL": 1}
_OPENING = "([{⟨「『【〔〈《（［｛"
_CLOSING = ")]}⟩」』】〕〉》）］｝"
_RIGHT_TO_LEFT = frozenset({"R", "AL", "AN"})
_PARTS = re.compile(r"((?:^| )/(?: |$))")
"""Between the parts of an address on one line."""
_NAMED = re.compile(r"([^:]+: )([A-Za-z\u00c0-\u024f\u0370-\u052f].*)")
"""What something is, and then it in letters from left to right: that is one piece, marks at its end and all."""
_MOST_BRACKETS = 63


@lru_cache(maxsize=4096)
def stretches(text: str) -> tuple[tuple[str, bool], ...]:
    """The line's pieces from left to right as they are seen, each in reading order, with whether it runs
    from right to left. The line's own direction is that of its first strong character, else left to right.
    """
    if not any(unicodedata.bidirectional(char) in _RIGHT_TO_LEFT for char in text):
        return ((text, False),) if text else ()
    if right_to_left(text):
        named = _NAMED.fullmatch(text)
        if named is not None:
            return (*stretches(named[2]), *stretches(named[1]))
        if _PARTS.search(text):
            return tuple(_by_parts(text))
    levels = _levels(text)
    pieces = [(level, "".join(text[place] for place in group)) for level, group in _by_level(levels)]
    for level in range(max(levels), 0, -1):
        pieces = _turned(pieces, level)
    return tuple((piece, level % 2 == 1) for level, piece in pieces)


def _by_parts(text: str) -> Iterator[tuple[str, bool]]:
    """A line of parts with a slash between, the first at the right: each part by itself, as isolates would have it."""
    for part in reversed(_PARTS.split(text)):
        if _PARTS.fullmatch(part):
            yield part, True
        else:
            yield from stretches(part)


def right_to_left(text: str) -> bool:
    """Whether the first strong character runs from right to left (P2, P3)."""
    return _base(unicodedata.bidirectional(char) for char in text) == 1


def _base(classes: Iterator[str]) -> int:
    return next((_STRONG[kind] for kind in classes if kind in _STRONG), 0)


def _by_level(levels: list[int]) -> Iterator[tuple[int, Iterator[int]]]:
    return groupby(range(len(levels)), key=levels.__getitem__)


def _turned(pieces: list[tuple[int, str]], level: int) -> list[tuple[int, str]]:
    """Every unbroken sequence of pieces at `level` or above turned round (L2)."""
    levels: list[tuple[int, str]] = []
    for high, group in groupby(pieces, key=lambda piece: piece[0] >= level):
        alike = list(group)
        levels.extend(alike[::-1] if high else alike)
    return levels


def _levels(text: str) -> list[int]:
    """The embedding level of each character (W1 to I2, L1)."""
    original = [unicodedata.bidirectional(char) for char in text]
    base = _base(iter(original))
    edge = "R" if base else "L"
    kinds = _separated(_numbered(_marked(original, edge)), edge)
    _paired(text, original, kinds, base)
    _neutral(kinds, edge)
    levels = [_level(kind, base) for kind in kinds]
    for place in range(len(text) - 1, -1, -1):
        if original[place] not in ("WS", "BN"):
            break
        levels[place] = base
    return levels


def _level(kind: str, base: int) -> int:
    if base:
        return 1 if kind == "R" else 2
    return {"L": 0, "R": 1}.get(kind, 2)


def _marked(kinds: list[str], edge: str) -> list[str]:
    """W1: a mark (and a joiner, which is invisible) is what it stands on. W2, W3: numbers after Arabic."""
    marked: list[str] = []
    strong = edge
    for kind in kinds:
        if kind in ("NSM", "BN"):
            kind = marked[-1] if marked else edge
        if kind in _STRONG:
            strong = kind
        marked.append("AN" if kind == "EN" and strong == "AL" else kind)
    return ["R" if kind == "AL" else kind for kind in marked]


def _numbered(kinds: list[str]) -> list[str]:
    """W4 to W6: separators and signs that belong to a number."""
    numbered = list(kinds)
    for place in range(1, len(numbered) - 1):
        before, kind, after = numbered[place - 1 : place + 2]
        if before == after and ((kind == "ES" and after == "EN") or (kind == "CS" and after in ("EN", "AN"))):
            numbered[place] = after
    for places, kind in _sequences(numbered):
        touching = {
            numbered[places[0] - 1] if places[0] else "",
            numbered[min(places[-1] + 1, len(numbered) - 1)],
        }
        if kind == "ET" and "EN" in touching:
            for place in places:
                numbered[place] = "EN"
    return ["ON" if kind in ("ES", "ET", "CS") else kind for kind in numbered]


def _sequences(kinds: list[str]) -> list[tuple[list[int], str]]:
    return [(list(group), kind) for kind, group in groupby(range(len(kinds)), key=kinds.__getitem__)]


def _separated(kinds: list[str], edge: str) -> list[str]:
    """W7: a European number after Latin letters is part of them."""
    strong, separated = edge, []
    for kind in kinds:
        if kind in ("L", "R"):
            strong = kind
        separated.append("L" if kind == "EN" and strong == "L" else kind)
    return separated


def _paired(text: str, original: list[str], kinds: list[str], base: int) -> None:
    """N0: a pair of brackets goes the way of what it holds, if that is the line's own, else of what is before."""
    edge, other = ("R", "L") if base else ("L", "R")
    for first, last in _brackets(text, kinds):
        inside = {_way(kind) for kind in kinds[first + 1 : last]}
        if edge in inside:
            way = edge
        elif other in inside:
            before = [_way(kind) for kind in kinds[:first] if _way(kind)]
            way = other if before and before[-1] == other else edge
        else:
            continue
        for place in (first, last):
            kinds[place] = way
            while place + 1 < len(kinds) and original[place + 1] == "NSM":
                place += 1
                kinds[place] = way


def _brackets(text: str, kinds: list[str]) -> list[tuple[int, int]]:
    """Places of the bracket pairs, by their opening one (BD16)."""
    pairs: list[tuple[int, int]] = []
    waiting: list[tuple[str, int]] = []
    for place, char in enumerate(text):
        if kinds[place] != "ON":
            continue
        if char in _OPENING:
            if len(waiting) == _MOST_BRACKETS:
                return []
            waiting.append((_CLOSING[_OPENING.index(char)], place))
        elif char in _CLOSING:
            opened = next((n for n in range(len(waiting) - 1, -1, -1) if waiting[n][0] == char), None)
            if opened is not None:
                insort(pairs, (waiting[opened][1], place))
                del waiting[opened:]
    return pairs


def _way(kind: str) -> str:
    """The direction of a strong character or number as its neighbours see it; "" of a neutral one."""
    return {"L": "L", "R": "R", "EN": "R", "AN": "R"}.get(kind, "")


def _neutral(kinds: list[str], edge: str) -> None:
    """N1, N2: neutrals between two of one direction take it, others the line's own."""
    for neutral, group in groupby(range(len(kinds)), key=lambda place: not _way(kinds[place])):
        if not neutral:
            continue
        places = list(group)
        before = _way(kinds[places[0] - 1]) if places[0] else edge
        after = _way(kinds[places[-1] + 1]) if places[-1] + 1 < len(kinds) else edge
        for place in places:
            kinds[place] = before if before == after else edge
