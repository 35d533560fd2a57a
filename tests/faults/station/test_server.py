"""The database server dies in the middle of the work: the station says so, loses nothing and goes on."""

import random
import threading
import time
from pathlib import Path

import psycopg

from tests.faults.station.packer import Packer, must_match
from tests.faults.station.process import StationProcess
from tests.faults.station.warehouse import BADGES, Warehouse
from tests.postgres import Cluster

NAME = "PACK-1"
DEATHS = 3
ORDERS = 6


def die_and_return(cluster: Cluster, after: float) -> None:
    """Stop the server as a power cut would, and start it again."""
    time.sleep(after)
    cluster.stop("immediate")
    time.sleep(0.3)
    cluster.start()


def commits_reach_the_disk(cluster: Cluster) -> bool:
    """Whether the server has the settings a warehouse runs with."""
    with psycopg.connect(cluster.url.replace("+psycopg", "")) as connection:
        names = ("fsync", "synchronous_commit", "full_page_writes")
        return all(connection.execute(f"SHOW {name}").fetchone() == ("on",) for name in names)


def test_a_server_that_dies_loses_nothing(cluster: Cluster, tmp_path: Path) -> None:
    assert commits_reach_the_disk(cluster)
    dice = random.Random(20_261_122)
    warehouse, packer = Warehouse(cluster.url, tmp_path, ORDERS), Packer(BADGES[0], dice)
    station = StationProcess(warehouse, NAME)
    scan, refused, deaths = packer.probe(), 0, 0
    death: threading.Thread | None = None
    while True:
        scan.reply = station.ask(scan.raw)
        if not scan.saved:
            refused += 1
            assert scan.reply["key"] == "station.not_saved"
            time.sleep(0.05)
        elif deaths < DEATHS and (death is None or not death.is_alive()):
            deaths += 1
            death = threading.Thread(target=die_and_return, args=(cluster, dice.uniform(0, 0.4)))
            death.start()
        following = packer.next(scan.reply)
        if following is None:
            if death is not None and death.is_alive():
                death.join()
                scan = packer.probe()
                continue
            break
        scan = following
    assert station.finish() == 0
    assert deaths == DEATHS
    assert refused >= DEATHS, "no scan met a dead server"
    must_match(packer.given, warehouse.groups(NAME))
    warehouse.must_agree()
