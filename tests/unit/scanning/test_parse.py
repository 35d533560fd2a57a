"""Raw text to typed scans, and everything that is refused on the way."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanning.characters import is_refused
from scanning.codes import OwnKind, gtin_check_digit, lookup_key, own_code, sscc
from scanning.parse import MAX_LENGTH, parse
from scanning.result import Fused, ScanProblem

GTIN = "09506000134352"
WRONG = "09506000134351"
SSCC = sscc(1, "9506000", 12)
gs1_pieces = st.sampled_from(
    [
        "00",
        "01",
        "02",
        "10",
        "17",
        "21",
        "30",
        "37",
        "3103",
        "3929",
        "7032",
        "8008",
        "\x1d",
        GTIN,
        SSCC,
    ]
)
gs1_like = st.lists(gs1_pieces | st.text("0123456789AB()/\x1d", max_size=20), max_size=8).map("".join)


@settings(deadline=None)
@given(
    st.text(max_size=80) | gs1_like,
    st.sampled_from(["", "]C1", "]E0", "]d2", "]Q1", "]E3", "]I1", "https://x/"]),
)
def test_any_text_is_understood_or_refused_but_never_raises(text: str, front: str) -> None:
    scan = parse(front + text, "test")
    assert (scan.key == "") == (scan.problem is not None)
    assert (scan.detail != "") or scan.problem is None
    assert not any(is_refused(char) for char in scan.text.replace("\ufffd", ""))


@settings(deadline=None)
@given(st.integers(0, 10**11 - 1), st.sampled_from(["", "]E0"]))
def test_one_item_has_one_key_whatever_symbol_carries_it(item: int, aim: str) -> None:
    upc = f"{item:011d}"
    upc += str(gtin_check_digit(upc))
    whole = upc.zfill(14)
    raws = [
        aim + upc,
        f"{aim}0{upc}",
        f"]I1{whole}",
        f"]C101{whole}",
        f"(01){whole}",
        f"https://x.example/01/{whole}",
    ]
    scans = [parse(raw, "test") for raw in raws]
    assert {scan.key for scan in scans} == {whole}
    assert {scan.gtin for scan in scans} == {whole}
    assert lookup_key(upc) == whole


@settings(deadline=None)
@given(st.text(st.characters(codec="ascii", categories=["L", "N"]), min_size=1, max_size=40))
def test_plain_text_is_keyed_as_it_is_stored(text: str) -> None:
    assert parse(f" {text} ", "test").key == lookup_key(text)


@pytest.mark.parametrize("raw", ["", "   ", "]E0", "\x1d", " ]C1 \x1d"])
def test_nothing_is_a_problem(raw: str) -> None:
    assert parse(raw, "test").problem is ScanProblem.EMPTY


def test_too_long_is_refused_with_both_lengths() -> None:
    assert parse("A" * MAX_LENGTH, "test").problem is None
    scan = parse("A" * (MAX_LENGTH + 1), "test")
    assert scan.problem is ScanProblem.TOO_LONG
    assert "513" in scan.detail
    assert "512" in scan.detail


@pytest.mark.parametrize(
    ("char", "problem", "name"),
    [
        ("\x11", ScanProblem.CONTROL_CHARACTER, "U+0011 DC1 (Ctrl+Q)"),
        ("\x00", ScanProblem.CONTROL_CHARACTER, "U+0000 NUL (Ctrl+@)"),
        ("\x1b", ScanProblem.CONTROL_CHARACTER, "U+001B ESC (Ctrl+[)"),
        ("\x7f", ScanProblem.CONTROL_CHARACTER, "U+007F DEL"),
        ("\x9b", ScanProblem.CONTROL_CHARACTER, "U+009B CSI"),
        ("\u202e", ScanProblem.CONTROL_CHARACTER, "U+202E RIGHT-TO-LEFT OVERRIDE"),
        ("\u200b", ScanProblem.CONTROL_CHARACTER, "U+200B ZERO WIDTH SPACE"),
        ("\ufffd", ScanProblem.UNDECODABLE, "U+FFFD REPLACEMENT CHARACTER"),
        ("\udce9", ScanProblem.UNDECODABLE, "U+DCE9"),
    ],
)
def test_a_stray_character_refuses_the_scan_by_name(char: str, problem: ScanProblem, name: str) -> None:
    scan = parse(f"AB{char}C", "test")
    assert (scan.problem, scan.detail, scan.text, scan.key) == (
        problem,
        name,
        "AB\ufffdC",
        "",
    )


def test_the_identifier_is_taken_off() -> None:
    scan = parse("]C0Loc-1", "test")
    assert (scan.aim, scan.text, scan.key, scan.source) == (
        "]C0",
        "Loc-1",
        "LOC-1",
        "test",
    )
    assert parse("]1", "test").text == "]1"


def test_a_full_message_is_taken_apart() -> None:
    scan = parse(f"]C101{GTIN}10Ab-1\x1d1728022937012\x1d21S9", "test")
    assert (scan.key, scan.gtin, scan.lot, scan.serial) == (GTIN, GTIN, "Ab-1", "S9")
    assert (scan.expiry, scan.count) == (date(2028, 2, 29), 12)


@pytest.mark.parametrize(
    "raw",
    [
        f"]d201{GTIN}10AB",
        f"]Q301{GTIN}10AB",
        f"]C1\x1d01{GTIN}10AB\x1d",
        f"01{GTIN}10AB",
        f"10AB\x1d01{GTIN}",
        f"(01){GTIN}(10)AB",
        f"]C0(01){GTIN}(10)AB",
        f"https://id.example/01/{GTIN}/10/AB",
        f"HTTPS://ID.EXAMPLE/SHOP/01/{GTIN}?10=AB",
        f"]Q1https://id.example/01/{GTIN[1:]}/10/AB",
    ],
)
def test_every_form_of_one_message_says_the_same(raw: str) -> None:
    scan = parse(raw, "test")
    assert (scan.key, scan.gtin, scan.lot, scan.problem) == (GTIN, GTIN, "AB", None)


def test_day_zero_is_the_last_of_the_month() -> None:
    assert parse("]C117280200", "test").expiry == date(2028, 2, 29)


def test_best_before_is_not_expiry() -> None:
    assert parse("]C115280200", "test").expiry is None


def test_contents_of_a_carton() -> None:
    scan = parse(f"02{GTIN}3712", "test")
    assert (scan.key, scan.gtin, scan.count) == (GTIN, GTIN, 12)


@pytest.mark.parametrize("raw", [f"]C100{SSCC}", f"00{SSCC}", f"(00){SSCC}", f"https://id.example/00/{SSCC}"])
def test_a_logistic_unit_is_keyed_by_its_sscc(raw: str) -> None:
    scan = parse(raw, "test")
    assert (scan.key, scan.sscc, scan.gtin) == (SSCC, SSCC, None)


def test_a_lot_alone_is_keyed_by_its_text() -> None:
    scan = parse("]C110Ab", "test")
    assert (scan.key, scan.lot, scan.gtin) == ("10AB", "Ab", None)
    assert parse("10Ab", "test").lot is None


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        (f"]C101{WRONG}", ScanProblem.CHECK_DIGIT),
        (f"]C100{SSCC[:-1]}0", ScanProblem.CHECK_DIGIT),
        ("]C1", ScanProblem.EMPTY),
        ("]C110", ScanProblem.GS1_SYNTAX),
        ("]C137", ScanProblem.GS1_SYNTAX),
        ("]C117281399", ScanProblem.GS1_SYNTAX),
        ("]C1HELLO", ScanProblem.GS1_SYNTAX),
        (f"]C101{GTIN}10é", ScanProblem.GS1_SYNTAX),
        ("]C117٢٨٠١٠١", ScanProblem.GS1_SYNTAX),
        ("]C110A\x1d10B", ScanProblem.GS1_SYNTAX),
        (f"]C101{GTIN}02{GTIN}3712", ScanProblem.GS1_SYNTAX),
    ],
)
def test_a_gs1_symbol_that_breaks_the_grammar_is_refused(raw: str, problem: ScanProblem) -> None:
    assert parse(raw, "test").problem is problem


def test_a_missing_separator_that_shows_is_refused() -> None:
    """A lot holds 20 characters at most; what follows it without a separator can't be told apart."""
    scan = parse("]C110" + "A" * 20 + "21S", "test")
    assert scan.problem is ScanProblem.GS1_SYNTAX
    assert "separator" in scan.detail


