"""ZPL that this program writes: its bytes, its dots, and nothing a customer wrote among its commands."""

import base64
import re
import zlib
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from printing.documents.address import AddressBlock
from printing.documents.labels import CarrierLabel, ParcelLabel
from printing.media import MEDIA
from printing.rendering import render
from printing.zpl import ZplError, check_zpl, labels, to_zpl, to_zpl_native
from printing.zpl.document import document_zpl
from printing.zpl.graphic import decode, z64
from printing.zpl.syntax import commands
from tests.benchmarks.documents import a_label
from tests.unit.printing.samples import DOCUMENTS, SSCC, barcodes, ink, label, read, slip

LABEL = MEDIA["label-203"]
OURS = {
    "^XA", "^PO", "^PM", "^LR", "^LH", "^PW", "^LL", "^CI", "^FO", "^A", "^FB", "^FH", "^FD", "^FS", "^GB",
    "^BY", "^BC", "^GF", "^PQ", "^XZ",
}  # fmt: skip
NASTY = [
    "^XZ~JR",
    "_5EXZ",
    "\\&",
    ">8",
    "\x1b@",
    "a~HS",
    "^FH\\",
    "\u202eabc",
    "\ud800",
    "{0}",
    "€",
    "\x10CT~",
]


def crc_by_hand(data: bytes) -> int:
    """CRC-16 with polynomial 0x1021 from 0, bit by bit, as Zebra describes it."""
    crc = 0
    for byte in data:
        crc ^= byte << 8
        for _ in range(8):
            crc = (crc << 1) ^ 0x1021 if crc & 0x8000 else crc << 1
        crc &= 0xFFFF
    return crc


def zbar(image: Image.Image) -> set[bytes]:
    from pyzbar import pyzbar  # here, because only some machines have its library

    return {code.data for code in pyzbar.decode(image.convert("L"))}


def plain(name: str = "Mary O'Neill") -> ParcelLabel:
    """A label that a printer can set by itself."""
    recipient = AddressBlock((name, "Quay 7", "80-835 Gdansk", "PL"), "PL")
    return replace(
        label(), recipient=recipient, sender=AddressBlock(("Tea & Co",), "DE"), marks=(), routing=""
    )


def test_a_page_is_its_size_its_dots_and_nothing_else() -> None:
    page = Image.new("1", (16, 3), 1)
    page.putpixel((0, 0), 0)
    page.putpixel((15, 2), 0)
    data = to_zpl([page], LABEL)
    text = base64.b64encode(zlib.compress(b"\x80\0\0\0\0\x01", 9)).decode()
    assert data.decode() == (
        "^XA^PON^PMN^LRN^LH0,0^PW16^LL3\n"
        f"^FO0,0^GFA,6,6,2,:Z64:{text}:{crc_by_hand(text.encode()):04X}^FS\n"
        "^PQ1^XZ\n"
    )


@pytest.mark.parametrize("dots", [b"\0", b"\xff" * 300, bytes(range(256)) * 9])
def test_z64_is_what_any_decoder_of_it_expects(dots: bytes) -> None:
    _, kind, text, crc = z64(dots).split(b":")
    assert kind == b"Z64"
    assert zlib.decompress(base64.b64decode(text, validate=True)) == dots
    assert int(crc, 16) == crc_by_hand(text)


@pytest.mark.parametrize("kind", ["label", "slip"])
@pytest.mark.parametrize("medium", ["label-203", "label-300", "roll80", "roll58"])
def test_every_document_comes_back_dot_for_dot(kind: str, medium: str) -> None:
    pages = render(DOCUMENTS[kind]("pl"), MEDIA[medium]).pages
    data = to_zpl(pages, MEDIA[medium])
    assert data == to_zpl(pages, MEDIA[medium])
    assert b"".join(check_zpl(data)) == data
    for page, back in zip(pages, labels(data), strict=True):
        assert back.size == page.size
        assert back.tobytes() == page.tobytes()


