"""`picker scan`: the barcodes in picture files."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from picker.commands.common import Db, Json, fail, say, settings

if TYPE_CHECKING:
    from scanning.barcode import Barcode

_FIELDS = ("gtin", "sscc", "lot", "serial", "expiry", "count", "weight_g", "order")
"""What of a code's meaning is told, where it has it."""


def add_to(app: typer.Typer) -> None:
    """Add this command."""
    app.command("scan")(scan)


def scan(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="PNG or JPEG pictures.")],
    upce: Annotated[
        bool | None,
        typer.Option(help="Read UPC-E as well; without a word, only where the catalogue holds any."),
    ] = None,
    db: Db = None,
    as_json: Json = False,
) -> None:
    """Read the barcodes in pictures: symbology, text, what it means, and where in the picture it is.

    Exit code 1: a picture has nothing to read. 2: a file can't be read as a picture; the others are read.
    """
    from picker.services.devices.upce import upce_wanted_here
    from scanning.decoding import decode_file
    from scanning.picture import PictureError

    short = upce_wanted_here(settings(db)) if upce is None else upce
    rows: list[dict[str, object]] = []
    code = 0
    for file in files:
        try:
            codes = [_row(barcode) for barcode in decode_file(file, upce=short)]
        except (PictureError, OSError) as error:
            rows.append({"file": str(file), "codes": [], "error": str(error)})
            fail(str(error))
            code = 2
            continue
        rows.append({"file": str(file), "codes": codes, "error": ""})
        code = code if codes else max(code, 1)
        if not as_json:
            _show(file, codes)
    if as_json:
        typer.echo(json.dumps(rows))
    raise typer.Exit(code)


def _row(barcode: "Barcode") -> dict[str, object]:
    from scanning.parse import parse

    meaning = parse(barcode.raw, "picture")
    fields = {name: value for name, value in asdict(meaning).items() if name in _FIELDS and value is not None}
    return {
        "symbology": barcode.symbology.value,
        "aim": barcode.aim,
        "text": barcode.text,
        **{name: str(value) if name == "expiry" else value for name, value in fields.items()},
        "corners": [list(corner) for corner in barcode.corners],
        "problem": meaning.problem.value if meaning.problem else "",
        "doubt": meaning.doubt.value if meaning.doubt else "",
        "detail": meaning.detail,
    }


def _show(file: Path, codes: list[dict[str, object]]) -> None:
    if not codes:
        say(f"{file}: nothing to read")
    for row in codes:
        meaning = ", ".join(f"{name} {row[name]}" for name in _FIELDS if name in row)
        text = str(row["text"]).replace("\x1d", "\u241d")
        more = f" ({meaning})" if meaning else ""
        wrong = row["problem"] or row["doubt"]
        trouble = f", {wrong}: {row['detail']}" if wrong else ""
        say(f"{file}: {row['symbology']} {text}{more} at {_place(row['corners'])}{trouble}")


def _place(corners: object) -> str:
    """The box around a code in pixels, as "left,top to right,bottom"."""
    points = [(int(x), int(y)) for x, y in corners] if isinstance(corners, list) else []
    across, down = [x for x, _ in points], [y for _, y in points]
    return f"{min(across)},{min(down)} to {max(across)},{max(down)}" if points else "?"
