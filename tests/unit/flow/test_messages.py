"""Every sentence: known, used, and complete."""

import ast
import re
from pathlib import Path

import pytest

from data.types import CodeKind
from picker.flow import damage, dialogs, packaging, photo
from picker.flow.apply import NOTHING_TO_PACK
from picker.flow.eventlog import EVENTS, SCHEMA, decode, encode
from picker.flow.events import OrderChanged
from picker.flow.messages import Message, reason, render, say
from picker.flow.sentences import CATALOGUE
from picker.flow.severity import Severity
from picker.flow.undo import _UNDOABLE
from picker.packing.types import Figure, Obstacle
from scanning.result import ScanProblem

PICKER = Path(dialogs.__file__).parents[1]
OUTSIDE = {"unpaid", "high_risk", "unknown_sku", "missing_barcode", NOTHING_TO_PACK}
"""Reasons that imports and the flow itself give for a hold."""
SPOTS = {
    "front",
    "back",
    *(f"{side}{row}" for side in ("left", "middle", "right") for row in ("", "_front", "_back")),
}
"""Where in a parcel something lies."""


def words_of_code() -> set[str]:
    """Every text constant of the program but the catalogue's own keys."""
    found = set()
    for path in PICKER.rglob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        keys = {
            id(key)
            for node in ast.walk(tree)
            if path.name == "messages.py" and isinstance(node, ast.Dict)
            for key in node.keys
        }
        found |= {
            node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in keys
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
        | {"undone.captured"}
        | {f"figure.{figure.value}" for figure in Figure if figure is not Figure.HAZMAT}
        | {f"hint.{owed}" for owed in ("lot", "serial", "expiry")}
        | {f"problem.{problem.value}" for problem in ScanProblem}
        | {f"way.{way}" for way in ("flat", "on_edge", "upright")}
        | {f"spot.{spot}" for spot in SPOTS}
    )


def test_every_key_that_the_flow_names_is_in_the_catalogue() -> None:
    rooms = {key.partition(".")[0] for key in CATALOGUE}
    named = {
        word for word in words_of_code() if re.fullmatch(rf"({'|'.join(rooms)})\.[a-z_]+(\.[a-z]+)?", word)
    }
    assert made_keys() <= CATALOGUE.keys()
    assert {word for word in named if not word.endswith("_")} <= CATALOGUE.keys()


def test_every_sentence_of_the_catalogue_is_used() -> None:
    assert CATALOGUE.keys() - words_of_code() - made_keys() == set()


def test_an_unknown_key_is_refused() -> None:
    with pytest.raises(KeyError, match=r"no\.such\.key"):
        say("no.such.key")


def test_parameters_are_never_formats() -> None:
    message = say("scan.unknown", code="{wanted} %s {0}", why="", wanted="x")
    assert render(message) == "UNKNOWN CODE {wanted} %s {0}. x"


def test_a_translation_that_lacks_a_sentence_falls_back() -> None:
    message = say("damage.done", name="Mug", disposition="reason.scrap", photo=say("also.nothing"))
    polish = {"damage.done": "{name}: {disposition}", "reason.scrap": "złom"}
    assert render(message, polish) == "Mug: złom"
    assert render(message, {}) == "Damage logged. Mug goes to scrap. Fetch another one"


def test_reasons_from_outside_stay_as_they_came() -> None:
    assert reason("unpaid") == Message("reason.unpaid")
    assert reason("customer called") == "customer called"
    assert render(say("home.held", order="O1", reason=reason("fraud_check"))).count("reason.") == 0


def test_every_refusal_is_an_error() -> None:
    shouted = {
        key
        for key, (_, text) in CATALOGUE.items()
        if re.match(r"(NOT|WRONG|UNKNOWN|TOO MANY|SEALED)\b", text)
    }
    quiet = {key for key in shouted if CATALOGUE[key][0] not in (Severity.ERROR, Severity.STOP)}
    assert quiet == {"station.not_confirmed", "capture.dropped"}


def test_an_event_of_a_newer_picker_is_not_guessed_at() -> None:
    for kind, schema in (("UnitsTeleported", 1), ("UnitsPicked", SCHEMA + 1)):
        with pytest.raises(ValueError, match=kind):
            decode(kind, {}, schema)


def test_events_are_a_closed_set() -> None:
    assert EVENTS["OrderChanged"] is OrderChanged
    assert decode(*encode(OrderChanged(()))) == OrderChanged(())
