"""The scanner doctor: each trouble is told from the others, alone and together."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanning.alignment import Edit, edits
from scanning.characters import GS, escaped, unescaped
from scanning.detours import kind_of
from scanning.diagnose import TEST_CODES, arrivals, diagnose, named
from scanning.fault import Fault
from scanning.layouts import LAYOUTS, layout
from scanning.parse import parse
from scanning.wedge import Habits

WHOLE = [code.aim + code.text for code in TEST_CODES]
PLAIN = [code.text for code in TEST_CODES]
TWINS = {"no": "Swedish or Finnish", "dk": "Swedish or Finnish"}
"""They type all that is on the cards alike."""


def told(received: list[str]) -> list[tuple[Fault, str]]:
    return [(finding.fault, finding.detail) for finding in diagnose(received)]


def ended(texts: list[str], end: str = "\r") -> list[str]:
    return [text + end for text in texts]


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n", "\t"])
def test_a_good_scanner_has_nothing(end: str) -> None:
    assert told(ended(WHOLE, end)) == []


@pytest.mark.parametrize("code", [known.code for known in LAYOUTS[2:]])
def test_layouts_are_named_and_their_translation_mends_them(code: str) -> None:
    board = layout(code)
    finding, *dead = diagnose(ended([board.typed(text) for text in WHOLE]))
    assert (finding.fault, finding.detail) == (Fault.LAYOUT, TWINS.get(code, board.name))
    habits = Habits(translation=finding.translation)
    assert [other.fault for other in dead] == [Fault.DEAD_KEY][: len(dead)]
    gone = str.maketrans(dict.fromkeys(dead[0].detail if dead else "", ""))
    assert [habits.meant(board.typed(text)) for text in WHOLE] == [text.translate(gone) for text in WHOLE]


@pytest.mark.parametrize(
    ("received", "faults"),
    [
        ([text.swapcase() for text in WHOLE], [(Fault.CAPS_LOCK, "")]),
        ([text.lower() for text in WHOLE], [(Fault.LOWER_CASE, "")]),
        ([text.upper() for text in WHOLE], [(Fault.UPPER_CASE, "")]),
        (PLAIN, [(Fault.AIM_OFF, "")]),
        (["~" + text for text in WHOLE], [(Fault.PREFIX, "~")]),
        (["\x02" + text for text in PLAIN], [(Fault.AIM_OFF, ""), (Fault.PREFIX, "\x02")]),
        ([f"{own}{text}" for own, text in zip("jjI", PLAIN, strict=True)],
         [(Fault.AIM_OFF, ""), (Fault.MAKERS_PREFIX, "I j")]),
        ([text + ";" for text in WHOLE], [(Fault.EXTRA_SUFFIX, ";")]),
        ([text + "\t" for text in WHOLE], [(Fault.EXTRA_SUFFIX, "\t\r")]),
        ([text + "\r" for text in WHOLE], [(Fault.EXTRA_SUFFIX, "\r\r")]),
        ([text.replace(GS, "") for text in WHOLE], [(Fault.GS_LOST, "")]),
        ([text.replace(GS, "^]") for text in WHOLE], [(Fault.GS_OTHER, "^]")]),
        ([text.replace(GS, "|") for text in WHOLE], [(Fault.GS_OTHER, "|")]),
        ([text.replace(GS, "<GS>") for text in WHOLE], [(Fault.GS_OTHER, "<GS>")]),
        ([text.replace("M", "").replace("234", "24") for text in WHOLE], [(Fault.LOST, "M33")]),
        ([text.replace("M", "MM").replace("5", "55") for text in WHOLE], [(Fault.DOUBLED, "M55")]),
        ([text.replace("K", "K#") for text in WHOLE], [(Fault.ADDED, "#")]),
        ([text.replace("-", "?") for text in WHOLE], [(Fault.CHANGED, "- as ?")]),
        ([layout("fr").typed(text).swapcase() for text in PLAIN],
         [(Fault.LAYOUT, "French AZERTY"), (Fault.CAPS_LOCK, ""), (Fault.AIM_OFF, "")]),
        ([layout("de").typed(text.replace(GS, "")) for text in WHOLE], [(Fault.LAYOUT, "German QWERTZ"),
          (Fault.DEAD_KEY, "+"), (Fault.GS_LOST, "")]),
    ],
)  # fmt: skip
def test_troubles_are_told_apart(received: list[str], faults: list[tuple[Fault, str]]) -> None:
    assert told(ended(received)) == faults


def full_width(text: str) -> str:
    return "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in text)


def alt_codes(text: str, width: int = 4, mark: str = "\x1b") -> str:
    return "".join(mark + digit for char in text for digit in f"{ord(char):0{width}}")


def on_the_keypad(text: str, keys: str) -> str:
    """Without NumLock; `keys` are what 0 to 9 send, "5" being nothing."""
    sent = dict(zip("012346789", keys.split(), strict=True)) | {"5": ""}
    return "".join(sent.get(char, char) for char in text)


SEQUENCES = "\x1b[2~ \x1b[F \x1b[B \x1b[6~ \x1b[D \x1b[C \x1b[H \x1b[A \x1b[5~"
NAMES = "<insert> <end> <down> <pagedown> <left> <right> <home> <up> <pageup>"
OTHER_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


@pytest.mark.parametrize(
    ("received", "fault", "kind"),
    [
        ([full_width(text) for text in WHOLE], Fault.INPUT_METHOD, "full_width"),
        ([full_width(text) for text in PLAIN], Fault.INPUT_METHOD, "full_width"),
        ([text.translate(OTHER_DIGITS) for text in WHOLE], Fault.INPUT_METHOD, "digits"),
        ([text.replace("abc", "あｂｃ") for text in WHOLE], Fault.INPUT_METHOD, "script"),
        ([text.replace("abcxyz", "ㅁㅠㅊㅌㅛㅋ") for text in WHOLE], Fault.INPUT_METHOD, "script"),
        ([text.replace("]", "】").replace(".", "。") for text in WHOLE], Fault.INPUT_METHOD, "script"),
        ([text.replace("abcxyz", "") for text in WHOLE], Fault.INPUT_METHOD, "held_back"),
        ([text.replace("EF", "È") for text in WHOLE], Fault.INPUT_METHOD, "marks"),
        ([on_the_keypad(text, SEQUENCES) for text in WHOLE], Fault.NUM_LOCK, ""),
        ([on_the_keypad(text, NAMES) for text in WHOLE], Fault.NUM_LOCK, ""),
        (["".join(filter(lambda char: not char.isdigit(), text)) for text in WHOLE], Fault.NUM_LOCK, ""),
        ([alt_codes(text) for text in WHOLE], Fault.ALT_CODES, ""),
        ([alt_codes(text, 3, "\ufffd") for text in PLAIN], Fault.ALT_CODES, ""),
        ([alt_codes(text, 3, "") for text in WHOLE], Fault.ALT_CODES, ""),
        ([text.replace(GS, alt_codes(GS)) for text in WHOLE], Fault.ALT_CODES, ""),
    ],
)
def test_what_types_by_itself_is_named_and_keeps_no_layout(
    received: list[str], fault: Fault, kind: str
) -> None:
    found = diagnose(ended(received))
    (sign,) = [finding.detail for finding in found if finding.fault is fault]
    assert not kind or kind_of(sign) == kind
    assert Fault.LAYOUT not in {finding.fault for finding in found}


@pytest.mark.parametrize("code", [known.code for known in LAYOUTS])
def test_no_layout_of_a_keyboard_passes_for_a_detour(code: str) -> None:
    typed = [layout(code).typed(text) for text in WHOLE]
    assert not {Fault.INPUT_METHOD, Fault.NUM_LOCK, Fault.ALT_CODES} & {
        fault for fault, _ in told(ended(typed))
    }


def test_a_scanner_without_a_suffix() -> None:
    assert told(WHOLE) == [(Fault.NO_SUFFIX, "")]
    assert told(["".join(WHOLE)]) == [(Fault.NO_SUFFIX, "")]
    assert told(["".join(PLAIN)]) == [(Fault.NO_SUFFIX, ""), (Fault.AIM_OFF, "")]
    assert told([text + "\x03" for text in WHOLE]) == [(Fault.NO_SUFFIX, ""), (Fault.EXTRA_SUFFIX, "\x03")]


def test_nothing_or_not_everything_arrives() -> None:
    assert told([]) == told(["\r", ""]) == [(Fault.NOTHING, "")]
    assert told(ended(WHOLE[:2])) == [(Fault.NOTHING, "2/3")]
    assert told(ended(WHOLE[2:])) == [(Fault.NOTHING, "1/3")]


@pytest.mark.parametrize("texts", [WHOLE, PLAIN, [layout("fr").typed(text) for text in WHOLE]])
def test_the_codes_may_come_in_any_order(texts: list[str]) -> None:
    assert told(ended([texts[2], texts[0], texts[1]])) == told(ended(texts))


@pytest.mark.parametrize(
    ("received", "other"),
    [
        (["4006381333931", *WHOLE[1:]], "4006381333931"),
        ([WHOLE[0], WHOLE[0], WHOLE[2]], WHOLE[0]),
        (["x" * 5000, *WHOLE[1:]], "x" * 256),
    ],
)
def test_another_code_is_called_one(received: list[str], other: str) -> None:
    assert told(ended(received)) == [(Fault.OTHER_CODE, other)]


def test_letters_of_a_layout_nobody_knows_are_changed_and_no_other_code() -> None:
    greek = str.maketrans("ABCDEFGHIJKLMNOPRSTUVWXYZabcxyz", "ΑΒΨΔΕΦΓΗΙΞΚΛΜΝΟΠΡΣΤΘΩΣΧΥΖαβψχυζ")
    assert Fault.CHANGED in {fault for fault, _ in told(ended([text.translate(greek) for text in WHOLE]))}


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n", "\t", "\r\r"])
def test_what_arrives_is_cut_behind_each_suffix_and_nowhere_else(end: str) -> None:
    assert arrivals("".join(ended(WHOLE, end))) == ended(WHOLE, end)
    assert arrivals(f"\n{WHOLE[2]}") == [WHOLE[2]]


@settings(max_examples=25)
@given(st.lists(st.text(max_size=60), max_size=4))
def test_anything_may_arrive(received: list[str]) -> None:
    for finding in diagnose(received):
        assert isinstance(finding.detail, str)
        assert named(finding.detail).isprintable()


def test_the_test_codes_are_what_a_scanner_may_send() -> None:
    assert [parse(text, "test").problem for text in WHOLE] == [None] * 3
    whole = parse(WHOLE[2], "test")
    assert (whole.lot, whole.serial, whole.fused) == ("AB", "XY", ())


@given(st.text("AB\x1d", max_size=12), st.text("AB\x1d", max_size=12))
def test_an_alignment_holds_both_texts(wanted: str, got: str) -> None:
    found = edits(wanted, got)
    assert "".join(edit.wanted for edit in found) == wanted
    assert "".join(edit.got for edit in found) == got
    assert sum(edit.cost for edit in found) <= max(len(wanted), len(got))


def test_an_alignment_is_the_shortest() -> None:
    assert sum(edit.cost for edit in edits("kitten", "sitting")) == 3
    assert edits("AB", "AXB") == [Edit("A", "A"), Edit("", "X"), Edit("B", "B")]


@given(st.text())
def test_a_setting_shows_what_it_reads(text: str) -> None:
    text = "".join(char for char in text if ord(char) < 256)
    if escaped(text).strip().lower() not in ("enter", "cr", "lf", "crlf", "tab", "gs", "stx", "etx"):
        assert unescaped(escaped(text)) == text
