"""Which tests a change touches: those that import a changed file, or else what imports it."""

import ast
import subprocess
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_SLOW = ("tests/faults/", "tests/benchmarks/", "tests/pictures/", "tests/tui/test_t", "tests/properties/")
"""Left to the whole run, unless they were changed themselves."""
_RINGS, _MOST = 2, 10
"""How far a change is followed, and to how many test files of one changed file: half a minute in all."""


def changed_files() -> list[str]:
    """Return the files that differ from the last commit, new ones too; where none does, those of that commit."""
    found = _git("diff", "--name-only", "HEAD") + _git("ls-files", "--others", "--exclude-standard")
    return sorted(set(found or _git("diff", "--name-only", "HEAD~1")))


def touched(changed: Iterable[str]) -> list[str]:
    """Return the test files to run for these files, paths from the root."""
    importers = _importers()
    wanted = set(changed)
    tests = {path for path in wanted if _is_test(path)}
    for path in wanted - tests:
        found = [test for test in _nearest({path}, importers) if not test.startswith(_SLOW)]
        tests |= set(sorted(found, key=lambda test: _distance(path, test))[:_MOST])
    return sorted(tests)


def _distance(path: str, test: str) -> tuple[bool, bool, str]:
    """Tests of the same name first, then those of the pure core and of rooms alone."""
    return Path(path).stem not in Path(test).stem, not test.startswith("tests/unit/"), test


@cache
def _importers() -> Mapping[str, set[str]]:
    """Module -> the files that import it."""
    found: dict[str, set[str]] = defaultdict(set)
    for path in _git("ls-files", "--cached", "--others", "--exclude-standard", "*.py"):
        if (ROOT / path).exists():
            for module in _imports(ROOT / path):
                found[module].add(path)
    return found


def _nearest(ring: set[str], importers: Mapping[str, set[str]]) -> set[str]:
    """The tests in the first ring of importers that holds any."""
    for _ in range(_RINGS):
        ring = {importer for path in ring for importer in importers.get(_module(path), ())}
        found = {path for path in ring if _is_test(path)}
        helpers = {path for path in ring if path.startswith("tests/") and not _is_test(path)}
        found |= {test for path in helpers for test in importers.get(_module(path), ()) if _is_test(test)}
        if found:
            return found
    return set()


def _is_test(path: str) -> bool:
    return path.startswith("tests/") and Path(path).name.startswith("test_")


def _module(path: str) -> str:
    return path.removesuffix(".py").replace("/", ".").removesuffix(".__init__")


def _imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{name.name}" for name in node.names)}
    return found


def _git(*arguments: str) -> list[str]:
    run = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=True)
    return run.stdout.split("\n")[:-1]
