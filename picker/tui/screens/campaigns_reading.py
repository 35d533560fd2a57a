"""Two sheets to read: the rehearsal of a campaign, and what campaigns brought."""

import asyncio
from collections.abc import Callable, Sequence

from textual import work
from textual.app import ComposeResult

from picker.amounts import amount
from picker.inserts.terms import BLOCKS, KEYS, PLACEHOLDERS, RULES
from picker.locale.messages import word
from picker.services.campaigns.dry_run import REASONS, DryRun
from picker.services.campaigns.report import CampaignResult, GroupResult
from picker.tui.ink import BLANK, Ink, Line, pad
from picker.tui.panes.campaigns import SheetPane
from picker.tui.screens.campaigns_base import CampaignScreen, step_of


class ReadingScreen(CampaignScreen):
    """Lines that take a while to find out; they are found out off the screen's thread."""

    def __init__(self, title: str, find: Callable[[], Sequence[Line]]) -> None:
        super().__init__(title, word("ui.lead.campaigns.reading_keys"))
        self._find = find
        self._sheet = SheetPane("campaigns-reading")

    def compose(self) -> ComposeResult:
        yield from (self.head, self._sheet, self.foot)

    def on_mount(self) -> None:
        """Find out."""
        self.head.show("…")
        self._load()

    def press(self, key: str) -> None:
        """Move, or go back."""
        if key == "escape":
            self.app.pop_screen()
        elif step := step_of(key):
            self._sheet.move(step)

    @work(exit_on_error=False)
    async def _load(self) -> None:
        with self.telling():
            self._sheet.show(await asyncio.to_thread(self._find))
        self.head.show("")


def rehearsal_lines(rehearsal: DryRun) -> list[Line]:
    """Return how many waiting orders would get a campaign, and why the others would not."""
    get = word("ui.lead.campaigns.get", get=rehearsal.get, count=rehearsal.orders)
    reasons: list[Line] = [
        ((f" {count:>7}  ", Ink.CHECK), (REASONS[reason], Ink.PLAIN))
        for reason, count in rehearsal.reasons.items()
    ]
    return [BLANK, ((f" {get}", Ink.OK if rehearsal.get else Ink.CHECK),), BLANK, *reasons]


def term_lines() -> list[Line]:
    """Return what may be written in a campaign, in the rule and in the templates."""
    lines: list[Line] = []
    for title, terms in (
        ("keys", KEYS),
        ("rules", RULES),
        ("blocks", BLOCKS),
        ("placeholders", PLACEHOLDERS),
    ):
        lines.append(((f" {word(f'ui.lead.campaigns.terms.{title}')}", Ink.BOLD),))
        for term, meaning in terms:
            lines += [((f"   {term}", Ink.CHECK),), ((f"       {meaning}", Ink.PLAIN),)]
        lines.append(BLANK)
    return lines


def result_lines(results: Sequence[CampaignResult]) -> list[Line]:
    """Return what campaigns brought, by test and control group."""
    lines: list[Line] = []
    for result in results:
        lines += [((f" {result.code}", Ink.BOLD), (f"  {result.name}", Ink.DIM))]
        lines += [((f"   {_redeemed(result)}", Ink.PLAIN),)]
        lines += [((f"   {word('ui.lead.campaigns.groups')}", Ink.DIM),)]
        lines += [
            _group("test", result.test, result.decimals),
            _group("control", result.control, result.decimals),
            BLANK,
        ]
    return lines or [((f" {word('ui.lead.campaigns.none')}", Ink.BOLD),)]


def _redeemed(result: CampaignResult) -> str:
    key = "redeemed_for" if result.redeemed_cents else "redeemed"
    redeemed = amount(result.redeemed_cents, result.decimals)
    words = word(f"ui.lead.campaigns.{key}", count=result.redeemed, amount=redeemed)
    parts = (("broken", result.broken), ("unprinted", result.unprinted))
    return ", ".join(
        [words, *(word(f"ui.lead.campaigns.{name}", count=count) for name, count in parts if count)]
    )


def _group(name: str, group: GroupResult, places: int) -> Line:
    each = "–" if group.cents_per_customer is None else amount(group.cents_per_customer, places)
    columns = (
        (str(group.parcels), 9),
        (str(group.customers), 11),
        (str(group.orders_after), 14),
        (amount(group.cents_after, places), 13),
        (each, 14),
    )
    cells = "".join(pad(text, width, right=True) for text, width in columns)
    return ((f"   {pad(word(f'ui.lead.campaigns.{name}'), 8)}", Ink.CHECK), (cells, Ink.PLAIN))
