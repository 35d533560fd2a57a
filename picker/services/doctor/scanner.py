"""The scanner doctor in words: what is wrong with the scanner at this station, and how to mend it."""

from collections.abc import Sequence

from picker.config import Settings
from picker.locale.messages import Message, render, say
from picker.services.devices.scanner_habits import SavedTranslation, forget, keep, saved_translation
from picker.services.devices.scanners import device_habits, keyboard_habits
from picker.services.doctor.finding import Finding
from scanning.characters import ETX, STX, escaped
from scanning.detours import kind_of
from scanning.diagnose import diagnose, named
from scanning.fault import Fault
from scanning.fault import Finding as Diagnosis
from scanning.wedge import Habits

_MENDED = frozenset({Fault.NO_SUFFIX, Fault.LAYOUT, Fault.PREFIX, Fault.EXTRA_SUFFIX, Fault.GS_OTHER})
"""What a station's habits can make good."""
_SIGNS = 8
"""Characters of a sign that are shown: they may be all that was scanned."""
_DETOURS = frozenset({Fault.CAPS_LOCK, Fault.INPUT_METHOD, Fault.NUM_LOCK, Fault.ALT_CODES})
"""What somebody switches on and off: nothing that is learnt while it is on would be true afterwards."""


def examine_scanner(received: Sequence[str], settings: Settings, *, serial: bool = False) -> list[Finding]:
    """Return what is wrong with the scanner whose test codes arrived as `received`, suffix included, and its mend.

    What this station's settings or its learnt translation already make good is said to be well. `serial`: it has a
    line of its own, on which no layout is in the way.
    """
    habits = device_habits(settings) if serial else keyboard_habits(settings)
    diagnosis = diagnose(received)
    mended = [_is_mended(one, habits) or _is_serials(one, serial, settings) for one in diagnosis]
    own_suffix = any(
        well and one.fault is Fault.EXTRA_SUFFIX for one, well in zip(diagnosis, mended, strict=True)
    )
    detour = any(one.fault in _DETOURS for one in diagnosis)
    findings = [
        _told(well, _words(one, well=well, detour=detour, serial=serial))
        for one, well in zip(diagnosis, mended, strict=True)
        if not (one.fault is Fault.NO_SUFFIX and own_suffix)
    ]
    learned = saved_translation(settings.home)
    if not serial and learned.translation and lesson(received) == SavedTranslation():
        findings.append(_told(False, say("scanner.stale", name=learned.why)))
    return findings or [_told(True, say("scanner.well"))]


def lesson(received: Sequence[str]) -> SavedTranslation | None:
    """Return the translation that this scanner's keyboard layout needs, an empty one where it needs none; None when
    what arrived doesn't tell: not all of the codes, or more than the scanner made it, Caps Lock or an input method.
    """
    by_fault = {one.fault: one for one in diagnose(received)}
    if by_fault.keys() & {Fault.NOTHING, Fault.OTHER_CODE, *_DETOURS}:
        return None
    wrong = by_fault.get(Fault.LAYOUT)
    return SavedTranslation(wrong.detail, wrong.translation) if wrong else SavedTranslation()


def learn(received: Sequence[str], settings: Settings) -> Message | None:
    """Keep, for this station, the translation that mends its layout, or drop one that is no longer needed, and say
    so; None when there is nothing to do.

    Raises OSError when the file can't be written.
    """
    learned = lesson(received)
    if learned is None or learned == saved_translation(settings.home):
        return None
    if not learned.translation:
        forget(settings.home)
        return say("scanner.dropped")
    return say("scanner.kept", file=keep(settings.home, learned), name=learned.why)


def _is_serials(diagnosis: Diagnosis, serial: bool, settings: Settings) -> bool:
    return serial and diagnosis.fault is Fault.NO_SUFFIX and settings.serial_silence


def _is_mended(diagnosis: Diagnosis, habits: Habits) -> bool:
    match diagnosis.fault:
        case Fault.LAYOUT:
            return dict(diagnosis.translation) == dict(habits.translation)
        case Fault.PREFIX:
            return diagnosis.detail in (habits.prefix, STX)
        case Fault.GS_OTHER:
            return diagnosis.detail == habits.separator
        case Fault.EXTRA_SUFFIX:
            return diagnosis.detail in (*habits.suffixes, ETX)
    return False


def _told(ok: bool, message: Message) -> Finding:
    return Finding(ok, "scanner", render(message), message)


def _words(diagnosis: Diagnosis, *, well: bool, detour: bool, serial: bool) -> Message:
    fault, detail = diagnosis.fault, diagnosis.detail
    key = f"scanner.mended.{fault.value}" if well and fault in _MENDED else f"scanner.{fault.value}"
    if fault is Fault.NO_SUFFIX and serial and not well:
        key = "scanner.no_suffix_line"
    if fault is Fault.LAYOUT and not well and detour:
        key = "scanner.layout_later"
    if fault is Fault.NOTHING and detail:
        key = "scanner.nothing_but"
    if fault in _DETOURS:
        signs = "".join(dict.fromkeys(detail))[:_SIGNS]
        return say(key, does=say(f"scanner.does.{kind_of(detail)}"), detail=named(signs))
    return say(key, setting=escaped(detail), detail=named(detail))
