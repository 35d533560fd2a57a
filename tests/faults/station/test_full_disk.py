"""The disk takes no more: every scan is refused in words, nothing is half written, and it goes on afterwards."""

import random
import sys
from pathlib import Path

import psutil
import pytest

from tests.faults.station.packer import Packer, must_match, pack
from tests.faults.station.process import StationProcess
from tests.faults.station.warehouse import BADGES, Warehouse

pytestmark = pytest.mark.skipif(
    sys.platform != "linux",
    reason="the limit that stands for a full disk can be set from outside on Linux only",
)


class Limit:
    """The kernel refuses a process to write beyond `size` bytes of any file, as a full disk would."""

    def __init__(self, pid: int) -> None:
        self._process = psutil.Process(pid)
        self._before = self._process.rlimit(psutil.RLIMIT_FSIZE)

    def set(self, size: int) -> None:
        """From now on, or until `lift`."""
        self._process.rlimit(psutil.RLIMIT_FSIZE, (size, self._before[1]))

    def lift(self) -> None:
        """As it was."""
        self._process.rlimit(psutil.RLIMIT_FSIZE, self._before)


def test_a_full_disk_refuses_in_words_and_is_forgiven(tmp_path: Path) -> None:
    warehouse = Warehouse(str(tmp_path / "shop.sqlite"), tmp_path, orders=3)
    packer, station = Packer(BADGES[0], random.Random(5)), StationProcess(warehouse, "PACK-1")
    limit = Limit(station.process.pid)
    scan = packer.probe()
    for turn in range(12):
        if turn % 4 == 3:
            limit.set(4096)
            scan.reply = station.ask(scan.raw)
            assert (scan.saved, scan.reply["key"]) == (False, "station.not_saved")
            assert "disk" in scan.reply["message"]
            limit.lift()
        else:
            scan.reply = station.ask(scan.raw)
            assert scan.saved
        following = packer.next(scan.reply)
        assert following is not None
        scan = following
    packer.given.pop()  # thought of, never given
    pack(station, packer)
    assert warehouse.rows("SELECT DISTINCT state FROM orders") == [("closed",)]
    must_match(packer.given, warehouse.groups("PACK-1"))
    warehouse.must_agree()
