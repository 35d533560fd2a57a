"""`picker campaign …`: what lies in the box, decided by a lead while stations work."""

import json
import os
import shlex
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

from picker.commands.common import Db, Json, Mistake, opened, say, settings

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

By = Annotated[str, typer.Option("--by", metavar="WORKER", help="Who decides; it is recorded.")]
Code = Annotated[str, typer.Argument(metavar="CODE", help="As `picker campaign list` shows it.")]
File = Annotated[Path, typer.Argument(metavar="FILE", help="A campaign as TOML.")]


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    from picker.commands import campaign_results

    group = typer.Typer(help="Personalised inserts.", no_args_is_help=True, rich_markup_mode=None)
    group.command("list")(list_)
    group.command("show")(show)
    group.command("add")(add)
    group.command("edit")(edit)
    group.command("on")(on)
    group.command("off")(off)
    group.command("history")(history)
    group.command("restore")(restore)
    group.command("export")(export)
    group.command("import")(import_)
    group.command("picture")(picture)
    campaign_results.add_to(group)
    app.add_typer(group, name="campaign")


@contextmanager
def told() -> Iterator[None]:
    """Errors of campaigns as one line."""
    from picker.inserts import CampaignError, TemplateError

    try:
        yield
    except (CampaignError, TemplateError) as error:
        raise Mistake(f"Nothing was saved: {error}") from None
    except (LookupError, ValueError) as error:
        raise Mistake(str(error.args[0])) from None


def zone(db: str | None) -> "ZoneInfo":
    """Return the warehouse's time zone. Raises Mistake when there is none of that name."""
    from zoneinfo import ZoneInfo

    name = settings(db).timezone
    try:
        return ZoneInfo(name)
    except (LookupError, ValueError, OSError):
        raise Mistake(f"{name!r} is no time zone: expected a name such as Europe/Warsaw") from None


def list_(db: Db = None, as_json: Json = False) -> None:
    """List the campaigns, the most urgent first."""
    from picker.services.campaigns import listing

    with opened(db) as database, database.reader.connect() as connection:
        found = listing(connection, settings(db).shop, database.now(connection))
    if as_json:
        say(json.dumps([line.to_json() for line in found]))
        return
    for line in found:
        say(
            f"{line.code:<20} {line.state.value:<15} version {line.version}, priority {line.priority}, printed "
            f"{line.printed}, redeemed {line.redeemed}: {line.name} ({line.who or 'everybody'})"
        )


def show(
    code: Code,
    version: Annotated[int | None, typer.Option(min=1, help="An earlier version.")] = None,
    db: Db = None,
) -> None:
    """Show a campaign's file: save it, change it, and give it back with `picker campaign edit --file`."""
    say(_text_of(code, version, db))


def _text_of(code: str, version: int | None, db: str | None) -> str:
    from picker.services.campaigns import history as versions

    with told(), opened(db) as database, database.reader.connect() as connection:
        known = {found.number: found.text for found in versions(connection, settings(db).shop, code)}
    number = version or max(known)
    if number not in known:
        raise Mistake(f"Campaign {code!r} has versions 1 to {max(known)}, not {number}.")
    return known[number]


def add(file: File, by: By = "lead", db: Db = None) -> None:
    """Add a campaign from a TOML file; it is switched off until `picker campaign on`."""
    _save(_read(file), by, db, file.name)


def edit(
    code: Code,
    file: Annotated[
        Path | None, typer.Option("--file", help="The changed file; without it an editor.")
    ] = None,
    by: By = "lead",
    db: Db = None,
) -> None:
    """Change a campaign: in $EDITOR, or with a changed file. What is wrong is told with its line and column."""
    from picker.inserts import CampaignError, read_campaign

    before = _text_of(code, None, db)
    text = _read(file) if file else _edited(before)
    if text == before:
        say("Nothing was changed.")
        return
    with told():
        try:
            named = read_campaign(text).code
        except CampaignError:
            named = code  # saving tells what is wrong, with the warehouse's time zone
    if named != code:
        raise Mistake(f"The file is of campaign {named!r}, not of {code!r}; add it with picker campaign add")
    _save(text, by, db, file.name if file else code)


def _edited(text: str) -> str:
    if not sys.stdin.isatty():
        raise Mistake("No terminal to edit in: give the changed file with --file")
    usual = "notepad" if sys.platform == "win32" else "vi"
    command = os.environ.get("VISUAL") or os.environ.get("EDITOR") or usual
    with TemporaryDirectory() as folder:
        file = Path(folder) / "campaign.toml"
        file.write_text(text, "utf-8", newline="")
        try:
            subprocess.run([*shlex.split(command, posix=os.name != "nt"), str(file)], check=True)
        except (OSError, subprocess.CalledProcessError) as error:
            raise Mistake(f"The editor {command!r} failed, nothing was saved: {error}") from None
        return _read(file)


