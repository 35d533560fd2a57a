"""When each carrier service collects from each shop."""

from collections.abc import Collection as Some
from datetime import UTC, date
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select, update

from data.cutoff import Collection, next_cutoff
from data.rest_days import rest_days
from data.tables import Order, Service, Shop
from data.types import OrderState

_O, _V, _S = Order.__table__, Service.__table__, Shop.__table__
_OPEN = _O.c.state.not_in([OrderState.CLOSED.value, OrderState.CANCELLED.value])


def collections(connection: Connection, codes: Some[str] = ()) -> dict[tuple[str, str], Collection]:
    """Return when carriers collect by (shop, service): of all services, or of those of some codes."""
    shops = [
        (row.id, rest_days(row.holidays, row.sender_country, row.closed_days))
        for row in connection.execute(select(_S.c.id, _S.c.holidays, _S.c.sender_country, _S.c.closed_days))
    ]
    services = select(_V.c.code, _V.c.cutoff, _V.c.weekdays, _V.c.on_holidays)
    return {
        (shop, row.code): Collection(row.cutoff, row.weekdays, _never if row.on_holidays else rests)
        for row in connection.execute(services.where(_V.c.code.in_(codes)) if codes else services)
        for shop, rests in shops
    }


def any_shop(by_carrier: dict[tuple[str, str], Collection], service: str) -> Collection:
    """Return when a carrier collects from any of the shops: it rests only on days on which it does for all."""
    of_all = [one for (_, code), one in by_carrier.items() if code == service]
    first = of_all[0]
    return Collection(first.cutoff, first.weekdays, lambda day: all(one.rests(day) for one in of_all))


def redate(connection: Connection, timezone: str, codes: Some[str] = ()) -> int:
    """Give the open orders, of all services or of some, the cut-off they are to catch now; returns how many changed.

    Raises ZoneInfoNotFoundError for a time zone that does not exist.
    """
    zone, changed = ZoneInfo(timezone), 0
    known = collections(connection, codes)
    orders = select(_O.c.id, _O.c.shop, _O.c.service, _O.c.placed_at, _O.c.due_at).where(_OPEN)
    for row in connection.execute(orders.where(_O.c.service.in_(codes)) if codes else orders).all():
        placed_at = row.placed_at.replace(tzinfo=row.placed_at.tzinfo or UTC)
        due = next_cutoff(placed_at, known[row.shop, row.service], zone)
        if due != row.due_at:
            connection.execute(update(_O).where(_O.c.id == row.id).values(due_at=due))
            changed += 1
    return changed


def _never(day: date) -> bool:
    return False
