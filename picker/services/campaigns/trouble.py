"""An insert that could not be made or printed: what the packer is told, what the lead decides."""

from datetime import datetime

from sqlalchemy import Connection

from data.store import campaigns, exceptions, print_jobs
from data.types import ExceptionKind, OrderId, PrintJobState
from picker.inserts import Broken, Campaign, campaign_of
from picker.locale.messages import Message, say
from picker.services.orders.parcel_held import ParcelHeld, waived
from picker.services.print_words import printer_trouble

_PRINTED = frozenset({PrintJobState.PRINTED, PrintJobState.SENT, PrintJobState.VERIFIED})
_GIVEN_UP = frozenset({PrintJobState.FAILED, PrintJobState.CANCELLED, PrintJobState.UNSURE})


def not_made(
    connection: Connection, order: OrderId, parcel: int, campaign: Campaign, why: str, now: datetime
) -> Message | None:
    """Let a parcel go without a card that can't be filled in, and return what its packer must be told.

    Raises ParcelHeld where the campaign rather keeps the parcel.
    """
    detail = _detail("seal", parcel, campaign.name, why)
    if campaign.broken is Broken.BLOCK and not waived(connection, order, ExceptionKind.INSERT, detail):
        raise ParcelHeld(
            order, ExceptionKind.INSERT, say("insert.refused", campaign=campaign.name, why=why), detail
        )
    if campaign.broken is not Broken.WARN:
        return None
    exceptions.report(connection, ExceptionKind.INSERT, order, detail, now)
    return say("insert.without", campaign=campaign.name, why=why)


def out_of_coupons(
    connection: Connection, order: OrderId, parcel: int, campaign: Campaign, now: datetime
) -> Message | None:
    """Let a parcel go without a card whose series has no coupon left, as in `not_made`.

    Packer and lead are warned once, and again after the lead has resolved it: a series ends for every parcel after it.
    """
    why = f"no coupon of series {campaign.series} is left"
    if campaign.broken is Broken.WARN:
        known = (
            row.detail for row in exceptions.open_exceptions(connection) if row.kind == ExceptionKind.INSERT
        )
        if any((one["campaign"], one["why"]) == (campaign.name, why) for one in known):
            return None
    return not_made(connection, order, parcel, campaign, why, now)


def check_printed(connection: Connection, order: OrderId, parcel: int, now: datetime) -> Message | None:
    """Look after the card of a parcel whose label is on the box; returns what the packer must be told.

    Raises ParcelHeld when it isn't on paper and its campaign rather keeps the parcel.
    """
    given = campaigns.in_parcel(connection, order, parcel)
    if given is None:
        return None
    campaign = campaign_of(given.body)
    state, cause = _job_state(connection, order, parcel)
    if campaign.broken is Broken.SKIP or state in _PRINTED:
        return None
    detail = _detail("label", parcel, campaign.name, cause)
    why = printer_trouble(cause) or say(f"ui.job.{state.value}")
    if campaign.broken is Broken.BLOCK:
        if waived(connection, order, ExceptionKind.INSERT, detail):
            return None
        message = say("insert.owed", campaign=campaign.name, parcel=parcel, why=why)
        raise ParcelHeld(order, ExceptionKind.INSERT, message, detail if state in _GIVEN_UP else None)
    if state not in _GIVEN_UP:
        return None
    exceptions.report(connection, ExceptionKind.INSERT, order, detail, now)
    return say("insert.missed", campaign=campaign.name, parcel=parcel, why=why)


def _job_state(connection: Connection, order: OrderId, parcel: int) -> tuple[PrintJobState, str]:
    jobs = [
        row for row in print_jobs.jobs_of(connection, order)
        if row.parcel.number == parcel and row.document == "insert"
    ]  # fmt: skip
    newest = max(jobs, key=lambda row: row.revision, default=None)
    if newest is None:
        return PrintJobState.FAILED, "not queued"
    return newest.state, newest.detail or newest.state.value


def _detail(step: str, parcel: int, campaign: str, why: str) -> dict[str, object]:
    return {"step": step, "parcel": parcel, "campaign": campaign, "why": why[:300]}
