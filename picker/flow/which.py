"""One code of several things: the one that is wanted here is meant; where several are, the packer chooses."""

from collections.abc import Sequence
from dataclasses import replace

from data.types import CodeKind, CodeMatch
from picker.flow.events import ProductChosen
from picker.flow.fitting import takes
from picker.flow.state import Dialog, DialogKind, Phase
from picker.flow.tasks import tasks
from picker.flow.trace import Trace
from picker.flow.turn import Step, Turn
from picker.locale.messages import Message, say

_MOST = 9
"""Answers that have a key; what else shares the code comes to its turn once these are done."""


def product(turn: Turn) -> CodeMatch | Step:
    """Return the product that the scan means, of those it stands for, or the question which one is in hand.

    A lot, serial number or date in the code may say it. Without any that would be taken now it is one of the order,
    whose refusal then says why not.
    """
    matches = list({match.ref: match for match in turn.matches(CodeKind.PRODUCT)}.values())
    count = turn.scan.count if turn.scan and turn.scan.count else 1
    fitting = [match for match in matches if takes(turn.state, match.ref, match.quantity * count)]
    if len(fitting) > 1:
        said = _said(turn, fitting, count)
        if len(said) == 1:
            return said[0]
        return ask(turn, _in_order(turn, said or fitting))
    ordered = {line.sku for line in turn.work.lines} if turn.state.work else set()
    return next(iter(fitting), None) or next((m for m in matches if m.ref in ordered), matches[0])


def _said(turn: Turn, matches: list[CodeMatch], count: int) -> list[CodeMatch]:
    """Those of whose units all that the code tells can be true."""
    scan = turn.scan
    if scan is None:
        return matches
    known = turn.work.order.products if turn.state.work else {}
    expiry = scan.expiry.isoformat() if scan.expiry else ""
    said = []
    for match in matches:
        units, product = match.quantity * count, known.get(match.ref)
        serial = scan.serial or "" if product and product.serial_wanted and units == 1 else ""
        if takes(turn.state, match.ref, units, Trace(scan.lot or "", serial, expiry)):
            said.append(match)
    return said


def _in_order(turn: Turn, matches: list[CodeMatch]) -> list[CodeMatch]:
    """As the packer comes to them: open picks along the walk, then the other lines as ordered."""
    if turn.state.work is None:
        return matches
    skus = [task.line.sku for task in tasks(turn.work)] if turn.state.phase is Phase.PICK else []
    rank = {sku: n for n, sku in reversed(list(enumerate([*skus, *(line.sku for line in turn.work.lines)])))}
    return sorted(matches, key=lambda match: rank.get(match.ref, len(rank)))


def ask(turn: Turn, matches: Sequence[CodeMatch]) -> Step:
    """Ask which of these is in the packer's hand; the scan itself is kept, to go on with once that is said."""
    matches = tuple(matches[:_MOST])
    words = tuple(_words(turn, match) for match in matches)
    refs = tuple(match.ref for match in matches)
    before = turn.state.dialog
    turn.state = replace(
        turn.state,
        dialog=Dialog(DialogKind.WHICH, refs, words=words, scan=turn.scan, matches=matches, before=before),
    )
    turn.state = replace(turn.state, pending=turn.asked)
    return turn.say("scan.which", code=turn.code, count=len(matches))


def _words(turn: Turn, match: CodeMatch) -> Message:
    if match.kind is CodeKind.PRODUCT:
        known = turn.facts.products.get(match.ref)
        return say("kind.product", sku=match.ref, name=known.name if known else "")
    code = turn.facts.called(match.ref) if match.kind is CodeKind.ORDER else match.ref
    return say(f"kind.{match.kind.value}", code=code)


def chosen(dialog: Dialog, number: int, matches: Sequence[CodeMatch]) -> CodeMatch | None:
    """Return what was chosen, by its number or by a code of these `matches` that only it has; None for no answer."""
    if 1 <= number <= len(dialog.matches):
        return dialog.matches[number - 1]
    scanned = {(match.kind, match.ref) for match in matches}
    same = [match for match in dialog.matches if (match.kind, match.ref) in scanned]
    return same[0] if len(same) == 1 else None


def go_back(turn: Turn, dialog: Dialog, match: CodeMatch) -> None:
    """Turn back to the scan that was asked about, which now stands for the chosen thing alone; log the choice."""
    turn.resume(dialog.scan, match, dialog.before)
    if match.kind is CodeKind.PRODUCT:
        event = ProductChosen(match.ref, turn.code, dialog.options)
        turn.emit(event) if turn.state.work else turn.emit_station(event)