@pytest.mark.parametrize("language", ["en", "pl", "ru", "zh"])
def test_a_typical_label_is_small_and_its_barcodes_are_read(language: str) -> None:
    pages = render(label(language), LABEL).pages
    data = document_zpl(label(language), pages, LABEL)
    assert len(data) <= 8_192
    assert b"".join(check_zpl(data)) == data
    for image in (*labels(data), *labels(to_zpl(pages, LABEL))):
        assert ("]C1", b"00" + SSCC.encode()) in read(image)
        assert ("]Q1", f"https://id.gs1.org/00/{SSCC}".encode()) in read(image)


@pytest.mark.zbar
@pytest.mark.parametrize("language", ["en", "pl", "ru", "zh"])
def test_zbar_reads_a_typical_label_as_well(language: str) -> None:
    pages = render(label(language), LABEL).pages
    for image in (*labels(document_zpl(label(language), pages, LABEL)), *labels(to_zpl(pages, LABEL))):
        assert {b"00" + SSCC.encode(), b"ORD-100234"} <= zbar(image)


def test_the_labels_of_many_customers_are_small() -> None:
    for number in range(40):
        data = to_zpl_native(a_label(number), LABEL)
        assert data is not None
        assert len(data) <= 8_192


def test_other_documents_are_pictures_and_a_carriers_zpl_is_untouched() -> None:
    pages = render(slip(), LABEL).pages
    assert document_zpl(slip(), pages, LABEL) == to_zpl(pages, LABEL)
    theirs = CarrierLabel("O-1", 1, "zpl", b" ^XA^FO1,1^GB9,9,9^FS^XZ\r\n", 203, 812)
    assert document_zpl(theirs, (), LABEL) == theirs.file


def test_no_graphic_is_larger_than_zpl_can_count() -> None:
    page = render(label(), MEDIA["label-300"]).image
    sizes = [int(found) for found in re.findall(rb"\^GFA,(\d+)", to_zpl([page], MEDIA["label-300"]))]
    assert len(sizes) > 1
    assert max(sizes) <= 99_999


@pytest.mark.parametrize("size", [(813, 10), (8, 32_001)])
def test_a_page_that_does_not_fit_is_refused(size: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="expected at most 812 x 32000"):
        to_zpl([Image.new("1", size, 1)], LABEL)


@given(st.binary(min_size=24, max_size=24))
@settings(max_examples=60, deadline=None)
def test_any_dots_survive(raw: bytes) -> None:
    page = Image.frombytes("1", (24, 8), raw)
    page.putpixel((0, 0), 0)  # of a blank label nothing is printed
    (back,) = labels(to_zpl([page], LABEL))
    assert back.tobytes() == page.tobytes()


