"""Lot, serial and expiry: asked for when the product wants them, in one code or in several."""

from dataclasses import replace

from data.types import Product
from picker.flow import dates, serials
from picker.flow.events import (
    CaptureStarted,
    DamageSource,
    Event,
    StopAcknowledged,
    StopKind,
    UnitsChecked,
    UnitsDamaged,
    UnitsPicked,
)
from picker.flow.items import Item, spread
from picker.flow.owed import lacking, owed
from picker.flow.pattern import LONGEST, fits, pattern_of, sample
from picker.flow.prompts import wanted
from picker.flow.repeat import offered, repeated
from picker.flow.state import Pending, Question
from picker.flow.tasks import Task, tasks
from picker.flow.turn import Step, Turn
from picker.flow.undo import take_back
from picker.flow.work import OrderWork
from picker.locale.messages import say
from scanning.result import Fused, Scan, ScanProblem


def begin(turn: Turn, item: Item, task: Task) -> Step:
    """Pick the units at once when nothing is owed, else remember them and ask."""
    product = turn.work.order.products.get(item.sku)
    if product and product.serial_wanted and item.quantity > 1:
        return turn.refuse("capture.single", name=item.name, count=item.quantity)
    scan = turn.scan
    if scan is None:
        raise AssertionError("an item is always scanned")
    started = CaptureStarted(task.line.line, item.sku, item.quantity, turn.code, task.location)
    return _take(turn, started, _filled(started, product, scan), scan)


def begin_bare(turn: Turn, task: Task, units: int) -> Step:
    """The same for goods without a barcode, of which nothing but their place is known."""
    return _go_on(turn, CaptureStarted(task.line.line, task.line.sku, units, turn.code, task.location))


def _take(turn: Turn, before: CaptureStarted, filled: CaptureStarted, scan: Scan) -> Step:
    """Go on with what a scan filled in, unless a lost separator may have run two fields together.

    The doubtful field is then left open; the same code again says that it is whole.
    """
    product = turn.work.order.products.get(before.sku)
    question = Pending(Question.FUSED, scan.text)
    fused = _fused(filled, product, scan)
    if fused is None or (turn.asked == question and not _unlike(filled, product)):
        return _go_on(turn, filled)
    without = replace(filled, **{fused.inside: getattr(before, fused.inside)})
    if without != turn.work.capture:
        turn.emit(without)
    turn.state = replace(turn.state, pending=question)
    return turn.say(
        "capture.fused",
        inside=say(f"also.{fused.inside}"),
        hidden=say(f"also.{fused.hidden}"),
        whole=getattr(filled, fused.inside),
        head=fused.head,
        tail=fused.tail,
    )


def _fused(filled: CaptureStarted, product: Product | None, scan: Scan) -> Fused | None:
    """Where in the scan a field that this product still owes may be hidden inside another one of it.

    A field that looks as the product's do is whole; one that only its beginning looks like is not.
    """
    for fused in scan.fused:
        if product is None or getattr(filled, fused.inside) != getattr(scan, fused.inside):
            continue
        pattern = pattern_of(product, fused.inside)
        if pattern and fits(pattern, getattr(filled, fused.inside)):
            continue
        owed = getattr(product, f"{fused.hidden}_wanted") and not getattr(filled, fused.hidden)
        if owed if not pattern else fits(pattern, fused.head):
            return fused
    return None


def _unlike(started: CaptureStarted, product: Product | None) -> str:
    """Which of the captured fields does not look as those of the product do; "" when all may be right."""
    for field in ("lot", "serial"):
        value = getattr(started, field)
        if product is not None and value and not fits(pattern_of(product, field), value):
            return field
    return ""


def _filled(started: CaptureStarted, product: Product | None, scan: Scan) -> CaptureStarted:
    """With what the scan tells: lot and date whether the product wants them or not, a check compares them.

    Of serial numbers that nobody wants to know nothing is kept: packers scan one unit for several of those.
    """
    if product is None:
        return started
    lot = scan.lot or ""
    fitting = product.lot_wanted or fits(pattern_of(product, "lot"), lot)
    return replace(
        started,
        lot=started.lot or (lot if fitting else ""),
        serial=started.serial or (scan.serial or "" if product.serial_wanted else ""),
        expiry=started.expiry or (scan.expiry.isoformat() if scan.expiry else ""),
    )


def _go_on(turn: Turn, started: CaptureStarted) -> Step:
    product = turn.work.order.products.get(started.sku)
    line = turn.work.line(started.line)
    if field := _unlike(started, product):
        return _refuse_unlike(turn, started, product, field)
    if started.serial and _known(turn, started):
        return turn.refuse("capture.serial_twice", serial=started.serial)
    refused = serials.refusal(turn, started.sku, started.serial) or dates.refusal(
        turn, started.sku, line.name, started.expiry
    )
    if refused:
        return refused
    if asked := _other_date(turn, started):
        return asked
    missing = lacking(started, product)
    if missing:
        turn.emit(started)
        return turn.say(f"capture.{missing}", name=line.name, same=offered(turn.work))
    return count(turn, started)


def _other_date(turn: Turn, started: CaptureStarted) -> Step | None:
    """A lot has one date: ask when this one is not that of the units before; the same again says that it is right."""
    lines = [line for line in turn.work.lines if line.sku == started.sku]
    before = {trace.expiry for line in lines for trace, _ in line.traced if trace.lot == started.lot} - {""}
    question = Pending(Question.OTHER_DATE, f"{started.lot} {started.expiry}")
    known = not before or started.expiry in before
    if not started.lot or not started.expiry or known or turn.asked == question:
        return None
    turn.state = replace(turn.state, pending=question)
    name, was = turn.work.line(started.line).name, ", ".join(sorted(before))
    return turn.say("capture.other_date", name=name, lot=started.lot, expiry=started.expiry, before=was)


