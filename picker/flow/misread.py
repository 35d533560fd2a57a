"""What is wrong with a scan, in a packer's words; the parser's own go to the records alone."""

from dataclasses import replace

from picker.flow.accepts import accepts
from picker.flow.prompts import wanted
from picker.flow.state import State
from picker.flow.turn import Step, Turn
from picker.locale.messages import Message, say
from scanning.result import Scan, ScanProblem

_STRAY = (ScanProblem.CONTROL_CHARACTER, ScanProblem.UNDECODABLE)
NEVER_PLAIN = (ScanProblem.OWN_CODE, ScanProblem.INPUT_METHOD)
"""Doubts under which a text nobody knows is neither a lot nor a barcode to attach."""
_FIGURES = frozenset({"count", "weight", "sides", "choice", "expiry"})


def words(scan: Scan) -> Message:
    """Say what is wrong, or may be, with a scan that has a problem or a doubt."""
    problem = scan.problem or scan.doubt
    if problem is None:
        raise AssertionError(f"nothing is wrong with {scan.text!r}")
    # Its number alone: the name of a character is in English.
    stray = {"detail": scan.detail.partition(" ")[0]} if problem in _STRAY else {}
    return say(f"problem.{problem.value}", **stray)


def refuse(turn: Turn, scan: Scan) -> Step:
    """Refuse a scan that can't be trusted. An add-on alone is told mildly: some scanners send one behind each EAN."""
    if scan.problem is ScanProblem.ADD_ON:
        return turn.say("scan.add_on", why=words(scan), wanted=wanted(turn.state))
    return turn.refuse("scan.bad", why=words(scan))


def refuse_doubt(turn: Turn) -> Step | None:
    """Refuse what nobody knows and what is surely not meant so; None when the scan is to be answered.

    Where a figure is wanted, an input method's digits are read as the digits they are.
    """
    scan = turn.scan
    if scan is None or turn.facts.matches or scan.doubt not in NEVER_PLAIN:
        return None
    if scan.folded[:1].isdigit() and _wants_figure(turn.state):
        turn.scan = replace(scan, text=scan.folded)
        return None
    return refuse(turn, scan)


def _wants_figure(state: State) -> bool:
    return any(accept.kind in _FIGURES for accept in accepts(state))
