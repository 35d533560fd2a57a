"""Still pictures out of a camera's frames, for the record of what the packer saw."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from scanning.picture import PictureError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

JPEG_QUALITY = 90


def sharpness(frame: "NDArray[np.uint8]") -> float:
    """How sharp a grey or BGR picture is: the variance of its Laplacian, comparable within one scene.

    Pech-Pacheco et al., "Diatom autofocusing in brightfield microscopy", ICPR 2000.
    """
    import cv2

    from scanning.decoding import as_grey

    _, deviation = cv2.meanStdDev(cv2.Laplacian(as_grey(frame), cv2.CV_16S))
    return float(deviation[0, 0]) ** 2


def sharpest(frames: Sequence["NDArray[np.uint8]"]) -> "NDArray[np.uint8]":
    """The sharpest of some frames of one scene. Raises ValueError when there are none."""
    if not frames:
        raise ValueError("Expected at least one frame to choose from, got none")
    return max(frames, key=sharpness)


def to_jpeg(frame: "NDArray[np.uint8]", exif: bytes = b"") -> bytes:
    """The bytes of a JPEG file of a grey or BGR picture, with an EXIF block (a TIFF header first) if any.

    Raises:
        PictureError: OpenCV can't write it.
    """
    import cv2
    import numpy as np

    quality = [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY]
    if exif:
        block = np.frombuffer(exif, np.uint8)
        good, data = cv2.imencodeWithMetadata(".jpg", frame, [cv2.IMAGE_METADATA_EXIF], [block], quality)
    else:
        good, data = cv2.imencode(".jpg", frame, quality)
    if not good:
        raise PictureError(f"Expected a picture that can be written as JPEG, got one of shape {frame.shape}")
    return bytes(data)
