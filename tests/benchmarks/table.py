"""How benchmarks show what they measured: one table for people, or JSON for programs."""

import argparse
import json
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(slots=True)
class Report:
    """What is compared with what, rows of named values, and goals with whether they were met."""

    title: str
    compared: str
    rows: list[dict[str, object]] = field(default_factory=list)
    goals: list[tuple[str, bool]] = field(default_factory=list)

    def goal(self, words: str, *, met: bool) -> None:
        """Add a goal."""
        self.goals.append((words, met))

    def show(self, *, as_json: bool) -> None:
        """Print everything."""
        if as_json:
            goals = [{"goal": words, "met": met} for words, met in self.goals]
            print(
                json.dumps(
                    {"title": self.title, "compared": self.compared, "rows": self.rows, "goals": goals}
                )
            )
            return
        print(f"\n{self.title}\n{self.compared}\n")
        _print_rows(self.rows)
        for words, met in self.goals:
            print(f"{'met   ' if met else 'MISSED'}  {words}")


def _print_rows(rows: list[dict[str, object]]) -> None:
    if not rows:
        return
    names = list(rows[0])
    cells = [names, *([_cell(row.get(name, "")) for name in names] for row in rows)]
    widths = [max(len(line[n]) for line in cells) for n in range(len(names))]
    for line in cells:
        first = line[0].ljust(widths[0])
        rest = (cell.rjust(width) for cell, width in zip(line[1:], widths[1:], strict=True))
        print("  ".join([first, *rest]).rstrip())
    print()


def _cell(value: object) -> str:
    return f"{value:.2f}" if isinstance(value, float) else str(value)


def percentile(values: Sequence[float], share: float) -> float:
    """Return the smallest value that at least `share` (0 to 1) of the values don't exceed; 0 for none."""
    ordered = sorted(values)
    return (
        ordered[max(0, min(len(ordered) - 1, int(len(ordered) * share + 0.999999) - 1))] if ordered else 0.0
    )


def arguments(description: str | None) -> argparse.ArgumentParser:
    """Return a parser with the options every benchmark has."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=description)
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    parser.add_argument("--small", action="store_true", help="a small shop, in seconds: shows that it works")
    default = Path(tempfile.gettempdir()) / "picker-benchmarks"
    parser.add_argument("--cache", type=Path, default=default, help="where the big shop is kept between runs")
    return parser
