"""`picker ARGUMENTS` in this process: what it does, says and ends with, without the seconds that a new Python takes."""

import os
import sys
from dataclasses import dataclass
from io import BytesIO, TextIOWrapper
from pathlib import Path
from unittest.mock import patch

from picker.cli import main


@dataclass(frozen=True, slots=True)
class Done:
    """How a command ended: exit code, output and errors."""

    code: int
    out: str
    err: str


def picker(*arguments: object, given: str | bytes = "", home: Path | None = None) -> Done:
    """Run a command to its end; `given` is its standard input.

    With `home` nothing of Picker's is set in its environment but this as the folder of all its data. An error that
    would be a traceback is raised.
    """
    read = TextIOWrapper(BytesIO(given if isinstance(given, bytes) else given.encode()), "utf-8")
    out, err = (TextIOWrapper(BytesIO(), "utf-8", write_through=True) for _ in range(2))
    argv, hook = ["picker", *map(str, arguments)], sys.excepthook
    with (
        patch.multiple(sys, argv=argv, stdin=read, stdout=out, stderr=err, excepthook=hook),
        patch.dict(os.environ),
    ):
        if home is not None:
            for name in [name for name in os.environ if name.startswith("PICKER_")]:
                del os.environ[name]
            os.environ.update(PICKER_HOME=str(home), PICKER_DB=str(home / "shop.sqlite"), HOME=str(home))
        try:
            main()
            code: object = 0
        except SystemExit as end:
            code = end.code
    assert code is None or isinstance(code, int), code
    return Done(code or 0, *(stream.buffer.getvalue().decode() for stream in (out, err)))
