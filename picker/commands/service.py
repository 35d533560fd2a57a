"""`picker service`: what the carriers take, charge and when they collect."""

import re
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from picker.amounts import amount
from picker.commands.common import Db, opened, say, settings
from picker.errors import Mistake

if TYPE_CHECKING:
    from collections.abc import Callable

    from data.engine import Database
    from data.types import Service, Tariff


class LabelRule(StrEnum):
    """Whether a service's parcels carry the carrier's own label: never asked for, if it is there, or always."""

    NONE = "none"
    WANTED = "wanted"
    REQUIRED = "required"


class PiecesRule(StrEnum):
    """Whether each label of a service must say how many parcels there are in all."""

    NONE = "none"
    REQUIRED = "required"


class Transport(StrEnum):
    """How a service's parcels travel, all the way."""

    GROUND = "ground"
    AIR = "air"


CodeOption = Annotated[str | None, typer.Argument(metavar="CODE", help="As orders name it.")]
Carrier = Annotated[str | None, typer.Option(help="The carrier's name, on the label.")]
NameOption = Annotated[str | None, typer.Option(help="The service's name, on the label.")]
Cutoff = Annotated[str | None, typer.Option(metavar="HH:MM", help="When the carrier collects.")]
Weekdays = Annotated[
    str | None, typer.Option(metavar="DAYS", help="On which days: mon-fri, or mon,wed,sat, or daily.")
]
OnHolidays = Annotated[
    bool | None, typer.Option("--on-holidays/--no-on-holidays", help="On public holidays as well.")
]
MaxWeightG = Annotated[int | None, typer.Option(min=1, help="Heaviest parcel, in g.")]
BaseCents = Annotated[int | None, typer.Option(min=0, help="Price of a parcel, in cents.")]
StepCents = Annotated[int | None, typer.Option(min=0, help="Price of each started step.")]
StepG = Annotated[int | None, typer.Option(min=1, help="One step, in g.")]
DimDivisor = Annotated[int | None, typer.Option(min=1, help="cm³ per kg of billable weight.")]
Rates = Annotated[
    str | None,
    typer.Option(metavar="G:PRICE|…", help="Price table such as 1000:2.99|2000:3.99, or none."),
]
SideStep = Annotated[
    str | None, typer.Option(metavar="MM", help="Sides are rounded up to this; inch for UPS and FedEx.")
]
MaxSides = Annotated[
    str | None, typer.Option(metavar="LxWxH", help="Largest parcel such as 600x400x400, or none.")
]
MaxGirth = Annotated[
    str | None, typer.Option(metavar="MM", help="Most of longest side + 2 x each of the others, or none.")
]
CarrierLabel = Annotated[
    LabelRule | None, typer.Option(help="Whether parcels carry the carrier's own label.")
]
Pieces = Annotated[
    PiecesRule | None, typer.Option(help="Whether each label must say how many parcels there are in all.")
]
By = Annotated[
    Transport | None, typer.Option(help="How its parcels travel; some dangerous goods may not fly.")
]
NewOption = Annotated[bool, typer.Option("--new", help="Make it: there is none of this code yet.")]
RetireOption = Annotated[bool, typer.Option("--retire", help="Show it no more; no open order may want it.")]


def add_to(app: typer.Typer) -> None:
    """Add this command."""
    app.command("service")(service)


def service(
    code: CodeOption = None,
    carrier: Carrier = None,
    name: NameOption = None,
    cutoff: Cutoff = None,
    weekdays: Weekdays = None,
    on_holidays: OnHolidays = None,
    max_weight_g: MaxWeightG = None,
    base_cents: BaseCents = None,
    step_cents: StepCents = None,
    step_g: StepG = None,
    dim_divisor: DimDivisor = None,
    rates: Rates = None,
    side_step: SideStep = None,
    max_sides: MaxSides = None,
    max_girth: MaxGirth = None,
    carrier_label: CarrierLabel = None,
    pieces: Pieces = None,
    by: By = None,
    new: NewOption = False,
    retire: RetireOption = False,
    db: Db = None,
) -> None:
    """Show the carrier services, or set one: its cut-off time and days, limits and prices."""
    from data.cutoff import read_weekdays
    from data.importers import tariffs

    changes: dict[str, object] = {
        "carrier": carrier,
        "name": name,
        "cutoff": _cutoff(cutoff),
        "weekdays": _worded("Weekdays", weekdays, read_weekdays, "days such as mon-fri, mon,wed or daily"),
        "on_holidays": on_holidays,
        "max_weight_g": max_weight_g,
        "base_cents": base_cents,
        "step_cents": step_cents,
        "step_g": step_g,
        "dim_divisor": dim_divisor,
        "carrier_label": carrier_label and carrier_label.value,
        "pieces": pieces and pieces.value,
        "transport": by and by.value,
        "rates": _worded("Rates", rates, tariffs.parse_rates, tariffs.RATES),
        "side_step_tenths": _worded("Side step", side_step, tariffs.parse_side_step, tariffs.SIDE_STEP),
        "max_sides_mm": _worded("Greatest sides", max_sides, tariffs.parse_sides, tariffs.SIDES),
    }
    given = {field: value for field, value in changes.items() if value is not None}
    girth = _worded("Greatest girth", max_girth, tariffs.parse_girth, tariffs.GIRTH)
    if girth is not None:
        given["max_girth_mm"] = girth or None
    _check_asked(code, changing=bool(given) or new, retire=retire)
    with opened(db) as database:
        _carry_out(database, code, given, settings(db).timezone, new=new, retire=retire)


