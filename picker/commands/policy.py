"""`picker packing policy`: what a lead decides about packing, while stations work."""

import json
from itertools import pairwise
from pathlib import Path
from typing import Annotated

import typer

from picker.commands.common import Db, Json, ShopCode, opened, say, shop_of
from picker.errors import Mistake

By = Annotated[str, typer.Option("--by", metavar="WORKER", help="Who decides; it is recorded.")]
_ASK = "Expected KEY VALUE or --file policy.toml, such as: picker packing policy set max_empty_percent 40"


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    group = typer.Typer(
        help="Show or change how goods are packed.", invoke_without_command=True, rich_markup_mode=None
    )
    group.callback()(show)
    group.command("set")(set_)
    group.command("history")(history)
    group.command("restore")(restore)
    app.add_typer(group, name="policy")


def show(context: typer.Context, shop: ShopCode = None, db: Db = None, as_json: Json = False) -> None:
    """Show the packing policy as TOML: save it, change it, and give it back with `set --file`."""
    if context.invoked_subcommand is not None:
        return
    from picker.services.packing import policies
    from picker.services.packing.policy_text import toml_of

    with opened(db) as database, database.reader.connect() as connection:
        of = shop_of(database, shop)
        policy = policies.current(connection, of)
    if as_json:
        say(json.dumps({"shop": of, **policy.to_json()}))
        return
    at = (
        f", changed {policy.changed_at:%Y-%m-%d %H:%M} UTC by {policy.changed_by}"
        if policy.changed_at
        else ""
    )
    say(f"# Packing policy of shop {of}, revision {policy.number}{at}.")
    say(toml_of(policy.document))


def set_(
    key: Annotated[
        str | None, typer.Argument(metavar="KEY", help="As `picker packing policy` shows it.")
    ] = None,
    values: Annotated[list[str] | None, typer.Argument(metavar="VALUE", help="Its value or values.")] = None,
    file: Annotated[Path | None, typer.Option("--file", help="The whole policy as TOML.")] = None,
    by: By = "lead",
    shop: ShopCode = None,
    db: Db = None,
) -> None:
    """Change one setting, or the whole policy; stations heed it from their next order on.

    VALUE: a number, none for no limit. materials NAME:PADDING:WALL..., in mm for sturdy, careful, fragile and very
    fragile goods (paper:0,5,20,50:0,0,10,20). void_fills NAME:CENTS_PER_LITRE.... apart food/chemical liquid/paper....
    hazmat_classes 3 8, all or none.
    """
    from picker.services.packing import policies
    from picker.services.packing.policy_document import PolicyError
    from picker.services.packing.policy_text import read_toml, with_setting

    if (file is None) == (key is None) or bool(key) != bool(values):
        raise Mistake(_ASK)
    text = _text(file) if file else ""
    try:
        with opened(db) as database:
            policy = policies.change(
                database,
                shop_of(database, shop),
                by,
                lambda document: with_setting(document, key, values or []) if key else read_toml(text),
            )
    except PolicyError as error:
        raise Mistake(f"{file}: {error}" if file else str(error)) from None
    say(f"Revision {policy.number} of the packing policy counts from each station's next order on.")


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise Mistake(f"{str(file)!r} can't be read: {error}") from None


def history(shop: ShopCode = None, db: Db = None, as_json: Json = False) -> None:
    """List every revision, the newest first, with what was changed."""
    from picker.services.packing import policies

    with opened(db) as database, database.reader.connect() as connection:
        versions = policies.history(connection, shop_of(database, shop))
    if as_json:
        say(json.dumps([revision.to_json() for revision in versions]))
        return
    for revision, before in pairwise(versions):
        say(
            f"{revision.number}  {revision.changed_at:%Y-%m-%d %H:%M}  {revision.changed_by}: "
            f"{', '.join(revision.changes(before)) or 'nothing'}"
        )
    say("0  as it comes")


def restore(
    number: Annotated[int, typer.Argument(metavar="NUMBER", help="As `history` lists it; 0: as it comes.")],
    by: By = "lead",
    shop: ShopCode = None,
    db: Db = None,
) -> None:
    """Let an earlier revision count again."""
    from picker.services.packing import policies

    with opened(db) as database:
        policy = policies.restore(database, shop_of(database, shop), by, number)
    say(f"Revision {policy.number} of the packing policy is what {number} was.")
