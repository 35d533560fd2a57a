"""What a machine may lack without an error: what its absence skips, what brings it, and how to hide it.

A test that needs one of these bears its name as a marker. PICKER_TEST_HIDE="zbar,tmux" (or "all") makes the test run,
and every process that it starts, find as little of them as a machine without them would.
"""

import importlib
import os
import shutil
import sys
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest

from tests import postgres

_HIDE = "PICKER_TEST_HIDE"


@dataclass(frozen=True, slots=True)
class Optional:
    """Something that may be absent: its name for people, what brings it, and what shows that it is there.

    `settings` are variables of the environment that keep a library from finding it.
    """

    name: str
    remedy: str
    module: str = ""
    program: str = ""
    settings: Mapping[str, str] = field(default_factory=dict)


OPTIONAL = {
    "zbar": Optional("libzbar", "apt install libzbar0", module="pyzbar.pyzbar"),
    "tmux": Optional("tmux", "apt install tmux", program="tmux"),
    "postgres": Optional("PostgreSQL", "apt install postgresql", settings={postgres.HIDDEN: "1"}),
    "usb": Optional("pyusb", "pip install pyusb", module="usb.core"),
    "node": Optional("Node", "apt install nodejs", program="node"),
    "camera": Optional(
        "a camera",
        "plug one in",
        settings={f"OPENCV_VIDEOIO_PRIORITY_{way}": "0" for way in ("V4L2", "MSMF", "DSHOW", "AVFOUNDATION")},
    ),
}


def wanted_hidden() -> list[str]:
    """Which of `OPTIONAL` this run is to hide. Raises UsageError for a name that isn't one of them."""
    given = os.environ.get(_HIDE, "")
    names = list(OPTIONAL) if given == "all" else [name for name in given.split(",") if name]
    if unknown := set(names) - set(OPTIONAL):
        raise pytest.UsageError(
            f"{_HIDE}: expected some of {', '.join(OPTIONAL)} or all, got {', '.join(unknown)}"
        )
    return names


def hide(names: Collection[str], home: Path) -> None:
    """Make this process and all that it starts find none of these; `home` is a folder that outlives them all."""
    if not names:
        return
    hidden = [OPTIONAL[name] for name in names]
    modules, programs = home / "modules", home / "programs"
    modules.mkdir(parents=True)
    for each in hidden:
        if each.module:
            top = each.module.partition(".")[0]
            (modules / f"{top}.py").write_text(f"raise ImportError('{top} is hidden by {_HIDE}')\n", "utf-8")
        os.environ.update(each.settings)
    sys.path.insert(0, str(modules))
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [str(modules), os.environ.get("PYTHONPATH", "")]))
    gone = {each.program for each in hidden if each.program}
    if any(shutil.which(program) for program in gone):
        os.environ["PATH"] = str(_path_without(gone, programs))


def _path_without(gone: Collection[str], programs: Path) -> Path:
    """A folder of links to every program of the PATH but these."""
    programs.mkdir()
    for folder in reversed(os.get_exec_path()):
        for program in Path(folder).iterdir() if Path(folder).is_dir() else ():
            link = programs / program.name
            if program.stem not in gone:
                link.unlink(missing_ok=True)
                link.symlink_to(program)
    return programs


@cache
def why_missing(name: str) -> str | None:
    """Why a test with this marker can't run here and what to install, or None if it can."""
    wanted = OPTIONAL[name]
    if name == "postgres":
        found = postgres.why_not() is None
    elif wanted.module:
        found = _imports(wanted.module)
    else:
        found = not wanted.program or shutil.which(wanted.program) is not None
    return None if found else f"{wanted.name} is missing: {wanted.remedy}"


def _imports(module: str) -> bool:
    try:
        importlib.import_module(module)
    except (ImportError, OSError):
        return False
    return True
