"""Why intake holds an order; the import itself reports these, with the lines and SKUs at fault."""

from enum import StrEnum

from data.types import ExceptionKind


class IntakeState(StrEnum):
    """What intake makes of an order: it may be packed, waits for somebody, or is not to be sent."""

    READY = "ready"
    HELD = "held"
    CANCELLED = "cancelled"


UNKNOWN_SKU = ExceptionKind.UNKNOWN_SKU
AMBIGUOUS_SKU = ExceptionKind.AMBIGUOUS_SKU
MISSING_BARCODE = ExceptionKind.MISSING_BARCODE
CURABLE = (UNKNOWN_SKU, AMBIGUOUS_SKU, MISSING_BARCODE)
"""A later import, or a lead's word, may take these away."""
PARTLY_FULFILLED = ExceptionKind.PARTLY_FULFILLED
"""Some units of a line went out elsewhere, and the file doesn't say how many."""
NO_ADDRESS = ExceptionKind.NO_ADDRESS
"""What the address lacks, no parcel to its country can be without."""
UNCLEAR_CELL = ExceptionKind.UNCLEAR_CELL
"""A cell that is needed to pack or to address can't be read, or is too long to be kept whole."""
REPORTED = (*CURABLE, PARTLY_FULFILLED, NO_ADDRESS, UNCLEAR_CELL)
"""What an order lacks, by line: the lead's list names them, and the import takes them off it again."""
VARIANT_UNPROVEN = "variant_unproven"
"""Units were checked while variants of their SKU were one product: nobody knows which variant they are."""

FULFILLED_ELSEWHERE = "fulfilled_elsewhere"
"""Why an order was cancelled here that the shop says has gone out: nothing of it is to be packed any more."""
NOTHING_LEFT = "nothing_left"
"""Why an order was cancelled here of which the shop wants nothing packed any more."""
