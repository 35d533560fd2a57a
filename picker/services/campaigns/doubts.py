"""What a lead should look at again before a campaign goes out: who it reaches, and what paper can't show."""

import re

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
_HOLE = re.compile(r"\{[{%#].*?[}%#]\}", re.DOTALL)
_MARKED = {
    "bold or slanted text": re.compile(r"\*\*[^*\n]+\*\*|__[^_\n]+__|(?<![\w*])\*[^*\s][^*\n]*\*(?![\w*])"),
    "a link": re.compile(r"(?<!!)\[[^\]\n]+\]\([^)\n]*\)"),
    "HTML": re.compile(
        r"</?(?:b|i|u|a|p|br|em|strong|span|div|img|h[1-6]|ul|ol|li)\b[^>\n]*>", re.IGNORECASE
    ),
}
"""What templates of other programs know and a card's doesn't."""
_CALLED = {
    "sku": "no product was ever called",
    "category": "no goods are of the category",
    "tag": "no customer has the tag",
    "tier": "no customer is of the tier",
    "channel": "no order came from",
}


def doubts(connection: Connection, campaign: Campaign) -> list[str]:
    """Return in words why a campaign may reach nobody, and what of its card paper would show as it stands."""
    return [*_reach(connection, campaign), *on_paper(campaign)]


def on_paper(campaign: Campaign) -> list[str]:
    """Return in words what no font has, and what would be printed with its marks: bold, links, HTML."""
    from printing.fonts import font_of
    from printing.text import clean

    doubts = []
    for language, template in campaign.templates.items():
        shown = clean(_HOLE.sub("", template), len(template) + 1)
        missing = "".join(dict.fromkeys(char for char in shown if not font_of(char)))
        if missing:
            doubts.append(f"Its card in {language!r} has characters that can't be printed: {missing}")
        for what, pattern in _MARKED.items():
            if marked := pattern.search(_HOLE.sub("x", template)):
                doubts.append(f"Its card in {language!r} prints {what} as it stands: {marked[0][:40]}")
    return doubts


def _reach(connection: Connection, campaign: Campaign) -> list[str]:
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
        tagged = select(Customer.__table__.c.id).where(tags.contains(wanted, autoescape=True))
        return connection.execute(tagged.limit(1)).first() is not None
    columns = _KNOWN[named.kind]
    queries = [
        select(column).where(or_(column == named.value, func.lower(column) == wanted)) for column in columns
    ]
    return any(connection.execute(query.limit(1)).first() is not None for query in queries)
