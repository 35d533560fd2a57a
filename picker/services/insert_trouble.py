"""An insert that could not be made or printed: what the packer is told, what the lead decides."""

from datetime import datetime

from sqlalchemy import Connection

from data.engine import database_now
from data.store import campaigns, parcels
from picker.flow.messages import Message, say
from picker.inserts import Broken, Campaign, campaign_of

TROUBLE = "insert"
"""The kind of exceptions about inserts."""
_PRINTED = frozenset({"printed", "sent", "verified"})
_GIVEN_UP = frozenset({"failed", "cancelled", "unsure"})


class InsertBlocked(Exception):
    """A parcel that must not go on without its insert; `message` is for the packer.

    `detail` is for the lead's list, `None` while it is only being printed.
    """

    def __init__(self, order: str, message: Message, detail: dict[str, object] | None) -> None:
        super().__init__(order, message)
        self.order, self.message, self.detail = order, message, detail


def not_made(
    connection: Connection, order: str, parcel: int, campaign: Campaign, why: str, now: datetime
) -> Message | None:
    """Let a parcel go without a card that can't be filled in, and return what its packer must be told.

    Raises InsertBlocked where the campaign rather keeps the parcel.
    """
    detail = _detail("seal", parcel, campaign.name, why)
    if campaign.broken is Broken.BLOCK and not _waived(connection, order, detail):
        raise InsertBlocked(order, say("insert.refused", campaign=campaign.name, why=why), detail)
    if campaign.broken is not Broken.WARN:
        return None
    parcels.report(connection, TROUBLE, order, detail, now)
    return say("insert.without", campaign=campaign.name, why=why)


def out_of_coupons(
    connection: Connection, order: str, parcel: int, campaign: Campaign, now: datetime
) -> Message | None:
    """Let a parcel go without a card whose series has no coupon left, as in `not_made`.

    Packer and lead are warned once, and again after the lead has resolved it: a series ends for every parcel after it.
    """
    why = f"no coupon of series {campaign.series} is left"
    if campaign.broken is Broken.WARN:
        known = (row.detail for row in parcels.open_exceptions(connection) if row.kind == TROUBLE)
        if any((one["campaign"], one["why"]) == (campaign.name, why) for one in known):
            return None
    return not_made(connection, order, parcel, campaign, why, now)


def check_printed(connection: Connection, order: str, parcel: int, now: datetime) -> Message | None:
    """Look after the card of a parcel whose label is on the box; returns what the packer must be told.

    Raises InsertBlocked when it isn't on paper and its campaign rather keeps the parcel.
    """
    given = campaigns.in_parcel(connection, order, parcel)
    if given is None:
        return None
    campaign = campaign_of(given.body)
    state, why = _job_state(connection, order, parcel)
    if campaign.broken is Broken.SKIP or state in _PRINTED:
        return None
    detail = _detail("label", parcel, campaign.name, why)
    if campaign.broken is Broken.BLOCK:
        if _waived(connection, order, detail):
            return None
        message = say("insert.owed", campaign=campaign.name, parcel=parcel, why=why)
        raise InsertBlocked(order, message, detail if state in _GIVEN_UP else None)
    if state not in _GIVEN_UP:
        return None
    parcels.report(connection, TROUBLE, order, detail, now)
    return say("insert.missed", campaign=campaign.name, parcel=parcel, why=why)


def report_block(connection: Connection, blocked: InsertBlocked) -> None:
    """Put a parcel that is kept on the lead's list, once; resolving it there lets the parcel go."""
    if blocked.detail is None:
        return
    rows = parcels.open_exceptions(connection, blocked.order)
    if not any(row.kind == TROUBLE and _same(row.detail, blocked.detail) for row in rows):
        parcels.report(connection, TROUBLE, blocked.order, blocked.detail, database_now(connection))


def _job_state(connection: Connection, order: str, parcel: int) -> tuple[str, str]:
    jobs = [
        row for row in parcels.jobs_of(connection, order)
        if row.parcel == parcel and row.document == "insert"
    ]  # fmt: skip
    newest = max(jobs, key=lambda row: row.revision, default=None)
    return (newest.state, newest.detail or newest.state) if newest is not None else ("failed", "not queued")


def _detail(step: str, parcel: int, campaign: str, why: str) -> dict[str, object]:
    return {"step": step, "parcel": parcel, "campaign": campaign, "why": why[:300]}


def _same(one: dict[str, object], other: dict[str, object]) -> bool:
    return all(one.get(name) == other.get(name) for name in ("step", "parcel", "campaign"))


def _waived(connection: Connection, order: str, detail: dict[str, object]) -> bool:
    """Whether a lead has let the parcel go without, by resolving its exception."""
    rows = parcels.resolved_exceptions(connection, order, TROUBLE)
    return any(_same(row.detail, detail) for row in rows)
