"""The program that the pseudo-terminal tests run: a station that records what it is given.

Arguments: the file to write to, and seconds to block on the first input.
"""

import sys
from pathlib import Path

from picker.flow import Phase
from picker.tui.app import StationApp
from picker.tui.port import Beside
from picker.tui.practice import Practice
from tests.tui.states import in_phase
from tests.tui.stations import Recorder, opener

if __name__ == "__main__":
    station = Recorder(in_phase(Phase.PICK), Path(sys.argv[1]), float(sys.argv[2]))
    beside = Beside(practice=Practice(("B1",), ("4006381333931",)))
    StationApp("PACK-1", opener(station, beside), practice=True).run()
