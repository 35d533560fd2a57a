"""Two stations, two processes, the same ten orders: each order has one owner and is closed once."""

import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.faults.station.packer import Packer, must_match, pack
from tests.faults.station.process import StationProcess
from tests.faults.station.warehouse import BADGES, Warehouse

ORDERS = 10


def test_two_stations_race_for_the_same_orders(db_url: str, tmp_path: Path) -> None:
    warehouse = Warehouse(db_url, tmp_path, ORDERS)
    names = ("PACK-1", "PACK-2")
    packers = [Packer(badge, random.Random(number)) for number, badge in enumerate(BADGES[:2])]
    stations = [StationProcess(warehouse, name) for name in names]
    with ThreadPoolExecutor(2) as pool:
        closed = list(pool.map(pack, stations, packers))
    logs = {name: warehouse.groups(name) for name in names}
    for name, packer in zip(names, packers, strict=True):
        must_match(packer.given, logs[name])
    owners = Counter(group.stream for log in logs.values() for group in log if "OrderClaimed" in group.kinds)
    ends = Counter(group.stream for log in logs.values() for group in log if "OrderClosed" in group.kinds)
    assert set(owners.values()) == set(ends.values()) == {1}
    assert len(ends) == ORDERS == sum(closed)
    assert min(closed) > 0, "one station did all the work: that is no race"
    touched = [{group.stream for group in log if ":" not in group.stream} for log in logs.values()]
    assert touched[0].isdisjoint(touched[1]), "an order was worked on by both"
    warehouse.must_agree()
