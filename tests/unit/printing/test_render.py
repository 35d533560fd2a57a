"""What is on paper: every code can be read, every word stays in its place, whatever the words are."""

import os
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from printing.documents import AddressBlock, Card, CardSheet, Document, Insert, PackingSlip, SlipLine
from printing.escpos import to_escpos
from printing.export import to_pdf, to_png
from printing.interpret import papers
from printing.media import MEDIA
from printing.render import Note, NoteKind, render
from tests.unit.printing.samples import DOCUMENTS, SSCC, URL, cards, insert, label, read, slip

GOLDEN = Path(__file__).resolve().parents[2] / "golden" / "printing"
LANGUAGES = ["en", "pl", "ru", "zh"]
WANTED = {
    "label": {("]C0", b"ORD-100234"), ("]C1", b"00" + SSCC.encode())},
    "slip": {("]C0", b"ORD-100234")},
    "insert": {("]C0", b"SPRING-10"), ("]Q1", URL.encode())},
}
HOSTILE = st.one_of(
    st.text(max_size=60),
    st.text("W王\u202e\x1b\x1d\x00\u0300 -", max_size=500),
    st.sampled_from(["W" * 600, "\x10\x04\x01" * 50, "[/]^XZ~HS{{7*7}}", "😀" * 100, "\ud800"]),
)
HASTE = settings(
    max_examples=10, phases=[Phase.explicit, Phase.generate], suppress_health_check=[HealthCheck.too_slow]
)


def ink(image: Image.Image) -> tuple[int, int, int, int] | None:
    """The box around all black dots."""
    return ImageChops.invert(image.convert("L")).getbbox()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["label", "slip", "insert"])
def test_documents_look_as_they_did(kind: str, language: str, tmp_path: Path) -> None:
    """Golden pictures; after a wanted change run once with PICKER_WRITE_GOLDEN=1 and look at them."""
    picture = render(DOCUMENTS[kind](language), MEDIA["roll58"])
    golden = GOLDEN / f"{kind}-{language}.png"
    if "PICKER_WRITE_GOLDEN" in os.environ:
        golden.write_bytes(to_png(picture))
    (tmp_path / golden.name).write_bytes(to_png(picture))
    with Image.open(golden) as expected:
        same = expected.size == picture.image.size and expected.tobytes() == picture.image.tobytes()
    assert same, f"{golden.name} changed: see {tmp_path / golden.name}"
    assert picture.notes == ()


@pytest.mark.parametrize("medium", ["label-203", "label-300", "roll80", "roll58"])
@pytest.mark.parametrize("kind", sorted(WANTED))
def test_codes_are_read_from_the_picture_and_from_the_printers_bytes(kind: str, medium: str) -> None:
    picture = render(DOCUMENTS[kind]("zh"), MEDIA[medium])
    assert read(picture.image) == WANTED[kind]
    for page, paper in zip(picture.pages, papers(to_escpos(picture.pages, MEDIA[medium])), strict=True):
        assert read(paper) == read(page)


@pytest.mark.zbar
@pytest.mark.parametrize("medium", ["label-203", "roll80", "roll58"])
def test_zbar_reads_them_too(medium: str) -> None:
    from pyzbar.pyzbar import decode

    found = {code.data for code in decode(render(label(), MEDIA[medium]).image.convert("L"))}
    assert {b"ORD-100234", b"00" + SSCC.encode()} <= {data.removeprefix(b"\x1d") for data in found}


def test_the_sscc_has_the_size_that_gs1_asks_for() -> None:
    """4 dots per module, 254 dots tall, 40 dots of quiet zone at 203 dpi, lowest on the label."""
    page = render(label(), MEDIA["label-203"]).image
    rows = [page.crop((0, y, page.width, y + 1)).tobytes() for y in range(page.height)]
    inked = [y for y in range(len(rows) - 254) if ink(page.crop((0, y, page.width, y + 1)))]
    first = max(inked, key=lambda y: rows[y : y + 254].count(rows[y]))
    bars = page.crop((0, first, page.width, first + 254))
    assert len({bars.crop((0, y, bars.width, y + 1)).tobytes() for y in range(254)}) == 1
    assert rows[first - 1] != rows[first] != rows[first + 254]
    box = ink(bars)
    assert box is not None
    assert box[2] - box[0] == 156 * 4
    assert box[0] >= 40
    assert bars.width - box[2] >= 40
    assert first > page.height // 2


@pytest.mark.parametrize("medium", sorted(MEDIA))
def test_pages_are_as_large_as_the_medium_prints(medium: str) -> None:
    where = MEDIA[medium]
    for document in (label("zh"), slip("ru"), insert("pl"), cards()):
        for page in render(document, where).pages:
            assert page.mode == "1"
            assert page.width == where.width_dots
            assert page.height == (where.height_dots or page.height)


@HASTE
@given(st.data())
def test_hostile_words_break_nothing_on_a_label(data: st.DataObject) -> None:
    lines = tuple(data.draw(st.lists(HOSTILE, max_size=12)))
    document = replace(
        label(),
        recipient=AddressBlock(lines, data.draw(HOSTILE)),
        sender=AddressBlock(lines[:3]),
        carrier=data.draw(HOSTILE),
        service=data.draw(HOSTILE),
        marks=lines,
        order=data.draw(HOSTILE),
        language=data.draw(st.sampled_from(["en", "zh-CN", "xx", ""])),
    )
    for medium in ("label-203", "roll58"):
        picture = render(document, MEDIA[medium])
        assert len(picture.pages) == 1
        assert picture.image.size == (
            MEDIA[medium].width_dots,
            MEDIA[medium].height_dots or picture.image.height,
        )
        assert ("]C1", b"00" + SSCC.encode()) in read(picture.image)


