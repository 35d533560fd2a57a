"""Why a carrier's label is not accepted."""


class CarrierLabelError(ValueError):
    """A label that can't be printed or scanned; the message says which page, and why."""


class NoCodeError(CarrierLabelError):
    """Nothing to scan on a page: it may be no label at all."""
