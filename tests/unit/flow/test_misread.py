"""What is wrong with a scan is told in a packer's words, in every language, and figures of any script are figures."""

import re

import pytest

from picker.flow import Phase, render, say
from picker.flow.misread import words
from picker.locale import LANGUAGES
from picker.locale.translations import translations
from scanning.codes import OwnKind, own_code
from scanning.parse import parse
from scanning.result import ScanProblem
from tests.unit.flow.shop import GS, MUG, PHONE, SOAP, bench, packed

WRONG = MUG[:-1] + str((int(MUG[-1]) + 1) % 10)
FAULTY = {
    f"]E0{WRONG}": ScanProblem.CHECK_DIGIT,
    WRONG: ScanProblem.CHECK_DIGIT,
    f"(01)0{WRONG}": ScanProblem.CHECK_DIGIT,
    f"01{MUG.zfill(14)}10{'A' * 20}21S": ScanProblem.SEPARATOR,
    f"]C110{'A' * 20}21S": ScanProblem.SEPARATOR,
    "]C1HELLO": ScanProblem.GS1_SYNTAX,
    f"AB{GS}C": ScanProblem.GS1_SYNTAX,
    "https://shop.example/sale": ScanProblem.LINK,
    "]D210LOT": ScanProblem.CAPS_LOCK,
    "ＳＫＵ７": ScanProblem.INPUT_METHOD,
    "AB\x11C": ScanProblem.CONTROL_CHARACTER,
    "AB\u202eC": ScanProblem.CONTROL_CHARACTER,
    "AB\ufffdC": ScanProblem.UNDECODABLE,
    "X" * 600: ScanProblem.TOO_LONG,
    "PKLAB0": ScanProblem.OWN_CODE,
}
PARSERS = re.compile(r"[Ee]xpect|\bgot\b|GTIN|GS1|\bAI\b|Looks like|Failed|pattern|DC1|OVERRIDE|REPLACEMENT")


@pytest.mark.parametrize("raw", FAULTY)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_refusal_speaks_the_packers_language_and_never_a_parsers(raw: str, language: str) -> None:
    station = bench(("MUG", 2))
    station.scan(raw)
    assert station.last is not None
    told = render(station.last.message, translations(language))
    assert render(words(parse(raw, "test")), translations(language)) in told
    assert not PARSERS.search(told.replace(raw, "")), told
    assert not PARSERS.search(str(station.last.message)), "the records of the scan itself are elsewhere"
    assert station.work.line(1).picked == 0


@pytest.mark.parametrize("raw", FAULTY)
def test_what_is_wrong_is_known_by_its_kind(raw: str) -> None:
    scan = parse(raw, "test")
    assert FAULTY[raw] in (scan.problem, scan.doubt)
    assert scan.detail


@pytest.mark.parametrize("zero", ["０", "٠", "०"])
def test_figures_of_an_input_method_are_figures(zero: str) -> None:
    def typed(digits: str) -> str:
        return "".join(chr(ord(zero) + int(char)) if char.isdigit() else char for char in digits)

    station = packed(("MUG", 2))
    station.scan("S")
    assert station.at(Phase.WEIGH)
    assert station.scan(typed("700")) == "weigh.sealed"
    counting = bench(("MUG", 6), count_from=2)
    counting.scan(MUG)
    assert counting.scan(typed("3")) == "pick.done"
    assert counting.work.line(1).picked == 4
    for unknown in ("123456789012345", "LOT1"):
        counting.scan(typed(unknown).replace("LOT", "ＬＯＴ"))
        assert "input method" in counting.text
        assert counting.press("ATTACH") == "attach.nothing"
    counting.press("PARK")
    assert counting.scan(typed("1")) == "park.done"


def test_letters_of_an_input_method_are_named() -> None:
    station = bench(("MUG", 2))
    station.scan(MUG)
    assert station.scan("ＬＯＴ") == "scan.bad"
    assert "input method" in station.text


def test_nothing_doubtful_becomes_a_lot_or_serial() -> None:
    station = bench(("SOAP", 1), ("PHONE", 1))
    station.scan(SOAP)
    for raw in (
        "ＬＯＴ１",
        "١٢٣",
        "PKLAB0",
        own_code(OwnKind.LOCATION, "Z-9").lower(),
        f"A{GS}B",
        "http://x.pl/y",
    ):
        assert station.scan(raw) in ("scan.bad", "capture.bad_lot"), raw
    assert station.scan(f"]c101{SOAP.zfill(14)}10abC") == "capture.expiry"
    assert station.work.capture is not None
    assert station.work.capture.lot == "ABc"
    assert station.scan("２８１２３１") == "pick.line_done"
    station.scan(PHONE)
    assert station.scan(f"]C101{PHONE.zfill(14)}21Sn-1") == "pick.all_done"


def test_an_old_refusal_of_the_log_still_has_its_words() -> None:
    old = say(
        "scan.unknown", code="X", why=say("also.detail", detail="No GTIN: Expected 6, got 7"), wanted=""
    )
    assert render(old) == "UNKNOWN CODE X. No GTIN: Expected 6, got 7. "
