"""A carrier's label on paper: the very dots that were accepted, or its own ZPL."""

import io

from printing.carrier.errors import CarrierLabelError
from printing.documents.labels import CarrierLabel
from printing.media import Medium
from printing.render.picture import Picture
from printing.zpl import ZplError, labels


def render_carrier_label(label: CarrierLabel, medium: Medium) -> Picture:
    """The label as it was accepted; of ZPL what it will look like, on a printer of any language.

    Raises `CarrierLabelError` for paper that its barcodes were not read for.
    """
    if label.dpi != medium.dpi or label.width_dots > medium.width_dots:
        raise CarrierLabelError(
            f"the carrier's label was accepted for {label.width_dots} dots at {label.dpi} dpi, this printer "
            f"has {medium.width_dots} at {medium.dpi}: attach it again for this printer's paper"
        )
    if label.format == "zpl":
        return Picture(
            tuple(image.crop(_edges(image.size, medium)) for image in labels(label.file)), medium.dpi
        )
    from PIL import Image

    with Image.open(io.BytesIO(label.file), formats=("PNG",)) as image:
        return Picture((image.convert("1"),), medium.dpi)


def check_whole(label: CarrierLabel) -> None:
    """Raise `CarrierLabelError` for ZPL with a symbol that only a printer of ZPL draws: its picture lacks that."""
    try:
        if label.format == "zpl":
            labels(label.file, whole=True)
    except ZplError as error:
        raise CarrierLabelError(f"it needs a printer that speaks ZPL: {error}") from error


def _edges(size: tuple[int, int], medium: Medium) -> tuple[int, int, int, int]:
    return 0, 0, min(size[0], medium.width_dots), size[1]
