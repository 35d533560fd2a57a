"""Laying a received text beside the expected one, character by character."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Edit:
    """One place of an alignment: `wanted` is empty for a character too many, `got` for one that is missing."""

    wanted: str
    got: str

    @property
    def cost(self) -> int:
        """1 where they differ, else 0."""
        return int(self.wanted != self.got)


def edits(expected: str, received: str) -> list[Edit]:
    """The fewest insertions, deletions and changes that lead from `expected` to `received` (Levenshtein's distance,
    by Wagner and Fischer's table), in order.
    """
    table = [list(range(len(received) + 1))]
    for row, wanted in enumerate(expected, 1):
        above, line = table[-1], [row]
        for column, got in enumerate(received, 1):
            line.append(min(above[column - 1] + (wanted != got), above[column] + 1, line[column - 1] + 1))
        table.append(line)
    return _way_back(expected, received, table)


def _way_back(expected: str, received: str, table: list[list[int]]) -> list[Edit]:
    row, column = len(expected), len(received)
    edits: list[Edit] = []
    while row or column:
        cost = table[row][column]
        if (
            row
            and column
            and cost == table[row - 1][column - 1] + (expected[row - 1] != received[column - 1])
        ):
            row, column = row - 1, column - 1
            edits.append(Edit(expected[row], received[column]))
        elif column and cost == table[row][column - 1] + 1:
            column -= 1
            edits.append(Edit("", received[column]))
        else:
            row -= 1
            edits.append(Edit(expected[row], ""))
    return edits[::-1]
