"""`python -m tests.pictures` makes the README's pictures anew, beside this file."""

import asyncio
import os
import re
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import select, update
from textual.app import App

from data.demo import seed_demo
from data.engine import Database, open_database
from data.schema import upgrade
from data.store.printers import PrinterWord
from data.tables.work import Event
from data.types import StationId
from picker.flow import Command, CommandName, FlowPolicy, Phase, look
from picker.services.printers.workers import PrintersNow
from picker.services.reports.lead import lead_report
from picker.services.station.station import Station
from picker.tui.app import StationApp
from picker.tui.events import PrintersChanged
from picker.tui.lead import LeadApp
from picker.tui.port import Beside, Opened
from picker.tui.practice import Practice
from scanning.codes import lookup_key
from scanning.parse import parse

HERE = Path(__file__).parent
SIZE = (104, 30)
SHIFT = (("PACK-1", "BADGE1002", 2), ("PACK-2", "BADGE1003", 2), ("PACK-3", "BADGE1004", 1))
"""Stations of the picture's shift, who works there, and how many orders they close."""
_CELL, _SPACE = 12.2, "&#160;"
_LED_BY_SPACES = re.compile(
    r'(?P<start><text class="[^"]*") x="(?P<x>[\d.]+)"(?P<between>[^>]*) textLength="(?P<length>[\d.]+)"'
    r"(?P<end>[^>]*)>(?P<spaces>(?:&#160;)+)(?P<rest>[^<]+)"
)


def main() -> None:
    """Make every picture."""
    os.environ["TZ"] = "UTC"
    with tempfile.TemporaryDirectory() as folder:
        db = open_database(f"{folder}/pictures.sqlite")
        now = datetime.now(UTC).replace(second=0, microsecond=0)
        upgrade(db)
        seed_demo(db, lookup_key, now)
        asyncio.run(_station_pictures(db, now))
        for name, badge, orders in SHIFT:
            _work(Station(db, StationId(name), FlowPolicy()), badge, orders)
            _spread(db, name, now - timedelta(minutes=55), now)
        asyncio.run(_lead_picture(db, now))
        db.dispose()


async def _station_pictures(db: Database, now: datetime) -> None:
    kit = Practice(("BADGE1001",), _goods(db))
    app = StationApp(
        "PACK-4",
        lambda _: Opened(Station(db, StationId("PACK-4"), FlowPolicy()), Beside(practice=kit)),
        practice=True,
        clock=lambda: now,
    )
    async with app.run_test(size=SIZE) as pilot:

        async def press(key: str) -> None:
            await pilot.press(key)
            await _until(lambda: app.model.state is not None and not app.model.unconfirmed)
            await pilot.pause(0.1)

        def phase() -> Phase | None:
            return app.model.view.phase if app.model.view else None

        await _until(lambda: app.model.state is not None)
        app.post_message(PrintersChanged(PrintersNow((PrinterWord("main", "ready", "", 0, 0),), ())))
        for key in ("f11", "f2", "f11"):
            await press(key)
        _save(app, "pick")
        await press("f12")
        _save(app, "wrong")
        while phase() is not Phase.PACKAGING:
            await press("f11")
        _save(app, "packaging")
    app.station_thread.stop()


async def _lead_picture(db: Database, now: datetime) -> None:
    app = LeadApp(lambda: lead_report(db, "UTC", now - timedelta(hours=1), now))
    async with app.run_test(size=SIZE) as pilot:
        await _until(lambda: app.model.report is not None)
        await pilot.pause(0.2)
        _save(app, "lead")


def _save(app: App[None], name: str) -> None:
    """Write the screen as SVG: without fonts from other servers, and with spaces that every viewer keeps."""
    drawn = re.sub(r"@font-face \{.*?\}", "", app.export_screenshot(title="Picker"), flags=re.DOTALL)
    drawn = _LED_BY_SPACES.sub(_moved, drawn).replace("Fira Code", "monospace")
    (HERE / f"{name}.svg").write_text("\n".join(line.rstrip() for line in drawn.splitlines()) + "\n", "utf-8")


def _moved(text: re.Match[str]) -> str:
    """The same text further right, where its leading spaces put it: some viewers drop them."""
    cells = len(text["spaces"]) // len(_SPACE)
    x, length = float(text["x"]) + cells * _CELL, float(text["length"]) - cells * _CELL
    return (
        f'{text["start"]} x="{x:.1f}"{text["between"]} textLength="{length:.1f}"{text["end"]}>{text["rest"]}'
    )


async def _until(true: Callable[[], bool]) -> None:
    for _ in range(1000):
        if true():
            return
        await asyncio.sleep(0.01)
    raise TimeoutError("The station did not answer within 10 s")


def _work(station: Station, badge: str, orders: int) -> None:
    """Close orders as the practice scanner would, with a short pick on the way, and begin one more."""
    kit = Practice((badge,))
    closed = steps = 0
    while closed < orders or look(station.state).phase is not Phase.PICK:
        view = look(station.state)
        steps += 1
        if view.phase is Phase.PICK and steps % 23 == 0 and view.total > 1:
            station.handle(Command(CommandName.SHORT))
            station.handle(Command(CommandName.CHOICE, 2))
            continue
        kit.scanned()
        reply = station.handle(parse(kit.right(view).raw, "practice"))
        closed += reply.message.key == "label.closed"


def _spread(db: Database, name: str, since: datetime, until: datetime) -> None:
    """Give the events of a station the times of an hour's work."""
    table = Event.__table__
    with db.writer.begin() as connection:
        numbers = connection.scalars(select(table.c.seq).where(table.c.station == name)).all()
        for place, seq in enumerate(sorted(numbers), 1):
            at = since + (until - since) * place / len(numbers)
            connection.execute(update(table).where(table.c.station == name, table.c.seq == seq).values(at=at))


def _goods(db: Database) -> list[str]:
    from picker.services.station.practice import practice_codes

    return practice_codes(db, "en")[1]


if __name__ == "__main__":
    main()
