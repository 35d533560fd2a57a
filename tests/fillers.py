"""What may fill a parameter of a sentence as it stands: data. All else is a message, in the reader's language."""

import re

from picker.locale import messages
from picker.locale.messages import Filler
from picker.locale.translations import english, forms, parameters

DATA = frozenset(
    (
        *(
            "by",
            "campaign",
            "classes",
            "danger",
            "code",
            "day",
            "detail",
            "expiry",
            "file",
            "head",
            "host",
            "item",
            "letter",
        ),
        *("location", "lot", "name", "note", "number", "old", "order", "other", "owner", "packaging", "page"),
        *(
            "parcel",
            "picked",
            "place",
            "printer",
            "proposed",
            "sample",
            "serial",
            "series",
            "service",
            "setting",
        ),
        *("sku", "skus", "station", "tail", "text", "un", "value", "version", "who", "whole", "worker"),
    )
)
"""Names, codes and figures that are the same in every language, and what somebody wrote."""
TOLD = frozenset({"span", "state", "time", "now", "since", "pace"})
"""Put together by a screen, in the language of its reader."""
WRITTEN = {
    (key, "reason")
    for key in (
        "exception.hold",
        "exception.parked",
        "exception.stop",
        *("home.held", "home.parked_order", "stop.held", "stop.cancelled"),
    )
}
"""Reasons of a hold may be what a lead has written."""
OWN = WRITTEN | {
    *(("signin.switched", "before"), ("capture.other_date", "before"), ("ui.scanner.away", "name")),
    *(
        ("stop.changed", "changes"),
        ("prompt.pick_count", "same"),
        ("check.packed", "left"),
        ("also.takes", "goods"),
        ("ui.page", "more"),
        ("ui.practice.right", "what"),
        ("ui.failed", "why"),
        ("ui.paper.bad", "why"),
    ),
}
"""Parameters that hold data in one sentence, and words in others."""
RECORDED = {
    *((f"exception.{kind}", "why") for kind in ("insert", "customs", "carrier_label", "because")),
    *(("exception.left_out", "what"), ("exception.items", "items")),
    *(("exception.left_out", "items"), ("exception.collection", "parcels")),
    *((f"exception.{kind}", "lines") for kind in ("unclear_cell", "partly_fulfilled")),
    *(("ui.lead.failed", "why"), ("ui.lead.station_blocked", "why"), ("ui.lead.printer_stuck", "why")),
    *(("exception.sscc_low", "prefix"), ("exception.sscc_used_up", "prefix")),
}
"""What the lead's list shows as the report kept it: lines and files, and what was wrong in the words of that time."""
OWN |= RECORDED
_COUNTED = re.compile(r"\d+(, \d+)*")
"""A number, or some."""
_filler = messages._filler


def strict(key: str, name: str, value: object) -> Filler:
    """Fill a parameter. Raises AssertionError for words that are English to every reader."""
    filler = _filler(key, name, value)
    if key.startswith("ui.lead.campaigns"):
        return filler  # the campaigns' screens speak English only
    if (
        not isinstance(filler, str)
        or not filler
        or _COUNTED.fullmatch(filler)
        or name in DATA | TOLD
        or (key, name) in OWN
    ):
        return filler
    used = name in parameters(forms(english()[key])[-1])
    assert not used or filler in english(), (
        f"{key}: {name} is filled with {filler!r}, which no language can say"
    )
    return filler


def watch() -> None:
    """Look at every parameter from now on."""
    messages._filler = strict
