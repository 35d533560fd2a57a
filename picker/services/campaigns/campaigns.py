"""Campaigns as a lead keeps them: listed, saved with every version, switched on and off, put back."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, tzinfo
from enum import StrEnum
from io import BytesIO

from sqlalchemy import Connection

from data.engine import Database
from data.errors import DataError
from data.store import campaigns, coupons, setup
from data.types import ShopId
from picker.errors import Mistake, Unknown
from picker.inserts import Campaign, Shelf, read_campaign
from picker.inserts.examples import EXAMPLES
from picker.services.campaigns.inserts import readable

LARGEST_PICTURE = 300_000
"""Bytes: a picture travels with every print job of its campaign."""
MOST_DOTS = 16_000_000


class CampaignState(StrEnum):
    """Whether a campaign is being printed now, and if not, why."""

    ON = "on"
    OFF = "off"
    NOT_YET = "not yet"
    OVER = "over"
    BUDGET = "budget used up"
    NO_CODES = "no coupons left"
    UNREADABLE = "can't be read"
    """A newer program wrote it, or it names a country or a fact that there isn't."""


@dataclass(frozen=True, slots=True)
class CampaignLine:
    """A campaign in a list: its newest version, and what became of it so far."""

    code: str
    name: str
    state: CampaignState
    active: bool
    version: int
    who: str
    priority: int
    printed: int
    redeemed: int
    saved_at: datetime
    saved_by: str
    switched_at: datetime | None
    switched_by: str
    coupons: int | None
    """Codes that can still be given; None for a campaign without coupons."""

    def to_json(self) -> dict[str, object]:
        """Return JSON values."""
        switched = self.switched_at.isoformat() if self.switched_at else None
        times = {"saved_at": self.saved_at.isoformat(), "switched_at": switched}
        return {**asdict(self), "state": self.state.value, **times}


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a campaign: its file's text, when it was saved, and by whom."""

    number: int
    text: str
    saved_at: datetime
    saved_by: str

    def to_json(self) -> dict[str, object]:
        """Return JSON values."""
        return {
            "version": self.number,
            "saved_at": self.saved_at.isoformat(),
            "saved_by": self.saved_by,
            "text": self.text,
        }


def listing(connection: Connection, shop: ShopId, now: datetime) -> list[CampaignLine]:
    """Return a shop's campaigns, the most urgent first."""
    redeemed = coupons.redeemed_by_campaign(connection, shop)
    free = {row.series: row.coupons for row in coupons.counts(connection, shop) if row.state == "free"}
    rows = campaigns.every(connection, shop)
    known = {row.code: campaign for campaign, row in readable(rows)}
    lines = []
    for row in rows:
        campaign = known.get(row.code)
        left = free.get(campaign.series, 0) if campaign and campaign.series else None
        lines.append(
            CampaignLine(
                row.code,
                row.name,
                _state(campaign, row.active, row.printed, left, now),
                row.active,
                row.version,
                campaign.who.text if campaign else "",
                campaign.priority if campaign else 0,
                row.printed,
                redeemed.get(row.code, (0, 0))[0],
                row.saved_at,
                row.saved_by,
                row.switched_at,
                row.switched_by,
                left,
            )
        )
    return sorted(lines, key=lambda line: -line.priority)


def _state(
    campaign: Campaign | None, active: bool, printed: int, left: int | None, now: datetime
) -> CampaignState:
    if not active:
        return CampaignState.OFF
    if campaign is None:
        return CampaignState.UNREADABLE
    if campaign.starts is not None and now < campaign.starts:
        return CampaignState.NOT_YET
    if campaign.ends is not None and now >= campaign.ends:
        return CampaignState.OVER
    if campaign.budget is not None and printed >= campaign.budget:
        return CampaignState.BUDGET
    if left == 0:
        return CampaignState.NO_CODES
    return CampaignState.ON


def history(connection: Connection, shop: ShopId, code: str) -> list[Version]:
    """Return every version of a campaign, the newest first. Raises Unknown when there is none."""
    rows = campaigns.history(connection, shop, code)
    if not rows:
        raise Unknown(f"There is no campaign {code!r}.")
    return [Version(row.version, row.body, row.saved_at, row.saved_by) for row in rows]


