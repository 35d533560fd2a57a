"""What the packer is to do now, in one sentence: shown with every state and inside every refusal."""

from picker.choices import Weighing
from picker.flow.bare import bare_to_check, bare_to_pick, is_bare
from picker.flow.countable import countable
from picker.flow.events import OWN_BOX
from picker.flow.messages import reason
from picker.flow.owed import owed
from picker.flow.repeat import offered
from picker.flow.state import DialogKind, Phase, Question, State
from picker.flow.tasks import tasks
from picker.flow.work import LineWork, OrderWork
from picker.locale.messages import Message, say

ABOUT_ONE = (DialogKind.OVERRIDE, DialogKind.UNFIT)
"""Questions about the packaging that is their subject."""
_BADGE = (DialogKind.PHOTO, DialogKind.REPRINT)
"""Questions that, without options, only a lead's badge answers."""


def prompt(state: State) -> Message:
    """Return the sentence that tells the packer what to do now."""
    if state.dialog is not None:
        if state.dialog.kind is DialogKind.ATTACH:
            return say("prompt.lead" if state.dialog.picked else "prompt.attach")
        if state.dialog.kind in _BADGE and not state.dialog.options:
            return say("prompt.lead")
        if not state.dialog.options:
            return say("prompt.damage_item")
        count = len(state.dialog.options)
        if state.dialog.kind in ABOUT_ONE:
            return say("prompt.choice_of", packaging=state.dialog.subject, count=count)
        return say("prompt.choice", count=count)
    if state.take_out:
        return say("prompt.take_out")
    return _PROMPTS[state.phase](state)


def wanted(state: State) -> Message:
    """Return the same sentence for the inside of a refusal."""
    return prompt(state)


def _home(state: State) -> Message:
    return say("prompt.home", order=state.offer.order) if state.offer else say("prompt.home_empty")


def _take_back(state: State) -> Message:
    if state.work is None:
        raise AssertionError("taking back without an order")
    line = to_take_back(state.work)
    loose = state.work.loose(line.line)
    key = "prompt.take_back" if loose else "prompt.take_back_sealed"
    return say(key, count=min(line.surplus, loose) if loose else line.surplus, name=line.name)


def to_take_back(work: OrderWork) -> LineWork:
    """Return the line of which units are to be scanned out, one that is not sealed yet before others."""
    surplus = [line for line in work.lines if line.surplus]
    return max(surplus, key=lambda line: bool(work.loose(line.line)))


def _pick(state: State) -> Message:
    if state.work is None:
        raise AssertionError("picking without an order")
    task = tasks(state.work)[0]
    if state.policy.confirm_location and task.location and state.work.location != task.location:
        return say("prompt.location", location=task.location)
    if bare_to_pick(state) is not None:
        key = "prompt.pick_place" if task.location else "prompt.pick_ok"
        return say(key, name=task.line.name, location=task.location, count=task.line.waiting)
    name, more = countable(state)
    if more:
        return say("prompt.pick_count", name=task.line.name, same=name)
    return say("prompt.pick", name=task.line.name)


def _capture(state: State) -> Message:
    if owed(state) == "serial":
        return say("prompt.serial")
    return say(f"prompt.{owed(state)}", same=offered(state.work))


def _check(state: State) -> Message:
    name, more = countable(state)
    parcel = state.work.open_parcel.number if state.work else 1
    bare = bare_to_check(state)
    if bare is not None and not more:
        others = state.work is not None and any(
            line.in_tote and not is_bare(state.work, line) for line in state.work.lines
        )
        return say("prompt.check_or_ok" if others else "prompt.check_ok", parcel=parcel, name=bare.name)
    return say("prompt.check_count", parcel=parcel, name=name) if more else say("prompt.check", parcel=parcel)


def _packaging(state: State) -> Message:
    if not (state.plan and state.plan.parcels):
        return say("prompt.packaging_free")
    box = state.plan.parcels[0].packaging
    return say("prompt.own_box", name=box.name) if box.own_of else say("prompt.packaging", packaging=box.name)


def _stopped(state: State) -> Message:
    if state.work is None:
        raise AssertionError("a stop without an order")
    return stopped(state.work)


def stopped(work: OrderWork) -> Message:
    """Return the sentence of a stopped order."""
    names = {line.line: line.name for line in work.lines}
    changes = ", ".join(
        f"{after - before:+d} {names.get(line, '?')}"
        if after != before
        else f"{after} x {names.get(line, '?')}"
        for line, before, after in work.changes
    )
    why = reason(work.stop_reason) or say("reason.not_given")
    return say(f"stop.{work.stop}", order=work.order.name, reason=why, changes=changes)


def _fill(state: State) -> Message:
    parcel = state.work.next_parcel if state.work else None
    key = "prompt.seal"
    if state.phase is Phase.WEIGH:
        key = "prompt.weigh" if may_skip(state) else "prompt.weigh_required"
    return say(key, fill=_filled(parcel.packaging if parcel else ""))


def _photo(state: State) -> Message:
    parcel = state.work.next_parcel if state.work else None
    return say("prompt.photo", fill=_filled(parcel.packaging if parcel else ""))


def _pieces(state: State) -> Message:
    return say("prompt.pieces", count=max(state.parcels, state.work.parcels_begun if state.work else 1))


def _filled(packaging: str) -> Message:
    return say("also.own_box") if packaging.startswith(OWN_BOX) else say("also.fill", packaging=packaging)


def _measure(state: State) -> Message:
    measuring = state.measuring
    if measuring is None:
        raise AssertionError("nothing is being measured")
    if not measuring.sku:
        return say("prompt.measure_which" if measuring.options else "prompt.measure")
    if len(measuring.sides) == 3:
        return say("prompt.measure_weight", name=measuring.name)
    key = ("prompt.measure_sides", "prompt.measure_width", "prompt.measure_height")[len(measuring.sides)]
    return say(key, name=measuring.name)


def _label(state: State) -> Message:
    parcel = state.work.next_parcel if state.work else None
    key = "prompt.collect" if state.work and state.work.order.pick_up else "prompt.label"
    return say(key, parcel=parcel.number if parcel else 1)


_PROMPTS = {
    Phase.SIGNED_OUT: lambda state: say("prompt.badge"),
    Phase.HOME: _home,
    Phase.STOPPED: _stopped,
    Phase.TAKE_BACK: _take_back,
    Phase.PICK: _pick,
    Phase.CAPTURE: _capture,
    Phase.CHECK: _check,
    Phase.PACKAGING: _packaging,
    Phase.PHOTO: _photo,
    Phase.PIECES: _pieces,
    Phase.WEIGH: _fill,
    Phase.SEAL: _fill,
    Phase.LABEL: _label,
    Phase.MEASURE: _measure,
}


def options(state: State) -> tuple[Message, ...]:
    """Return the numbered answers of an open question in words."""
    if state.dialog is not None:
        return state.dialog.words or tuple(say(f"reason.{option}") for option in state.dialog.options)
    if state.phase is Phase.MEASURE and state.measuring and not state.measuring.sku:
        return tuple(say("kind.product", sku=sku, name=name) for sku, name in state.measuring.options)
    return ()


def may_skip(state: State) -> bool:
    """Return whether the parcel may go without a weight: not to get round one that looks wrong."""
    asked = state.pending is not None and state.pending.action is Question.WEIGHT
    return state.policy.weigh is Weighing.OPTIONAL and not asked
