"""What may be scanned now, in words and as codes: shown with every prompt and every refusal."""

from dataclasses import dataclass

from data.types import CodeKind
from picker.flow.messages import Message, say
from picker.flow.state import Phase, State
from picker.flow.tasks import tasks


@dataclass(frozen=True, slots=True)
class Accept:
    """One kind of thing that fits now; `codes` are examples that would do, best first."""

    kind: str
    codes: tuple[str, ...] = ()
    words: str = ""


def prompt(state: State) -> Message:
    """Return the sentence that tells the packer what to do now."""
    if state.dialog is not None:
        if state.dialog.kind == "damage" and not state.dialog.line:
            return say("prompt.damage_item")
        return say("prompt.choice", count=len(state.dialog.options))
    if state.take_out:
        return say("prompt.take_out")
    return _PROMPTS[state.phase](state)


def wanted(state: State) -> Message:
    """Return the same sentence for the inside of a refusal."""
    return prompt(state)


def _home(state: State) -> Message:
    return say("prompt.home", order=state.offer.order) if state.offer else say("prompt.home_empty")


def _take_back(state: State) -> Message:
    line = next(line for line in state.work.lines if line.surplus) if state.work else None
    return say("prompt.take_back", count=line.surplus, name=line.name) if line else say("prompt.take_out")


def _pick(state: State) -> Message:
    if state.work is None:
        raise AssertionError("picking without an order")
    task = tasks(state.work)[0]
    if state.policy.confirm_location and task.location and state.work.location != task.location:
        return say("prompt.location", location=task.location)
    return say("prompt.pick", name=task.line.name)


def _capture(state: State) -> Message:
    from picker.flow.capture import owed

    return say(f"prompt.{owed(state)}")


def _check(state: State) -> Message:
    return say("prompt.check", parcel=state.work.open_parcel.number if state.work else 1)


def _packaging(state: State) -> Message:
    if state.plan and state.plan.parcels:
        return say("prompt.packaging", packaging=state.plan.parcels[0].packaging.name)
    return say("prompt.packaging_free")


def _fill(state: State) -> Message:
    parcel = state.work.next_parcel if state.work else None
    key = "prompt.weigh" if state.phase is Phase.WEIGH else "prompt.seal"
    return say(key, packaging=parcel.packaging if parcel else "")


def _label(state: State) -> Message:
    parcel = state.work.next_parcel if state.work else None
    return say("prompt.label", parcel=parcel.number if parcel else 1)


_PROMPTS = {
    Phase.SIGNED_OUT: lambda state: say("prompt.badge"),
    Phase.HOME: _home,
    Phase.STOPPED: lambda state: say("prompt.stopped"),
    Phase.TAKE_BACK: _take_back,
    Phase.PICK: _pick,
    Phase.CAPTURE: _capture,
    Phase.CHECK: _check,
    Phase.PACKAGING: _packaging,
    Phase.WEIGH: _fill,
    Phase.SEAL: _fill,
    Phase.LABEL: _label,
}


def accepts(state: State) -> tuple[Accept, ...]:
    """Return the kinds that fit now, each with codes that would do where they are known."""
    if state.dialog is not None and (
        state.dialog.options and (state.dialog.kind != "damage" or state.dialog.line)
    ):
        words = ", ".join(f"{number} {option}" for number, option in enumerate(state.dialog.options, 1))
        return (Accept("choice", tuple(str(n) for n in range(1, len(state.dialog.options) + 1)), words),)
    if state.phase is Phase.SIGNED_OUT:
        return (Accept(CodeKind.WORKER.value),)
    if state.phase is Phase.HOME:
        offered = (state.offer.order,) if state.offer else ()
        return (Accept(CodeKind.ORDER.value, offered), Accept("command", ("NEXT",) if offered else ()))
    return _work_accepts(state)


def _work_accepts(state: State) -> tuple[Accept, ...]:
    work = state.work
    if work is None:
        return ()
    if state.phase is Phase.PICK and not state.take_out:
        task = tasks(work)[0]
        here = Accept(CodeKind.LOCATION.value, (task.location,) if task.location else ())
        if state.policy.confirm_location and task.location and work.location != task.location:
            return (here,)
        return (_product(state, task.line.sku, task.line.waiting), here)
    if state.phase is Phase.CAPTURE:
        from picker.flow.capture import owed

        return (Accept(owed(state)),)
    if state.phase is Phase.STOPPED:
        return (Accept("command", ("OK",)),)
    if state.phase in (Phase.CHECK, Phase.TAKE_BACK) or state.take_out:
        lines = [line for line in work.lines if _open_for(state, line.line)]
        return tuple(_product(state, line.sku, 1) for line in lines)
    return _parcel_accepts(state)


def _open_for(state: State, number: int) -> bool:
    line = state.work.line(number) if state.work else None
    if line is None:
        return False
    if state.phase is Phase.TAKE_BACK:
        return line.surplus > 0
    return line.picked > 0 if state.take_out else line.in_tote > 0


def _product(state: State, sku: str, most: int) -> Accept:
    known = state.work.order.codes.get(sku, ()) if state.work else ()
    codes = tuple(code for code, quantity in sorted(known, key=lambda c: c[1]) if quantity <= most)
    return Accept(CodeKind.PRODUCT.value, codes or (sku,), sku)


def _parcel_accepts(state: State) -> tuple[Accept, ...]:
    parcel = state.work.next_parcel if state.work else None
    if state.phase is Phase.PACKAGING:
        proposed = tuple(dict.fromkeys(p.packaging.code for p in state.plan.parcels)) if state.plan else ()
        packaging = Accept(CodeKind.PACKAGING.value, proposed or state.boxes)
        return (packaging, Accept("command", ("OK",))) if proposed else (packaging,)
    if state.phase is Phase.WEIGH:
        expected = (str(parcel.expected_g),) if parcel and parcel.expected_g else ()
        return (Accept("weight", expected), Accept("command", ("SKIP",)))
    if state.phase is Phase.SEAL:
        return (
            Accept("command", ("OK",)),
            Accept(CodeKind.PACKAGING.value, (parcel.packaging,) if parcel else ()),
        )
    return (Accept(CodeKind.PARCEL.value, (f"00{parcel.sscc}",) if parcel else ()),)
