"""Nothing is thrown away by a clock that the log doesn't bear out."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Connection

from data.engine import Database
from data.store import log
from data.types import EventRecord, StationId, WorkerId
from picker.services.clock import housekeeping_time
from picker.services.ids import uuid7
from tests.contracts.shop import open_shop

NOW = datetime(2026, 11, 30, 12, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class At(Database):
    """A database whose clock says what the test says."""

    moment: datetime

    def now(self, connection: Connection) -> datetime:
        return self.moment


@pytest.mark.parametrize(
    ("ago", "trusted"),
    [
        pytest.param([], False, id="a shop without any work"),
        pytest.param([timedelta(hours=2)], False, id="the first day"),
        pytest.param([timedelta(days=3)], True, id="after a weekend"),
        pytest.param([timedelta(days=3), timedelta(0)], True, id="an ordinary day"),
        pytest.param([timedelta(days=1500)], False, id="the clock jumped by years"),
        pytest.param([timedelta(days=1500), timedelta(minutes=5)], False, id="jumped, and work goes on"),
        pytest.param([timedelta(days=2), timedelta(days=-1)], False, id="the clock is behind the log"),
        pytest.param([timedelta(days=2), timedelta(minutes=-5)], True, id="another station's clock is ahead"),
    ],
)
def test_time_is_trusted_when_the_log_bears_it_out(db_url: str, ago: list[timedelta], trusted: bool) -> None:
    with open_shop(db_url) as db:
        records = [
            EventRecord(
                uuid7(),
                f"station:S{n}",
                1,
                StationId(f"S{n}"),
                1,
                WorkerId(""),
                None,
                NOW - one,
                "SignedOut",
                {},
                1,
            )
            for n, one in enumerate(ago)
        ]
        with db.writer.begin() as connection:
            log.append(connection, records)
        told = At(db.writer, db.reader, db.name, db.file, NOW)
        assert housekeeping_time(told) == (NOW if trusted else None)