def check(connection: Connection, shop: ShopId, text: str, zone: tzinfo) -> Campaign:
    """Return the campaign that a text holds. Raises CampaignError with the place of everything that is wrong.

    Also wrong are a coupon series and pictures that the shop doesn't have.
    """
    names = (row.name for row in campaigns.picture_list(connection, shop))
    shelf = Shelf(frozenset(coupons.series_names(connection, shop)), frozenset(names))
    return read_campaign(text, zone, shelf)


def save(db: Database, shop: ShopId, text: str, by: str, zone: tzinfo) -> tuple[Campaign, int]:
    """Save a campaign as its next version; a new one is made, switched off. Returns it and its version's number.

    The text of the newest version again changes nothing. Raises CampaignError, before anything is saved, and
    DataError when there is no such shop.
    """
    with db.writer.begin() as connection:
        if not setup.lock(connection, shop):
            raise DataError(f"There is no shop {shop!r}.")
        campaign = check(connection, shop, text, zone)
        return campaign, _add(connection, shop, campaign, text, by, db.now(connection))


def _add(connection: Connection, shop: ShopId, campaign: Campaign, text: str, by: str, now: datetime) -> int:
    """The number of the version."""
    before = campaigns.one(connection, shop, campaign.code)
    if before is not None and before.body == text:
        return int(before.version)
    version = before.version + 1 if before is not None else 1
    new = campaigns.NewVersion(
        shop, campaign.code, campaign.name, version, text, campaign.starts, campaign.ends
    )
    campaigns.add_version(connection, new, by, now)
    return version


def restore(db: Database, shop: ShopId, code: str, number: int, by: str, zone: tzinfo) -> int:
    """Make an earlier version count again, as a new one; returns its number. Raises Unknown or as `save`."""
    with db.reader.connect() as connection:
        known = {version.number: version.text for version in history(connection, shop, code)}
    if number not in known:
        raise Unknown(f"Campaign {code!r} has versions 1 to {max(known)}, not {number}.")
    return save(db, shop, known[number], by, zone)[1]


def switch(db: Database, shop: ShopId, code: str, by: str, *, on: bool) -> None:
    """Switch a campaign on or off; stations heed it at their next seal. Raises Unknown when there is none."""
    with db.writer.begin() as connection:
        if not campaigns.switch(connection, shop, code, by, db.now(connection), on=on):
            raise Unknown(f"There is no campaign {code!r}.")


def add_examples(connection: Connection, shop: ShopId, now: datetime, active: Sequence[str]) -> None:
    """Give a new shop campaigns to begin with; those with codes in `active` are switched on."""
    for text in EXAMPLES:
        campaign = read_campaign(text)
        _add(connection, shop, campaign, text, "picker", now)
        campaigns.switch(connection, shop, campaign.code, "picker", now, on=campaign.code in active)


def put_picture(
    db: Database, shop: ShopId, name: str, file: bytes, by: str, *, line_art: bool, width_percent: int
) -> None:
    """Keep a picture for templates, in place of an older one of that name. Raises Mistake for a bad one."""
    _check_picture(name, file)
    with db.writer.begin() as connection:
        now = db.now(connection)
        new = campaigns.NewPicture(shop, name, file, line_art, width_percent)
        campaigns.put_picture(connection, new, by, now)


def _check_picture(name: str, file: bytes) -> None:
    from PIL import Image

    if not name or len(name) > 60 or any(char in "[]" or not char.isprintable() for char in name):
        raise Mistake(f"Picture: expected a name of at most 60 characters without brackets, got {name!r}")
    if len(file) > LARGEST_PICTURE:
        raise Mistake(
            f"Picture {name}: expected at most {LARGEST_PICTURE} bytes, got {len(file)}; make it smaller"
        )
    try:
        with Image.open(BytesIO(file), formats=("PNG", "JPEG")) as picture:
            width, height = picture.size
            if width * height > MOST_DOTS:
                raise Mistake(f"Picture {name}: expected at most {MOST_DOTS} dots, got {width} x {height}")
            picture.load()
    except (OSError, SyntaxError, Image.DecompressionBombError):
        raise Mistake(f"Picture {name}: expected a PNG or JPEG file, got one that can't be read") from None
