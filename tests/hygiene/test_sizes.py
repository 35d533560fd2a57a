"""How long a file and a function may be."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("data", "picker", "printing", "scanning")
LONGEST_FILE, LONGEST_FUNCTION = 400, 40
_COMMANDS = ROOT / "picker" / "commands"


def _files() -> Iterator[Path]:
    versions = ROOT / "data" / "migrations" / "versions"
    return (
        path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py")) if versions not in path.parents
    )


def _length(function: ast.FunctionDef | ast.AsyncFunctionDef, path: Path) -> int:
    """Its lines; the parameters of a command are its options and arguments, one on a line, and don't count."""
    start = function.body[0].lineno if path.parent == _COMMANDS else function.lineno
    return (function.end_lineno or start) - start + 1


def test_no_file_is_too_long() -> None:
    lines = {str(path): len(path.read_text("utf-8").splitlines()) for path in _files()}
    assert not {name: count for name, count in lines.items() if count > LONGEST_FILE}


def test_no_function_is_too_long() -> None:
    long = {
        f"{path}: {node.name}": length
        for path in _files()
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (length := _length(node, path)) > LONGEST_FUNCTION
    }
    assert not long
