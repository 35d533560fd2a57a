"""What an import did, for a screen and for a machine."""

import json
from dataclasses import asdict, dataclass, field
from enum import StrEnum

from data.importers.fields import FieldError


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


@dataclass(slots=True)
class ImportReport:
    """Counts of records (orders, SKUs, ...), and everything a person should know of."""

    file: str = ""
    kind: str = ""
    counts: dict[Outcome, int] = field(default_factory=lambda: dict.fromkeys(Outcome, 0))
    problems: list[Problem] = field(default_factory=list)
    ignored_columns: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def count(self, outcome: Outcome, number: int = 1) -> None:
        """Add records to an outcome."""
        self.counts[outcome] += number

    def problem(self, error: FieldError) -> None:
        """Write down a refused cell."""
        self.problems.append(Problem(self.file, error.line, error.column, error.value, error.expected))

    def note(self, text: str) -> None:
        """Write down a sentence, once."""
        if text not in self.notes:
            self.notes.append(text)

    def to_json(self) -> str:
        """The whole report as JSON."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1)

    def words(self) -> str:
        """The report as lines for a person, in English, not yet cleaned for a terminal."""
        counted = ", ".join(
            f"{number} {outcome.replace('_', ' ')}" for outcome, number in self.counts.items()
        )
        lines = [f"{self.file} ({self.kind}): {counted}."]
        lines += [problem.words() for problem in self.problems]
        lines += self.notes
        if self.ignored_columns:
            lines.append(f"Columns not used: {', '.join(self.ignored_columns)}.")
        return "\n".join(lines)
