"""Pictures of codes for the tests: rendered, tilted, put on a grey desk."""

from typing import Any

import cv2
import numpy as np
import zxingcpp


def render(symbol: str, text: str, scale: int = 3, **options: Any) -> Any:
    """A clean symbol with its quiet zone: grey (height, width), `scale` px a module."""
    made = zxingcpp.create_barcode(text, getattr(zxingcpp.BarcodeFormat, symbol), **options)
    return np.pad(np.array(made.to_image(scale=scale)), 12 * scale, constant_values=255)


def on_desk(code: Any, tilt: float = 0, size: tuple[int, int] = (1280, 720)) -> Any:
    """A camera frame, BGR, with `code` in its middle, turned by `tilt` degrees."""
    width, height = size
    desk = np.full((height, width), 150, np.uint8)
    rows, columns = code.shape
    matrix = cv2.getRotationMatrix2D((columns / 2, rows / 2), tilt, 1)
    matrix[:, 2] += (width / 2 - columns / 2, height / 2 - rows / 2)
    cv2.warpAffine(code, matrix, size, desk, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_TRANSPARENT)
    return cv2.cvtColor(desk, cv2.COLOR_GRAY2BGR)
