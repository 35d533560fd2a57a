"""`picker campaign …`: what lies in the box, decided by a lead while stations work."""

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

from picker.commands.campaign_saving import By, Code, campaign_mistakes, decider, read, save, zone
from picker.commands.common import Db, Json, ShopCode, opened, say, shop_of
from picker.errors import Mistake

if TYPE_CHECKING:
    from picker.services.campaigns.campaigns import Version

File = Annotated[Path, typer.Argument(metavar="FILE", help="A campaign as TOML.")]


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    from picker.commands import campaign_files, campaign_results

    group = typer.Typer(help="Personalised inserts.", no_args_is_help=True, rich_markup_mode=None)
    group.command("list")(list_)
    group.command("show")(show)
    group.command("new")(new)
    group.command("terms")(terms)
    group.command("add")(add)
    group.command("edit")(edit)
    group.command("on")(on)
    group.command("off")(off)
    group.command("history")(history)
    group.command("restore")(restore)
    campaign_files.add_to(group)
    campaign_results.add_to(group)
    app.add_typer(group, name="campaign")


def list_(shop: ShopCode = None, db: Db = None, as_json: Json = False) -> None:
    """List the campaigns, the most urgent first."""
    from picker.services.campaigns.campaigns import listing

    with opened(db) as database, database.reader.connect() as connection:
        campaigns = listing(connection, shop_of(database, shop), database.now(connection))
    if as_json:
        say(json.dumps([line.to_json() for line in campaigns]))
        return
    for line in campaigns:
        say(
            f"{line.code:<20} {line.state.value:<15} version {line.version}, priority {line.priority}, printed "
            f"{line.printed}, redeemed {line.redeemed}{_left(line.coupons)}: {line.name} ({line.who or 'everybody'})"
        )


def _left(coupons: int | None) -> str:
    return "" if coupons is None else f", {coupons} coupons left"


def show(
    code: Code,
    version: Annotated[int | None, typer.Option(min=1, help="An earlier version.")] = None,
    shop: ShopCode = None,
    db: Db = None,
    as_json: Json = False,
) -> None:
    """Show a campaign's file: save it, change it, and give it back with `picker campaign edit --file`."""
    version_shown = _version(code, version, shop, db)
    say(json.dumps(version_shown.to_json()) if as_json else version_shown.text)


def _version(code: str, version: int | None, shop: str | None, db: str | None) -> "Version":
    from picker.services.campaigns.campaigns import history as versions

    with campaign_mistakes(), opened(db) as database, database.reader.connect() as connection:
        known = {one.number: one for one in versions(connection, shop_of(database, shop), code)}
    number = version or max(known)
    if number not in known:
        raise Mistake(f"Campaign {code!r} has versions 1 to {max(known)}, not {number}.")
    return known[number]


def new(name: Annotated[str, typer.Argument(metavar="NAME", help='Such as "Autumn tea".')]) -> None:
    """Print a campaign to begin with; save it as a file, change it, and add it with `picker campaign add`."""
    from picker.inserts.examples import beginning

    say(beginning(name))


def terms(as_json: Json = False) -> None:
    """Show what can be written in a campaign: keys, rules, blocks and placeholders."""
    from picker.inserts.terms import BLOCKS, KEYS, PLACEHOLDERS, RULES

    terms_known = {"keys": KEYS, "rules": RULES, "blocks": BLOCKS, "placeholders": PLACEHOLDERS}
    if as_json:
        say(json.dumps({title: dict(pairs) for title, pairs in terms_known.items()}))
        return
    for title, pairs in terms_known.items():
        say(f"{title}:")
        for term, meaning in pairs:
            say(f"  {term:<42} {meaning}")


def add(file: File, by: By = "", shop: ShopCode = None, db: Db = None, as_json: Json = False) -> None:
    """Add a campaign from a TOML file; it is switched off until `picker campaign on`."""
    save(read(file), by, shop, db, file.name, as_json)


def edit(
    code: Code,
    file: Annotated[
        Path | None, typer.Option("--file", help="The changed file; without it an editor.")
    ] = None,
    by: By = "",
    shop: ShopCode = None,
    db: Db = None,
    as_json: Json = False,
) -> None:
    """Change a campaign: in $EDITOR, or with a changed file. What is wrong is told with its line and column."""
    from picker.inserts import CampaignError, read_campaign

    before = _version(code, None, shop, db)
    text = read(file) if file else _edited(before.text)
    if text == before.text:
        say(json.dumps({"code": code, "version": before.number}) if as_json else "Nothing was changed.")
        return
    with campaign_mistakes():
        try:
            named = read_campaign(text).code
        except CampaignError:
            named = code  # saving tells what is wrong, with the warehouse's time zone
    if named != code:
        raise Mistake(f"The file is of campaign {named!r}, not of {code!r}; add it with picker campaign add")
    save(text, by, shop, db, file.name if file else code, as_json)


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
        return read(file)


def on(code: Code, by: By = "", shop: ShopCode = None, db: Db = None, as_json: Json = False) -> None:
    """Switch a campaign on; stations heed it at their next seal."""
    _switch(code, by, shop, db, as_json, on=True)


def off(code: Code, by: By = "", shop: ShopCode = None, db: Db = None, as_json: Json = False) -> None:
    """Switch a campaign off; stations heed it at their next seal."""
    _switch(code, by, shop, db, as_json, on=False)


def _switch(code: str, by: str, shop: str | None, db: str | None, as_json: bool, *, on: bool) -> None:
    from picker.services.campaigns.campaigns import switch

    with campaign_mistakes(), opened(db) as database:
        switch(database, shop_of(database, shop), code, decider(database, by), on=on)
    say(
        json.dumps({"code": code, "active": on})
        if as_json
        else f"Campaign {code} is {'on' if on else 'off'}."
    )


def history(code: Code, shop: ShopCode = None, db: Db = None, as_json: Json = False) -> None:
    """List every version of a campaign, the newest first."""
    from picker.services.campaigns.campaigns import history as versions

    with campaign_mistakes(), opened(db) as database, database.reader.connect() as connection:
        saved = versions(connection, shop_of(database, shop), code)
    if as_json:
        say(json.dumps([one.to_json() for one in saved]))
        return
    for one in saved:
        say(f"{one.number}  {one.saved_at:%Y-%m-%d %H:%M}  {one.saved_by}")


def restore(
    code: Code,
    version: Annotated[int, typer.Argument(metavar="VERSION", min=1, help="As `history` lists it.")],
    by: By = "",
    shop: ShopCode = None,
    db: Db = None,
    as_json: Json = False,
) -> None:
    """Let an earlier version of a campaign count again."""
    from picker.services.campaigns.campaigns import restore as put_back

    with campaign_mistakes(), opened(db) as database:
        number = put_back(database, shop_of(database, shop), code, version, decider(database, by), zone(db))
    if as_json:
        say(json.dumps({"code": code, "version": number}))
        return
    say(f"Version {number} of campaign {code} is what version {version} was.")