def test_dots_in_hexadecimal_are_read_with_their_repeat_counts() -> None:
    # Zebra's own example of the compression: M is 7, h is 20 + 20, "," fills up, ":" repeats the row.
    assert decode(b"MA,\n:\nHF!", 24, 8) == (b"\xaa" * 3 + b"\xa0" + b"\0" * 4) * 2 + b"\xff" * 8
    assert decode(b"h001", 21, 21) == bytes(20) + b"\x01"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b":Z64:eJxjYBjBAAAE:0000", "expected the CRC"),
        (b"0G", "expected hexadecimal digits"),
        (b"0F0F", "expected 4 bytes"),
        (b"XYZ(", "expected hexadecimal digits"),
        (b":", "expected 4 bytes"),
    ],
)
def test_damaged_dots_are_refused(data: bytes, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        decode(data, 4, 2)


def test_the_native_label_is_these_commands() -> None:
    data = to_zpl_native(plain(), LABEL)
    assert data is not None
    lines = data.decode("ascii").splitlines()
    assert lines[:2] == ["^XA^PON^PMN^LRN^LH0,0^PW812^LL1214", "^CI28"]
    assert lines[-1] == "^PQ1^XZ"
    assert "^FO94,915^BY4^BCN,254,N,N,N,N^FD>;>800340123450000000017^FS" in lines
    assert "^FO172,831^BY3^BCN,72,N,N,N,A^FH_^FDORD-100234^FS" in lines
    assert "^FO16,92^A0N,52,52^FH_^FDMary O'Neill^FS" in lines
    assert "^FO16,12^A0N,22,22^FH_^FDFrom: Tea _26 Co^FS" in lines
    assert len(data) < 2_000


@pytest.mark.parametrize("name", ["Grzegorz Brzęczyszczykiewicz", "王小明", "Александра", "مريم"])
def test_a_line_that_the_printer_has_no_letters_for_goes_along_as_dots(name: str) -> None:
    data, usual = to_zpl_native(plain(name), LABEL), to_zpl_native(plain(), LABEL)
    assert data is not None
    assert usual is not None
    assert data.count(b"^GFA") == usual.count(b"^GFA") + 1
    assert b"^FDQuay 7^FS" in data


@pytest.mark.parametrize("medium", ["label-203", "label-300"])
def test_the_native_label_has_the_barcodes_of_the_picture(medium: str) -> None:
    data = to_zpl_native(plain(), MEDIA[medium])
    assert data is not None
    (image,) = labels(data)
    assert image.size == render(plain(), MEDIA[medium]).image.size
    assert {("]C1", b"00" + SSCC.encode()), ("]C0", b"ORD-100234")} <= read(image)


@pytest.mark.zbar
@pytest.mark.parametrize("medium", ["label-203", "label-300"])
def test_zbar_reads_the_native_label_as_well(medium: str) -> None:
    (image,) = labels(to_zpl_native(plain(), MEDIA[medium]) or b"")
    assert {b"00" + SSCC.encode(), b"ORD-100234"} <= zbar(image)


@pytest.mark.parametrize(
    "doubtful",
    [
        replace(plain(), recipient=AddressBlock(("a line that is long enough to be broken, and more",) * 20)),
        replace(plain(), marks=("handle with care, " * 20,)),
        replace(plain(), sscc="340123450000000018"),
        replace(plain(), service="x" * 500),
    ],
)
def test_in_doubt_there_is_no_native_label(doubtful: ParcelLabel) -> None:
    assert to_zpl_native(doubtful, LABEL) is None


@pytest.mark.parametrize(
    "name",
    [
        "W" * 60,
        "Bundesministerium für Wirtschaftsangelegenheiten und Donaudampfschifffahrt " * 2,
        "王" * 60,
        "\ue000 and letters that no font has: \U0001f9ff\u0bf5\ua9c1",
    ],
)
def test_a_line_too_long_for_the_label_is_broken_or_drawn(name: str) -> None:
    data = to_zpl_native(plain(name), LABEL)
    assert data is not None
    assert len(data) <= 8_192
    (image,) = labels(data)
    assert ink(image.crop((804, 0, 812, image.height))) is None
    assert ("]C1", b"00" + SSCC.encode()) in read(image)


@pytest.mark.parametrize("order", ["#1001", "2026/11/a-7", "ord-7", "A" * 30, ">8^XZ~", "Łódź 7", "_5E"])
def test_any_order_number_is_on_the_native_label_as_on_the_picture(order: str) -> None:
    named = replace(plain(), order=order)
    data = to_zpl_native(named, LABEL)
    assert data is not None
    assert read(labels(data)[0]) == read(render(named, LABEL).image)


@pytest.mark.parametrize("medium", ["label-203", "label-300"])
def test_the_square_code_of_the_native_label_keeps_its_quiet_zone(medium: str) -> None:
    """Four modules of white on every side, whatever stands above."""
    where = MEDIA[medium]
    for marks in ((), ("fragile", "liquid", "a word of the shop's own")):
        data = to_zpl_native(replace(label("ru"), marks=marks), where)
        assert data is not None
        (image,) = labels(data)
        (square,) = (code for code in barcodes(image) if code.symbology_identifier == "]Q1")
        at, quiet = square.position, 4 * where.dots(5)
        box = (at.top_left.x, at.top_left.y, at.bottom_right.x + 1, at.bottom_right.y + 1)
        around = (box[0] - quiet + 2, box[1] - quiet + 2, box[2] + quiet - 2, box[3] + quiet - 2)
        found = ink(image.crop(around))
        assert found is not None
        assert (found[2] - found[0], found[3] - found[1]) <= (box[2] - box[0] + 2, box[3] - box[1] + 2)


def test_a_roll_has_no_native_label() -> None:
    assert to_zpl_native(plain(), MEDIA["roll80"]) is None


@given(st.text(max_size=40) | st.sampled_from(NASTY))
@settings(max_examples=40, deadline=None)
def test_whatever_a_customer_writes_only_our_commands_are_sent(text: str) -> None:
    lines = (text, text + "ä", "Quay 7")
    hostile = replace(
        plain(), recipient=AddressBlock(lines, text), sender=AddressBlock(lines), service=text, carrier=text
    )
    data = to_zpl_native(hostile, LABEL)
    if data is None:
        return
    names = [command.name for command in commands(data)]
    assert set(names) <= OURS
    assert names.count("^XA") == names.count("^XZ") == 1
    assert names.count("^FD") == names.count("^FS") - names.count("^GB") - names.count("^GF")
    assert not re.search(rb"[^\x20-\x7e\n]", data)
    labels(data)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"^XA^FO0,0^XGR:X.GRF^FS^XZ", r"\^XG at byte 9"),
        (b"^FO0,0", r"\^FO at byte 0: expected \^XA"),
        (b"^XA^FO0,0^A0N,30^FDx^FS", r"expected \^XZ"),
        (b"^XA^PW40000^LL30000^GB9,9,9^FS^XZ", "expected at most"),
        (b"^XA^GFA,8^FS^XZ", r"\^GF at byte 3"),
        (b"^XA^GFC,1,1,1,x^FS^XZ", "own compression"),
        (b"^XA^FO0,0^BCN,50^FD>1x^FS^XZ", "can't read the code"),
        (b"^XA^FO0,0^BQN,2,3^FDx^FS^XZ", r"\^BQ of 'x'"),
        (b"^XA^FO0,0^BXN,30000,200^FDx^FS^XZ", "a symbol of .* expected at most"),
        (b"^XA^FO0,0^BY30000^BCN,30000^FDx^FS^XZ", "a symbol of .* expected at most"),
        (b"^XA^FO0,0^BRN,1,30000^FD0950600013435^FS^XZ", "a symbol of .* expected at most"),
        (b"^XA^FO0,0^BRN,8^FD0950600013435^FS^XZ", "can't draw its kind '8'"),
        (b"^XA^FO0,0^BRN,6^FD0950^FS^XZ", r"\^BR of '0950'"),
        (b"^XA^FO0,0^BKN^FDABC^FS^XZ", r"\^BK of 'ABC'"),
    ],
)
def test_what_can_not_be_drawn_is_named(data: bytes, words: str) -> None:
    with pytest.raises(ZplError, match=words):
        labels(data)


