"""An unknown barcode attached to the product in hand, so that it is known from now on."""

from dataclasses import replace

from data.types import CodeKind, CodeMatch, Role
from picker.choices import Attaching
from picker.flow import misread, which
from picker.flow.events import BarcodeAttached
from picker.flow.state import Dialog, DialogKind, Pending, Question
from picker.flow.turn import Step, Turn
from picker.flow.work import LineWork
from picker.locale.messages import Message, say

_LONGEST = 80
_CASES = "12345678"
"""First digit of a GTIN-14 on a case: GS1 General Specifications, 2.1.7."""


def note(turn: Turn) -> None:
    """Remember a barcode that nobody knows until the next input, which may attach it.

    A code of the house, a logistic unit's number, and a lot or serial number alone, are no product's barcode. Of an
    item with an add-on its own number is attached: the add-on counts its issues.
    """
    scan = turn.scan
    if scan is None or scan.ours or scan.doubt in misread.NEVER_PLAIN:
        return
    if scan.sscc or len(scan.key) > _LONGEST:
        return
    if not scan.gtin and (scan.lot or scan.serial or scan.expiry):
        return
    case = bool(scan.gtin) and scan.key[0] in _CASES
    question = Question.ATTACH_CASE if case else Question.ATTACH
    turn.state = replace(turn.state, pending=Pending(question, scan.gtin or scan.key))


def on_attach(turn: Turn) -> Step:
    """Ask which product the barcode scanned last belongs to."""
    asked = turn.asked
    if turn.state.policy.attach_barcode is Attaching.OFF:
        return turn.refuse("attach.off")
    if asked is None or asked.action not in (Question.ATTACH, Question.ATTACH_CASE):
        return turn.say("attach.nothing")
    if asked.action is Question.ATTACH_CASE:
        return turn.refuse("attach.case", code=asked.code)
    turn.state = replace(turn.state, dialog=Dialog(DialogKind.ATTACH, (), subject=asked.code))
    return turn.say("attach.ask", code=asked.code)


def on_answer(turn: Turn, dialog: Dialog) -> Step:
    """Take a product of the order, then, where it is wanted, the badge of a lead."""
    if turn.matches(CodeKind.WORKER):
        return _on_badge(turn, dialog)
    if not turn.matches(CodeKind.PRODUCT):
        return turn.refuse("attach.wanted", code=turn.code)
    product = which.product(turn)
    if isinstance(product, Step):
        return product
    line = next((line for line in turn.work.lines if line.sku == product.ref), None)
    if line is None:
        return turn.refuse("attach.not_ordered", what=turn.what())
    return _on_product(turn, dialog, line, product)


def _on_product(turn: Turn, dialog: Dialog, line: LineWork, match: CodeMatch) -> Step:
    chosen = replace(dialog, line=line.line, picked=(str(match.quantity),))
    if turn.state.policy.attach_barcode is Attaching.PACKER and _is_barcode(turn, line):
        return _attach(turn, chosen, "")
    turn.state = replace(turn.state, dialog=chosen)
    return turn.say("attach.lead", code=dialog.subject, name=line.name)


def _is_barcode(turn: Turn, line: LineWork) -> bool:
    """Whether the product itself was scanned: a SKU can be typed without having it in hand."""
    scan = turn.scan
    known = {code for code, _ in turn.work.order.codes.get(line.sku, ())}
    return scan is not None and scan.key != line.sku.upper() and bool(known & {scan.key, *scan.other_keys})


def _on_badge(turn: Turn, dialog: Dialog) -> Step:
    worker = turn.facts.workers.get(turn.matches(CodeKind.WORKER)[0].ref)
    if worker is None or worker.role is Role.PACKER:
        return turn.refuse("attach.no_lead", what=turn.what())
    if not dialog.picked:
        return turn.refuse("attach.item_first", code=dialog.subject)
    return _attach(turn, dialog, worker.id)


def _attach(turn: Turn, dialog: Dialog, authorised_by: str) -> Step:
    line = turn.work.line(dialog.line)
    units = int(dialog.picked[0])
    turn.state = turn.state.calm()
    if turn.facts.taken:
        return turn.say("attach.known", code=dialog.subject)
    turn.emit(BarcodeAttached(line.line, line.sku, dialog.subject, units, authorised_by))
    key = "attach.done" if units == 1 else "attach.done_many"
    return turn.say(key, code=dialog.subject, name=line.name, count=units)


def why(turn: Turn) -> Message:
    """Why a barcode may be unknown, for the inside of its refusal."""
    if turn.facts.case_of:
        return say("also.case_of", name=turn.facts.case_of)
    if turn.scan is None or turn.scan.doubt is None:
        return say("also.nothing")
    return say("also.detail", detail=misread.words(turn.scan))
