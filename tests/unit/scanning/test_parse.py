"""Raw text to typed scans, and everything that is refused on the way."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanning.characters import is_refused
from scanning.codes import OwnKind, gtin_check_digit, is_gtin, is_sscc, lookup_key, own_code, sscc
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
strange = st.text("０９Ａｚ］【】。　٣५ßıK\x1d-PKpkBLqQ01/", max_size=40)
gs1_like = st.lists(gs1_pieces | st.text("0123456789AB()/\x1d", max_size=20), max_size=8).map("".join)


@settings(deadline=None)
@given(
    st.text(max_size=80) | gs1_like | strange,
    st.sampled_from(
        [
            "",
            "]C1",
            "]E0",
            "]d2",
            "]Q1",
            "]E3",
            "]I1",
            "]c1",
            "]D2",
            "]e0",
            "］Ｃ１",
            "https://x/",
            f"http://x/gtin/{GTIN}",
        ]
    ),
)
def test_any_text_is_understood_or_refused_but_never_raises(text: str, front: str) -> None:
    scan = parse(front + text, "test")
    assert (scan.key == "") == (scan.problem is not None)
    assert (scan.detail != "") or scan.problem is None
    assert not any(is_refused(char) for char in scan.text.replace("\ufffd", ""))
    assert all(scan.other_keys)


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


def test_best_before_counts_as_expiry_and_other_dates_do_not() -> None:
    assert parse("]C115280200", "test").expiry == date(2028, 2, 29)
    both = parse("]C1152802101728022016280205", "test")
    assert (both.expiry, both.last_day) == (date(2028, 2, 20), date(2028, 2, 5))
    sell_by = parse("]C116280205", "test")
    assert (sell_by.expiry, sell_by.last_day) == (None, date(2028, 2, 5))
    assert parse("]C170032802202359", "test").expiry == date(2028, 2, 20)
    made = parse("]C1112001011220010113200101", "test")
    assert (made.expiry, made.last_day, made.problem) == (None, None, None)


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
        ("]C110A\x1d10B", ScanProblem.GS1_SYNTAX),
        (f"]C101{GTIN}02{GTIN}3712", ScanProblem.GS1_SYNTAX),
    ],
)
def test_a_gs1_symbol_that_breaks_the_grammar_is_refused(raw: str, problem: ScanProblem) -> None:
    assert parse(raw, "test").problem is problem


def test_a_missing_separator_that_shows_is_refused() -> None:
    """A lot holds 20 characters at most; what follows it without a separator can't be told apart."""
    scan = parse("]C110" + "A" * 20 + "21S", "test")
    assert scan.problem is ScanProblem.SEPARATOR


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
    assert (parse(code, "test").ours, parse(code, "test").doubt) == (True, None)
    other = parse(code[:-1] + last, "test")
    assert other.ours is (last == code[-1])
    assert (other.doubt is ScanProblem.OWN_CODE) is (last != code[-1])
    assert parse(f"PKZ{ref}-7{last}", "test").doubt is None


@given(
    st.sampled_from(OwnKind),
    st.text("AbQ019-ł", min_size=1, max_size=8),
    st.sampled_from([str.upper, str.lower, str.swapcase, str.title]),
    st.sampled_from(["", "]C0"]),
)
def test_our_own_codes_read_as_themselves_in_any_case(
    kind: OwnKind, ref: str, case: Callable[[str], str], aim: str
) -> None:
    code = own_code(kind, ref)
    scan = parse(aim + case(code), "test")
    assert (scan.text, scan.key, scan.ours) == (code, code, True)
    caught = parse((aim + code).swapcase(), "test")
    assert (caught.text, caught.aim, caught.ours) == (code, aim, True)


@pytest.mark.parametrize(
    ("raw", "meant"),
    [
        (f"]c101{GTIN}10abC-1", f"]C101{GTIN}10ABc-1"),
        (f"]D201{GTIN}10abC-1", f"]d201{GTIN}10ABc-1"),
        (f"]D201{GTIN}17281231", f"]d201{GTIN}17281231"),
        (f"]q301{GTIN}21sn", f"]Q301{GTIN}21SN"),
        (f"]j101{GTIN}21sn", f"]J101{GTIN}21SN"),
        (f"]E001{GTIN}10ab", f"]e001{GTIN}10AB"),
        (f"]e0{GTIN[1:]}", f"]E0{GTIN[1:]}"),
        (f"]e3{GTIN[1:]}12", f"]E3{GTIN[1:]}12"),
        (f"]i1{GTIN}", f"]I1{GTIN}"),
        ("]c0mUG-1", "]C0Mug-1"),
        ("]z0mUG-1", "]z0mUG-1"),
        ("]Z0mUG-1", "]z0Mug-1"),
        (f"]q1HTTPS://X.EXAMPLE/01/{GTIN}/10/aB", f"]Q1https://x.example/01/{GTIN}/10/Ab"),
    ],
)
def test_caps_lock_is_seen_in_the_identifier_and_put_right_with_the_text(raw: str, meant: str) -> None:
    assert parse(raw, "test") == parse(meant, "test")


