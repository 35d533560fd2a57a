"""What an import must be told, because no file says it."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from zoneinfo import ZoneInfo

from data.types import ShopId


class StockHandling(StrEnum):
    """Whether a products or packaging file's stock figures are taken over as a new count or left alone."""

    COUNT = "count"
    LEAVE = "leave"


def _as_it_is(reason: str) -> str:
    return reason


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """The shop the file belongs to ("" for what all shops share), the warehouse's time zone, and the service of orders
    that name none.
    """

    shop: ShopId = ShopId("default")
    timezone: str = "UTC"
    default_service: str = "STANDARD"
    stock: StockHandling = StockHandling.COUNT
    encoding: str | None = None
    reason_words: Callable[[str], str] = _as_it_is
    """What the reason of a hold is called in the report."""
    dates: str = ""
    """Which of 3/4/2026 comes first, `dmy` or `mdy`, where the file doesn't tell."""
    mapping: tuple[tuple[str, str], ...] = ()
    """Fields and the columns, as the file writes them, in which they stand."""
    saved: bool = False
    """The mapping is the shop's saved one: it counts for files that have all of its columns."""

    @property
    def zone(self) -> ZoneInfo:
        """The time zone; raises zoneinfo.ZoneInfoNotFoundError when there is none of that name."""
        return ZoneInfo(self.timezone)
