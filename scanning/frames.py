"""Barcodes in the frames of a camera: a few milliseconds for each, on the strength of many frames."""

from dataclasses import dataclass
from itertools import zip_longest
from math import inf
from typing import TYPE_CHECKING, Any

from scanning.barcode import Barcode, looked_for
from scanning.decoding import as_grey, placed
from scanning.locate import locate
from scanning.looks import BAR_LOOKS, SELDOM, SQUARE_LOOKS, Kinds
from scanning.readers import zxing
from scanning.region import Crop, Region

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Grey = NDArray[np.uint8]

_BARS, _SQUARES = 4, 6  # regions that are looked into
_VIEWS = 3  # ways to look at a region
_LOOKS = 3  # at all regions in one frame
_CLEAR_LOOKS = 2  # of them at the clearest regions, the others at what is new to the picture
_NEW = 2  # looks in vain that a region still counts as new with
_TIRED = 6  # looks in vain at a region; then it is looked at in one frame of `_PATIENCE` only
_PATIENCE = 4
_NEAR = 12  # px: how far a region may seem to move from frame to frame because of noise
_ALIKE = 1.3  # how much longer it may seem
_FORGOTTEN = 15  # frames after which a region that isn't found any more is a new one


def repeats(before: "NDArray[np.uint8]", frame: "NDArray[np.uint8]") -> bool:
    """Whether a frame is the one before, bit by bit: no sensor gives that, but of plain black or white."""
    import numpy as np

    few = frame[::8, ::8]
    return np.array_equal(before[::8, ::8], few) and few.min() != few.max() and np.array_equal(before, frame)


def read_frame(image: "NDArray[np.uint8]", *, upce: bool = False) -> list[Barcode]:
    """What may be barcodes in a single frame: `FrameReader.read` by a reader that saw none before.

    Raises:
        ValueError: the array has another shape or type, or is empty.
    """
    every = _VIEWS * (_BARS + _SQUARES)
    return FrameReader(upce=upce, looks=every, clear_looks=every).read(image)


@dataclass(slots=True, eq=False)
class _Track:
    """A region through the frames: how often it was looked at in vain, and which look gave something before."""

    region: Region
    bars: bool
    last: int
    view: int = 0
    misses: int = 0

    def fits(self, region: Region, bars: bool) -> bool:
        (x, y), (other_x, other_y) = self.region.middle, region.middle
        near = abs(x - other_x) < _NEAR and abs(y - other_y) < _NEAR
        return near and bars == self.bars and 1 / _ALIKE < region.length / self.region.length < _ALIKE

    def holds(self, read: Barcode) -> bool:
        """Whether the read lies in it."""
        return self.region.holds(*read.middle)

    def look(self, grey: "Grey", kinds: Kinds) -> list[Barcode]:
        """What the next look at it gives."""
        view = (self.view + self.misses) % _VIEWS
        readings = (BAR_LOOKS if self.bars else SQUARE_LOOKS)[view](grey, self.region, kinds)
        self.view, self.misses = (view, 0) if readings else (self.view, self.misses + 1)
        return readings


class FrameReader:
    """Reads one camera's frames. Not to be shared between threads.

    Large symbols are found in a picture of a quarter of the size, in every fourth frame of half the size;
    small ones in the regions that look like codes, cut out and straightened, a few looks a frame. The
    clearest regions come first, then those that are new in the picture; print, a grille or a desk full of
    boxes soon takes hardly any time.
    """

    def __init__(self, *, upce: bool = False, looks: int = _LOOKS, clear_looks: int = _CLEAR_LOOKS) -> None:
        """`upce` also reads UPC-E; a frame gets `looks` looks at regions, the first `clear_looks` at the
        clearest, the others at those that are new to the picture.
        """
        self._kinds = looked_for(upce=upce)
        self._looks, self._clear_looks = looks, clear_looks
        self._number = 0
        self._tracks: list[_Track] = []

    def read(self, image: "NDArray[np.uint8]") -> list[Barcode]:
        """What may be barcodes in the next frame, grey (height, width) or BGR (height, width, 3).

        Unlike `scanning.decoding.decode` this accepts nothing: one frame may be misread, and the frames
        are for `scanning.sightings.Sightings` to compare.

        Raises:
            ValueError: the array has another shape or type, or is empty.
        """
        grey = as_grey(image)
        self._number += 1
        self._tracks = [track for track in self._tracks if self._number - track.last <= _FORGOTTEN]
        large = self._number % _PATIENCE == 1
        readings = _shrunk(grey, 1, self._kinds) if large else _shrunk(grey, 2, self._kinds - SELDOM)
        waiting = [track for track in self._in_view(grey) if not any(track.holds(read) for read in readings)]
        waiting *= _VIEWS
        for number in range(self._looks):
            due = [track for track in waiting if track.misses < self._bound(number, bool(readings))]
            if not due:
                break
            track = due[0] if number < self._clear_looks else min(due, key=lambda track: track.misses)
            waiting.remove(track)
            if reads := track.look(grey, self._kinds):
                readings += reads
                waiting = [other for other in waiting if other is not track]
        return readings

    def _in_view(self, grey: "Grey") -> list[_Track]:
        """The regions of this frame, bars and squares by turns, as the clearest of both come first."""
        regions = locate(grey, limit=_SQUARES)
        pairs = zip_longest(regions.striped[:_BARS], regions.checkered)
        areas = [(region, bars) for pair in pairs for region, bars in zip(pair, (True, False), strict=True)]
        return [self._track(region, bars) for region, bars in areas if region is not None]

    def _bound(self, looks: int, bound: bool) -> float:
        """How many looks in vain a region may have had to get one more, after so many `looks` in this frame."""
        if looks >= self._clear_looks:
            return _NEW
        if self._number % _PATIENCE == 0:
            return inf
        return _VIEWS if bound else _TIRED

    def _track(self, region: Region, bars: bool) -> _Track:
        track = next((track for track in self._tracks if track.fits(region, bars)), None)
        if track is None:
            track = _Track(region, bars, self._number)
            self._tracks.append(track)
        track.region, track.last = region, self._number
        return track


def _shrunk(grey: "Grey", halvings: int, kinds: Kinds) -> list[Barcode]:
    """What can be read at a half of the size, or at a quarter, which takes a tenth of the time."""
    import cv2
    import numpy as np

    small: Any = grey
    for _ in range(halvings):
        size = (max(small.shape[1] // 2, 1), max(small.shape[0] // 2, 1))
        small = cv2.resize(small, size, interpolation=cv2.INTER_AREA)
    scale = 2.0**halvings
    whole = Crop(small, np.array([[scale, 0.0, 0.0], [0.0, scale, 0.0]]), small.shape[1])
    return placed(zxing(small, "frame", only=kinds), whole)
