"""Our own Code 128 is read back by others' readers, and GS1 content by biip."""

import biip
import pytest
from biip.checksums import gs1_standard_check_digit
from hypothesis import given
from hypothesis import strategies as st

from printing.barcodes import (
    BarcodeError,
    Modules,
    code128,
    ean,
    gs1_128,
    shortest_gtin,
    sscc_check_digit,
    sscc_symbol,
)
from printing.render.codes import draw_modules, draw_qr, qr_matrix
from tests.unit.printing.samples import SSCC, read


@given(st.text(st.characters(max_codepoint=127), min_size=1, max_size=30))
def test_any_ascii_text_is_read_back(text: str) -> None:
    image = draw_modules(code128(text), 2, 60)
    assert {content for _, content in read(image)} == {text.encode()}


@pytest.mark.zbar
@pytest.mark.parametrize(
    ("modules", "text"),
    [
        (code128("ORDER-12345"), "ORDER-12345"),
        (code128("a1B2c3\x7f"), "a1B2c3\x7f"),
        (ean("4006381333931"), "4006381333931"),
        (ean("96385074"), "96385074"),
        (gs1_128("10LOT7\x1d2112345"), "10LOT7\x1d2112345"),
        (gs1_128("89x(y\x1d10" + "A" * 25), "89x(y\x1d10" + "A" * 25),
    ],
)
def test_another_reader_reads_it_too(modules: Modules, text: str) -> None:
    """Identifiers that GS1 doesn't give and data too long for one are on carriers' labels all the same."""
    from pyzbar.pyzbar import decode

    [code] = decode(draw_modules(modules, 2, 60).convert("L"))
    assert code.data == text.encode()


@pytest.mark.parametrize(
    ("text", "symbols"),
    [("1234567890", 5), ("A", 1), ("AB1234", 5), ("A1B", 3), ("\x01\x02", 2), ("12345", 4), ("ABa\x01b", 6)],
)
def test_the_shortest_way_is_taken(text: str, symbols: int) -> None:
    """Symbols between start and check character, after ISO/IEC 15417 annex E's examples."""
    assert len(code128(text).bars) == 11 * (1 + symbols + 1) + 13


def test_an_sscc_is_gs1_128_without_parentheses() -> None:
    symbol = sscc_symbol(SSCC)
    assert len(symbol.bars) == 156
    assert symbol.width == 176
    assert read(draw_modules(symbol, 2, 60)) == {("]C1", b"00" + SSCC.encode())}
    parsed = biip.parse("00" + SSCC).gs1_message
    assert parsed is not None
    assert parsed.element_strings[0].sscc is not None
    assert parsed.element_strings[0].sscc.value == SSCC


def test_a_group_separator_becomes_fnc1() -> None:
    image = draw_modules(gs1_128("10LOT7\x1d21SER9"), 2, 60)
    assert read(image) == {("]C1", b"10LOT7\x1d21SER9")}


@given(st.text("0123456789", min_size=17, max_size=17))
def test_check_digits_agree_with_biip(digits: str) -> None:
    whole = f"{digits}{sscc_check_digit(digits)}"
    assert biip.sscc.Sscc.parse(whole).check_digit == int(whole[-1])


@pytest.mark.parametrize("sscc", [SSCC[:-1] + "8", SSCC[:-1], SSCC + "0", "(00)" + SSCC, "", "३" * 18])
def test_a_wrong_sscc_is_refused(sscc: str) -> None:
    with pytest.raises(BarcodeError, match="SSCC"):
        sscc_symbol(sscc)


@pytest.mark.parametrize("text", ["", "Łódź", "x\x80", "A" * 120])
def test_what_code_128_cannot_carry_is_refused(text: str) -> None:
    with pytest.raises(BarcodeError, match=r"expected ASCII|maximum 102"):
        code128(text)


def test_gs1_128_is_at_most_48_characters() -> None:
    with pytest.raises(BarcodeError, match="1 to 48"):
        gs1_128("0" * 49)


@given(st.text("0123456789", min_size=11, max_size=12))
def test_any_gtin_is_read_back_as_ean_13(digits: str) -> None:
    gtin = digits + str(gs1_standard_check_digit(digits))
    assert {content for _, content in read(draw_modules(ean(gtin), 2, 60))} == {gtin.zfill(13).encode()}


def test_a_short_gtin_is_ean_8() -> None:
    symbol = ean("96385074")
    assert symbol.width == 67 + 22
    assert {content for _, content in read(draw_modules(symbol, 2, 60))} == {b"96385074"}


@pytest.mark.parametrize("gtin", ["", "4006381333932", "123", "400638133393A", "٤٠٠٦٣٨١٣٣٣٩٣١"])
def test_what_is_no_gtin_is_refused(gtin: str) -> None:
    with pytest.raises(BarcodeError, match="EAN of"):
        ean(gtin)


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=80))
def test_any_text_is_read_back_from_a_qr_code(text: str) -> None:
    assert {content for _, content in read(draw_qr(qr_matrix(text), 3))} == {text.encode()}


@pytest.mark.parametrize("text", ["", "x" * 5000, "\ud800"])
def test_what_no_qr_code_holds_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"QR|[Dd]ata|surrogates"):
        qr_matrix(text)


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("04006381333931", "4006381333931"),
        ("00000096385074", "96385074"),
        ("00012345678905", "0012345678905"),
        ("14006381333938", "14006381333938"),
        ("4006381333931", "4006381333931"),
        ("0ABC", "0ABC"),
    ],
)
def test_a_gtin_of_14_digits_is_shown_as_its_barcode_has_it(code: str, shown: str) -> None:
    assert shortest_gtin(code) == shown