@pytest.mark.parametrize(
    "raw",
    [f"(01){WRONG}", "A\x1dB", "https://shop.example/page", "(01)95(x)y", "http://[x"],
)
def test_what_only_looks_like_gs1_stays_text(raw: str) -> None:
    scan = parse(raw, "test")
    assert (scan.key, scan.gtin, scan.problem) == (raw.upper(), None, None)


@given(
    st.sampled_from(OwnKind),
    st.text("ABC019", min_size=1, max_size=12),
    st.sampled_from("0123456789ABCDEFGH"),
)
def test_our_own_codes_are_known_and_those_that_only_look_so_are_doubted(
    kind: OwnKind, ref: str, last: str
) -> None:
    code = own_code(kind, ref)
    assert (parse(code, "test").ours, parse(code, "test").detail) == (True, "")
    other = parse(code[:-1] + last, "test")
    assert other.ours is (last == code[-1])
    assert (f"should be {code[-1]}" in other.detail) is (last != code[-1])
    assert not parse(f"PKZ{ref}{last}", "test").detail


@pytest.mark.parametrize("raw", [f"01{GTIN}", f"01{WRONG}10AB", f"02{GTIN}21X", "7032069804987"])
def test_too_little_evidence_stays_text(raw: str) -> None:
    assert parse(raw, "test").key == raw


