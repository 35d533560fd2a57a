"""`picker document`: any document as a file, or as a picture in the terminal."""

import json
import shutil
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from picker.commands.common import Db, Json, opened, say
from picker.errors import Mistake

if TYPE_CHECKING:
    from printing.documents import Document
    from printing.media import Medium
    from printing.render import Picture

LABEL_MM, ROLL_MM = 102, 80
_ON_LABELS = frozenset({"label", "cn22", "cn23", "invoice"})
MOST_COLUMNS = 120
STDOUT = Path("-")


class Format(StrEnum):
    """What a document can be written as."""

    PNG = "png"
    PDF = "pdf"
    ESCPOS = "escpos"
    ZPL = "zpl"


class Dpi(StrEnum):
    """Resolutions of label printers."""

    DPI_203 = "203"
    DPI_300 = "300"


def add_to(app: typer.Typer) -> None:
    """Add this command."""
    app.command("document")(document)


def document(
    kind: Annotated[
        str,
        typer.Argument(
            metavar="KIND", help="label, slip, gift, cn22, cn23, invoice, return, insert, product, …"
        ),
    ],
    of: Annotated[str, typer.Argument(metavar="ORDER", help="The order, SKU, location, worker or tote.")],
    parcel: Annotated[int, typer.Option(min=1, max=999, help="The order's parcel.")] = 1,
    file_format: Annotated[
        Format | None, typer.Option("--format", help="Without it, as the file's name ends.")
    ] = None,
    dpi: Annotated[Dpi, typer.Option(help="Dots per inch.")] = Dpi.DPI_203,
    width_mm: Annotated[
        int | None, typer.Option(min=30, max=220, help="The paper's width; 102 is a 4x6 label.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Where to write it; - is standard output.")
    ] = None,
    preview: Annotated[bool, typer.Option("--preview", help="Show it here.")] = False,
    db: Db = None,
    as_json: Json = False,
) -> None:
    """Write a document to a file as it would be printed: the same document gives the same bytes."""
    from picker.services.documents.any_document import KINDS
    from picker.services.documents.any_document import document as find

    if kind not in KINDS:
        raise Mistake(f"{kind!r} is no document: expected one of {', '.join(KINDS)}")
    if out is None and not preview:
        raise Mistake("Where to? Name a file with --out, or look at it with --preview")
    chosen = file_format or _by_ending(out)
    paper = _paper(width_mm or (LABEL_MM if kind in _ON_LABELS else ROLL_MM), int(dpi))
    try:
        with opened(db) as database:
            made = find(database, kind, of, parcel)
        _deliver(made, paper, chosen, out, preview, as_json)
    except ValueError as error:
        raise Mistake(str(error)) from None
    except OSError as error:
        raise Mistake(f"{out} can't be written: {error.strerror}") from None


def _by_ending(out: Path | None) -> Format:
    ending = out.suffix.lower().removeprefix(".") if out else Format.PNG.value
    if ending not in set(Format):
        raise Mistake(f"{out} has no ending that says how to write it: add --format {'|'.join(Format)}")
    return Format(ending)


def _paper(width_mm: int, dpi: int) -> "Medium":
    from printing.media import of_width

    return of_width(width_mm, dpi)


def _deliver(
    made: "Document", paper: "Medium", chosen: Format, out: Path | None, preview: bool, as_json: bool
) -> None:
    """Show the picture, write the file, and say what could not be shown as meant."""
    from printing.documents.labels import CollectionSlip, ParcelLabel
    from printing.rendering import render

    picture = render(made, paper)
    specimen = isinstance(made, ParcelLabel | CollectionSlip) and not made.sscc
    files = _write(made, picture, paper, chosen, out) if out is not None else []
    piped = out == STDOUT
    if as_json:
        notes = [{"kind": note.kind, "text": note.text} for note in picture.notes]
        outcome = {"files": [str(file) for file in files], "pages": len(picture.pages), "notes": notes}
        typer.echo(json.dumps({**outcome, "specimen": specimen}, ensure_ascii=False), err=piped)
        return
    if specimen:
        say("This parcel is not sealed yet: a specimen, its label gets its number and weight then", err=piped)
    for note in picture.notes:
        say(f"{note.kind}: {note.text}", err=piped)
    if preview:
        _show(picture, err=piped)
    for file in files:
        say(f"Wrote {file}")


def _show(picture: "Picture", err: bool) -> None:
    from printing.preview import to_text

    columns = min(shutil.get_terminal_size().columns, MOST_COLUMNS)
    for page in picture.pages:
        typer.echo("\n".join(to_text(page, columns)), err=err)


def _write(made: "Document", picture: "Picture", paper: "Medium", chosen: Format, out: Path) -> list[Path]:
    """A PNG has one page, so that further ones become NAME-2.png; returns the files."""
    pages = _contents(made, picture, paper, chosen)
    if out == STDOUT:
        if len(pages) > 1:
            raise Mistake(f"This document has {len(pages)} pages, each a picture of its own: name a file")
        sys.stdout.buffer.write(pages[0])
        return []
    files = [out, *(out.with_name(f"{out.stem}-{n}{out.suffix}") for n in range(2, len(pages) + 1))]
    for file, data in zip(files, pages, strict=True):
        file.write_bytes(data)
    return files


def _contents(made: "Document", picture: "Picture", paper: "Medium", chosen: Format) -> list[bytes]:
    """The bytes of each file."""
    if chosen is Format.PNG:
        from printing.export import to_png

        return [to_png(picture, number) for number in range(len(picture.pages))]
    if chosen is Format.PDF:
        from printing.export import to_pdf

        return [to_pdf(picture)]
    if chosen is Format.ZPL:
        from printing.zpl.document import document_zpl

        return [document_zpl(made, picture.pages, paper)]
    from printing.escpos import to_escpos

    return [to_escpos(picture.pages, paper)]
