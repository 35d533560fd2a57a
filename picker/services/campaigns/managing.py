"""What the lead's screens ask about campaigns, and what they decide; every call may take as long as a disk does."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import TYPE_CHECKING

from data.engine import Database
from data.errors import DataError
from data.store import orders
from data.types import OrderId, ShopId
from picker.errors import Mistake, Unknown
from picker.inserts import (
    Campaign,
    CampaignError,
    Fault,
    TemplateError,
    fault_in_template,
    language_for,
    series_of,
)
from picker.inserts.examples import beginning
from picker.inserts.names import code_of
from picker.services.campaigns import campaigns, coupons
from picker.services.campaigns.campaigns import CampaignLine, Version
from picker.services.campaigns.doubts import doubts
from picker.services.campaigns.dry_run import DryRun, dry_run
from picker.services.campaigns.preview import card_words, preview
from picker.services.campaigns.report import CampaignResult, campaign_report
from picker.services.documents.any_document import NoDocument
from picker.services.leads import NoLead
from picker.services.orders.lookups import order_number

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from printing.documents.inserts import Insert

PAPER = "roll80"
"""The medium that a card is drawn on."""


@dataclass(frozen=True, slots=True)
class Shown:
    """For whom a card is shown: an order, a language ("" is the order's own), and as a picture of so many columns
    (0 asks for its words).
    """

    order: str
    language: str = ""
    columns: int = 0


@dataclass(frozen=True, slots=True)
class Look:
    """What a campaign's text would print, or its faults, or in `trouble` why there is nothing to show."""

    faults: tuple[Fault, ...] = ()
    rows: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    language: str = ""
    languages: tuple[str, ...] = ()
    trouble: str = ""


class ManagedCampaigns:
    """A shop's campaigns, decided about by one person."""

    def __init__(self, db: Database, shop: ShopId, zone: tzinfo, by: str) -> None:
        """`zone` is the warehouse's; `by` is the lead who decides, "" for somebody who may only look."""
        self._db, self._shop, self._zone, self._who = db, shop, zone, by

    @property
    def _by(self) -> str:
        """Raises NoLead for somebody who may only look."""
        if not self._who:
            raise NoLead("To change something, start with: picker lead --by BADGE")
        return self._who

    def lines(self) -> list[CampaignLine]:
        """Return the campaigns, the most urgent first."""
        with self._db.reader.connect() as connection:
            return campaigns.listing(connection, self._shop, self._db.now(connection))

    def switch(self, code: str, on: bool) -> None:
        """Switch a campaign on or off. Raises Unknown; NoLead like everything that changes something."""
        campaigns.switch(self._db, self._shop, code, self._by, on=on)

    def versions(self, code: str) -> list[Version]:
        """Return every version of a campaign, the newest first. Raises Unknown when there is none."""
        with self._db.reader.connect() as connection:
            return campaigns.history(connection, self._shop, code)

    def begin(self, name: str) -> Version:
        """Return a campaign to begin with, which isn't saved yet. Raises Mistake when there is one of that code."""
        code = code_of(name)
        if any(line.code == code for line in self.lines()):
            raise Mistake(f"There is a campaign {code} already; F4 edits it")
        return Version(0, beginning(name), datetime.now(UTC), self._by)

    def add_coupons(self, text: str, count: int) -> str:
        """Make coupons of the series that a campaign's text names, and return its name.

        Raises CampaignError for a text that is no TOML, Mistake for one without a series and a bad count.
        """
        series = series_of(text)
        if not series:
            raise Mistake('This campaign names no series = "…"')
        coupons.generate(self._db, self._shop, series, count, self._by)
        return series

    def restore(self, code: str, number: int) -> int:
        """Let an earlier version count again; returns its new number. Raises CampaignError, Unknown, DataError."""
        return campaigns.restore(self._db, self._shop, code, number, self._by, self._zone)

    def results(self) -> list[CampaignResult]:
        """Return what the campaigns brought."""
        with self._db.reader.connect() as connection:
            return campaign_report(connection, self._shop)

    def rehearse(self, text: str) -> DryRun:
        """Say which waiting orders would get the campaign of a text, saved or not. Raises CampaignError."""
        with self._db.reader.connect() as connection:
            return dry_run(connection, self._shop, self._check(connection, text))

    def newest_order(self) -> str:
        """Return the order that was closed last, the most urgent one while none is; "" without orders."""
        with self._db.reader.connect() as connection:
            return orders.newest(connection, self._shop)

    def look(self, code: str, text: str, shown: Shown) -> Look:
        """Return what a text would print as campaign `code`."""
        number = order_number(self._db, shown.order) if shown.order else OrderId("")
        with self._db.reader.connect() as connection:
            try:
                campaign = self._check(connection, text, code)
            except CampaignError as error:
                return Look(error.faults)
            languages = tuple(campaign.templates)
            if not number:
                trouble = (
                    f"There is no order {shown.order!r}"
                    if shown.order
                    else "There is no order yet to show it for"
                )
                return Look(languages=languages, trouble=trouble)
            try:
                card = preview(connection, campaign, number, language=shown.language)
            except NoDocument as error:
                return Look(languages=languages, trouble=str(error))
            except TemplateError as error:
                spoken = shown.language or orders.row(connection, number).language
                fault = fault_in_template(text, language_for(campaign, spoken), error)
                return Look((fault,), languages=languages)
            doubtful = doubts(connection, campaign)
        rows, notes = _picture(card, shown.columns) if shown.columns else (card_words(card), [])
        return Look((), tuple(rows), (*notes, *doubtful), card.language, languages)

    def save(self, code: str, text: str, seen: int, shown: Shown) -> int:
        """Save a text as the next version of a campaign; returns its number. Raises CampaignError if it has a fault
        or can't be filled in for the order shown, and DataError if the newest version is no longer `seen` (0: none).
        """
        faults = self.look(code, text, shown).faults
        if faults:
            raise CampaignError(list(faults))
        with suppress(Unknown):  # it is new
            newest = self.versions(code)[0]
            if newest.number != seen:
                raise NewerVersion(newest)
        return campaigns.save(self._db, self._shop, text, self._by, self._zone)[1]

    def _check(self, connection: "Connection", text: str, code: str = "") -> Campaign:
        campaign = campaigns.check(connection, self._shop, text, self._zone)
        if code and campaign.code != code:
            lines = enumerate(text.splitlines(), 1)
            line = next((number for number, one in lines if one.lstrip().startswith("code")), 1)
            raise CampaignError([Fault(line, 0, f"code: expected {code!r} to stay, got {campaign.code!r}")])
        return campaign


class NewerVersion(DataError):
    """Somebody else has saved a campaign in the meantime; `version` is theirs."""

    def __init__(self, version: Version) -> None:
        super().__init__(f"{version.saved_by} has saved version {version.number} in the meantime")
        self.version = version


def _picture(card: "Insert", columns: int) -> tuple[Sequence[str], list[str]]:
    """(rows of half blocks, what the paper doesn't show as meant)."""
    from printing.media import medium
    from printing.preview import to_text
    from printing.rendering import render

    picture = render(card, medium(PAPER))
    rows = [row for page in picture.pages for row in to_text(page, columns)]
    return rows, [f"{note.kind}: {note.text}" for note in picture.notes]
