"""Databases that are made once for a run and copied for each test, which is faster than to make them again."""

import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from data.engine import file_of
from tests import postgres


def copy_into(url: str, kind: str, make: Callable[[str], None]) -> None:
    """Fill the new database at `url` as `make`, given its URL, would; a SQLite file that is there stays as it is.

    `kind` names what `make` makes within a run. A database on a server that no fixture gave away is made, not copied.
    """
    file = file_of(url)
    if file is None:
        if not postgres.copy_template(url, kind, make):
            make(url)
    elif not file.exists():
        shutil.copyfile(_template(kind, make), file)


def _template(kind: str, make: Callable[[str], None]) -> Path:
    """The SQLite file of a kind in the folder of this run; whoever is first makes it."""
    template = Path(os.environ[postgres.RUN], f"{kind}.db")
    if not template.exists():
        with tempfile.TemporaryDirectory(dir=template.parent) as folder:
            made = Path(folder, "made.db")
            make(str(made))
            made.replace(template)
    return template
