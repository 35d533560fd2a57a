"""Where a station stands. What must survive a crash is in the log; the rest is re-asked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from data.types import CodeKind, CodeMatch, StationId, Worker
from picker.choices import Weighing
from picker.flow.events import Counts, DamageSource, Figures
from picker.flow.facts import Camera, Offer, Parked
from picker.flow.order import OrderFacts
from picker.flow.policy import FlowPolicy
from picker.flow.trace import NOTHING, Trace
from picker.flow.work import OrderWork, ParcelWork
from picker.locale.messages import Message
from picker.packing.types import PackingPlan
from scanning.result import Scan


class Phase(StrEnum):
    """The screens of a station, in the order an order goes through them."""

    SIGNED_OUT = "signed_out"
    HOME = "home"
    STOPPED = "stopped"
    TAKE_BACK = "take_back"
    PICK = "pick"
    CAPTURE = "capture"
    CHECK = "check"
    PACKAGING = "packaging"
    PHOTO = "photo"
    PIECES = "pieces"
    WEIGH = "weigh"
    SEAL = "seal"
    LABEL = "label"
    MEASURE = "measure"


class CommandName(StrEnum):
    """What a packer can ask for, by F-key, by command barcode or by typing the word."""

    OK = "OK"
    BACK = "BACK"
    NEXT = "NEXT"
    UNDO = "UNDO"
    TAKEOUT = "TAKEOUT"
    SHORT = "SHORT"
    LATER = "LATER"
    DAMAGE = "DAMAGE"
    PARK = "PARK"
    NEXTPARCEL = "NEXTPARCEL"
    SKIP = "SKIP"
    REPRINT = "REPRINT"
    PRINTED = "PRINTED"
    OTHER = "OTHER"
    MORE = "MORE"
    MEASURE = "MEASURE"
    ATTACH = "ATTACH"
    SIGNOUT = "SIGNOUT"
    CHOICE = "CHOICE"


@dataclass(frozen=True, slots=True)
class Command:
    """A command with its argument: for CHOICE the number of the option, from 1."""

    name: CommandName
    argument: int = 0


def command_of(given: Scan | Command, matches: Iterable[CodeMatch]) -> Command | None:
    """Return the command that an input means: a key's, or that of a command barcode; None for any other."""
    if isinstance(given, Command):
        return given
    for match in matches:
        if match.kind is CodeKind.COMMAND:
            return Command(CommandName(match.ref), match.quantity if match.ref == CommandName.CHOICE else 0)
    return None


def number_of(scan: Scan | None, command: Command | None) -> int:
    """Return the number of an answer, from 1, given by key, command barcode or digit; 0 for any other input."""
    if command is not None:
        return command.argument if command.name is CommandName.CHOICE else 0
    text = scan.text if scan else ""
    return int(text) if len(text) == 1 and text in "123456789" else 0


class Question(StrEnum):
    """What a pending question is about.

    `SERIAL` wants the serial number of the product just scanned, whose SKU is its code. `ATTACH` and `ATTACH_CASE`
    remember a barcode that nobody knows, or that counts an unknown number of pieces.
    """

    SERIAL = "serial"
    ATTACH = "attach"
    ATTACH_CASE = "attach_case"
    TAKE_OVER = "take_over"
    HAND_OUT = "hand_out"
    BADGE = "badge"
    ADDRESS = "address"
    FUSED = "fused"
    OTHER_DATE = "other_date"
    LOT = "lot"
    CAPTURED_SERIAL = "captured_serial"
    STOP = "stop"
    SIDES = "sides"
    GRAMS = "grams"
    WEIGHT = "weight"


@dataclass(frozen=True, slots=True)
class Pending:
    """A question that only the same code, scanned again, answers with yes."""

    action: Question
    code: str


class DialogKind(StrEnum):
    """What a question with numbered options, or one that wants a certain scan, is about.

    `WHICH` asks which of several things a code stands for, `UNIT` which of several lots or dates is meant.
    """

    SHORT = "short"
    PARK = "park"
    DAMAGE = "damage"
    REPRINT = "reprint"
    OVERRIDE = "override"
    UNFIT = "unfit"
    OTHER = "other"
    ATTACH = "attach"
    PHOTO = "photo"
    UNIT = "unit"
    WHICH = "which"


