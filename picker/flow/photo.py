"""Photos: of a damaged unit, and of the open box before it is sealed, where the shop wants one."""

from dataclasses import replace

from data.types import CodeKind, Role
from picker.flow.events import PhotoMissed, PhotoSubject, PhotoTaken
from picker.flow.facts import Camera
from picker.flow.prompts import wanted
from picker.flow.seal import is_packaging
from picker.flow.state import Dialog, DialogKind
from picker.flow.turn import PhotoWish, Step, Turn
from picker.flow.work import LineWork, ParcelWork
from picker.locale.messages import Message, say

NO_CAMERA, NO_PICTURE, NOT_WRITTEN = "no_camera", "no_picture", "not_written"
"""Why there is no photo."""


def begin_damage(turn: Turn, line: LineWork, asked: Step) -> Step:
    """Return the first question about a damage, with the photo that is taken while it is answered."""
    if turn.facts.camera is Camera.NONE:
        return asked
    return replace(asked, photo=PhotoWish(turn.work.order.id, PhotoSubject.DAMAGE, line.line))


def hold_for_damage(turn: Turn, line: LineWork) -> Step | None:
    """Return the answer that waits for the photo of a damage; None when there is nothing to wait for."""
    if turn.facts.camera is Camera.NONE or turn.facts.photo is not None:
        return None
    return _hold(turn, PhotoWish(turn.work.order.id, PhotoSubject.DAMAGE, line.line, held=True))


def end_damage(turn: Turn, line: LineWork) -> Message:
    """Log the photo of the damage just logged, or that there is none; returns what to say of it."""
    photo = turn.facts.photo
    if photo is None:
        return say("also.nothing")
    if not photo.file:
        turn.emit(PhotoMissed(PhotoSubject.DAMAGE, line.line, 0, photo.reason))
        return say("also.no_photo", why=f"reason.{photo.reason}")
    turn.emit(PhotoTaken(PhotoSubject.DAMAGE, line.line, 0, photo.file, photo.sha256))
    return say("also.photo")


def on_ok(turn: Turn) -> Step:
    """Photograph the open box and go on to its weight or its seal."""
    parcel, photo = _parcel(turn), turn.facts.photo
    if photo is None and turn.facts.camera is Camera.NONE:
        return turn.refuse("photo.failed", why=f"reason.{NO_CAMERA}")
    if photo is None:
        return _hold(turn, PhotoWish(turn.work.order.id, PhotoSubject.BOX, parcel=parcel.number, held=True))
    if not photo.file:
        return turn.refuse("photo.failed", why=f"reason.{photo.reason}")
    turn.emit(PhotoTaken(PhotoSubject.BOX, 0, parcel.number, photo.file, photo.sha256))
    return turn.say("photo.done", parcel=parcel.number)


def on_scan(turn: Turn) -> Step:
    """The packaging's own code, scanned again, takes the photo."""
    if is_packaging(turn, _parcel(turn)):
        return on_ok(turn)
    return turn.refuse("scan.not_now", what=turn.what(), wanted=wanted(turn.state))


def on_skip(turn: Turn) -> Step:
    """Ask for a lead's badge, which excuses the photo while the camera is away."""
    if turn.facts.camera is Camera.WELL:
        return turn.refuse("photo.no_skip")
    turn.state = replace(turn.state, dialog=Dialog(DialogKind.PHOTO, (), line=_parcel(turn).number))
    return turn.say("photo.lead")


def on_badge(turn: Turn, dialog: Dialog) -> Step:
    """Take the badge of a lead."""
    badges = turn.matches(CodeKind.WORKER)
    worker = turn.facts.workers.get(badges[0].ref) if badges else None
    if worker is None or worker.role is Role.PACKER:
        return turn.refuse("photo.no_lead", what=turn.what())
    turn.state = turn.state.calm()
    why = NO_CAMERA if turn.facts.camera is Camera.NONE else NO_PICTURE
    turn.emit(PhotoMissed(PhotoSubject.BOX, 0, dialog.line, why, worker.id))
    return turn.say("photo.excused", parcel=dialog.line)


def _parcel(turn: Turn) -> ParcelWork:
    parcel = turn.work.next_parcel
    if parcel is None:
        raise AssertionError("no parcel to photograph")
    return parcel


def _hold(turn: Turn, wish: PhotoWish) -> Step:
    return replace(turn.done(say("photo.waiting")), photo=wish)
