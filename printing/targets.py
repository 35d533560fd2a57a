"""From a printer's target in the settings to its driver.

`tcp://HOST:PORT` is a raw network port (9100 when none is named), `usb://VENDOR:PRODUCT/SERIAL` a USB
device by its hexadecimal ids, `serial:PORT` a serial port, `cups:QUEUE` and `windows:PRINTER` a queue
of the system, `file:DIRECTORY` a directory that gets every job. Options follow a question mark:
`status=no` for a printer that never answers, whose jobs end as sent and never as printed, and
`baud=9600` for a serial port.
"""

import re
from collections.abc import Callable
from urllib.parse import parse_qsl, urlsplit

from printing.abilities import Abilities, Language, PrinterError
from printing.drivers.base import Driver
from printing.drivers.channel import Open

RAW_PORT = 9100
CONNECT_SECONDS = 1.2

_EXPECTED = "expected tcp://HOST:PORT, usb://VENDOR:PRODUCT, serial:PORT, cups:QUEUE, windows:PRINTER or file:DIRECTORY"
_USB = re.compile(r"//([0-9a-fA-F]{4}):([0-9a-fA-F]{4})(?:/([^/]+))?")


class TargetError(PrinterError):
    """A printer target that can't be understood; the message quotes it and says what is expected."""


def open_driver(
    target: str, language: Language = Language.ESCPOS, abilities: Abilities | None = None
) -> Driver:
    """The driver for `target`; nothing is contacted yet. Raises `TargetError`."""
    return _parsed(target)(language, abilities or Abilities())


def check_target(target: str) -> None:
    """Raise `TargetError` for a target that can't be understood."""
    _parsed(target)


_Make = Callable[[Language, Abilities], Driver]


def _parsed(target: str) -> _Make:
    scheme, colon, rest = target.partition(":")
    kinds: dict[str, Callable[[str, str], _Make]] = {
        "file": _file,
        "tcp": _tcp,
        "usb": _usb,
        "serial": _serial,
        "cups": _cups,
        "windows": _windows,
    }
    if not colon or scheme not in kinds or not target.isprintable():
        raise TargetError(f"printer target {target!r}: {_EXPECTED}")
    return kinds[scheme](target, rest)


def _file(target: str, rest: str) -> _Make:
    from pathlib import Path
    from urllib.request import url2pathname

    directory = url2pathname(urlsplit(target).path) if rest.startswith("//") else rest
    if not directory:
        raise TargetError(f"printer target {target!r}: expected a directory after file:")

    def make(language: Language, _: Abilities) -> Driver:
        from printing.drivers.file import FileDriver

        return FileDriver(Path(directory), language)

    return make


def _tcp(target: str, rest: str) -> _Make:
    try:
        parts = urlsplit(target)
        host, port = parts.hostname, RAW_PORT if parts.port is None else parts.port
    except ValueError:
        host, port = None, 0
    if (
        not rest.startswith("//")
        or not host
        or not port
        or parts.path not in ("", "/")
        or parts.username
        or parts.fragment
    ):
        raise TargetError(f"printer target {target!r}: expected tcp://HOST:PORT with a port of 1 to 65535")
    options = _options(target, parts.query, {"status"})

    def make(language: Language, abilities: Abilities) -> Driver:
        from printing.drivers.tcp import tcp

        return _stream(tcp(host, port, CONNECT_SECONDS), options, language, abilities)

    return make


def _usb(target: str, rest: str) -> _Make:
    device, _, query = rest.partition("?")
    match = _USB.fullmatch(device)
    if match is None:
        raise TargetError(f"printer target {target!r}: expected usb://04b8:0e15 or usb://04b8:0e15/SERIAL")
    options = _options(target, query, {"status"})

    def make(language: Language, abilities: Abilities) -> Driver:
        from printing.drivers.usb import usb_printer

        opened = usb_printer(int(match[1], 16), int(match[2], 16), match[3] or "")
        return _stream(opened, options, language, abilities)

    return make


def _serial(target: str, rest: str) -> _Make:
    from printing.drivers.serial_port import BAUD, serial_port

    port, _, query = rest.partition("?")
    options = _options(target, query, {"status", "baud"})
    baud = options.get("baud", str(BAUD))
    if not port or not re.fullmatch(r"[0-9]{3,7}", baud):
        raise TargetError(f"printer target {target!r}: expected serial:/dev/ttyUSB0?baud=9600 or serial:COM4")

    def make(language: Language, abilities: Abilities) -> Driver:
        return _stream(serial_port(port, int(baud)), options, language, abilities)

    return make


def _cups(target: str, rest: str) -> _Make:
    if not re.fullmatch(r"[^\s/#?-][^\s/#?]*", rest):
        raise TargetError(f"printer target {target!r}: expected cups:QUEUE, the name that lpstat -p shows")

    def make(_language: Language, _abilities: Abilities) -> Driver:
        from printing.drivers.spooler import CupsDriver

        return CupsDriver(rest)

    return make


def _windows(target: str, rest: str) -> _Make:
    if not rest.strip():
        raise TargetError(f"printer target {target!r}: expected windows:PRINTER, as Windows shows its name")

    def make(_language: Language, _abilities: Abilities) -> Driver:
        from printing.drivers.spooler import WindowsDriver
        from printing.drivers.winspool import Winspool

        return WindowsDriver(rest, Winspool())

    return make


def _stream(opened: Open, options: dict[str, str], language: Language, abilities: Abilities) -> Driver:
    from printing.drivers.escpos import EscposDriver
    from printing.drivers.zpl import ZplDriver

    asks = options.get("status", "yes") == "yes"
    if language is Language.ZPL:
        return ZplDriver(opened, asks)
    return EscposDriver(opened, asks, confirms=abilities.confirms, in_turn=abilities.in_turn)


def _options(target: str, query: str, known: set[str]) -> dict[str, str]:
    options = dict(parse_qsl(query, keep_blank_values=True))
    unknown = sorted(options.keys() - known)
    if unknown or options.get("status", "yes") not in ("yes", "no"):
        words = ", ".join(sorted(known - {"status"} | {"status=yes", "status=no"}))
        raise TargetError(f"printer target {target!r}: expected only the options {words}")
    return options
