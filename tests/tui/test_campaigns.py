"""The lead's campaigns: switched, edited beside a live card, rehearsed, put back; all by keys."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import UTC
from pathlib import Path

import pytest
from textual.events import Key
from textual.pilot import Pilot

from data.engine import Database
from data.tables import Customer
from data.types import ShopId
from picker.services.campaigns import campaigns
from picker.services.campaigns.managing import ManagedCampaigns
from picker.tui.lead import LeadApp
from picker.tui.screens.campaigns_edit import EditScreen
from tests.contracts.shop import add_order, change, open_shop
from tests.contracts.test_campaigns import pack, save
from tests.tui.screen import text_of, until
from tests.tui.test_lead import REPORT

Going = tuple[LeadApp, Pilot[None]]


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with open_shop(f"sqlite:///{tmp_path / 'lead.db'}") as database:
        change(database, Customer, {"id": "c1"}, marketing_consent=True)
        save(database, "card", body="Order {{ order }} is yours.")
        pack(database, "O-1")
        add_order(database, "O-2", {"TEA": 1}, language="pl")
        yield database


@asynccontextmanager
async def opened(db: Database, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Going]:
    """The list of campaigns, read."""
    app = LeadApp(lambda: REPORT, ManagedCampaigns(db, ShopId("default"), UTC, "LEAD"))
    async with app.run_test(size=size) as pilot:
        await pilot.press("f2")
        await until(pilot, lambda: "▶" in text_of(app))
        yield app, pilot


async def shows(going: Going, *words: str) -> str:
    """Wait until all of this is on the screen."""
    app, pilot = going
    try:
        await until(pilot, lambda: all(word in text_of(app) for word in words))
    except AssertionError:
        pytest.fail(f"expected {words} in\n{text_of(app)}")
    return text_of(app)


async def edited(going: Going, text: str) -> EditScreen:
    """Open the editor and replace what stands in it."""
    app, pilot = going
    await pilot.press("f4")
    await shows(going, "EDIT card", "Order O-1 is yours.")
    screen = app.screen
    assert isinstance(screen, EditScreen)
    screen._area.load_text(text)
    return screen


def body(db: Database, number: int = 0) -> str:
    """The text of the newest version, or of another one."""
    with db.reader.connect() as connection:
        found = campaigns.history(connection, ShopId("default"), "card")
    return found[0].text if not number else next(one.text for one in found if one.number == number)


def go(db: Database, do: Callable[[Going], Awaitable[None]], size: tuple[int, int] = (80, 24)) -> None:
    async def run() -> None:
        async with opened(db, size) as going:
            await do(going)

    asyncio.run(run())


def is_on(db: Database) -> bool:
    with db.reader.connect() as connection:
        return campaigns.listing(connection, ShopId("default"), db.now(connection))[0].active


@pytest.mark.parametrize("key", ["space", "f2"])
def test_switching_asks_for_the_same_key_again(db: Database, key: str) -> None:
    async def do(going: Going) -> None:
        _, pilot = going
        await shows(going, "card", "ON", "everybody")
        await pilot.press(key)
        await shows(going, "again switches card OFF")
        await pilot.press("escape", key)
        await pilot.pause()
        assert is_on(db)
        await pilot.press(key)
        await shows(going, "card is off")
        assert not is_on(db)
        await shows(going, "● OFF")
        await pilot.press(key, key)
        await shows(going, "✔ ON", "card is on")
        assert is_on(db)

    go(db, do)


def test_a_fault_is_shown_with_its_place_and_is_not_saved(db: Database) -> None:
    before = body(db)

    async def do(going: Going) -> None:
        _, pilot = going
        screen = await edited(going, before.replace("{{ order }}", "{{ nobody }}"))
        await shows(going, "line 9: template en: 'nobody' is not known", "as it was before the fault")
        await pilot.press("f2")
        await shows(going, "NOT SAVED", "line 9")
        assert body(db) == before
        await pilot.press("f8")
        await pilot.pause()
        assert screen._area.cursor_location == (8, 0)
        screen._area.load_text(before.replace("name =", "name = ="))
        await pilot.press("f2")
        await shows(going, "line 2, column 8: this is no TOML")
        await pilot.press("f8")
        await pilot.pause()
        assert screen._area.cursor_location == (1, 7)
        screen._area.load_text(before.replace('"card"', '"other"'))
        await pilot.press("f2")
        await shows(going, "line 1: code: expected 'card' to stay")
        assert body(db) == before

    go(db, do)


def test_a_card_that_cannot_be_filled_in_is_a_fault_on_its_line(db: Database) -> None:
    before = body(db)

    async def do(going: Going) -> None:
        _, pilot = going
        await edited(going, before.replace("{{ order }}", "{{ orders // 0 }}"))
        await shows(going, "line 9: template en:")
        await pilot.press("f2")
        await shows(going, "NOT SAVED", "line 9: template en:")
        assert body(db) == before

    go(db, do)


def test_typing_changes_the_card_and_saving_the_version(db: Database) -> None:
    async def do(going: Going) -> None:
        app, pilot = going
        screen = await edited(going, body(db))
        screen._area.move_cursor((8, 0))
        await pilot.press(*"Hi", "space", "[", "/", "]", "x", "backspace")
        await shows(going, "Hi [/]Order O-1 is", "changed, not saved")
        await pilot.press("f2")
        await shows(going, "Version 2 is saved", "version 2")
        assert "Hi [/]Order {{ order }}" in body(db)
        await pilot.press("f2")
        await shows(going, "Nothing was changed")
        await pilot.press("escape")
        await shows(going, "version 2, saved", "by LEAD")
        assert not isinstance(app.screen, EditScreen)

    go(db, do)


def test_what_is_typed_before_the_key_is_saved_with_it(db: Database) -> None:
    async def do(going: Going) -> None:
        _, pilot = going
        screen = await edited(going, body(db))
        screen._area.move_cursor((8, 0))
        await pilot.press(*"soon", "f2")
        await shows(going, "Version 2 is saved")
        assert "soonOrder" in body(db)

    go(db, do)


def test_keys_that_come_all_at_once_go_where_they_belong(db: Database) -> None:
    before = body(db)

    async def do(going: Going) -> None:
        app, _ = going
        screen = await edited(going, before)
        screen._area.move_cursor(screen._area.document.end)
        for key in ("#", "f6", *"O-2", "enter"):
            app.post_message(Key(key, key if len(key) == 1 else None))
        await shows(going, "O-2, pl", "Order O-2 is yours.")
        assert screen._area.text == f"{before}#"

    go(db, do)


def test_unsaved_text_is_not_lost_without_a_word(db: Database) -> None:
    async def do(going: Going) -> None:
        app, pilot = going
        screen = await edited(going, body(db).replace("Card card", "Other"))
        await shows(going, "changed, not saved")
        await pilot.press("escape")
        await shows(going, "WITHOUT SAVING")
        await pilot.press("f7", "escape")
        await shows(going, "WITHOUT SAVING")
        assert app.screen is screen
        await pilot.press("escape")
        await shows(going, "Card card")
        assert "Other" not in body(db)

    go(db, do)


def test_somebody_else_s_version_is_not_covered_unseen(db: Database) -> None:
    async def do(going: Going) -> None:
        _, pilot = going
        await edited(going, body(db).replace("is yours", "is mine"))
        text = body(db).replace("is yours", "is ours")
        campaigns.save(db, ShopId("default"), text, "OTHER", UTC)
        await pilot.press("f2")
        await shows(going, "OTHER has saved version 2")
        assert body(db) == text
        await pilot.press("f2")
        await shows(going, "Version 3 is saved")
        assert "is mine" in body(db)

    go(db, do)


def test_the_card_follows_order_and_language(db: Database) -> None:
    async def do(going: Going) -> None:
        _, pilot = going
        await edited(going, body(db))
        await shows(going, "O-1, en", "# card for Kim")
        await pilot.press("f7", "f7")
        await shows(going, "O-1, pl", "# card dla Kim")
        await pilot.press("f7")
        await shows(going, "O-1, en", "# card for Kim")
        await pilot.press("f6", *"O-22", "backspace")
        await shows(going, "which order? O-2▏")
        await pilot.press("enter")
        await shows(going, "O-2, pl", "Order O-2 is yours.")
        await pilot.press("f6", *"O-9", "enter")
        await shows(going, "There is no order 'O-9'")

    go(db, do)


def test_the_card_as_paper(db: Database) -> None:
    async def do(going: Going) -> None:
        _, pilot = going
        await edited(going, body(db))
        await pilot.press("f3")
        assert "{{ order }}" not in await shows(going, "█", "▀", "back to the text")
        await pilot.press("x", "down", "escape")
        text = await shows(going, "{{ order }}", "Order O-1 is yours.")
        assert "not saved" not in text

    go(db, do)


def test_a_rehearsal_of_the_list_and_of_unsaved_text(db: Database) -> None:
    async def do(going: Going) -> None:
        _, pilot = going
        await pilot.press("f5")
        await shows(going, "1 of 1 waiting orders would get it")
        await pilot.press("escape")
        await edited(going, body(db).replace("who = ''", "who = 'order == 1'"))
        await pilot.press("f5")
        await shows(going, "0 of 1 waiting orders", "1  its rule means others")
        await pilot.press("escape")
        await shows(going, "EDIT card", "order == 1")

    go(db, do)


def test_an_earlier_version_is_put_back(db: Database) -> None:
    first = body(db)
    campaigns.save(db, ShopId("default"), first.replace("yours", "[red]ours"), "BORIS", UTC)

    async def do(going: Going) -> None:
        _, pilot = going
        await pilot.press("f9")
        await shows(going, "counts now", "BORIS", "LEAD", "[red]ours")
        await pilot.press("enter")
        await shows(going, "Version 2 is the one that counts now")
        await pilot.press("down")
        await shows(going, "is yours.")
        await pilot.press("enter")
        await shows(going, "Version 3 is what version 1 was")
        assert body(db) == first
        await pilot.press("escape")
        await shows(going, "version 3, saved")

    go(db, do)


def test_results_by_group(db: Database) -> None:
    async def do(going: Going) -> None:
        _, pilot = going
        await pilot.press("f10")
        text = await shows(going, "WHAT CAMPAIGNS BROUGHT", "control")
        test = next(row for row in text.splitlines() if row.strip().startswith("test"))
        assert test.split()[1:3] == ["1", "1"]

    go(db, do)


def test_a_new_campaign_is_begun_written_and_saved(db: Database) -> None:
    async def do(going: Going) -> None:
        app, pilot = going
        await pilot.press("f7", *"Cardd", "backspace", "enter")
        await shows(going, "There is a campaign card already")
        await pilot.press("f7", "x", "escape")
        await pilot.press("f7", *"2nd", "space", *"PL")
        await shows(going, "What is the new campaign called? 2nd PL▏")
        await pilot.press("enter")
        await shows(going, "EDIT 2nd-pl", "changed, not saved", "# Hello Kim!")
        screen = app.screen
        assert isinstance(screen, EditScreen)
        text = screen._area.text.replace('who = ""', "who = 'order == 2 and country == \"PL\"'")
        text = text.replace("# series", "series").replace("Thank you", "[coupon: 10 %]\nThank you")
        screen._area.load_text(text)
        await pilot.press("f2")
        await shows(going, "NOT SAVED", "there is no coupon series '2nd-pl'")
        await pilot.press("f9", "x", "enter")
        await shows(going, "Expected a number, got x")
        await pilot.press("f9", *"25", "enter")
        await shows(going, "25 coupons were made for series 2nd-pl", "10 %")
        await pilot.press("f2")
        await shows(going, "Version 1 is saved")
        await pilot.press("escape")
        await shows(going, "2nd-pl", "● OFF")
        with db.reader.connect() as connection:
            (line,) = [
                one
                for one in campaigns.listing(connection, ShopId("default"), db.now(connection))
                if one.coupons
            ]
        assert (line.code, line.name, line.coupons, line.saved_by) == ("2nd-pl", "2nd PL", 25, "LEAD")

    go(db, do)


def test_what_can_be_written_is_shown_beside_the_text(db: Database) -> None:
    async def do(going: Going) -> None:
        _, pilot = going
        await edited(going, body(db))
        await pilot.press("f1")
        await shows(going, "WHAT CAN BE WRITTEN", 'who = "order == 1"', "What a campaign has")
        await pilot.press("escape")
        await shows(going, "EDIT card")

    go(db, do)


def test_who_is_no_lead_may_only_look(db: Database) -> None:
    async def run() -> None:
        app = LeadApp(lambda: REPORT, ManagedCampaigns(db, ShopId("default"), UTC, ""))
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.press("f2")
            await until(pilot, lambda: "▶" in text_of(app))
            await pilot.press("f2", "f2")
            await shows((app, pilot), "picker lead --by BADGE")
            assert is_on(db)
            await pilot.press("f7", "x", "enter")
            await shows((app, pilot), "picker lead --by BADGE")

    asyncio.run(run())


def test_nothing_in_a_text_reaches_the_terminal_and_all_of_it_is_kept(db: Database) -> None:
    evil = body(db).replace("is yours.", "[red]\u202e\x9b2J[/")

    async def do(going: Going) -> None:
        screen = await edited(going, evil)
        text = await shows(going, "[red]\ufffd\ufffd2J[/", "changed")
        assert not {"\u202e", "\x9b"} & set(text)
        assert screen._area.text == evil

    go(db, do)


@pytest.mark.parametrize("size", [(40, 12), (120, 40)])
def test_other_sizes(db: Database, size: tuple[int, int]) -> None:
    async def do(going: Going) -> None:
        _, pilot = going
        await shows(going, "card", "ON")
        await pilot.press("f4")
        await shows(going, "EDIT", "code")
        await pilot.press("f3")
        await shows(going, "█")
        await pilot.press("escape", "escape", "f9")
        await shows(going, "VERSIONS", "counts")

    go(db, do, size)


def test_a_database_that_is_away_is_told(db: Database) -> None:
    class Away(ManagedCampaigns):
        def switch(self, code: str, on: bool) -> None:
            raise OSError("no route to host")

    async def run() -> None:
        app = LeadApp(lambda: REPORT, Away(db, ShopId("default"), UTC, "LEAD"))
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.press("f2")
            await until(pilot, lambda: "▶" in text_of(app))
            await pilot.press("f2", "f2")
            await shows((app, pilot), "no route to host")

    asyncio.run(run())
