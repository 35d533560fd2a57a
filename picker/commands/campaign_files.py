"""`picker campaign export|import|picture|pictures`: campaigns and their pictures as files."""

import json
from pathlib import Path
from typing import Annotated

import typer

from picker.commands.campaign_saving import By, campaign_mistakes, decider, faulty, read, save, zone
from picker.commands.common import Db, Json, ShopCode, opened, say, shop_of
from picker.errors import Mistake


def add_to(group: typer.Typer) -> None:
    """Add these commands to the group of campaigns."""
    group.command("export")(export)
    group.command("import")(import_)
    group.command("picture")(picture)
    group.command("pictures")(pictures)


def export(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Where the files go: CODE.toml.")],
    shop: ShopCode = None,
    db: Db = None,
) -> None:
    """Write every campaign to a folder, one TOML file each."""
    from data.store import campaigns

    with opened(db) as database, database.reader.connect() as connection:
        rows = campaigns.every(connection, shop_of(database, shop))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for row in rows:
            (folder / f"{row.code}.toml").write_text(row.body, "utf-8", newline="")
    except OSError as error:
        raise Mistake(f"{folder} can't be written: {error.strerror}") from None
    say(f"Wrote {len(rows)} campaigns to {folder}.")


def import_(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="TOML files; a folder is all in it.")
    ],
    by: By = "",
    shop: ShopCode = None,
    db: Db = None,
) -> None:
    """Save campaigns from files, all or none; new ones are switched off."""
    from picker.inserts import CampaignError
    from picker.services.campaigns.campaigns import check

    paths = [
        path for given in files for path in (sorted(given.glob("*.toml")) if given.is_dir() else [given])
    ]
    if not paths:
        raise Mistake(f"No TOML file in {', '.join(map(str, files))}")
    texts = {path: read(path) for path in paths}
    with opened(db) as database:
        wrong = None
        decider(database, by)
        for path, text in texts.items():
            with database.reader.connect() as connection:
                try:
                    check(connection, shop_of(database, shop), text, zone(db))
                except CampaignError as error:
                    wrong = faulty(path.name, error)
        if wrong:
            raise wrong
    for path, text in texts.items():
        save(text, by, shop, db, path.name)


def picture(
    name: Annotated[str, typer.Argument(metavar="NAME", help="As templates name it: ![logo].")],
    file: Annotated[Path, typer.Argument(metavar="FILE", help="PNG or JPEG, at most 300 kB.")],
    line_art: Annotated[bool, typer.Option("--line-art", help="A logo: not dithered.")] = False,
    width: Annotated[int, typer.Option(min=5, max=100, help="Percent of the paper's width.")] = 100,
    by: By = "",
    shop: ShopCode = None,
    db: Db = None,
) -> None:
    """Keep a picture for templates, in place of an older one of that name."""
    from picker.services.campaigns.campaigns import put_picture

    try:
        data = file.read_bytes()
    except OSError as error:
        raise Mistake(f"{str(file)!r} can't be read: {error.strerror}") from None
    with campaign_mistakes(), opened(db) as database:
        who = decider(database, by)
        put_picture(
            database, shop_of(database, shop), name, data, who, line_art=line_art, width_percent=width
        )
    say(f"Templates show it as ![{name}].")


def pictures(shop: ShopCode = None, db: Db = None, as_json: Json = False) -> None:
    """List the pictures that templates can show."""
    from data.store import campaigns

    with opened(db) as database, database.reader.connect() as connection:
        rows = campaigns.picture_list(connection, shop_of(database, shop))
    if as_json:
        say(json.dumps([dict(row._mapping) for row in rows]))
        return
    for row in rows:
        kind = "line art" if row.line_art else "dithered"
        say(f"![{row.name}]  {row.width_percent} % of the paper, {kind}, {row.size} bytes")
