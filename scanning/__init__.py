"""From a device or a picture to a typed `Scan`. Import the module you need: none is heavy to import."""

import os
from typing import TYPE_CHECKING

from scanning.barcode import Barcode

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray

__all__ = ["Barcode", "decode"]

# Read when numpy is loaded. Our matrices are small: OpenBLAS's other threads would mostly wait for them, and waiting
# takes a whole core each, six times the work itself on a busy PC with two.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def decode(
    image: "NDArray[np.uint8]", *, known: "Callable[[str], bool] | None" = None, upce: bool = False
) -> list[Barcode]:
    """Barcodes in a still picture: `scanning.decoding.decode`, which loads OpenCV and zxing-cpp when called."""
    from scanning.decoding import decode as read

    return read(image, upce=upce) if known is None else read(image, known=known, upce=upce)