def test_capitals_alone_do_not_prove_caps_lock() -> None:
    """A scanner set to send capitals writes ]D2 as well, and its lot is in capitals already."""
    scan = parse(f"]D201{GTIN}10ABC", "test")
    assert (scan.problem, scan.lot) == (ScanProblem.CAPS_LOCK, None)


def widened(text: str) -> str:
    """What an input method in full-width mode makes of typed characters."""
    return "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in text)


def in_digits(text: str, zero: str) -> str:
    return "".join(chr(ord(zero) + int(char)) if char.isdigit() else char for char in text)


@pytest.mark.parametrize(
    "raw",
    [
        GTIN[1:],
        f"]C101{GTIN}10AB\x1d21Sn-1",
        f"]d201{GTIN}17281231",
        "]C0Loc-1",
        own_code(OwnKind.LOCATION, "A-01"),
        own_code(OwnKind.LOCATION, "A-01").lower(),
        f"(01){GTIN}(10)AB",
        f"https://x.example/gtin/{GTIN}",
        f"00{SSCC}",
    ],
)
def test_a_code_that_an_input_method_widened_is_itself_again(raw: str) -> None:
    assert parse(widened(raw), "test") == parse(raw, "test")


@pytest.mark.parametrize("zero", ["٠", "۰", "०", "০", "０", "₀"])
def test_digits_of_other_scripts_are_digits_where_that_makes_a_code(zero: str) -> None:
    for raw in (GTIN[1:], "]C117281231", f"]d201{GTIN}3712"):
        assert parse(in_digits(raw, zero), "test") == parse(raw, "test")
    scan = parse(in_digits("12345", zero), "test")
    assert (scan.text, scan.doubt) == (in_digits("12345", zero), ScanProblem.INPUT_METHOD)
    assert "12345" in scan.other_keys


@pytest.mark.parametrize("text", ["一号货架", "Größe-Ü1", "ŁÓDŹ 7", "Ж-100", "コーヒ豆", "½", "x²", "ﬁx"])
def test_what_a_shop_really_writes_is_left_alone(text: str) -> None:
    scan = parse(text, "test")
    assert (scan.text, scan.key, scan.problem, scan.doubt) == (text, text.upper(), None, None)


def test_a_shops_own_full_width_text_is_asked_for_first() -> None:
    mixed, plain = parse("１号货架", "test"), parse("ＬＯＴ１", "test")
    assert (mixed.key, mixed.other_keys, mixed.doubt) == ("１号货架", ("1号货架",), None)
    assert (plain.key, plain.other_keys, plain.lot) == ("ＬＯＴ１", ("LOT1",), None)
    assert plain.doubt is ScanProblem.INPUT_METHOD
    wide = "]Q1" + widened("AB-1")
    assert parse(wide, "test").text == widened("AB-1")


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
    assert (scan.gtin, scan.key, scan.other_keys) == (GTIN, f"{GTIN[1:]}12", (GTIN,))


BOOK, PRESS, UPC = "9780306406157", "9771234567003", "036000291452"


@pytest.mark.parametrize("item", [BOOK, PRESS, UPC, GTIN[1:]])
@pytest.mark.parametrize("add_on", ["12", "51299"])
@pytest.mark.parametrize("joint", ["", " ", "]E1"])
@pytest.mark.parametrize("aim", ["", "]E3", "]E0"])
def test_an_add_on_in_one_with_its_item_leaves_the_item_to_be_found(
    item: str, add_on: str, joint: str, aim: str
) -> None:
    scan = parse(f"{aim}{item}{joint}{add_on}", "test")
    assert item.zfill(14) in (scan.key, *scan.other_keys)
    assert (scan.problem, scan.lot, scan.serial) == (None, None, None)
    if aim or joint or item in (BOOK, PRESS):
        assert scan.gtin in (item.zfill(14), scan.key)


