"""`picker photos`: the photos of an order."""

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from picker.commands.common import Db, Json, opened, say, settings
from picker.errors import Mistake

if TYPE_CHECKING:
    from collections.abc import Sequence

    from picker.services.devices.order_photos import PhotoFile


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("photos")(photos)


def photos(
    order: Annotated[str, typer.Argument(metavar="ORDER", help="The order's number.")],
    show: Annotated[bool, typer.Option("--open", help="Open them in this computer's viewer.")] = False,
    out: Annotated[Path | None, typer.Option(metavar="FOLDER", help="Copy them into this folder.")] = None,
    db: Db = None,
    as_json: Json = False,
) -> None:
    """List the photos of an order, with the state of each file; open or copy them."""
    from picker.services.devices.order_photos import OrderPhotos
    from picker.services.office.history import find_order

    with opened(db) as database, database.reader.connect() as connection:
        files = OrderPhotos(settings(db)).of_order(connection, find_order(connection, order))
    if as_json:
        typer.echo(json.dumps([photo.to_json() for photo in files], ensure_ascii=True))
    else:
        for photo in files:
            say(photo.words())
        if not files:
            say(f"There is no photo of {order}")
    if out is not None:
        _copy(files, out)
    if show:
        for photo in files:
            if photo.whole:
                typer.launch(str(photo.path))


def _copy(files: "Sequence[PhotoFile]", folder: Path) -> None:
    """Copy the files that are as they were taken; a changed one is no proof of anything."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for photo in files:
            if photo.whole:
                shutil.copyfile(photo.path, folder / photo.file)
    except OSError as error:
        raise Mistake(f"The photos can't be copied to {folder}: {error.strerror}") from None
