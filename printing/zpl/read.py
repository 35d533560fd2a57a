"""ZPL back to dots: what a label will look like, with its barcodes drawn and its text approximated.

Reads what this program writes and most of what carriers send; what it doesn't know it names.
"""

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from printing.zpl import draw
from printing.zpl.check import PREAMBLE
from printing.zpl.field import unescaped
from printing.zpl.graphic import decode
from printing.zpl.symbols import KNOWN, LEFT_OUT, symbol
from printing.zpl.syntax import Command, ZplError, commands, named

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_OFFSET = 32_000
_IGNORED = named("CV FX FP PQ PR MD MM MN MT MF MC LS LT JM PA")
_MAXICODE = "^BD"
_SHAPES = named("GB GC GD GE")


@dataclass(frozen=True, slots=True)
class _Field:
    """What the commands since the last `^FS` say of the field to come."""

    at: tuple[int, int] = (0, 0)
    on_baseline: bool = False
    font: tuple[str, int, int] | None = None
    block: draw.Block | None = None
    barcode: Command | None = None
    hexadecimal: bytes = b""
    reverse: bool = False
    data: str = ""


@dataclass(slots=True)
class _Label:
    """One label as far as it was read; sizes in dots. `graphics` are drawn when the label ends."""

    width: int = 812
    height: int = 1218
    home: tuple[int, int] = (0, 0)
    turn: str = "N"
    font: tuple[int, int] = (9, 5)
    bars: tuple[int, int] = (2, 10)
    encoding: str = "cp850"
    upside_down: bool = False
    mirrored: bool = False
    reversed: bool = False
    whole: bool = False
    field: _Field = dataclasses.field(default_factory=_Field)
    marks: list[draw.Mark] = dataclasses.field(default_factory=list)


def labels(data: bytes, *, whole: bool = False) -> list["Image"]:
    """The labels that this ZPL prints, as mode "1" pictures of `^PW` by `^LL` dots.

    Symbols that only a printer draws (`printing.zpl.symbols.LEFT_OUT`, a MaxiCode of a kind of its own) are left out,
    unless the picture must be `whole`. Raises `ZplError` for any other command it doesn't know, naming it and its
    place.
    """
    preamble = PREAMBLE.match(data)
    done: list[Image] = []
    label: _Label | None = None
    # Size, home, direction and the like stay set from one label to the next.
    last = _Label(whole=whole)
    for command in commands(data, preamble.end() if preamble else 0):
        if command.name == "^XA":
            label = replace(last, field=_Field(), marks=[])
        elif label is None:
            raise ZplError(f"{command.where}: expected ^XA before it")
        elif command.name == "^XZ":
            if label.marks:
                done.append(_drawn(label))
            last, label = label, None
        else:
            _apply(label, command)
    if label is not None:
        raise ZplError("expected ^XZ at the end of the label")
    return done


def _drawn(label: _Label) -> "Image":
    from PIL import ImageOps

    image = draw.paint(label.marks, label.width, label.height)
    image = ImageOps.mirror(image) if label.mirrored else image
    return image.rotate(180) if label.upside_down else image


def _apply(label: _Label, command: Command) -> None:
    try:
        if command.name in _HANDLERS:
            _HANDLERS[command.name](label, command)
        elif command.name in KNOWN or command.name in LEFT_OUT:
            label.field = replace(label.field, barcode=command)
        elif command.name in _SHAPES:
            _mark(label, *draw.shape(command.name, command.parameters()))
        elif command.name not in _IGNORED:
            raise ZplError(f"{command.where}: can't draw this command")
    except (ValueError, IndexError) as error:
        if isinstance(error, ZplError):
            raise
        raise ZplError(f"{command.where}: {error}") from error


def _mark(label: _Label, image: "Image", white: bool = False, turn: str = "N") -> None:
    """Put a picture where the field stands."""
    field = label.field
    reverse = field.reverse or label.reversed
    label.marks.append(draw.placed(image, turn, field.at, field.on_baseline, reverse, white))


def _number(text: str, default: int) -> int:
    """A parameter in dots; a fraction, which printers cut off, and nonsense are the default."""
    whole = text.partition(".")[0]
    value = int(whole) if whole.isascii() and whole.isdigit() else default
    return min(value, MOST_OFFSET)


def _pair(command: Command, default: tuple[int, int]) -> tuple[int, int]:
    first, second, *_ = [*command.parameters(), "", ""]
    return _number(first, default[0]), _number(second, default[1])


def _origin(label: _Label, command: Command) -> None:
    x, y = _pair(command, (0, 0))
    at = (x + label.home[0], y + label.home[1])
    label.field = replace(label.field, at=at, on_baseline=command.name == "^FT")