def test_a_carriers_way_of_writing_is_read() -> None:
    """Everything between: other fonts, baselines, turned fields, reversed ones and six symbologies."""
    (image,) = labels(
        b"CT~~CD,~CC^~CT~\n^XA^PW812^LL1218^LS0^CF0,30^FWN\n"
        b"^FO50,120^BY3^BCN,120,Y,N,N^FD>;>800340123450000000017^FS\n"
        b"^FO50,300^BQN,2,5^FDMA,https://example.com^FS\n"
        b"^FO50,500^BY2^B3N,N,80^FDABC-123^FS\n"
        b"^FT160,1180^BY3^BCB,100,N,N,N,A^FD1Z999AA10123456784^FS\n"
        b"^FO300,300^BXN,6,200^FDdata matrix^FS\n"
        b"^FO500,300^BY2^B7N,5,5,,,N^FDpdf417 text^FS\n"
        b"^FO300,800^GB400,100,60^FS^FO320,820^FR^A0N,40,30^FDREVERSED^FS\n"
        b"^FO300,950^GC80,4^FS^FO400,950^GD80,80,4,,L^FS^FO500,950^FB200,2,0,C,0^FDa b\\&c^FS^XZ"
    )
    found = read(image)
    assert {
        ("]C1", b"00340123450000000017"),
        ("]Q1", b"https://example.com"),
        ("]A0", b"ABC-123"),
        ("]d1", b"data matrix"),
        ("]L2", b"pdf417 text"),
    } <= found
    assert ("]C0", b"1Z999AA10123456784") in found
    assert image.getpixel((305, 805)) == 0