def _carry_out(
    database: "Database",
    code: str | None,
    given: dict[str, object],
    timezone: str,
    *,
    new: bool,
    retire: bool,
) -> None:
    if code is not None:
        code = _new_code(database, code) if new else _known_code(database, code)
    if code is not None and retire:
        _retire(database, code)
    else:
        _set_and_show(database, code, given | ({"code": code} if new else {}), timezone)


def _check_asked(code: str | None, *, changing: bool, retire: bool) -> None:
    if code is None and (changing or retire):
        raise Mistake("Which service? Name it: picker service CODE --cutoff 17:30")
    if retire and changing:
        raise Mistake("--retire goes alone: what is retired has nothing to set")


def _known_code(database: "Database", code: str) -> str:
    """The service of this code, whatever its case. Raises Mistake, with those there are."""
    codes = _codes(database)
    known_code = next((known for known in codes if known.casefold() == code.casefold()), None)
    if known_code is None:
        raise Mistake(
            f"There is no service {code!r}: known are {', '.join(codes) or 'none'}; --new makes one"
        )
    return known_code


def _new_code(database: "Database", code: str) -> str:
    if not re.fullmatch(r"[^|\s](?:[^|\r\n\t]{0,38}[^|\s])?", code) or not code.isprintable():
        raise Mistake(f"Service: expected a code of at most 40 characters without |, got {code!r}")
    if any(known.casefold() == code.casefold() for known in _codes(database)):
        raise Mistake(f"There is a service {code!r} already; without --new it is changed")
    return code


def _codes(database: "Database") -> list[str]:
    from data.store import lookup

    with database.reader.connect() as connection:
        return [service.code for service in lookup.services(connection)]


def _retire(database: "Database", code: str) -> None:
    from data.store import setup

    with database.writer.begin() as connection:
        wanted = setup.retire_service(connection, code)
    if wanted:
        raise Mistake(f"Service {code} can't be retired: {wanted} open orders want it")
    say(f"{code} is retired.")


def _set_and_show(database: "Database", code: str | None, given: dict[str, object], timezone: str) -> None:
    from data.store import carrier_labels, lookup, setup
    from data.store.cutoffs import redate

    moved = 0
    if code is not None and given:
        with database.writer.begin() as connection:
            setup.set_service(connection, code, given)
            if given.keys() & {"cutoff", "weekdays", "on_holidays"}:
                moved = redate(connection, timezone, [code])
    with database.reader.connect() as connection:
        rules = carrier_labels.rules(connection)
        for one in lookup.services(connection):
            if code in (None, one.code):
                say(f"{one.code}: {one.carrier}, {one.name}, cut-off {one.cutoff} {one.days}{_way(one)}")
                say(f"  {_prices(one.tariff)}, carrier's own label: {rules[one.code]}, n of m: {one.pieces}")
    if moved:
        say(f"{moved} open orders are due anew.")


def _way(found: "Service") -> str:
    return f", by {found.transport}" if found.transport else ""


def _cutoff(text: str | None) -> str | None:
    if text is not None and not re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", text):
        raise Mistake(f"Cut-off: expected HH:MM, got {text!r}")
    return text


def _worded(name: str, text: str | None, parse: "Callable[[str], object]", expected: str) -> object:
    """What an option in words means, None when it isn't given."""
    value = None if text is None else parse(text.strip())
    if text is not None and value is None:
        raise Mistake(f"{name}: expected {expected}, got {text!r}")
    return value


def _prices(tariff: "Tariff") -> str:
    from data.importers.tariffs import rates_text, side_step_text

    t = tariff
    prices = f"{amount(t.base_cents)} and {amount(t.step_cents)} for each {t.step_g} g"
    parts = [f"rates {rates_text(t.rates)}" if t.rates else prices, f"up to {t.heaviest_g} g"]
    if t.max_sides_mm:
        parts.append(f"up to {'x'.join(map(str, t.max_sides_mm))} mm")
    if t.max_girth_mm:
        parts.append(f"girth up to {t.max_girth_mm} mm")
    return ", ".join([*parts, f"divisor {t.dim_divisor} with sides to {side_step_text(t.side_step_tenths)}"])
