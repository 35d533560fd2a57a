"""Pictures of goods with a barcode, made from a seed: print, clutter, tilt, curve, blur, glare, noise."""

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import zxingcpp

from scanning.codes import gtin_check_digit

_WORDS = (
    "INGREDIENTS",
    "net weight 250 g",
    "keep dry",
    "best before",
    "100 % recycled",
    "LOT",
    "sugar, salt",
)
_DRAWN_MODULE = 8  # px: symbols are drawn this large and shrunk by the warp, so that no edge falls on a pixel


@dataclass(frozen=True, slots=True)
class Sample:
    """A picture, BGR (height, width, 3), the kind of its code and what that says (nothing for ``None``)."""

    image: Any
    kind: str
    text: str | None
    px_per_module: float = 0.0


def ean13(rng: np.random.Generator) -> str:
    """A random EAN-13 with its check digit."""
    body = "".join(str(digit) for digit in rng.integers(0, 10, 12))
    return f"{body}{gtin_check_digit(body)}"


def drawn(kind: str, text: str, **options: Any) -> Any:
    """A symbol with quiet zone, grey, `_DRAWN_MODULE` px a module; `kind` as zxing-cpp names it."""
    made = zxingcpp.create_barcode(text, getattr(zxingcpp.BarcodeFormat, kind), **options)
    image = np.array(made.to_image(scale=_DRAWN_MODULE))
    if kind not in ("QRCode", "DataMatrix", "PDF417"):
        image = np.repeat(image[image.shape[0] // 2][None], 60 * _DRAWN_MODULE, 0)
    return np.pad(image, 6 * _DRAWN_MODULE, constant_values=255)


def desk(rng: np.random.Generator, width: int, height: int) -> Any:
    """Clutter: soft blotches, boxes, stripes and small print, grey (height, width)."""
    rough = rng.normal(128, 40, (height // 40 + 2, width // 40 + 2)).clip(0, 255).astype(np.uint8)
    image = cv2.resize(rough, (width, height), interpolation=cv2.INTER_CUBIC)
    for _ in range(12):
        x, y = int(rng.integers(0, width)), int(rng.integers(0, height))
        w, h = (int(side) for side in rng.integers(20, max(width // 3, 40), 2))
        cv2.rectangle(image, (x, y), (x + w, y + h), int(rng.integers(20, 250)), cv2.FILLED)
        _print_words(image, rng, x, y + 20)
    x, y = int(rng.integers(0, width)), int(rng.integers(0, height))
    step, size = int(rng.integers(4, 12)), int(rng.integers(40, 140))
    for line in range(0, size, step):
        cv2.line(image, (x + line, y), (x + line, y + size), 30, max(1, step // 3))
    return image


def _print_words(image: Any, rng: np.random.Generator, x: int, y: int) -> None:
    size = float(rng.uniform(0.3, 1.1))
    for line in range(4):
        place = (x, y + int(line * 26 * size))
        cv2.putText(image, str(rng.choice(_WORDS)), place, cv2.FONT_HERSHEY_SIMPLEX, size, 20, 1, cv2.LINE_AA)


def photo(
    rng: np.random.Generator, code: Any, size: tuple[int, int], px_per_module: float, tilt: float
) -> Any:
    """`code` as `drawn` on a curved, tilted package among clutter: BGR (height, width, 3) of `size`."""
    width, height = size
    label = _curved(code, float(rng.choice([0.0, 0.0, rng.uniform(0.2, 1.1)])))
    label = cv2.copyMakeBorder(label, 160, 240, 160, 160, cv2.BORDER_CONSTANT, value=255)
    _print_words(label, rng, 40, 60)
    matrix = _view(rng, label.shape, size, px_per_module / _DRAWN_MODULE, tilt)
    image = desk(rng, width, height)
    shrink = _DRAWN_MODULE / px_per_module
    soft = cv2.GaussianBlur(label, (0, 0), 0.4 * shrink)
    warped = cv2.warpPerspective(soft, matrix, size, flags=cv2.INTER_AREA)
    mask = cv2.warpPerspective(np.full_like(label, 255), matrix, size)
    image = np.where(mask > 127, warped, image)
    return cv2.cvtColor(_shot(rng, image), cv2.COLOR_GRAY2BGR)


def _curved(code: Any, half_angle: float) -> Any:
    """The label round a can seen from the front, `half_angle` radians to either side."""
    if not half_angle:
        return code
    rows, columns = code.shape
    place = np.linspace(-np.sin(half_angle), np.sin(half_angle), columns, dtype=np.float32)
    source = ((np.arcsin(place) / half_angle + 1) / 2 * (columns - 1)).astype(np.float32)
    lines = np.arange(rows, dtype=np.float32)
    across, down = np.meshgrid(source, lines)
    return cv2.remap(code, across, down, cv2.INTER_LINEAR)


def _view(
    rng: np.random.Generator, shape: tuple[int, ...], size: tuple[int, int], zoom: float, tilt: float
) -> Any:
    """Perspective matrix from the label to the picture."""
    rows, columns = shape[:2]
    corners = np.array([(0, 0), (columns, 0), (columns, rows), (0, rows)], np.float64)
    centred = (corners - (columns / 2, rows / 2)) * zoom
    turn = np.deg2rad(tilt)
    turned = centred @ np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    reach = np.abs(turned).max(0)
    free = np.maximum(np.array(size) - 2 * reach, 0)
    middle = np.array(size) / 2 + rng.uniform(-0.5, 0.5, 2) * free
    leaned = turned * (1 + rng.uniform(-0.06, 0.06, (4, 1)))
    return cv2.getPerspectiveTransform(corners.astype(np.float32), (leaned + middle).astype(np.float32))


def _shot(rng: np.random.Generator, image: Any) -> Any:
    """What lens, light and sensor do to a grey picture."""
    image = cv2.GaussianBlur(image, (0, 0), float(rng.uniform(0.3, 1.1)))
    if rng.random() < 0.3:
        image = motion(image, float(rng.uniform(1, 4)), float(rng.uniform(0, 180)))
    level = image.astype(np.float32) * rng.uniform(0.3, 1.1) + rng.uniform(0, 40)
    if rng.random() < 0.3:
        level += _glare(rng, image.shape)
    level += rng.normal(0, rng.uniform(1, 6), image.shape)
    shot = level.clip(0, 255).astype(np.uint8)
    good, data = cv2.imencode(".jpg", shot, [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(60, 96))])
    return cv2.imdecode(data, cv2.IMREAD_GRAYSCALE) if good else shot


def motion(image: Any, length: float, direction: float) -> Any:
    """Blurred along a line of `length` px in `direction` degrees."""
    side = int(length) // 2 * 2 + 3
    kernel = np.zeros((side, side), np.float32)
    middle = side // 2
    reach = length / 2 * np.array([np.cos(np.deg2rad(direction)), np.sin(np.deg2rad(direction))])
    for step in np.linspace(-1, 1, 33):
        x, y = np.rint(middle + step * reach).astype(int)
        kernel[y, x] += 1
    return cv2.filter2D(image, -1, kernel / kernel.sum())


def _glare(rng: np.random.Generator, shape: tuple[int, ...]) -> Any:
    rows, columns = np.indices(shape[:2], dtype=np.float32)
    x, y = rng.uniform(0.2, 0.8) * shape[1], rng.uniform(0.2, 0.8) * shape[0]
    spread = rng.uniform(0.04, 0.15) * shape[1]
    return 140 * np.exp(-((columns - x) ** 2 + (rows - y) ** 2) / (2 * spread**2))