def _font(label: _Label, command: Command) -> None:
    """`^A0R,40,30`: the font's name, its direction, height and width."""
    name, height, width, *_ = [*command.parameters(), "", "", ""]
    turn = name[1:2].upper() or label.turn
    tall = _number(height, label.font[0])
    label.field = replace(label.field, font=(turn, tall, _number(width, 0 if height else label.font[1])))


def _default_font(label: _Label, command: Command) -> None:
    _, height, width, *_ = [*command.parameters(), "", "", ""]
    label.font = (_number(height, label.font[0]), _number(width, 0))


def _block(label: _Label, command: Command) -> None:
    width, lines, spacing, align, *_ = [*command.parameters(), "", "", "", ""]
    block = draw.Block(_number(width, 0), _number(lines, 1), _number(spacing, 0), align.upper() or "L")
    label.field = replace(label.field, block=block)


def _hexadecimal(label: _Label, command: Command) -> None:
    label.field = replace(label.field, hexadecimal=command.rest.strip()[:1] or b"_")


def _data(label: _Label, command: Command) -> None:
    raw = command.rest.replace(b"\r", b"").replace(b"\n", b"")
    if label.field.hexadecimal:
        raw = unescaped(raw, label.field.hexadecimal)
    label.field = replace(label.field, data=raw.decode(label.encoding, errors="replace"))


def _graphic(label: _Label, command: Command) -> None:
    kind, _, total, row_bytes, *_ = [*command.parameters(), "", "", "", ""]
    data = command.rest.split(b",", 4)[4]
    size, row = int(total), int(row_bytes)
    if kind.upper() == "C":
        raise ZplError(f"{command.where}: can't draw Zebra's own compression")
    dots = data[:size] if kind.upper() == "B" else decode(data, size, row)
    _mark(label, draw.graphic(dots, row))


def _end_of_field(label: _Label, _: Command) -> None:
    field = label.field
    if field.data and field.barcode is None:
        turn, height, width = field.font or (label.turn, *label.font)
        _mark(label, draw.text(field.data, height, width, field.block), turn=turn)
    elif field.data and field.barcode is not None:
        _symbol(label, field.barcode, field.data)
    label.field = _Field()


def _symbol(label: _Label, command: Command, data: str) -> None:
    name, parameters = command.name, command.parameters()
    if name in LEFT_OUT:
        _leave_out(label, f"{command.where}: can't draw this command")
        return
    # A QR code can't be turned, and the first parameter of MaxiCode is its mode.
    turned = parameters[0].upper() if parameters[0].upper() in ("N", "R", "I", "B") else label.turn
    turn = "N" if name in ("^BQ", _MAXICODE) else turned
    try:
        image = symbol(name, parameters, data, *label.bars)
    except ZplError as error:
        if name != _MAXICODE:
            raise
        _leave_out(label, str(error))
    else:
        _mark(label, image, turn=turn)


def _leave_out(label: _Label, why: str) -> None:
    """What no scanner at a packing station reads is no reason to have no picture of the rest."""
    if label.whole:
        raise ZplError(why)


def _size(label: _Label, command: Command) -> None:
    value = _number(command.rest.decode("latin-1").strip(), 0)
    if value < 1:
        raise ZplError(f"{command.where}: expected a number of dots, got {command.rest!r}")
    if command.name == "^PW":
        label.width = value
    else:
        label.height = value


def _bars(label: _Label, command: Command) -> None:
    x, _, height, *_ = [*command.parameters(), "", "", ""]
    label.bars = (max(1, _number(x, label.bars[0])), _number(height, label.bars[1]))


def _charset(label: _Label, command: Command) -> None:
    table = _number(command.parameters()[0], 0)
    label.encoding = {27: "cp1252", 28: "utf-8"}.get(table, "cp850")


def _yes(command: Command) -> bool:
    return command.rest.strip()[:1].upper() in (b"Y", b"I")


def _set(name: str, read: Callable[[Command], object]) -> Callable[[_Label, Command], None]:
    return lambda label, command: setattr(label, name, read(command))


_HANDLERS: dict[str, Callable[[_Label, Command], None]] = {
    "^A": _font,
    "^BY": _bars,
    "^CF": _default_font,
    "^CI": _charset,
    "^FB": _block,
    "^FD": _data,
    "^FV": _data,
    "^FH": _hexadecimal,
    "^FO": _origin,
    "^FR": lambda label, _: setattr(label, "field", replace(label.field, reverse=True)),
    "^FS": _end_of_field,
    "^FT": _origin,
    "^FW": _set("turn", lambda command: command.rest.strip()[:1].decode().upper() or "N"),
    "^GF": _graphic,
    "^LH": _set("home", lambda command: _pair(command, (0, 0))),
    "^LL": _size,
    "^LR": _set("reversed", _yes),
    "^PO": _set("upside_down", _yes),
    "^PM": _set("mirrored", _yes),
    "^PW": _size,
}