@dataclass(frozen=True, slots=True)
class Dialog:
    """A short question with numbered options; `picked` are the answers given so far.

    `subject` is the code, location or packaging that it is about; of a damage `source` is where the unit was found
    and `trace` what is known of it; `units` is how many were scanned. `words` are the options in words; without
    them each is a reason of the catalogue. Where it is asked which of several things a code stands for, `scan` is
    that scan, `matches` are the options, and `before` is the question that was open then.
    """

    kind: DialogKind
    options: tuple[str, ...]
    line: int = 0
    subject: str = ""
    source: DamageSource = DamageSource.SHELF
    trace: Trace = NOTHING
    units: int = 1
    picked: tuple[str, ...] = ()
    words: tuple[Message, ...] = ()
    scan: Scan | None = None
    matches: tuple[CodeMatch, ...] = ()
    before: "Dialog | None" = None


@dataclass(frozen=True, slots=True)
class Measuring:
    """A product being measured, with its figures on record; `sides` are those given so far, in mm.

    Without a SKU it is still to be scanned, or chosen from `options`: SKUs with their names.
    """

    sku: str = ""
    name: str = ""
    before: Figures = (0, 0, 0, 0)
    sides: tuple[int, ...] = ()
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class State:
    """A station between two inputs."""

    station: StationId
    worker: Worker | None = None
    work: OrderWork | None = None
    pending: Pending | None = None
    dialog: Dialog | None = None
    take_out: bool = False
    measuring: Measuring | None = None
    last_line: int = 0
    plan: PackingPlan | None = None
    planned: Counts = ()
    parcels: int = 0
    """How many parcels the plan makes of the order, where that is asked."""
    boxes: tuple[str, ...] = ()
    box_codes: Mapping[str, str] = field(default_factory=dict)
    """What to scan for each packaging, by its code."""
    page: int = 0
    """How often the packer asked for more of a filling that his screen doesn't show at once."""
    offer: Offer | None = None
    parked: Parked = field(default_factory=Parked)
    policy: FlowPolicy = field(default_factory=FlowPolicy)
    today: date | None = None
    """The day in the warehouse at the last input: what has expired by it is not named as fitting."""
    camera: Camera = Camera.NONE
    """How the camera was at the last input: a photo can be left out only while it is away."""
    version: int = 0
    """That of the station's own stream in the log."""

    @property
    def phase(self) -> Phase:
        """What the station waits for; derived from the work so that a restart lands on the same spot."""
        if self.worker is None:
            return Phase.SIGNED_OUT
        if self.measuring is not None and not (self.work and self.work.stop):
            return Phase.MEASURE
        return Phase.HOME if self.work is None else work_phase(self.work, self.policy)

    def calm(self) -> "State":
        """Return the state without a pending question, dialog or mode."""
        return replace(self, pending=None, dialog=None, take_out=False, measuring=None)

    def with_order(self, work: OrderWork | None) -> "State":
        """Return the state with this order in hand, or with none, and with nothing else open or planned."""
        return replace(self.calm().unplanned(), work=work)

    def unplanned(self) -> "State":
        """Return the state whose packing is planned anew, with no unit that was scanned last."""
        return replace(self, plan=None, planned=(), last_line=0)


def work_phase(work: OrderWork, policy: FlowPolicy) -> Phase:
    """Return what an order in hand needs next."""
    if work.stop:
        return Phase.STOPPED
    if work.capture:
        return Phase.CAPTURE
    if any(line.surplus for line in work.lines):
        return Phase.TAKE_BACK
    to_check = any(line.in_tote for line in work.lines)
    to_pick = any(line.waiting for line in work.lines)
    if to_pick and not (work.check_begun and to_check and not policy.one_scan):
        return Phase.PICK
    if to_check:
        return Phase.CHECK
    return _parcel_phase(work, work.next_parcel, policy)


def _parcel_phase(work: OrderWork, parcel: ParcelWork | None, policy: FlowPolicy) -> Phase:
    if parcel is None or parcel.sealed:
        return Phase.LABEL
    if not parcel.packaging:
        return Phase.PACKAGING
    if not parcel.photographed and _photo_wanted(policy, work.order):
        return Phase.PHOTO
    if work.parcels_open:
        return Phase.PIECES
    return Phase.SEAL if policy.weigh is Weighing.OFF else Phase.WEIGH


def _photo_wanted(policy: FlowPolicy, order: OrderFacts) -> bool:
    least = policy.photo_value_cents
    return bool(policy.photo_tags & order.tags) or (least is not None and order.value_cents >= least)
