"""What may be scanned now, as codes that would be taken and in words: shown with every prompt."""

from collections.abc import Iterable
from dataclasses import dataclass

from data.types import CodeKind
from picker.flow.bare import bare_to_check, bare_to_pick
from picker.flow.countable import countable
from picker.flow.events import OWN_BOX
from picker.flow.fitting import damageable, lying, places, source, takes
from picker.flow.owed import owed
from picker.flow.prompts import may_skip, options
from picker.flow.repeat import repeated
from picker.flow.stacks import in_tote
from picker.flow.state import DialogKind, Measuring, Phase, Question, State
from picker.flow.tasks import tasks
from picker.flow.work import LineWork, OrderWork
from picker.locale.messages import Message, say


@dataclass(frozen=True, slots=True)
class Accept:
    """One kind of thing that fits now; `codes` are examples that would do, best first.

    `words` names the thing; `hints` say what each code means, or what to type where no code is known.
    """

    kind: str
    codes: tuple[str, ...] = ()
    words: str = ""
    hints: tuple[Message, ...] = ()


def accepts(state: State) -> tuple[Accept, ...]:
    """Return the kinds that fit now, each with codes that would do where they are known."""
    answers = options(state)
    choice = Accept("choice", tuple(str(n + 1) for n in range(len(answers))), hints=answers)
    if state.dialog is not None and answers:
        return (choice,)
    if state.phase is Phase.MEASURE and state.measuring is not None:
        return (choice, Accept(CodeKind.PRODUCT.value)) if answers else _measure_accepts(state.measuring)
    if state.phase is Phase.SIGNED_OUT:
        return (Accept(CodeKind.WORKER.value),)
    if state.phase is Phase.HOME:
        offered = (state.offer.code,) if state.offer and state.offer.code else ()
        return (Accept(CodeKind.ORDER.value, offered), Accept("command", ("NEXT",) if state.offer else ()))
    return _work_accepts(state)


def _measure_accepts(measuring: Measuring) -> tuple[Accept, ...]:
    leave = Accept("command", ("BACK",))
    if not measuring.sku:
        return (Accept(CodeKind.PRODUCT.value), leave)
    keep = Accept("command", ("OK", "BACK"))
    if len(measuring.sides) == 3:
        return (Accept("weight", hints=(say("hint.weight"),)), keep if measuring.before[3] else leave)
    known = all(measuring.before[:3]) and not measuring.sides
    return (Accept("sides", hints=(say("hint.sides"),)), keep if known else leave)


def _work_accepts(state: State) -> tuple[Accept, ...]:
    work = state.work
    if work is None:
        return ()
    if state.dialog is not None and state.dialog.kind is DialogKind.ATTACH:
        badge = Accept(CodeKind.WORKER.value)
        return (badge,) if state.dialog.picked else _products(state, work.lines)
    if state.dialog is not None and state.dialog.kind in (DialogKind.PHOTO, DialogKind.REPRINT):
        return (Accept(CodeKind.WORKER.value),) if not state.dialog.options else ()
    if state.dialog is not None:
        return _products(state, (line for line in work.lines if damageable(state, line)))
    if state.take_out:
        return _out(state, (line for line in work.lines if work.loose(line.line)))
    if state.phase is Phase.PICK:
        return _picked(state, work)
    if state.phase is Phase.CAPTURE:
        typed = Accept(owed(state), hints=(say(f"hint.{owed(state)}"),))
        same = owed(state) != "serial" and repeated(work) is not None
        return (typed, Accept("command", ("OK",))) if same else (typed,)
    if state.phase is Phase.STOPPED:
        return (Accept("command", ("OK",)),)
    if state.phase is Phase.CHECK:
        bare = (Accept("command", ("OK",)),) if bare_to_check(state) else ()
        return (*_checked(state, [line for line in work.lines if line.in_tote]), *bare, *_number(state))
    if state.phase is Phase.TAKE_BACK:
        lines = [line for line in work.lines if line.surplus and work.loose(line.line)]
        return _out(state, lines) or (Accept("command", ("PARK",)),)
    return _parcel_accepts(state)


def _picked(state: State, work: OrderWork) -> tuple[Accept, ...]:
    """What is to be picked: of goods without a barcode first what stands for them."""
    task = tasks(work)[0]
    here = Accept(CodeKind.LOCATION.value, (task.location,) if task.location else ())
    if state.policy.confirm_location and task.location and work.location != task.location:
        return (here,)
    product = _product(state, task.line.sku)
    if bare_to_pick(state) is None:
        return (product, here, *_number(state))
    return (here if task.location else Accept("command", ("OK",)), product)


def _number(state: State) -> tuple[Accept, ...]:
    name, more = countable(state)
    return (Accept("count", hints=(say("hint.count", name=name, most=more),)),) if more else ()


def _products(state: State, lines: Iterable[LineWork]) -> tuple[Accept, ...]:
    """The products of some lines, each once."""
    return tuple(_product(state, sku) for sku in dict.fromkeys(line.sku for line in lines))


