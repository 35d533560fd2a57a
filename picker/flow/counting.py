"""Counting by a typed number: of many open units of one product one is scanned, how many more is typed."""

import re

from picker.flow import capture, check, units
from picker.flow.countable import alike, last_scanned, left_of, trace_of
from picker.flow.events import CaptureStarted, UnitsChecked
from picker.flow.state import Phase, Question
from picker.flow.turn import Step, Turn

_NUMBER = re.compile(r"([1-9][0-9]{0,3})\s*[xX×]?")


def on_number(turn: Turn) -> Step | None:
    """Count a typed number of the item scanned last, or say why not; None for what is no such number.

    What is a code of anything stays that code. The shop's policy switches this on.
    """
    typed = _NUMBER.fullmatch(turn.scan.text.strip()) if turn.scan else None
    counts_here = turn.state.policy.count_from and turn.state.phase in (Phase.PICK, Phase.CHECK)
    if typed is None or turn.facts.matches or not counts_here or units.by_serial(turn):
        return None
    if turn.asked is not None and turn.asked.action is Question.SERIAL:
        return None
    number, last = int(typed[1]), last_scanned(turn.state)
    if last is None:
        return turn.refuse("count.scan_first")
    product, left = turn.work.order.products.get(last.sku), left_of(turn.state, last)
    name = turn.work.line(last.line).name
    if product is not None and product.serial_wanted:
        return turn.refuse("capture.single", name=name, count=number)
    if left + last.quantity < turn.state.policy.count_from:
        return turn.refuse("count.too_few", name=name, least=turn.state.policy.count_from)
    if number > left:
        return turn.refuse("count.too_many", name=name, count=number, wanted=left)
    if isinstance(last, UnitsChecked):
        return check.count(
            turn, last.sku, number, last.code, alike(turn.state, last), trace_of(last), typed=True
        )
    lot = last.lot if product and product.lot_wanted else ""
    expiry = last.expiry if product and product.expiry_wanted else ""
    more = CaptureStarted(last.line, last.sku, number, last.code, last.location, lot, expiry=expiry)
    return capture.count(turn, more, typed=True)
