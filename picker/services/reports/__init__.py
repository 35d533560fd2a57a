"""What a shift lead must see in five seconds: which cut-off will be missed, and what is in the way."""

from picker.services.reports.lead import lead_report, shift_start
from picker.services.reports.types import (
    CutOff,
    LeadReport,
    OpenException,
    Output,
    ParkedOrder,
    PrinterReport,
    StationNow,
)
from picker.services.reports.words import in_words

__all__ = [
    "CutOff",
    "LeadReport",
    "OpenException",
    "Output",
    "ParkedOrder",
    "PrinterReport",
    "StationNow",
    "in_words",
    "lead_report",
    "shift_start",
]
