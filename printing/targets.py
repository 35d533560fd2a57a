"""From a printer's target in the settings to its driver.

`file:DIRECTORY` writes every job into a directory; `tcp://HOST:PORT` is a network printer that
speaks ESC/POS (port 9100 when none is named). `tcp://HOST?status=no` is for one that never answers
status requests: its jobs end as sent, never as printed.
"""

from urllib.parse import parse_qsl, urlsplit

from printing.drivers.base import Driver

RAW_PORT = 9100


class TargetError(ValueError):
    """A printer target that can't be understood; the message quotes it and says what is expected."""


def open_driver(target: str) -> Driver:
    """The driver for `target`; nothing is contacted yet. Raises `TargetError`."""
    scheme, colon, rest = target.partition(":")
    if scheme == "file" and colon:
        return _file_driver(target, rest)
    if scheme == "tcp" and rest.startswith("//"):
        return _network_driver(target)
    raise TargetError(f"printer target {target!r}: expected file:DIRECTORY or tcp://HOST:PORT")


def _file_driver(target: str, rest: str) -> Driver:
    from pathlib import Path
    from urllib.request import url2pathname

    from printing.drivers.file import FileDriver

    directory = url2pathname(urlsplit(target).path) if rest.startswith("//") else rest
    if not directory:
        raise TargetError(f"printer target {target!r}: expected a directory after file:")
    return FileDriver(Path(directory))


def _network_driver(target: str) -> Driver:
    from printing.drivers.network import NetworkDriver

    try:
        parts = urlsplit(target)
        host, port = parts.hostname, parts.port or RAW_PORT
    except ValueError as error:
        raise TargetError(f"printer target {target!r}: {error}") from error
    if not host or parts.path not in ("", "/") or parts.username or parts.fragment:
        raise TargetError(f"printer target {target!r}: expected tcp://HOST:PORT")
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    status = options.pop("status", "yes")
    if options or status not in ("yes", "no"):
        raise TargetError(f"printer target {target!r}: expected only ?status=yes or ?status=no")
    return NetworkDriver(host, port, asks_status=status == "yes")
