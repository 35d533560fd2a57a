"""What became of the proposals: empty room, overrides, damage sent back, and which packagings to stock."""

from picker.services.packing.report.report import PackingReport, packing_report
from picker.services.packing.report.words import in_words

__all__ = ["PackingReport", "in_words", "packing_report"]
