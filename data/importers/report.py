"""What an import did, for a screen and for a machine."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from enum import StrEnum

from data.importers.fields import FieldError

_SHOWN = 3
"""So many of a kind are told one by one; of more, one and how many."""
_NUMBERED = re.compile(r"(?<=Order )[^\s:]+|[^\s(,]*\d[^\s,.:;)]*")
"""What tells two notes of one kind apart."""


class Outcome(StrEnum):
    """What became of one record."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    HELD = "held"
    LEFT_OUT = "left_out"


@dataclass(frozen=True, slots=True)
class Problem:
    """A cell or row that could not be used."""

    file: str
    line: int
    column: str
    value: str
    expected: str

    def words(self) -> str:
        """The problem as one sentence."""
        return f"{self.file}, line {self.line}, {self.column}: expected {self.expected}, got {self.value!r}."


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something that an import didn't take, for the lead's list: why, and which. `named` says that `item` names it in
    whatever file it stands; else it is a row of this one.
    """

    what: str
    item: str
    named: bool = True


@dataclass(slots=True)
class ImportReport:
    """Counts of records (orders, SKUs, ...), and everything a person should know of."""

    file: str = ""
    kind: str = ""
    counts: dict[Outcome, int] = field(default_factory=lambda: dict.fromkeys(Outcome, 0))
    problems: list[Problem] = field(default_factory=list)
    ignored_columns: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    _noted: set[str] = field(default_factory=set, repr=False)

    def count(self, outcome: Outcome, number: int = 1) -> None:
        """Add records to an outcome."""
        self.counts[outcome] += number

    def leave(self, what: str, item: str, *, named: bool = True) -> None:
        """Write down for the lead's list what was left out, and why: in words, or as the key of a message in the
        reader's language with the reason that fills it (`left.order:unpaid`). What isn't `named` is told by its row.
        """
        self.left_out.append(LeftOut(what, item, named))

    def problem(self, error: FieldError, of: str = "") -> None:
        """Write down a refused cell, of a record that is called `of`; the lead's list has it without its value, which
        may tell of a person.
        """
        what = f"{error.column}: expected {error.expected}"
        self.leave(what, of or f"line {error.line}", named=bool(of))
        self.problems.append(Problem(self.file, error.line, error.column, error.value, error.expected))

    def note(self, text: str) -> None:
        """Write down a sentence, once."""
        if not self._noted:
            self._noted = set(self.notes)
        if text not in self._noted:
            self._noted.add(text)
            self.notes.append(text)

    def to_json(self) -> str:
        """The whole report as JSON."""
        fields = {name: value for name, value in asdict(self).items() if not name.startswith("_")}
        return json.dumps(fields, ensure_ascii=False, indent=1)

    def words(self) -> str:
        """The report as lines for a person, in English, not yet cleaned for a terminal."""
        counted = ", ".join(
            f"{number} {outcome.replace('_', ' ')}" for outcome, number in self.counts.items()
        )
        lines = [f"{self.file} ({self.kind}): {counted}."]
        lines += self._problem_words()
        lines += self._note_words()
        if unused := self.ignored_columns:
            more = ", …" if len(unused) > _SHOWN else ""
            lines.append(f"Columns not used: {len(unused)} ({', '.join(unused[:_SHOWN])[:120]}{more}).")
        return "\n".join(lines)

    def _problem_words(self) -> Iterator[str]:
        groups: dict[tuple[str, str], list[Problem]] = {}
        for problem in self.problems:
            groups.setdefault((problem.column, problem.expected), []).append(problem)
        for same in groups.values():
            if len(same) <= _SHOWN:
                yield from (problem.words() for problem in same)
            else:
                yield f"{same[0].words()} So in {told_rows([problem.line for problem in same])}."

    def _note_words(self) -> Iterator[str]:
        groups: dict[str, list[str]] = {}
        for note in self.notes:
            groups.setdefault(_NUMBERED.sub("…", note), []).append(note)
        for same in groups.values():
            if len(same) <= _SHOWN:
                yield from same
                continue
            numbers = [match[0] for note in same[1 : _SHOWN + 2] if (match := _NUMBERED.search(note))]
            yield f"{same[0]} {len(same) - 1} more like it: {', '.join(numbers)}, …"


def told_rows(lines: Sequence[int]) -> str:
    """How many rows, and the numbers of the first of them."""
    if len(lines) == 1:
        return f"line {lines[0]}"
    more = ", …" if len(lines) > 2 * _SHOWN else ""
    return f"{len(lines)} rows: lines {', '.join(map(str, lines[: 2 * _SHOWN]))}{more}"
