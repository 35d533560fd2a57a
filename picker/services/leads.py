"""Who decides for the shop: a lead, known by the badge or by the id."""

from sqlalchemy import Connection

from data.store import lookup
from data.types import CodeKind, WorkerId
from picker.errors import Unknown
from scanning.codes import lookup_key


class NoLead(Unknown):
    """Nobody who may decide; the message says who may."""


def with_badge(connection: Connection, badge: str) -> WorkerId:
    """Return the id of the lead whose badge this is, "" for anybody else's."""
    leads = lookup.leads(connection)
    named = (match for match in lookup.matches(connection, lookup_key(badge)) if match.ref in leads)
    return WorkerId(next((match.ref for match in named if match.kind is CodeKind.WORKER), ""))


def who_decides(connection: Connection, given: str) -> WorkerId:
    """Return the id of the lead with this badge or id; with "" of the only one there is. Raises NoLead."""
    leads = lookup.leads(connection)
    if not given and len(leads) == 1:
        return leads[0]
    named = [lead for lead in leads if lead == given]
    lead = named[0] if named else with_badge(connection, given) if given else WorkerId("")
    if not lead:
        known = f"the badge or id of a lead ({', '.join(leads) or 'there is none'})"
        raise NoLead(
            f"--by: expected {known}, got {given[:60]!r}" if given else f"Say who decides: --by, {known}"
        )
    return lead