@pytest.mark.parametrize("aim", ["", "]E0", "]E4"])
@pytest.mark.parametrize(("short", "item"), [("40170725", "40170725"), ("04252614", "042100005264")])
def test_a_short_item_has_an_add_on_where_the_add_ons_identifier_says_so(
    short: str, item: str, aim: str
) -> None:
    assert parse(f"{aim}{short}]E112", "test").gtin == item.zfill(14)
    inverted = parse(f"{aim}{short}]E112".swapcase(), "test")
    assert item.zfill(14) in (inverted.key, *inverted.other_keys)
    assert parse(f"{short}-12", "test").gtin is None, "a lot by its day"


def test_a_longer_number_of_its_own_goes_before_an_add_on() -> None:
    """One number in ten with a right check digit in front has one at its end as well."""
    case = next(text for n in range(100) if is_gtin(text := f"{UPC}{n:02d}"))
    unit = next(text for n in range(100_000) if is_sscc(text := f"{BOOK}{n:05d}"))
    assert (parse(case, "test").key, parse(case, "test").other_keys) == (case, (UPC.zfill(14),))
    assert (parse(unit, "test").key, parse(unit, "test").other_keys) == (unit, (BOOK.zfill(14),))
    assert parse(f"]C100{SSCC}", "test").other_keys == ()
    imei = "356303482134567"
    assert parse(imei, "test").gtin is None


@pytest.mark.parametrize("raw", ["]E112", "]E251299", "]e112"])
def test_an_add_on_alone_is_nothing(raw: str) -> None:
    assert parse(raw, "test").problem is ScanProblem.ADD_ON


@pytest.mark.parametrize(
    "link",
    [
        f"https://x.example/01/{GTIN}/",
        f"https://x.example/gtin/{GTIN}",
        f"https://x.example/GTIN/{GTIN}//",
        f"HTTP://X.EXAMPLE:8080/SHOP/PL/01/{GTIN}?linkType=all#top",
        f"https://x.example/01/{GTIN[1:]}?a=b&exp=99999999999",
        f"https://x.example/01/{GTIN}/about/this/thing",
        f"https://x.example/01/{GTIN}?utm=%E2%82%AC",
    ],
)
def test_every_form_of_a_link_names_its_product(link: str) -> None:
    scan = parse(link, "test")
    assert (scan.gtin, scan.key, scan.problem, scan.doubt) == (GTIN, GTIN, None, None)


@pytest.mark.parametrize(
    ("behind", "lot", "serial", "expiry"),
    [
        ("/21/SER1/10/LOT1", "LOT1", "SER1", None),
        ("/10/A%20B/", "A B", None, None),
        ("/10/A%2FB/", "A/B", None, None),
        ("/lot/LOT1/ser/SER1?exp=281231", "LOT1", "SER1", date(2028, 12, 31)),
        ("?21=S%2B1&17=281231&10=A+B", "A+B", "S+1", date(2028, 12, 31)),
        ("/cpv/2A/10/LOT1", "LOT1", None, None),
        ("/10//21/S1", None, "S1", None),
        ("/info/10/LOT1", "LOT1", None, None),
    ],
)
def test_what_a_link_says_besides(
    behind: str, lot: str | None, serial: str | None, expiry: date | None
) -> None:
    scan = parse(f"https://x.example/p/gtin/{GTIN}{behind}", "test")
    assert (scan.gtin, scan.lot, scan.serial, scan.expiry) == (GTIN, lot, serial, expiry)


def test_a_short_gtin_in_a_link_needs_no_zeros() -> None:
    assert parse("https://x.example/01/96385074", "test").gtin == "00000096385074"
    assert parse(f"https://x.example/gtin/{UPC}", "test").gtin == UPC.zfill(14)


def test_a_link_without_a_product_says_so() -> None:
    assert parse("https://shop.example/sale/2028/01", "test").doubt is ScanProblem.LINK
    assert parse("http://[x", "test").doubt is ScanProblem.LINK
    assert parse(f"https://x.example/01/{WRONG}", "test").doubt is ScanProblem.CHECK_DIGIT


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


@pytest.mark.parametrize(
    ("text", "number"),
    [("A4039123B", "4039123"), ("t4039$1*", "4039$1"), ("D012345678905D", "00012345678905")],
)
def test_a_codabar_is_also_known_without_its_start_and_stop(text: str, number: str) -> None:
    scan = parse(f"]F0{text}", "test")
    assert (scan.key, scan.other_keys) == (text.upper(), (number,))
    # Without an identifier it may be a shop's own number.
    assert parse(text, "test").other_keys == ()


def test_a_gs1_message_in_an_aztec_has_its_fields() -> None:
    scan = parse(f"]z101{GTIN}10AB\x1d21Sn-1", "test")
    assert (scan.gtin, scan.lot, scan.serial) == (GTIN, "AB", "Sn-1")
