"""What print jobs are and what keeps them from printing, in words; a driver's own are for those who mend it."""

from picker.locale.messages import Message, say
from picker.locale.translations import english
from printing.health import HEALTH_WORDS, WELL

_FAULTS = {words: health for health, words in HEALTH_WORDS.items() if health not in WELL}


def printer_trouble(detail: str) -> Message | None:
    """Return the printer's fault that is named in what a driver told of a job; None when it names none."""
    health = next((health for words, health in _FAULTS.items() if words in detail), None)
    return say(f"ui.printer.{health.value}") if health else None


def document_name(document: str) -> Message:
    """Return what a print job prints: its document's name, without the number behind it."""
    key = f"ui.document.{document.partition('-')[0]}"
    return say(key if key in english() else "ui.document.other")
