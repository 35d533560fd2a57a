"""`picker coupons …`: the codes on the inserts, out to the shop's system and back."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from data.types import ShopId
from picker.commands.campaign_saving import By, campaign_mistakes, decider, zone
from picker.commands.common import Db, Json, ShopCode, opened, say, shop_of
from picker.errors import Mistake

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from picker.services.campaigns.coupons import Taken

Series = Annotated[str | None, typer.Option("--series", metavar="NAME", help="Of one series only.")]


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    group = typer.Typer(help="Coupons on inserts.", no_args_is_help=True, rich_markup_mode=None)
    series = typer.Typer(help="Series of coupons.", no_args_is_help=True, rich_markup_mode=None)
    series.command("add")(add)
    series.command("list")(list_series)
    group.add_typer(series, name="series")
    group.command("list")(list_)
    group.command("export")(export)
    group.command("redeemed")(redeemed)
    app.add_typer(group, name="coupons")


def add(
    name: Annotated[str, typer.Argument(metavar="NAME", help="As campaigns name it.")],
    count: Annotated[int | None, typer.Option(min=1, help="Make so many new codes.")] = None,
    file: Annotated[
        Path | None, typer.Option("--import", metavar="FILE", help="The shop's own codes.")
    ] = None,
    by: By = "",
    shop: ShopCode = None,
    db: Db = None,
    as_json: Json = False,
) -> None:
    """Make coupons, or take in the shop's own; a series that is there gets more of them."""
    from picker.services.campaigns.coupons import generate, take_in

    if (count is None) == (file is None):
        raise Mistake(
            "Expected --count NUMBER or --import FILE, such as: picker coupons series add autumn --count 500"
        )
    with campaign_mistakes(), opened(db) as database:
        who = decider(database, by)
        if file is not None:
            _tell(take_in(database, shop_of(database, shop), name, file, who), "coupons added", as_json)
            return
        generate(database, shop_of(database, shop), name, count or 0, who)
    say(json.dumps({"done": count}) if as_json else f"{count} coupons added to series {name}.")


def _known(connection: "Connection", shop: str, series: str | None) -> str | None:
    """The series that is asked for, if there is one. Raises Mistake."""
    from data.store.coupons import series_names

    if series is not None and series not in series_names(connection, ShopId(shop)):
        raise Mistake(f"There is no series {series!r}: picker coupons series list")
    return series


def _tell(taken: "Taken", what: str, as_json: bool) -> None:
    """Say what became of a file; exit code 1 when something in it was wrong."""
    if as_json:
        say(json.dumps(taken.to_json()))
    else:
        for problem in taken.problems:
            say(problem)
        say(f"{taken.done} {what}, {taken.unchanged} were known already, {len(taken.problems)} left out.")
    if taken.problems:
        raise typer.Exit(1)


def list_series(shop: ShopCode = None, db: Db = None, as_json: Json = False) -> None:
    """List the series with their coupons counted."""
    from picker.services.campaigns.coupons import series_list

    with opened(db) as database, database.reader.connect() as connection:
        every = series_list(connection, shop_of(database, shop))
    if as_json:
        say(json.dumps([line.to_json() for line in every]))
        return
    for line in every:
        say(f"{line.name:<20} {line.free} free, {line.given} given, {line.redeemed} redeemed")


def list_(series: Series = None, shop: ShopCode = None, db: Db = None, as_json: Json = False) -> None:
    """List the coupons that were given, and to which parcel."""
    from picker.services.campaigns.coupons import listing

    with opened(db) as database, database.reader.connect() as connection:
        of = shop_of(database, shop)
        every = listing(connection, of, _known(connection, of, series))
    given = [row for row in every if row["state"] != "free"]
    if as_json:
        say(json.dumps(given))
        return
    for row in given:
        back = f", redeemed {row['redeemed_at']}" if row["redeemed_at"] else ""
        say(
            f"{row['code']}  {row['series']}  order {row['order']} parcel {row['parcel']}, {row['campaign']}{back}"
        )


def export(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The CSV file to write.")],
    series: Series = None,
    exact: Annotated[
        bool, typer.Option("--exact", help="For programs: every cell as it is, safe in no spreadsheet.")
    ] = False,
    shop: ShopCode = None,
    db: Db = None,
) -> None:
    """Write every coupon to a file for the shop: its series, state, parcel and campaign."""
    from picker.services.campaigns.coupons import export as as_csv

    with opened(db) as database, database.reader.connect() as connection:
        of = shop_of(database, shop)
        text = as_csv(connection, of, _known(connection, of, series), people=not exact)
    try:
        file.write_text(text, "utf-8", newline="")
    except OSError as error:
        raise Mistake(f"{file} can't be written: {error.strerror}") from None
    say(f"Wrote {file}.")


def redeemed(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A CSV file: code, date, total.")],
    shop: ShopCode = None,
    db: Db = None,
    as_json: Json = False,
) -> None:
    """Take in which codes were redeemed; the same file again changes nothing."""
    from picker.services.campaigns.coupons import take_redeemed

    with campaign_mistakes(), opened(db) as database:
        taken = take_redeemed(database, shop_of(database, shop), file, zone(db))
    _tell(taken, "coupons were redeemed", as_json)