@pytest.mark.parametrize("aim", ["]E0", "]I1"])
def test_a_misread_retail_symbol_is_refused_with_both_digits(aim: str) -> None:
    scan = parse(f"{aim}{WRONG[1:]}", "test")
    assert (scan.problem, scan.detail) == (ScanProblem.CHECK_DIGIT, "Expected 2, got 1")


def test_an_own_number_of_gtin_length_stays_usable() -> None:
    scan = parse(WRONG[1:], "test")
    assert (scan.key, scan.gtin, scan.problem) == (WRONG[1:], None, None)
    assert "Expected 2, got 1" in scan.detail


def test_a_retail_code_is_not_taken_for_a_message() -> None:
    """7032... is also a GS1 identifier (704x, 703s), and biip alone would read the EAN as one."""
    scan = parse("7032069804988", "test")
    assert (scan.key, scan.gtin) == ("07032069804988", "07032069804988")


def test_an_unexpanded_upc_e_is_its_upc_a() -> None:
    assert parse("]E001234565", "test").key == parse("]E0012345000065", "test").key
    assert parse("]E496385074", "test").key == "00000096385074"


def test_a_upc_e_without_its_identifier_is_its_upc_a_unless_it_is_a_gtin_8() -> None:
    short, both = parse("04252614", "test"), parse("01234565", "test")
    assert (short.key, short.gtin) == (parse("042100005264", "test").key, "00042100005264")
    assert "04252614" in short.other_keys
    assert (both.key, both.other_keys) == ("00000001234565", ("00012345000065",))


def test_an_add_on_is_not_part_of_the_gtin() -> None:
    scan = parse(f"]E3{GTIN[1:]}12", "test")
    assert (scan.key, scan.text) == (GTIN, f"{GTIN[1:]}12")


@pytest.mark.parametrize(
    ("raw", "grams"),
    [("3103001250", 1250), ("3102000125", 1250), ("3100000002", 2000), ("3105000149", 1), ("3104000015", 2)],
)
def test_net_weight_in_grams(raw: str, grams: int) -> None:
    assert parse(f"]C101{GTIN}{raw}", "test").weight_g == grams


def test_the_customers_order_number() -> None:
    assert parse("]C1400PO-77\x1d3712", "test").order == "PO-77"


@pytest.mark.parametrize(
    ("raw", "inside", "head", "hidden", "tail"),
    [
        (f"]C101{GTIN}10ABC12321XYZ789", "lot", "ABC123", "serial", "XYZ789"),
        (f"01{GTIN}10ABC12321XYZ789", "lot", "ABC123", "serial", "XYZ789"),
        (f"]d201{GTIN}21XYZ10ABC", "serial", "XYZ", "lot", "ABC"),
        (f"]Q301{GTIN}10ABC17281231", "lot", "ABC", "expiry", "281231"),
        (f"]Q301{GTIN}10ABC17281200", "lot", "ABC", "expiry", "281200"),
    ],
)
def test_fields_that_a_lost_separator_may_have_fused_are_noticed(
    raw: str, inside: str, head: str, hidden: str, tail: str
) -> None:
    assert Fused(inside, head, hidden, tail) in parse(raw, "test").fused


@pytest.mark.parametrize(
    "raw", [f"]C101{GTIN}10AB\x1d21XY", f"(01){GTIN}(10)A21B", f"]C101{GTIN}10A17281399", f"]C101{GTIN}10A21"]
)
def test_fields_that_are_whole_are_not_doubted(raw: str) -> None:
    assert parse(raw, "test").fused == ()


@settings(deadline=None)
@given(
    st.text("ABCDEFGHJKLMNP3456", min_size=1, max_size=9),
    st.text("ABCDEFGHJKLMNP3456", min_size=1, max_size=8),
)
def test_no_lot_and_serial_run_together_unnoticed(lot: str, serial: str) -> None:
    scan = parse(f"]C101{GTIN}10{lot}21{serial}", "test")
    assert Fused("lot", lot, "serial", serial) in scan.fused


def test_where_else_to_look() -> None:
    assert parse("01234565", "test").other_keys == ("00012345000065",)
    assert parse("]E401234565", "test").other_keys == ()
    assert parse("]E0012345000065", "test").other_keys == ("00000001234565",)
    assert parse(f"01{GTIN}", "test").other_keys == (GTIN,)
    assert parse("0109506000134351", "test").other_keys == ()
