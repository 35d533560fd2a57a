"""May this ZPL of somebody else's go to a printer as it is?

Only commands that draw a label are let through. What sets the printer, writes its memory, asks it
questions or acts at once is refused by name; so is whatever could hide such a command: other prefixes
(`^CC`, `^CD`, `^CT` and their forms with `~`), the control characters that stand for prefixes and for
whole commands (ZPL II Programming Guide, ^XA, ^XZ, ^FS), and SGD or JSON settings between the labels.
"""

import re
from collections.abc import Iterable
from itertools import pairwise

from printing.zpl.syntax import Command, ZplError, commands, named

MOST_BYTES = 1_000_000
MOST_COMMANDS = 20_000

PREAMBLE = re.compile(rb"\s*\x10?CT~~CD,~CC\^~CT~")
"""How ZebraDesigner begins every file: it sets the three prefixes to what they are anyway."""

_DRAWING = named("FD FV GF GB GC GD GE GS")
# ^CV has the printer check what a barcode holds before it draws it, on UPS's labels the MaxiCode.
_LAYOUT = named(
    "XA XZ CV FO FT FS FH FX FB TB FR FW FP A CF CI LH LL LR PW PO PM PQ BY B0 B1 B2 B3 B4 B5 B7 B8 B9 BA "
    "BB BC BD BE BF BI BJ BK BL BM BO BP BQ BR BS BT BU BX BZ"
)
PERMITTABLE = named("PR MD MM MN MT MF MC LS LT JM PA")
"""Settings of media, heat, speed and place that some carriers send along; a shop may permit them."""

_BETWEEN = named("XA FX")
_OTHER_LANGUAGE = re.compile(rb"!\s*U1?\s|\{\}\s*\{", re.IGNORECASE)
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def check_zpl(data: bytes, permitted: Iterable[str] = ()) -> tuple[bytes, ...]:
    """The labels in `data`, together all of its bytes unchanged.

    A format that draws nothing belongs to the label after it. `permitted` are names of `PERMITTABLE`
    that the shop lets pass. Raises `ZplError` naming the first command that is refused, and its place.
    """
    allowed = _LAYOUT | _DRAWING | _permitted(permitted)
    if len(data) > MOST_BYTES:
        raise ZplError(f"expected at most {MOST_BYTES} bytes of ZPL, got {len(data)}")
    preamble = PREAMBLE.match(data)
    start = preamble.end() if preamble else 0
    ends: list[int] = []
    inside = draws = False
    for number, command in enumerate(commands(data, start)):
        if number == MOST_COMMANDS:
            raise ZplError(f"expected at most {MOST_COMMANDS} commands")
        _check_command(command, allowed)
        _check_balance(command, inside)
        inside = command.name != "^XZ" and (inside or command.name == "^XA")
        draws = draws or command.name in _DRAWING
        if command.name == "^XZ" and draws:
            ends.append(command.at + len(command.name))
            draws = False
    if inside or not ends:
        raise ZplError("expected labels from ^XA to ^XZ, got " + ("no ^XZ at the end" if inside else "none"))
    cuts = [0, *ends[:-1], len(data)]
    return tuple(data[begin:end] for begin, end in pairwise(cuts))


def _permitted(names: Iterable[str]) -> frozenset[str]:
    chosen = frozenset(names)
    if not chosen <= PERMITTABLE:
        raise ZplError(f"{sorted(chosen - PERMITTABLE)} can't be permitted: only {sorted(PERMITTABLE)}")
    return chosen


def _check_command(command: Command, allowed: frozenset[str]) -> None:
    if not command.name:
        raise ZplError(f"{command.where}: expected ^XA, got text outside a label")
    if command.name not in allowed:
        why = "acts on the printer at once" if command.name[0] == "~" else "is more than drawing a label"
        raise ZplError(f"{command.where} {why}: expected only commands that draw")
    control = _CONTROL.search(command.text)
    if control:
        raise ZplError(
            f"{command.where}: expected no control characters, which printers take for commands, "
            f"got 0x{control[0][0]:02x}"
        )
    if _OTHER_LANGUAGE.search(command.text):
        raise ZplError(f"{command.where}: expected no settings in another language after it")
    if command.name == "^PQ":
        _check_copies(command)


def _check_copies(command: Command) -> None:
    quantity, _, replicates, *_ = [*command.parameters(), "", "", ""]
    if quantity not in ("", "1") or replicates not in ("", "0", "1"):
        raise ZplError(f"{command.where}: expected one copy of a label, got {command.rest.strip()!r}")


def _check_balance(command: Command, inside: bool) -> None:
    if command.name == "^XA" and inside:
        raise ZplError(f"{command.where}: expected ^XZ before another label begins")
    if not inside and command.name not in _BETWEEN:
        raise ZplError(f"{command.where}: expected ^XA before it")
    if command.name in ("^XA", "^XZ") and command.rest.strip():
        raise ZplError(f"{command.where}: expected another command, got the text {command.rest[:20]!r}")
