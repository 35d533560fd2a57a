"""Every sentence: known, used, and complete."""

import ast
import re
from dataclasses import fields
from pathlib import Path

import pytest

from data import hold_reasons
from data.importers import deliverable
from data.types import CodeKind
from picker.flow import damage, dialogs, packaging, photo, pieces
from picker.flow.apply import NOTHING_TO_PACK
from picker.flow.eventlog import EVENTS, SCHEMA, decode, encode
from picker.flow.events import OrderChanged
from picker.flow.messages import reason
from picker.flow.state import CommandName
from picker.flow.trace import Trace
from picker.flow.undo import _UNDOABLE
from picker.locale.messages import Message, render, say
from picker.locale.severity import _SEVERITIES, Severity, severity_of
from picker.locale.translations import HOLE, Translations, english, forms
from picker.packing.types import Figure, Obstacle
from scanning.result import ScanProblem

LABELS = ("ui.", "key.", "help.", "phase.", "mode.", "scanner.", "exception.")
"""Keys of the screens' own words, the scanner doctor's, and the lead's list."""
PICKER = Path(dialogs.__file__).parents[1]
OUTSIDE = {
    *(value for name, value in vars(hold_reasons).items() if name.isupper() and isinstance(value, str)),
    *("unpaid", "high_risk", "unknown_status"),
    *("fulfilled", "cancelled_by_shop", "nothing_to_ship", "refunded", "voided", "payment_failed"),
    *("partially_refunded", "held_by_shop", "draft"),
    NOTHING_TO_PACK,
}
"""Reasons that imports and the flow itself give for a hold."""
TRACE = [field.name for field in fields(Trace)]
DECLARED = (
    *(
        "items",
        "nature",
        "currency",
        "date",
        "sender",
        "recipient",
        "ioss",
        "rate",
        "limit",
        "danger",
        "gross_g",
    ),
    *("description", "quantity", "net_g", "value_cents", "hs_code", "origin"),
)
"""What a customs declaration can lack."""
SPOTS = {
    "front",
    "back",
    *(f"{side}{row}" for side in ("left", "middle", "right") for row in ("", "_front", "_back")),
}
"""Where in a parcel something lies."""


def words_of_code() -> set[str]:
    """Every text constant of the program but those that only say how a message is shown."""
    found = set()
    for path in {*PICKER.rglob("*.py")} - {PICKER / "locale" / "severity.py"}:
        tree = ast.parse(path.read_text("utf-8"))
        found |= {
            node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        }
    return found


def made_keys() -> set[str]:
    """Keys that are put together at run time."""
    options = {
        *dialogs.SHORT,
        *dialogs.PARK,
        *dialogs.REPRINT,
        *packaging.OVERRIDE,
        *packaging.UNFIT,
        "no_plan",
        pieces.REASON,
    }
    options |= {photo.NO_CAMERA, photo.NO_PICTURE, photo.NOT_WRITTEN}
    options |= {*damage.DAMAGE, *damage.HOW_BAD, *damage.DISPOSITION, *OUTSIDE, *Obstacle}
    return (
        {f"reason.{option}" for option in options}
        | {f"stop.{kind}" for kind in ("changed", "held", "cancelled")}
        | {f"undone.{cls.__name__}" for cls in _UNDOABLE}
        | {f"kind.{kind.value}" for kind in CodeKind}
        | {f"{where}.{owed}" for where in ("capture", "prompt") for owed in ("lot", "serial", "expiry")}
        | {f"capture.{how}_{owed}" for how in ("bad", "doubtful", "unlike") for owed in ("lot", "serial")}
        | {f"also.{field}" for field in ("lot", "serial", "expiry")}
        | {
            word
            for text in english().values()
            for form in forms(text)
            for _, word in HOLE.findall(form)
            if word
        }
        | {"undone.captured", "seal.done_only", "weigh.sealed_only"}
        | {f"figure.{figure.value}" for figure in Figure if figure is not Figure.HAZMAT}
        | {f"hint.{owed}" for owed in ("lot", "serial", "expiry")}
        | {f"problem.{problem.value}" for problem in ScanProblem}
        | {f"way.{way}" for way in ("flat", "on_edge", "upright")}
        | {f"command.{name.value}" for name in CommandName}
        | {key for key in english() if key.startswith(("material.", "danger."))}
        | {f"spot.{spot}" for spot in SPOTS}
        | {f"unit.{field}" for field in TRACE}
        | {f"check.other_{field}" for field in TRACE}
        | {f"customs.{field}" for field in DECLARED}
        | {
            f"address.{part}"
            for part in (deliverable.NAME, deliverable.STREET, deliverable.CITY, deliverable.ZIP)
        }
        | {
            f"left.{what}"
            for what in ("no_shipping", "sent_already", "no_sku", "open_here", "unread_change", "order")
        }
    )


