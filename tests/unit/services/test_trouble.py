"""A database's fault in words that a packer can act on."""

import sqlite3

import psycopg
import pytest
from sqlalchemy.exc import DBAPIError, OperationalError

from data.errors import DatabaseBusyError, DataError
from picker.services.station.trouble import why_not_saved

SERVER = psycopg.errors


@pytest.mark.parametrize(
    ("error", "key"),
    [
        (OperationalError("", {}, sqlite3.OperationalError("database or disk is full")), "full"),
        (OperationalError("", {}, sqlite3.OperationalError("database is locked")), "busy"),
        (
            OperationalError("", {}, sqlite3.OperationalError("attempt to write a readonly database")),
            "read_only",
        ),
        (DBAPIError("", {}, sqlite3.DatabaseError("database disk image is malformed")), "damaged"),
        (OperationalError("", {}, sqlite3.OperationalError("disk I/O error")), "disk"),
        (OperationalError("", {}, SERVER.DiskFull("could not extend file")), "full"),
        (OperationalError("", {}, SERVER.AdminShutdown("terminating connection")), "away"),
        (OperationalError("", {}, psycopg.OperationalError("server closed the connection")), "away"),
        (OperationalError("", {}, SERVER.LockNotAvailable("canceling statement")), "busy"),
        (DatabaseBusyError("Another program held the lock"), "busy"),
        (DataError("Another program keeps changing this order"), "other"),
    ],
)
def test_a_fault_is_known_by_its_kind(error: Exception, key: str) -> None:
    assert why_not_saved(error).key == f"reason.database_{key}"


def test_a_fault_nobody_foresaw_is_told_as_it_came() -> None:
    told = why_not_saved(DBAPIError("", {}, ValueError("odd\nand long")))
    assert dict(told.params) == {"detail": "odd"}
