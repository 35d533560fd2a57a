"""A simulated camera: goods held in front of it one after the other, tilted, moving, blurred, noisy."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np

from tests.benchmarks.scanned.shelf import desk, drawn, ean13, motion

SIZE = (1280, 720)
RATE = 30
ITEMS = 20
FRAMES_PER_ITEM = 44
MAX_BLUR = 2.0  # px: a frame that is smeared more counts as unreadable
_DRAWN_MODULE = 8


@dataclass(frozen=True, slots=True)
class Frame:
    """One picture, BGR (720, 1280, 3), what its code says, and whether that can be expected to be read."""

    image: Any
    kind: str
    text: str
    readable: bool


def items(rng: np.random.Generator) -> list[tuple[str, str, Any]]:
    """Kind, text as a decoder gives it, and drawn symbol of 20 goods."""
    made = []
    for number in range(ITEMS):
        kind = ("EAN13", "Code128", "QRCode", "DataMatrix")[number % 4]
        gtin = ean13(rng)
        if kind == "EAN13":
            made.append((kind, gtin, drawn(kind, gtin)))
        elif kind == "DataMatrix":
            lot = f"L{rng.integers(1000, 9999)}"
            made.append((kind, f"010{gtin}10{lot}", drawn(kind, f"(01)0{gtin}(10){lot}", gs1=True)))
        else:
            text = f"LOC-{rng.integers(0, 16**8):08X}"
            made.append((kind, text, drawn(kind, text)))
    return made


def film(seed: int, px_per_module: float, every: int = 1) -> Iterator[Frame]:
    """The frames of half a minute at the packing bench, at `RATE` a second, or each `every`-th of them."""
    rng = np.random.default_rng(seed)
    bench = desk(rng, *SIZE)
    for kind, text, code in items(rng):
        small = _printed(code, px_per_module)
        tilt, turning = rng.uniform(-25, 25), rng.uniform(-0.4, 0.4)
        rest = np.array(SIZE) / 2 + rng.uniform(-1, 1, 2) * (120, 60)
        before = None
        for step in range(FRAMES_PER_ITEM):
            place = _path(rest, step)
            moved = place - before if before is not None else np.zeros(2)
            before = place
            if step % every:
                continue
            yield _frame(rng, bench, small, (kind, text), place, tilt + turning * step, 0.3 * moved)


def _printed(code: Any, px_per_module: float) -> Any:
    zoom = px_per_module / _DRAWN_MODULE
    label = cv2.copyMakeBorder(code, 80, 80, 80, 80, cv2.BORDER_CONSTANT, value=255)
    return cv2.resize(label, None, fx=zoom, fy=zoom, interpolation=cv2.INTER_AREA)


def _path(rest: Any, step: int) -> Any:
    """In from the left, a while nearly at rest, out to the right."""
    share = step / (FRAMES_PER_ITEM - 1) * 2 - 1
    return rest + np.array([900.0, 120.0]) * share * share**4 + np.array([12.0, 6.0]) * share


def _frame(
    rng: np.random.Generator,
    bench: Any,
    code: Any,
    what: tuple[str, str],
    place: Any,
    tilt: float,
    smear: Any,
) -> Frame:
    rows, columns = code.shape
    matrix = cv2.getRotationMatrix2D((columns / 2, rows / 2), tilt, 1)
    matrix[:, 2] += place - np.array([columns, rows]) / 2
    image = bench.copy()
    cv2.warpAffine(code, matrix, SIZE, image, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_TRANSPARENT)
    length = float(np.hypot(*smear))
    if length > 0.5:
        image = motion(image, length, float(np.rad2deg(np.arctan2(smear[1], smear[0]))))
    image = cv2.GaussianBlur(image, (0, 0), 0.5)
    noisy = image * np.float32(0.8) + 4 * rng.standard_normal(image.shape, np.float32)
    corners = np.array([(0, 0), (columns, 0), (columns, rows), (0, rows)]) @ matrix[:, :2].T + matrix[:, 2]
    inside = bool((corners >= 0).all() and (corners < SIZE).all())
    shot = cv2.cvtColor(noisy.clip(0, 255).astype(np.uint8), cv2.COLOR_GRAY2BGR)
    return Frame(shot, *what, inside and length <= MAX_BLUR)