def _read(file: Path) -> str:
    try:
        return file.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise Mistake(f"{str(file)!r} can't be read: {error}") from None


def _save(text: str, by: str, db: str | None, name: str) -> None:
    from picker.inserts import CampaignError
    from picker.services.campaigns import save

    with opened(db) as database:
        try:
            campaign, version = save(database, settings(db).shop, text, by, zone(db))
        except CampaignError as error:
            say_faults(name, error)
            raise typer.Exit(2) from None
    say(f"Campaign {campaign.code}, version {version}, is saved.")


def say_faults(name: str, error: "Exception") -> None:
    """Say on standard error what is wrong with a campaign's file, one fault a line."""
    from picker.inserts import CampaignError
    from picker.safe import clean

    for fault in error.faults if isinstance(error, CampaignError) else ():
        typer.echo(clean(f"{name}: {fault}"), err=True)
    typer.echo("picker: nothing was saved", err=True)


def on(code: Code, db: Db = None) -> None:
    """Switch a campaign on; stations heed it at their next seal."""
    _switch(code, db, on=True)


def off(code: Code, db: Db = None) -> None:
    """Switch a campaign off; stations heed it at their next seal."""
    _switch(code, db, on=False)


def _switch(code: str, db: str | None, *, on: bool) -> None:
    from picker.services.campaigns import switch

    with told(), opened(db) as database:
        switch(database, settings(db).shop, code, on=on)
    say(f"Campaign {code} is {'on' if on else 'off'}.")


def history(code: Code, db: Db = None, as_json: Json = False) -> None:
    """List every version of a campaign, the newest first."""
    from picker.services.campaigns import history as versions

    with told(), opened(db) as database, database.reader.connect() as connection:
        found = versions(connection, settings(db).shop, code)
    if as_json:
        rows = [
            {
                "version": one.number,
                "saved_at": one.saved_at.isoformat(),
                "saved_by": one.saved_by,
                "text": one.text,
            }
            for one in found
        ]
        say(json.dumps(rows))
        return
    for one in found:
        say(f"{one.number}  {one.saved_at:%Y-%m-%d %H:%M}  {one.saved_by}")


def restore(
    code: Code,
    version: Annotated[int, typer.Argument(metavar="VERSION", min=1, help="As `history` lists it.")],
    by: By = "lead",
    db: Db = None,
) -> None:
    """Let an earlier version of a campaign count again."""
    from picker.services.campaigns import restore as put_back

    with told(), opened(db) as database:
        number = put_back(database, settings(db).shop, code, version, by, zone(db))
    say(f"Version {number} of campaign {code} is what version {version} was.")


def export(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Where the files go: CODE.toml.")],
    db: Db = None,
) -> None:
    """Write every campaign to a folder, one TOML file each."""
    from data.store import campaigns

    with opened(db) as database, database.reader.connect() as connection:
        rows = campaigns.every(connection, settings(db).shop)
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
    by: By = "lead",
    db: Db = None,
) -> None:
    """Save campaigns from files, all or none; new ones are switched off."""
    from picker.inserts import CampaignError
    from picker.services.campaigns import check

    paths = [
        path for given in files for path in (sorted(given.glob("*.toml")) if given.is_dir() else [given])
    ]
    texts = {path: _read(path) for path in paths}
    with opened(db) as database:
        wrong = False
        for path, text in texts.items():
            with database.reader.connect() as connection:
                try:
                    check(connection, settings(db).shop, text, zone(db))
                except CampaignError as error:
                    wrong = True
                    say_faults(path.name, error)
        if wrong:
            raise typer.Exit(2)
    for path, text in texts.items():
        _save(text, by, db, path.name)


def picture(
    name: Annotated[str, typer.Argument(metavar="NAME", help="As templates name it: ![logo].")],
    file: Annotated[Path, typer.Argument(metavar="FILE", help="PNG or JPEG, at most 300 kB.")],
    line_art: Annotated[bool, typer.Option("--line-art", help="A logo: not dithered.")] = False,
    width: Annotated[int, typer.Option(min=5, max=100, help="Percent of the paper's width.")] = 100,
    by: By = "lead",
    db: Db = None,
) -> None:
    """Keep a picture for templates, in place of an older one of that name."""
    from picker.services.campaigns import put_picture

    try:
        data = file.read_bytes()
    except OSError as error:
        raise Mistake(f"{str(file)!r} can't be read: {error.strerror}") from None
    with told(), opened(db) as database:
        put_picture(database, settings(db).shop, name, data, by, line_art=line_art, width_percent=width)
    say(f"Templates show it as ![{name}].")
