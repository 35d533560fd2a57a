"""How commands about campaigns read, check and save them, and who decides."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from picker.commands.common import opened, say, settings, shop_of
from picker.errors import Mistake

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from data.engine import Database
    from picker.inserts import CampaignError

By = Annotated[
    str,
    typer.Option("--by", metavar="BADGE", help="A lead's badge or id; not needed where there is one lead."),
]
Code = Annotated[str, typer.Argument(metavar="CODE", help="As `picker campaign list` shows it.")]


@contextmanager
def campaign_mistakes() -> Iterator[None]:
    """Errors of campaigns as one line."""
    from picker.inserts import CampaignError, TemplateError

    try:
        yield
    except (CampaignError, TemplateError) as error:
        raise Mistake(f"Nothing was saved: {error}") from None


def decider(database: "Database", by: str) -> str:
    """Return the id of the lead who decides. Raises Mistake for anybody else."""
    from picker.services.leads import who_decides

    with database.reader.connect() as connection:
        return who_decides(connection, by)


def zone(db: str | None) -> "ZoneInfo":
    """Return the warehouse's time zone. Raises Mistake when there is none of that name."""
    from zoneinfo import ZoneInfo

    name = settings(db).timezone
    try:
        return ZoneInfo(name)
    except (LookupError, ValueError, OSError):
        raise Mistake(f"{name!r} is no time zone: expected a name such as Europe/Warsaw") from None


def read(file: Path) -> str:
    """Return a campaign's text. Raises Mistake."""
    try:
        return file.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise Mistake(f"{str(file)!r} can't be read: {error}") from None


def save(text: str, by: str, shop: str | None, db: str | None, name: str, as_json: bool = False) -> None:
    """Save a shop's text that is called `name`, or say what is wrong with it; exit code 2 then."""
    from picker.inserts import CampaignError
    from picker.services.campaigns.campaigns import save as keep
    from picker.services.campaigns.doubts import doubts

    with opened(db) as database:
        try:
            campaign, version = keep(database, shop_of(database, shop), text, decider(database, by), zone(db))
        except CampaignError as error:
            raise faulty(name, error, as_json) from None
        with database.reader.connect() as connection:
            doubtful = doubts(connection, campaign)
    if as_json:
        say(json.dumps({"code": campaign.code, "version": version, "doubts": doubtful}))
        return
    say(f"Campaign {campaign.code}, version {version}, is saved.")
    for words in doubtful:
        say(f"LOOK AGAIN: {words}")


def faulty(name: str, error: "CampaignError", as_json: bool = False) -> typer.Exit:
    """Say what is wrong with a campaign's file, one fault a line on standard error; raise the returned exit."""
    from picker.safe import clean

    if as_json:
        say(json.dumps({"file": name, "faults": [asdict(fault) for fault in error.faults]}))
    for fault in () if as_json else error.faults:
        typer.echo(clean(f"{name}: {fault}"), err=True)
    typer.echo("picker: nothing was saved", err=True)
    return typer.Exit(2)
