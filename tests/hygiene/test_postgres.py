"""The test suite's own database server: private, and fresh for each test."""

import psycopg
import pytest
from sqlalchemy import create_engine, text


@pytest.mark.parametrize("turn", [1, 2])
def test_each_test_gets_an_empty_database(db_url: str, turn: int) -> None:
    engine = create_engine(db_url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE shelf (id integer)"))
        assert connection.execute(text("SELECT count(*) FROM shelf")).scalar() == 0
        connection.execute(text("INSERT INTO shelf VALUES (1)"))
    engine.dispose()


def test_the_server_wants_its_password(pg_url: str) -> None:
    user, _, host = pg_url.replace("+psycopg", "").rpartition("@")
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(f"{user}wrong@{host}")
