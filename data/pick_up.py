"""Orders that their buyers come for."""

import re

_PICK_UP = re.compile(
    r"pick[ -]?up|click (?:and|&) collect|collect(?:ion)? (?:in|from|at) (?:store|shop)|local collection|abholung|"
    r"selbstabhol|odbiór (?:osobisty|w sklepie)|retrait (?:en|au|sur)|ritiro (?:in|presso)|recogida|afhalen|самовывоз|"
    r"самовивіз|osobní odběr|osobný odber|自提|店頭受取",
    re.IGNORECASE,
)


def is_pick_up(service: str) -> bool:
    """Whether a shipping method's name means that the buyer comes to fetch it."""
    return _PICK_UP.search(service) is not None