def made_labels() -> set[str]:
    """Labels whose families are too wide to be taken whole."""
    sections = ("cutoffs", "stations", "printers", "pace", "exceptions")
    return {f"ui.{severity.value}" for severity in Severity} | {f"ui.lead.{name}" for name in sections}


def families_of_code() -> set[str]:
    """How every text begins that is put together at run time."""
    return {
        first.value
        for path in PICKER.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.JoinedStr) and node.values
        for first in node.values[:1]
        if isinstance(first, ast.Constant) and isinstance(first.value, str) and "." in first.value
    }


def test_every_key_that_the_flow_names_is_in_the_catalogue() -> None:
    rooms = {key.partition(".")[0] for key in english()}
    named = {
        word for word in words_of_code() if re.fullmatch(rf"({'|'.join(rooms)})\.[a-z_]+(\.[a-z]+)?", word)
    }
    assert made_keys() <= english().keys()
    assert {word for word in named if not word.endswith(("_", ".json"))} <= english().keys()


def test_every_sentence_is_used() -> None:
    unused = english().keys() - words_of_code() - made_keys() - made_labels()
    families = tuple(families_of_code() - {"ui.", "ui.lead."})
    lost = {key for key in unused if not (key.startswith(LABELS) and key.startswith(families))}
    assert sorted(lost) == []


def test_an_unknown_key_is_refused() -> None:
    with pytest.raises(KeyError, match=r"no\.such\.key"):
        say("no.such.key")


def test_parameters_are_never_formats() -> None:
    message = say("scan.unknown", code="{wanted} %s {0}", why="", wanted=say("prompt.badge"))
    assert render(message) == "UNKNOWN CODE {wanted} %s {0}. Scan your badge"


def test_a_translation_that_lacks_a_sentence_falls_back() -> None:
    message = say("damage.done", name="Mug", disposition="reason.scrap", photo=say("also.nothing"))
    polish = {"damage.done": "{name}: {disposition}", "reason.scrap": "złom"}
    assert render(message, Translations("pl", {**english(), **polish})) == "Mug: złom"
    assert render(message) == "Damage logged. Mug goes to scrap. Fetch another one"


def test_reasons_from_outside_stay_as_they_came() -> None:
    assert reason("unpaid") == Message("reason.unpaid")
    assert reason("customer called") == "customer called"
    assert render(say("home.held", order="O1", reason=reason("fraud_check"))).count("reason.") == 0


def test_only_sentences_have_a_severity() -> None:
    assert _SEVERITIES.keys() <= english().keys()
    assert not [key for key in _SEVERITIES if key.startswith(LABELS)]


def test_every_refusal_is_an_error() -> None:
    shouted = {
        key
        for key, text in english().items()
        if not key.startswith(LABELS)
        if re.match(r"(NOT|WRONG|UNKNOWN|TOO MANY|SEALED)\b", forms(text)[-1])
    }
    quiet = {key for key in shouted if severity_of(key) not in (Severity.ERROR, Severity.STOP)}
    assert quiet == {"station.not_confirmed", "capture.dropped"}


def test_an_event_of_a_newer_picker_is_not_guessed_at() -> None:
    for kind, schema in (("UnitsTeleported", 1), ("UnitsPicked", SCHEMA + 1)):
        with pytest.raises(ValueError, match=kind):
            decode(kind, {}, schema)


def test_events_are_a_closed_set() -> None:
    assert EVENTS["OrderChanged"] is OrderChanged
    assert decode(*encode(OrderChanged(()))) == OrderChanged(())
