"""`picker document`: any document as a file, or as a picture in the terminal."""

import shutil
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from picker.commands.common import Db, Mistake, opened, say, settings

if TYPE_CHECKING:
    from printing.documents import Document
    from printing.media import Medium
    from printing.render import Picture

LABEL_MM, ROLL_MM = 102, 80
_ON_LABELS = frozenset({"label", "cn22"})
MOST_COLUMNS = 120


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
        str, typer.Argument(metavar="KIND", help="label, slip, gift, cn22, return, insert, product, …")
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
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="Where to write it.")] = None,
    preview: Annotated[bool, typer.Option("--preview", help="Show it here.")] = False,
    db: Db = None,
) -> None:
    """Write a document to a file as it would be printed: the same document gives the same bytes."""
    from picker.services.order_documents import KINDS, NoDocument
    from picker.services.order_documents import document as find

    if kind not in KINDS:
        raise Mistake(f"{kind!r} is no document: expected one of {', '.join(KINDS)}")
    if out is None and not preview:
        raise Mistake("Where to? Name a file with --out, or look at it with --preview")
    chosen = file_format or _by_ending(out)
    paper = _paper(width_mm or (LABEL_MM if kind in _ON_LABELS else ROLL_MM), int(dpi))
    try:
        with opened(db) as database:
            made = find(database, settings(db).shop, kind, of, parcel)
        _deliver(made, paper, chosen, out, preview)
    except (NoDocument, ValueError) as error:
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


def _deliver(made: "Document", paper: "Medium", chosen: Format, out: Path | None, preview: bool) -> None:
    """Show the picture, write the file, and say what could not be shown as meant."""
    from printing.documents import ParcelLabel
    from printing.render import render

    picture = render(made, paper)
    if isinstance(made, ParcelLabel) and not made.sscc:
        say("This parcel is not sealed yet: a specimen, its label gets its number and weight then")
    for note in picture.notes:
        say(f"{note.kind}: {note.text}")
    if preview:
        from printing.preview import to_text

        columns = min(shutil.get_terminal_size().columns, MOST_COLUMNS)
        for page in picture.pages:
            typer.echo("\n".join(to_text(page, columns)))
    if out is not None:
        for file in _write(made, picture, paper, chosen, out):
            say(f"Wrote {file}")


def _write(made: "Document", picture: "Picture", paper: "Medium", chosen: Format, out: Path) -> list[Path]:
    """A PNG has one page, so that further ones become NAME-2.png."""
    from printing.export import to_pdf, to_png

    files = [out]
    if chosen is Format.PNG:
        files += [out.with_name(f"{out.stem}-{n + 1}{out.suffix}") for n in range(1, len(picture.pages))]
        for number, file in enumerate(files):
            file.write_bytes(to_png(picture, number))
    elif chosen is Format.PDF:
        out.write_bytes(to_pdf(picture))
    elif chosen is Format.ZPL:
        from printing.zpl.document import document_zpl

        out.write_bytes(document_zpl(made, picture.pages, paper))
    else:
        from printing.escpos import to_escpos

        out.write_bytes(to_escpos(picture.pages, paper))
    return files