def _product(state: State, sku: str) -> Accept:
    """A product by its codes that would be taken now: first those that mean nothing else here, single units first."""
    known = state.work.order.codes if state.work else {}
    codes_of_others = {code for other in known if other != sku for code, _ in known[other]}
    fitting = [
        (code in codes_of_others, units, code)
        for code, units in known.get(sku, ())
        if takes(state, sku, units)
    ]
    codes = tuple(code for _, _, code in sorted(fitting, key=lambda accepted: accepted[:2]))
    return Accept(CodeKind.PRODUCT.value, codes, sku)


def _checked(state: State, lines: list[LineWork]) -> tuple[Accept, ...]:
    """What is to be checked: where serial numbers were picked, these are scanned, but none that has gone out."""
    accepted: dict[str, Accept] = {}
    gone = state.work.order.gone if state.work else frozenset()
    for line in lines:
        left = [stack.trace.serial for stack in in_tote(state.work, [line])] if state.work else []
        _add(accepted, state, line, [serial for serial in left if (line.sku, serial) not in gone])
    return tuple(accepted.values())


def _out(state: State, lines: Iterable[LineWork]) -> tuple[Accept, ...]:
    """What can be taken out; where only a serial number says which unit it is, those."""
    accepted: dict[str, Accept] = {}
    for line in lines:
        place = source(state, line, 1)
        if place is not None:
            here = [stack.trace.serial for stack in lying(state, line, place)]
            loose = [stack.trace.serial for at in places(state, line) for stack in lying(state, line, at)]
            _add(accepted, state, line, loose if len(here) > 1 else [])
    return tuple(accepted.values())


def _add(accepted: dict[str, Accept], state: State, line: LineWork, serials: list[str]) -> None:
    """Add a line's product by these serial numbers of its units, where it wants them, else by its codes.

    A number that a unit of another product has too is understood only once that is scanned.
    """
    product = state.work.order.products.get(line.sku) if state.work else None
    if state.work is None or product is None or not (product.serial_wanted and any(serials)):
        accepted.setdefault(line.sku, _product(state, line.sku))
        return
    asked = (
        state.pending is not None
        and state.pending.action is Question.SERIAL
        and state.pending.code == line.sku
    )
    skus = {other.line: other.sku for other in state.work.lines}
    shared = {serial for number, serial in state.work.serials if skus[number] != line.sku}
    known = tuple(sorted(set(serials) - (set() if asked else shared) - {""}))
    before = accepted[line.sku].codes if line.sku in accepted else ()
    if known:
        accepted[line.sku] = Accept(CodeKind.PRODUCT.value, tuple(dict.fromkeys((*before, *known))), line.sku)
    else:
        accepted.setdefault(line.sku, _product(state, line.sku))


def _parcel_accepts(state: State) -> tuple[Accept, ...]:
    parcel = state.work.next_parcel if state.work else None
    if state.phase is Phase.PACKAGING:
        return _packaging_accepts(state)
    if state.phase is Phase.WEIGH:
        expected = (str(parcel.expected_g),) if parcel and parcel.expected_g else ()
        weight = Accept("weight", expected, hints=(say("hint.weight"),))
        return (weight, Accept("command", ("SKIP",))) if may_skip(state) else (weight,)
    if state.phase is Phase.PIECES and state.work:
        planned = str(max(state.parcels, state.work.parcels_begun))
        return (Accept("command", ("OK",)), Accept("count", (planned,), hints=(say("hint.pieces"),)))
    if state.phase in (Phase.PHOTO, Phase.SEAL):
        return (
            Accept("command", ("OK",)),
            _box(state, parcel.packaging if parcel else ""),
        )
    if parcel is None:
        return (Accept(CodeKind.PARCEL.value, ()),)
    # A parcel whose prefix has no SSCC left bears a code of the house.
    return (Accept(CodeKind.PARCEL.value, (f"00{parcel.sscc}" if parcel.sscc.isdigit() else parcel.sscc,)),)


def _packaging_accepts(state: State) -> tuple[Accept, ...]:
    """The proposed packaging and those of the parcels after it; without a proposal the roomiest in stock."""
    boxes = [parcel.packaging for parcel in state.plan.parcels] if state.plan else []
    measure = Accept("command", ("OTHER", "MEASURE"))
    if not boxes:
        return (_boxes(state, state.boxes), measure)
    own = tuple(
        _box(state, f"{OWN_BOX}{sku}") for sku in dict.fromkeys(box.own_of for box in boxes if box.own_of)
    )
    codes = tuple(dict.fromkeys(box.code for box in boxes if not box.own_of))
    packaging = (_boxes(state, codes),) if codes else ()
    first = (*own, *packaging) if boxes[0].own_of else (*packaging, *own)
    return (*first, Accept("command", ("OK", "OTHER", "MEASURE")))


def _box(state: State, packaging: str) -> Accept:
    """A packaging by its code; for a product's own box that is the product."""
    if packaging.startswith(OWN_BOX):
        return _product(state, packaging.removeprefix(OWN_BOX))
    return _boxes(state, (packaging,))


def _boxes(state: State, packagings: tuple[str, ...]) -> Accept:
    codes = tuple(state.box_codes[box] for box in packagings if box in state.box_codes)
    return Accept(CodeKind.PACKAGING.value, codes)