@HASTE
@given(st.lists(HOSTILE, min_size=8, max_size=8))
def test_hostile_words_break_nothing_elsewhere(words: list[str]) -> None:
    a, b, c, d, e, f, g, h = words
    documents: tuple[Document, ...] = (
        PackingSlip(a, 1, 1, b, AddressBlock((c, d)), (SlipLine(e, f, 1, 2, g),), (SlipLine(h, a, 1, 1),)),
        Insert(a, 1, b, (c, d), e, f, g, h),
        CardSheet(a, (Card(b, c, d), Card(e, f, g))),
    )
    for document in documents:
        for medium in ("label-203", "roll58"):
            picture = render(document, MEDIA[medium], copy=2)
            assert papers(to_escpos(picture.pages, MEDIA[medium]))


@given(HOSTILE)
@HASTE
def test_no_word_reaches_the_last_dots_of_a_margin(text: str) -> None:
    where = MEDIA["label-203"]
    page = render(replace(slip(), shop=text, order=text), where).image
    for box in ((0, 0, 12, page.height), (page.width - 12, 0, page.width, page.height)):
        assert ink(page.crop(box)) is None


def test_what_no_font_has_is_named_and_shown_as_a_marked_question_mark() -> None:
    shown = render(replace(label(), carrier="DHL 😀"), MEDIA["roll80"])
    meant = render(replace(label(), carrier="DHL \N{REPLACEMENT CHARACTER}"), MEDIA["roll80"])
    assert shown.notes == (Note(NoteKind.MISSING_CHARACTER, "😀"),)
    assert shown.image.tobytes() == meant.image.tobytes()


def test_an_address_too_long_for_the_label_is_shortened_and_noted() -> None:
    long = replace(label(), recipient=AddressBlock(("Wide " * 80,) * 10))
    assert [note.kind for note in render(long, MEDIA["label-203"]).notes] == [NoteKind.SHORTENED]
    assert render(long, MEDIA["roll80"]).notes == ()


def test_a_short_address_is_larger_than_a_long_one() -> None:
    heights = []
    for name in ("H", "H" + " Long Street" * 40):
        page = render(replace(label(), recipient=AddressBlock((name,))), MEDIA["label-203"]).image
        inked = [ink(page.crop((16, y, 40, y + 1))) is not None for y in range(100, 250)]
        top = inked.index(True)
        heights.append(inked.index(False, top) - top)
    assert heights[0] > 1.5 * heights[1]


@pytest.mark.parametrize(
    ("document", "text"),
    [
        (replace(label(), order="Łódź"), "Łódź"),
        (replace(label(), sscc="340123450000000018"), "340123450000000018"),
        (replace(label(), order="X" * 60), "X" * 60),
    ],
)
def test_a_code_that_cannot_be_is_left_out_and_noted(document: Document, text: str) -> None:
    picture = render(document, MEDIA["label-203"])
    assert Note(NoteKind.NO_BARCODE, text) in picture.notes
    assert len(read(picture.image)) == 1


def test_a_code_too_long_for_a_roll_is_turned() -> None:
    order = "LONG-ORDER-NUMBER-0000-1111-ABCDE"
    picture = render(replace(label(), order=order), MEDIA["roll58"])
    assert picture.notes == ()
    assert ("]C0", order.encode()) in read(picture.image)


def test_a_coupon_is_shrunk_before_it_is_broken() -> None:
    """Two lines of a code could be typed as two codes."""
    short, long = (render(replace(insert(), coupon=code), MEDIA["roll58"]).image for code in ("12", "1" * 14))
    assert long.height < short.height
    assert ("]C0", b"1" * 14) in read(long)


def test_only_inserts_say_that_they_are_copies() -> None:
    for document, differs in ((insert(), True), (label(), False), (slip(), False)):
        first, second = (render(document, MEDIA["roll80"], copy).image.tobytes() for copy in (1, 2))
        assert (first != second) is differs


def test_a_long_slip_takes_more_pages_on_a_label_and_one_on_a_roll() -> None:
    lines = tuple(SlipLine(f"SKU-{number}", "Tea", 1, 1) for number in range(60))
    assert len(render(replace(slip(), lines=lines), MEDIA["label-203"]).pages) > 2
    assert len(render(replace(slip(), lines=lines), MEDIA["roll80"]).pages) == 1


def test_every_card_of_a_sheet_can_be_scanned() -> None:
    codes = [f"COMMAND{number}" for number in range(30)]
    picture = render(CardSheet("All", tuple(Card(code, code) for code in codes)), MEDIA["a4"])
    found: set[tuple[str, bytes]] = set()
    for page in picture.pages:
        half = page.width // 2
        for top in range(0, page.height, page.height // 7):
            for left in (0, half):
                found |= read(page.crop((left, top, left + half, top + page.height // 4)))
    assert found == {("]C0", code.encode()) for code in codes}


def test_files_are_the_same_at_every_export() -> None:
    picture = render(cards(), MEDIA["a4"])
    assert to_png(picture) == to_png(picture)
    assert to_pdf(picture) == to_pdf(picture)
    assert to_pdf(picture).startswith(b"%PDF")