def _refuse_unlike(turn: Turn, started: CaptureStarted, product: Product | None, field: str) -> Step:
    """Refuse a lot or serial number that can't be one of this product; what else was scanned with it stands."""
    wanted = sample(pattern_of(product, field)) if product else ""
    without = replace(started, lot="") if field == "lot" else replace(started, serial="")
    if without != turn.work.capture:
        turn.emit(without)
    name = turn.work.line(started.line).name
    return turn.refuse(f"capture.unlike_{field}", value=getattr(started, field), name=name, sample=wanted)


def _known(turn: Turn, started: CaptureStarted) -> bool:
    lines = {line.line for line in turn.work.lines if line.sku == started.sku}
    return any(serial == started.serial and line in lines for line, serial in turn.work.serials)


def count(turn: Turn, done: CaptureStarted, *, typed: bool = False) -> Step:
    """Count units as picked; `typed` says that they were not scanned one by one but their number was typed."""
    rooms = [(t.line.line, t.line.waiting) for t in tasks(turn.work) if t.line.sku == done.sku]
    rooms.sort(key=lambda room: room[0] != done.line)
    of = (done.lot, done.serial, done.expiry)
    for number, units in spread(done.quantity, rooms):
        turn.emit(UnitsPicked(number, done.sku, units, done.location, done.code, *of, typed))
        if turn.state.policy.one_scan:
            parcel = turn.work.open_parcel.number
            turn.emit(UnitsChecked(number, done.sku, units, parcel, done.code, typed, *of))
    turn.state = replace(turn.state, last_line=done.line)
    line, word = turn.work.line(done.line), dates.word(turn, done.expiry)
    if any(other.waiting for other in turn.work.lines):
        key = "pick.done" if line.waiting else "pick.line_done"
        return turn.say(key, name=line.name, done=line.picked, wanted=line.wanted, word=word)
    return turn.say("pick.packed_all" if turn.state.policy.one_scan else "pick.all_done", word=word)


def on_scan(turn: Turn) -> Step:
    """Take the next thing owed from a GS1 code or from plain text."""
    started, scan = turn.work.capture, turn.scan
    if started is None or scan is None:
        raise AssertionError("no capture is pending")
    product = turn.work.order.products.get(started.sku)
    missing = lacking(started, product)
    filled = _filled(started, product, scan)
    if filled != started and (scan.gtin is None or _same_product(turn, started)):
        return _take(turn, started, filled, scan)
    name = turn.work.line(started.line).name
    if missing == "expiry":
        expiry = None if turn.facts.matches else dates.read_date(scan.text)
        if expiry is None:
            return turn.refuse("capture.bad_expiry", code=turn.code, name=name)
        return _go_on(turn, replace(started, expiry=expiry))
    if turn.facts.matches or not _may_be_whole(scan):
        return turn.refuse(f"capture.bad_{missing}", what=turn.what(), name=name)
    question = Pending(Question.LOT if missing == "lot" else Question.CAPTURED_SERIAL, scan.text)
    if (scan.gtin or scan.sscc) and turn.asked != question:
        # One in ten numbers of 8 or 13 digits has the check digit of a product code by chance.
        turn.state = replace(turn.state, pending=question)
        return turn.say(f"capture.doubtful_{missing}", code=turn.code, name=name)
    return _go_on(
        turn, replace(started, lot=scan.text) if missing == "lot" else replace(started, serial=scan.text)
    )


def _may_be_whole(scan: Scan) -> bool:
    """Whether a text can be one lot or serial number: no code of the house, no web link, no separator in it."""
    doubtful = scan.doubt in (ScanProblem.LINK, ScanProblem.SEPARATOR)
    return len(scan.text) <= LONGEST and scan.text.isprintable() and not (scan.ours or doubtful)


def on_ok(turn: Turn) -> Step:
    """With nothing typed: lot and expiry are those of the unit before."""
    filled = repeated(turn.work) if owed(turn.state) != "serial" else None
    if filled is None:
        return turn.refuse("command.not_now", command=say("command.OK"), wanted=wanted(turn.state))
    return _go_on(turn, filled)


def _same_product(turn: Turn, started: CaptureStarted) -> bool:
    return any(match.ref == started.sku for match in turn.facts.matches)


def on_back(turn: Turn) -> Step:
    """Drop the pending item; nothing of it was counted."""
    name = turn.work.line(turn.work.capture.line).name if turn.work.capture else ""
    take_back(turn, _pending(turn.work))
    return turn.done(say("capture.dropped", name=name))


def _pending(work: OrderWork) -> tuple[str, ...]:
    """Ids of what belongs to the pending item; a stop, a pause or refused scans may lie between."""
    missing = []
    for entry in reversed(work.history):
        if work.capture is None or _ends(entry.event, work.capture.line):
            break
        if isinstance(entry.event, CaptureStarted):
            missing.append(entry.id)
    return tuple(missing)


def _ends(event: Event, line: int) -> bool:
    match event:
        case UnitsPicked() | StopAcknowledged(kind=StopKind.CHANGED):
            return True
        case UnitsDamaged(source=DamageSource.SHELF):
            return event.line == line
    return False
