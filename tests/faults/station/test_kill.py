"""`kill -9` of a station at any moment: no confirmed scan is lost, none is doubled.

PICKER_TEST_KILLS=300 kills more often, PICKER_TEST_SEED=7 at other moments.
"""

import os
import random
import time
from pathlib import Path

import pytest

from tests.faults.station.packer import Packer, must_match, pack
from tests.faults.station.process import StationProcess
from tests.faults.station.warehouse import BADGES, Warehouse

KILLS = int(os.environ.get("PICKER_TEST_KILLS", "10"))
SEED = int(os.environ.get("PICKER_TEST_SEED", "20261122"))
NAME = "PACK-1"


def live(warehouse: Warehouse, packer: Packer, dice: random.Random) -> bool:
    """One life of a station, ended by a kill at a random moment; False when no order was left."""
    station = StationProcess(warehouse, NAME)
    if dice.random() < 0.15:
        time.sleep(dice.uniform(0, 0.4))  # in its start
        station.kill()
        return True
    scan = packer.probe()
    for _ in range(dice.randint(0, 30)):
        scan.reply = station.ask(scan.raw)
        following = packer.next(scan.reply)
        if following is None:
            station.kill()
            return False
        scan = following
    station.give(scan.raw)
    time.sleep(dice.uniform(0, 0.012))
    scan.reply = station.kill()
    return True


def kill_in(url: str, home: Path, kills: int, seed: int) -> int:
    """Kill, look, go on, until the kills are done or the orders; then all must agree. Return the kills."""
    dice = random.Random(seed)
    warehouse, packer = Warehouse(url, home), Packer(BADGES[1], dice)
    killed, going_on = 0, True
    while going_on and killed < kills:
        killed += 1
        going_on = live(warehouse, packer, dice)
        must_match(packer.given, warehouse.groups(NAME))
    pack(StationProcess(warehouse, NAME), packer, orders=1)
    must_match(packer.given, warehouse.groups(NAME))
    warehouse.must_agree()
    assert sum(scan.saved for scan in packer.given) > killed
    return killed


@pytest.mark.timeout(60 + 10 * KILLS)
def test_killed_again_and_again(tmp_path: Path) -> None:
    killed = 0
    while killed < KILLS:
        home = tmp_path / f"after-{killed}"
        home.mkdir()
        killed += kill_in(str(home / "shop.sqlite"), home, KILLS - killed, SEED + killed)


@pytest.mark.timeout(60 + 10 * KILLS)
def test_killed_again_and_again_beside_a_server(pg_url: str, tmp_path: Path) -> None:
    kill_in(pg_url, tmp_path, max(5, KILLS // 3), SEED)
