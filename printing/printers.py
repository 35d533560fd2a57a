"""The printers of a station and what each of them can do, kept in a file on the station's own disk."""

import json
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from printing.abilities import Abilities, Language, PrinterError
from printing.jobs import BATTERY, LABEL, LIMITED
from printing.media import TENTHS_MM_PER_INCH, medium
from printing.targets import check_target
from printing.text import clean

NAME_LIMIT = 40
VERSION = 1
_NEAR_MM, _NEAR_LENGTH_MM = 2, 6
"""By how much what a printer says may differ from its paper: unprinted edges, gaps between labels."""


@dataclass(frozen=True, slots=True)
class PrinterSetup:
    """One printer: its name, where it is, its language and paper, and what it prints.

    `documents` are kinds of documents ("label", "slip", "insert"); none means all that no other
    printer names. What waits for a printer that can't print goes to `fallback`, while nothing of it
    has left.
    """

    name: str
    target: str
    language: Language = Language.ESCPOS
    medium: str = "roll80"
    documents: tuple[str, ...] = ()
    fallback: str = ""
    abilities: Abilities = field(default_factory=Abilities)


def unfit(setup: PrinterSetup) -> str:
    """What a printer said of itself that differs from how it is set up, in words; "" where nothing does.

    A printer of labels tells the length of the loaded one; a few mm are its gap and the feed's.
    """
    paper, known = medium(setup.medium), setup.abilities
    if known.speaks:
        return f"it answers in {known.speaks}, but is set up with --language {setup.language}"
    reasons = []
    if known.dpi and known.dpi != paper.dpi:
        reasons.append(f"its head has {known.dpi} dpi, {setup.medium} is for {paper.dpi}")
    dpi = known.dpi or paper.dpi
    if known.width_dots and _mm(known.width_dots, dpi) < _mm(paper.width_dots, paper.dpi) - _NEAR_MM:
        words = f"it prints {_mm(known.width_dots, dpi)} mm across, {setup.medium} is"
        reasons.append(f"{words} {_mm(paper.width_dots, paper.dpi)} mm")
    length = _mm(known.length_dots or 0, dpi)
    if length and paper.height_mm and abs(length - paper.height_mm) > _NEAR_LENGTH_MM:
        which = "shorter" if length < paper.height_mm else "longer"
        reasons.append(
            f"the loaded label is {which}: {length} mm, {setup.medium} is {paper.height_mm} mm long"
        )
    return "; ".join(reasons)


def as_seen(setup: PrinterSetup, now: Abilities) -> PrinterSetup:
    """A printer with the head and the label that it told of just now, in its own language; the rest is as known."""
    known = setup.abilities
    looks = {
        name: getattr(now, name) or getattr(known, name)
        for name in ("width_dots", "dpi", "length_dots", "model")
    }
    return replace(setup, abilities=replace(known, speaks="", **looks))


def _mm(dots: int, dpi: int) -> int:
    return (dots * TENTHS_MM_PER_INCH + 5 * dpi) // (10 * dpi)


class PrinterRegistry:
    """A JSON file of printers, read anew at every call and replaced whole."""

    def __init__(self, path: Path) -> None:
        """`path` need not exist yet."""
        self._path = path

    def all(self) -> list[PrinterSetup]:
        """Every printer in the order they were added; raises `PrinterError` for a damaged file."""
        try:
            text = self._path.read_text("utf-8")
        except FileNotFoundError:
            return []
        try:
            document = json.loads(text)
            if document["version"] != VERSION:
                raise ValueError(f"expected version {VERSION}, got {document['version']!r}")
            return [_load(item) for item in document["printers"]]
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise PrinterError(f"the list of printers {str(self._path)!r} can't be read: {error}") from error

    def get(self, name: str) -> PrinterSetup:
        """The printer of that name; raises `PrinterError` naming those there are."""
        by_name = {setup.name: setup for setup in self.all()}
        if name not in by_name:
            raise PrinterError(f"no printer {name!r}: expected one of {sorted(by_name)}")
        return by_name[name]

    def put(self, setup: PrinterSetup) -> None:
        """Add a printer, or change the one of the same name. Raises `PrinterError`."""
        _check(setup)
        setups = self.all()
        if setup.fallback and setup.fallback not in {other.name for other in setups} - {setup.name}:
            raise PrinterError(f"fallback {setup.fallback!r}: expected another printer that is there already")
        names = [other.name for other in setups]
        if setup.name in names:
            setups[names.index(setup.name)] = setup
        else:
            setups.append(setup)
        self._write(setups)

    def remove(self, name: str) -> None:
        """Forget a printer, and that it was another's fallback; raises `PrinterError`."""
        self.get(name)
        left = [setup for setup in self.all() if setup.name != name]
        self._write([replace(setup, fallback="") if setup.fallback == name else setup for setup in left])

    def _write(self, setups: Sequence[PrinterSetup]) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps({"version": VERSION, "printers": [asdict(setup) for setup in setups]}, indent=1)
        temporary = self._path.with_name(f"{self._path.name}.{os.getpid()}.part")
        with temporary.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(self._path)


def route(setups: Sequence[PrinterSetup], document: str) -> PrinterSetup:
    """The printer for a document ("label", "insert-spring"): who names its kind, else who names none.

    Hatched stock is for battery marks alone; a black mark goes where labels do unless somebody names it.
    When every printer names other kinds, it is the first of them. `setups` must not be empty.
    """
    kind = document.partition("-")[0]
    named = [setup for setup in setups if kind in _kinds(setup)]
    if not named and kind == LIMITED:
        named = [setup for setup in setups if LABEL in setup.documents]
    for_all = (setup for setup in setups if not _kinds(setup))
    return next(iter(named), None) or next(for_all, None) or setups[0]


def _kinds(setup: PrinterSetup) -> tuple[str, ...]:
    return setup.documents or ((BATTERY,) if medium(setup.medium).hatched else ())


def _check(setup: PrinterSetup) -> None:
    for text in (setup.name, *setup.documents):
        if not text or text != clean(text, NAME_LIMIT) or not text.isprintable() or text.strip() != text:
            raise PrinterError(f"{text!r}: expected a printable name of at most {NAME_LIMIT} characters")
    check_target(setup.target)
    try:
        medium(setup.medium)
    except ValueError as error:
        raise PrinterError(str(error)) from error


def _load(item: dict[str, Any]) -> PrinterSetup:
    values = {**item, "abilities": Abilities(**item["abilities"]), "documents": tuple(item["documents"])}
    setup = PrinterSetup(**{**values, "language": Language(item["language"])})
    _check(setup)
    return setup
