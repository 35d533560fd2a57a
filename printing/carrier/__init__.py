"""A carrier's own label, as the shop system delivers it: accepted when it can be printed and scanned."""

from printing.carrier.accept import Accepted, accept
from printing.carrier.errors import CarrierLabelError

__all__ = ["Accepted", "CarrierLabelError", "accept"]