def test_modes_of_code_128_are_read() -> None:
    fields = b"".join(
        b"^FO20,%d^BY2^BCN,60,N,N,N,%s^FD%s^FS" % (y, mode, data)
        for y, mode, data in [
            (0, b"D", b"(00)340123450000000017"),
            (100, b"U", b"0034012345000000001"),
            (200, b"N", b">:A>5123>6b"),
            (300, b"N", b">9333435"),
        ]
    )
    (image,) = labels(b"^XA^PW700^LL400" + fields + b"^XZ")
    codes = {code for _, code in read(image)}
    assert {b"00340123450000000017", b"ABC"} <= codes


@pytest.mark.parametrize(
    ("field", "code"),
    [
        (b"^BKN,N,80,Y,N,A,B^FD1234567", ("]F0", b"A1234567B")),
        (b"^BKN,N,80,Y,N,*,T^FD1234567", ("]F0", b"C1234567A")),
        (b"^BAN,80,Y,N,N^FDAISLE-93", ("]G0", b"AISLE-93")),
        (b"^BON,5^FDTICKET 7", ("]z0", b"TICKET 7")),
        (b"^B0N,5,N,0,N,1,0^FDTICKET 7", ("]z0", b"TICKET 7")),
        (b"^BFN,6^FDmicro", ("]L2", b"micro")),
        *((b"^BRN,%d,3^FD0950600013435" % kind, ("]e0", b"0109506000134352")) for kind in range(1, 6)),
        (b"^BRN,1,3^FD0950600013435|99A composite", ("]e0", b"0109506000134352")),
        (b"^BRN,6,3^FD010950600013435210AB#217", ("]e0", b"010950600013435210AB\x1d217")),
        (b"^BRN,6,3,1,,4^FD[01]09506000134352[10]AB", ("]e0", b"010950600013435210AB")),
        (b"^BRN,7,3,1,80^FD01234567890", ("]E0", b"0012345678905")),
        (b"^BRN,9,3,1,80^FD950600013435", ("]E0", b"9506000134352")),
        (b"^BRN,10,3,1,80^FD9638507", ("]E4", b"96385074")),
        (b"^BRN,11,2,1,80^FD010950600013435210AB#217", ("]C1", b"010950600013435210AB\x1d217")),
    ],
)  # fmt: skip
def test_seldom_symbols_are_drawn(field: bytes, code: tuple[str, bytes]) -> None:
    (image,) = labels(b"^XA^PW1200^LL500^FO60,60^BY3" + field + b"^FS^XZ")
    assert read(image) == {code}


SELDOM = b"^XA^PW812^LL900^FO50,50^BY3^BCN,100,N,N,N^FD1Z999AA10123456784^FS^FO50,300%b^FS^XZ"
MAXICODE = b"^CVY^BD2^FH_^FD003840981040000[)>_1E01_1D961Z95910936_1DUPSN_1DRF2488_1E_04"


@pytest.mark.parametrize(
    "kind", ["B1", "B4", "B5", "B9", "BB", "BI", "BJ", "BL", "BM", "BP", "BS", "BT", "BZ"]
)
def test_a_symbol_that_only_printers_draw_is_left_out_unless_the_picture_must_be_whole(kind: str) -> None:
    data = SELDOM % f"^{kind}N,40^FD12345".encode()
    (image,) = labels(data)
    assert read(image) == {("]C0", b"1Z999AA10123456784")}
    with pytest.raises(ZplError, match=rf"\^{kind} at byte [0-9]+: can't draw"):
        labels(data, whole=True)


def test_a_maxicode_of_any_content_is_no_reason_to_have_no_picture() -> None:
    for field, whole in ((MAXICODE, True), (b"^BD4^FD" + b"x" * 200, False)):
        (image,) = labels(SELDOM % field, whole=whole)
        assert read(image) == {("]C0", b"1Z999AA10123456784")}
