"""Babel is loaded before the first verdict needs it."""

import subprocess
import sys

PROGRAM = """
import sys
from picker.locale import LANGUAGES, figures
assert "babel" not in sys.modules
figures.warm(LANGUAGES)
known = set(sys.modules)
for language in LANGUAGES:
    figures.plural(language, 5), figures.number(language, 9650), figures.money(language, 1234, "EUR")
assert set(sys.modules) == known
"""


def test_nothing_is_left_to_load() -> None:
    subprocess.run([sys.executable, "-c", PROGRAM], check=True)
