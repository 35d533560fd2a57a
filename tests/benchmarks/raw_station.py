"""The scan transaction as one would write it by hand for one purpose: the yardstick of the benchmark."""

import json
import os
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from data.sqlite import driver

_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON", "mmap_size=0")
_STATION = "RAW-1"


class RawStation:
    """Picks orders from the end of the queue, with the reads and writes of a station's pick."""

    def __init__(self, file: Path) -> None:
        self._db = driver().connect(str(file), isolation_level=None)
        for pragma in _PRAGMAS:
            self._db.execute(f"PRAGMA {pragma}").fetchall()
        self._seq = 0
        self._place = ""

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def order(self, timed: Callable[[Callable[[], object]], object]) -> None:
        """Claim the last waiting order and pick all its units, each scan handed to `timed`."""
        order = self._claim()
        wanted = self._db.execute(
            "SELECT l.line, l.sku, l.quantity, min(c.code) FROM order_line l "
            "JOIN code c ON c.kind = 'product' AND c.ref = l.sku AND c.quantity = 1 "
            "WHERE l.order_id = ? GROUP BY l.line",
            (order,),
        ).fetchall()
        version = 1
        for line, sku, quantity, code in wanted:
            self._place = ""
            for unit in range(1, quantity + 1):
                timed(lambda: self._pick(order, version, line, sku, unit, code))  # noqa: B023 - run at once
                version += 1

    def _claim(self) -> str:
        db = self._db
        db.execute("BEGIN IMMEDIATE")
        order = db.execute("SELECT max(id) FROM orders WHERE state = 'waiting'").fetchone()[0]
        db.execute("UPDATE orders SET state = 'in_work', version = 1 WHERE id = ?", (order,))
        db.execute("DELETE FROM claim WHERE station = ?", (_STATION,))
        claim = (order, _STATION, "lead", 1, "2099-01-01 00:00:00.000000")
        db.execute("INSERT INTO claim VALUES (?, ?, ?, ?, ?)", claim)
        db.execute("COMMIT")
        return str(order)

    def _pick(self, order: str, version: int, line: int, sku: str, picked: int, code: str) -> None:
        one = self._db.execute
        one("BEGIN IMMEDIATE")
        found = one("SELECT kind, ref, quantity FROM code WHERE code = ?", (code,)).fetchall()
        seen = one("SELECT version FROM orders WHERE id = ?", (order,)).fetchone()
        if not self._place:
            self._place = one(
                "SELECT s.location, s.base + s.moved, l.walk_key FROM stock s "
                "JOIN location l ON l.code = s.location WHERE s.sku = ? AND s.state = 'available'",
                (sku,),
            ).fetchone()[0]
        if found[0][1] != sku or seen[0] != version:
            raise AssertionError(f"Expected {sku} and version {version}, got {found} and {seen}")
        self._write(order, version, line, sku, picked, code, self._place)
        one("COMMIT")

    def _write(
        self, order: str, version: int, line: int, sku: str, picked: int, code: str, location: str
    ) -> None:
        one = self._db.execute
        self._seq += 1
        payload = {"line": line, "sku": sku, "quantity": 1, "location": location, "code": code}
        payload |= {"lot": "", "serial": "", "expiry": "", "group": os.urandom(16).hex()}
        stamp = f"{time.time_ns() // 1_000_000:012x}{os.urandom(10).hex()}"
        at = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
        event = (stamp, order, version + 1, _STATION, self._seq, "lead", None, at, "UnitsPicked")
        one(
            "INSERT INTO event (id, stream, version, station, seq, worker, authorised_by, at, kind, payload, "
            "schema) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)",
            (*event, json.dumps(payload)),
        )
        changed = one(
            "UPDATE orders SET version = ? WHERE id = ? AND version = ?", (version + 1, order, version)
        ).rowcount
        one("UPDATE order_line SET picked = ? WHERE order_id = ? AND line = ?", (picked, order, line))
        moved = one(
            "UPDATE stock SET moved = moved - 1 WHERE sku = ? AND location = ? AND state = 'available'",
            (sku, location),
        ).rowcount
        if changed != 1 or moved != 1:
            raise AssertionError(f"Order {order} was moved by another")
