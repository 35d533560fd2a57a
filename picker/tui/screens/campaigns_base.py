"""What the campaign screens do alike: head, foot, scrolling, and errors told instead of raised."""

from collections.abc import Iterator
from contextlib import contextmanager

from picker.inserts import CampaignError
from picker.tui.ink import Ink
from picker.tui.panes.campaigns import FootPane, HeadPane
from picker.tui.screens.base import KeyScreen

_STEPS = {"up": -1, "down": 1, "pageup": -10, "pagedown": 10}


class CampaignScreen(KeyScreen):
    """A screen with a head and a foot."""

    def __init__(self, title: str, keys: str) -> None:
        super().__init__()
        self.head, self.foot = HeadPane(title), FootPane(keys)

    @contextmanager
    def telling(self) -> Iterator[None]:
        """What goes wrong is told in the foot: the screen outlives a database that is away."""
        try:
            yield
        except CampaignError as error:
            self.foot.tell(str(error.faults[0]), Ink.STOP)
        except Exception as error:  # noqa: BLE001
            self.foot.tell(str(error).partition("\n")[0] or type(error).__name__, Ink.STOP)


def step_of(key: str) -> int:
    """Return the rows that a key moves by, 0 for any other key."""
    return _STEPS.get(key, 0)
