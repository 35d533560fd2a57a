"""The scanner doctor in words: what is wrong with the scanner at this station, and how to mend it."""

from collections.abc import Sequence

from picker.config import Settings
from picker.services.devices.scanner_habits import SavedTranslation, forget, keep, saved_translation
from picker.services.devices.scanners import device_habits, keyboard_habits
from picker.services.doctor.finding import Finding
from scanning.characters import ETX, STX, escaped
from scanning.detours import kind_of
from scanning.diagnose import diagnose, named
from scanning.fault import Fault
from scanning.fault import Finding as Diagnosis
from scanning.wedge import Habits

_WORDS = {
    Fault.NOTHING: "{detail} codes arrived: set the scanner to keyboard mode (USB HID), and scan Code 128 and GS1-128",
    Fault.OTHER_CODE: "{detail} is none of the three test codes: print them with picker cards test.pdf "
    "--scanner-test, and scan each once",
    Fault.INPUT_METHOD: "an input method is on and {does} ({detail}): switch it off, or to English letters, while you "
    "scan",
    Fault.NUM_LOCK: "NumLock is off, and the scanner types on the keypad ({detail}), so that cursor keys or nothing "
    "come: switch NumLock on, or the scanner's keypad emulation off",
    Fault.ALT_CODES: "the scanner types Alt codes (Alt and the number of a character: {detail}), which a terminal "
    "can't read: switch its Alt mode off, also for control characters",
    Fault.LAYOUT: "this computer's keyboard is {detail}, the scanner types as on an English (US) one: keep the "
    "translation for this station, or set the scanner's keyboard country to {detail}",
    Fault.DEAD_KEY: "on this keyboard the key for {detail} types nothing by itself, so no translation brings it "
    "back: set the scanner's keyboard country to this computer's",
    Fault.CAPS_LOCK: "Caps Lock is on: switch it off at the keyboard, or the scanner's Caps Lock setting",
    Fault.LOWER_CASE: "the scanner makes letters small: set its case conversion to none",
    Fault.UPPER_CASE: "the scanner makes letters large: set its case conversion to none",
    Fault.LOST: "characters are lost ({detail}): set a longer delay between characters in the scanner",
    Fault.DOUBLED: "characters come twice ({detail}): set a longer delay between characters in the scanner",
    Fault.CHANGED: "characters are changed ({detail}): set the scanner's keyboard country to this computer's",
    Fault.ADDED: "characters are put in ({detail}): take them out of the scanner's data format",
    Fault.NO_SUFFIX: "nothing ends a scan: set the scanner's suffix to Enter (CR)",
    Fault.EXTRA_SUFFIX: "{detail} stands behind a scan: set the scanner's suffix to Enter alone",
    Fault.PREFIX: '{detail} stands before a scan: take it out of the scanner, or set scanner_prefix = "{setting}"',
    Fault.MAKERS_PREFIX: "the scanner sends its maker's own code letters ({detail}): set it to AIM identifiers",
    Fault.GS_LOST: "the separator in GS1 codes (FNC1, GS) is lost, so a lot and a serial number run together: "
    "have the scanner send it as Ctrl+] or F8 (function key mapping, or control characters)",
    Fault.GS_OTHER: "the separator in GS1 codes comes as {detail}: have the scanner send GS (Ctrl+]) or F8, "
    'or set scanner_gs = "{setting}"',
    Fault.AIM_OFF: "no AIM identifiers (]C1) come: switch them on in the scanner, so that GS1 codes are sure",
}
_MENDED = {
    Fault.NO_SUFFIX: "a pause ends a scan",
    Fault.LAYOUT: "this computer's keyboard is {detail}; this station translates what the scanner types",
    Fault.PREFIX: "{detail} stands before a scan, and is taken off",
    Fault.EXTRA_SUFFIX: "{detail} ends a scan",
    Fault.GS_OTHER: "the separator in GS1 codes comes as {detail}, and is taken as one",
}
_LAYOUT_LATER = "this computer's keyboard may be {detail}: mend the rest first, then scan the codes once more"
_DOES = {
    "full_width": "types full-width characters",
    "digits": "types other digits",
    "script": "types another script",
    "marks": "puts marks on letters",
    "held_back": "holds small letters back",
}
_OR_SILENCE = ", or set serial_silence = true: a pause then ends a scan"
_SIGNS = 8
"""Characters of a sign that are shown: they may be all that was scanned."""
_DETOURS = frozenset({Fault.CAPS_LOCK, Fault.INPUT_METHOD, Fault.NUM_LOCK, Fault.ALT_CODES})
"""What somebody switches on and off: nothing that is learnt while it is on would be true afterwards."""
_STALE = (
    "the translation from {why} that is kept for this station spoils what now arrives right: drop it (F2 here, or "
    "picker doctor scanner --forget)"
)
_WELL = "every character, the suffix, the separator and the AIM identifier arrive as they should"


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
        Finding(well, "scanner", _words(one, well=well, detour=detour, serial=serial))
        for one, well in zip(diagnosis, mended, strict=True)
        if not (one.fault is Fault.NO_SUFFIX and own_suffix)
    ]
    learned = saved_translation(settings.home)
    if not serial and learned.translation and lesson(received) == SavedTranslation():
        findings.append(Finding(False, "scanner", _STALE.replace("{why}", learned.why)))
    return findings or [Finding(True, "scanner", _WELL)]


def lesson(received: Sequence[str]) -> SavedTranslation | None:
    """Return the translation that this scanner's keyboard layout needs, an empty one where it needs none; None when
    what arrived doesn't tell: not all of the codes, or more than the scanner made it, Caps Lock or an input method.
    """
    by_fault = {one.fault: one for one in diagnose(received)}
    if by_fault.keys() & {Fault.NOTHING, Fault.OTHER_CODE, *_DETOURS}:
        return None
    wrong = by_fault.get(Fault.LAYOUT)
    return SavedTranslation(wrong.detail, wrong.translation) if wrong else SavedTranslation()


def learn(received: Sequence[str], settings: Settings) -> str:
    """Keep, for this station, the translation that mends its layout, or drop one that is no longer needed, and say
    so; "" when there is nothing to do.

    Raises OSError when the file can't be written.
    """
    learned = lesson(received)
    if learned is None or learned == saved_translation(settings.home):
        return ""
    if not learned.translation:
        forget(settings.home)
        return "The translation is dropped: the scanner types right without it."
    return f"Kept in {keep(settings.home, learned)}: what the scanner types is translated from {learned.why}."


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


def _words(diagnosis: Diagnosis, *, well: bool, detour: bool, serial: bool) -> str:
    template = (_MENDED if well else _WORDS)[diagnosis.fault]
    if diagnosis.fault is Fault.NO_SUFFIX and serial and not well:
        template += _OR_SILENCE
    if diagnosis.fault is Fault.LAYOUT and not well and detour:
        template = _LAYOUT_LATER
    if diagnosis.fault in _DETOURS:
        signs = "".join(dict.fromkeys(diagnosis.detail))[:_SIGNS]
        return template.replace("{does}", _DOES[kind_of(diagnosis.detail)]).replace("{detail}", named(signs))
    detail = diagnosis.detail or ("none of the test" if diagnosis.fault is Fault.NOTHING else "")
    return template.replace("{setting}", escaped(diagnosis.detail)).replace("{detail}", named(detail))
