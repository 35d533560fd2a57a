"""What a lead should look at again before a campaign goes out: a rule that can match nobody in this shop."""

from sqlalchemy import Connection, func, or_, select

from data.tables import Customer, Order, Product, Purchase
from picker.inserts import Campaign
from picker.inserts.reach import Named, named_by, reaches_nobody

_KNOWN = {
    "sku": [Product.__table__.c.sku, Purchase.__table__.c.sku],
    "category": [Product.__table__.c.category, Purchase.__table__.c.category],
    "tier": [Customer.__table__.c.tier],
    "channel": [Order.__table__.c.source],
}
"""Where the things that a rule may name stand, by their kind; a buyer's tags stand in one text."""
_CALLED = {
    "sku": "no product was ever called",
    "category": "no goods are of the category",
    "tag": "no customer has the tag",
    "tier": "no customer is of the tier",
    "channel": "no order came from",
}


def doubts(connection: Connection, campaign: Campaign) -> list[str]:
    """Return in words why a campaign may reach nobody; nothing when its rule can be met."""
    if reaches_nobody(campaign.who):
        return [f"Nobody can ever meet its rule {campaign.who.text!r}."]
    named = sorted(named_by(campaign.who), key=lambda one: (one.kind, one.value))
    return [
        f"Its rule asks for {one.value!r}, but {_CALLED[one.kind]} that."
        for one in named
        if not _is_known(connection, one)
    ]


def _is_known(connection: Connection, named: Named) -> bool:
    """Whether there is such a thing; words are compared without regard to capitals, as rules do."""
    wanted = named.value.strip().lower()
    if named.kind == "tag":
        tags = func.lower(Customer.__table__.c.tags)
        found = select(Customer.__table__.c.id).where(tags.contains(wanted, autoescape=True))
        return connection.execute(found.limit(1)).first() is not None
    columns = _KNOWN[named.kind]
    queries = [
        select(column).where(or_(column == named.value, func.lower(column) == wanted)) for column in columns
    ]
    return any(connection.execute(query.limit(1)).first() is not None for query in queries)
