"""What a shop chooses among: the words of its settings, apart so that reading them loads no flow."""

from enum import StrEnum


class Weighing(StrEnum):
    """Whether a parcel's weight is asked for before it is sealed."""

    REQUIRED = "required"
    OPTIONAL = "optional"
    OFF = "off"


class Attaching(StrEnum):
    """Who may attach an unknown barcode to a product: nobody, a lead, or a packer who scans a known one of it."""

    OFF = "off"
    LEAD = "lead"
    PACKER = "packer"
