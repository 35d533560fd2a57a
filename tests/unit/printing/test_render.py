"""What is on paper: every code can be read, every word stays in its place, whatever the words are."""

from dataclasses import fields, is_dataclass, replace
from itertools import groupby
from types import UnionType
from typing import Any, cast, get_args, get_origin, get_type_hints

import biip
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from PIL import Image

from printing.customs import CustomsIncomplete
from printing.documents import KINDS, Document
from printing.documents.address import AddressBlock
from printing.documents.customs import Declaration
from printing.documents.inserts import Block, Coupon
from printing.documents.signs import Card, CardSheet
from printing.documents.slips import SlipLine
from printing.escpos import to_escpos
from printing.export import to_pdf, to_png
from printing.interpret import papers
from printing.jobs import CUSTOMS
from printing.media import MEDIA, of_width
from printing.render import Note, NoteKind
from printing.rendering import render
from tests.unit.printing.samples import (
    DOCUMENTS,
    SSCC,
    WANTED,
    barcodes,
    cards,
    codes,
    ink,
    insert,
    label,
    photo,
    read,
    slip,
)

HOSTILE = st.one_of(
    st.text(max_size=60),
    st.text("W王\u202e\x1b\x1d\x00\u0300 -שع", max_size=500),
    st.sampled_from(
        [
            "W" * 600,
            "x" * 10_000,
            "\x10\x04\x01" * 50,
            "[/]^XZ~HS~JR{{7*7}}<b>",
            "😀" * 100,
            "\ud800",
            "\u202egnp.exe",
            "ﷺ﷽" * 40,
        ]
    ),
)
HASTE = settings(
    max_examples=4, phases=[Phase.explicit, Phase.generate], suppress_health_check=[HealthCheck.too_slow]
)


@pytest.mark.parametrize("medium", ["label-203", "label-300", "roll80", "roll58"])
@pytest.mark.parametrize("kind", sorted(WANTED))
def test_codes_are_read_from_the_picture_and_from_the_printers_bytes(kind: str, medium: str) -> None:
    picture = render(DOCUMENTS[kind]("ar"), MEDIA[medium])
    assert codes(picture) == WANTED[kind]
    for page, paper in zip(picture.pages, papers(to_escpos(picture.pages, MEDIA[medium])), strict=True):
        assert read(paper) == read(page)


@pytest.mark.zbar
@pytest.mark.parametrize("medium", ["label-203", "roll80", "roll58"])
@pytest.mark.parametrize("kind", sorted(WANTED))
def test_zbar_reads_them_too(kind: str, medium: str) -> None:
    from pyzbar.pyzbar import decode

    picture = render(DOCUMENTS[kind]("en"), MEDIA[medium])
    printed = papers(to_escpos(picture.pages, MEDIA[medium]))
    for pages in (picture.pages, printed):
        found = {code.data.removeprefix(b"\x1d") for page in pages for code in decode(page.convert("L"))}
        assert found >= {content for _, content in WANTED[kind]}


def test_what_the_label_says_of_itself_is_what_gs1_understands() -> None:
    picture = render(label(), MEDIA["label-203"])
    (linear,) = (content.decode() for kind, content in read(picture.image) if kind == "]C1")
    (link,) = (content.decode() for kind, content in read(picture.image) if kind == "]Q1")
    message = biip.parse(linear).gs1_message
    assert message is not None
    assert message.element_strings[0].sscc is not None
    assert message.element_strings[0].sscc.value == SSCC
    uri = biip.parse(link).gs1_digital_link_uri
    assert uri is not None
    assert uri.element_strings[0].sscc is not None
    assert uri.element_strings[0].sscc.value == SSCC


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


def hostile(hint: Any) -> st.SearchStrategy[Any]:
    """Any value of that type: every text in it hostile, every number whatever."""
    if hint is str:
        return HOSTILE
    if hint is bytes:
        return st.just(photo()) | st.binary(max_size=50)
    if hint == Block:
        return st.one_of(*(hostile(cls) for cls in get_args(hint)))
    if isinstance(hint, UnionType):
        return st.one_of(*(hostile(cls) for cls in get_args(hint)))
    if get_origin(hint) is tuple:
        return st.lists(hostile(get_args(hint)[0]), max_size=3).map(tuple)
    if isinstance(hint, type) and is_dataclass(hint):
        hints = get_type_hints(hint)
        return st.builds(hint, **{field.name: hostile(hints[field.name]) for field in fields(hint)})
    return {int: st.integers(-5, 10**6), bool: st.booleans(), type(None): st.none()}[hint]


@pytest.mark.parametrize("kind", sorted(KINDS.keys() - {"carrier"}))
@HASTE
@given(st.data())
def test_hostile_words_in_every_field_break_nothing(kind: str, data: st.DataObject) -> None:
    document = data.draw(hostile(KINDS[kind]))
    if kind in CUSTOMS:
        with pytest.raises(CustomsIncomplete, match="is incomplete"):
            render(document, MEDIA["roll80"])
        complete = DOCUMENTS[kind]("en")
        assert isinstance(document, Declaration)
        assert isinstance(complete, Declaration)
        sender = AddressBlock(("Tea", *document.sender.lines))
        document = cast(Document, replace(complete, order=document.order, post=document.post, sender=sender))
    for medium in ("label-203", "roll58"):
        where = MEDIA[medium]
        picture = render(document, where, copy=2)
        for page in picture.pages:
            assert page.mode == "1"
            assert page.size == (where.width_dots, where.height_dots or page.height)
            for left in () if kind == "cards" else (0, page.width - 8):
                assert ink(page.crop((left, 0, left + 8, page.height))) is None
        assert len(papers(to_escpos(picture.pages, where))) == len(picture.pages)


@HASTE
@given(hostile(AddressBlock), hostile(AddressBlock), st.lists(HOSTILE, min_size=5, max_size=5))
def test_hostile_words_leave_the_labels_codes_alone(
    recipient: AddressBlock, sender: AddressBlock, words: list[str]
) -> None:
    carrier, service, mark, language, routing = words
    document = replace(
        label(),
        recipient=replace(recipient, lines=recipient.lines * 4),
        sender=sender,
        carrier=carrier,
        service=service,
        marks=("fragile", "liquid", mark, mark),
        language=language,
        routing=routing,
    )
    for medium in ("label-203", "roll58"):
        picture = render(document, MEDIA[medium])
        assert len(picture.pages) == 1
        assert read(picture.image) == WANTED["label"]


@pytest.mark.parametrize("kind", [kind for kind in sorted(DOCUMENTS) if kind != "insert"])
def test_a_mark_of_text_never_touches_a_bar(kind: str) -> None:
    """Every symbol keeps its quiet zone: nothing but white for ten modules beside its first and last bar."""
    for page in render(DOCUMENTS[kind]("pl"), MEDIA["roll80"]).pages:
        for x, y, width, height, quiet in linear_symbols(page):
            band = page.crop((max(0, x - quiet), y, min(page.width, x + width + quiet), y + height))
            box = ink(band)
            assert box is not None
            assert box[2] - box[0] <= width + 2


def linear_symbols(page: Image.Image) -> list[tuple[int, int, int, int, int]]:
    """(x, y, width, height, quiet zone) in dots of the one-dimensional symbols on the page that stand upright."""
    found = []
    for code in barcodes(page):
        if code.symbology_identifier[:2] in ("]C", "]E") and abs(code.orientation) < 45:
            corner, other = code.position.top_left, code.position.bottom_right
            height = max(1, other.y - corner.y)
            found.append((corner.x, corner.y, other.x - corner.x, height, 20))
    return found


@pytest.mark.parametrize("dpi", [203, 300])
@pytest.mark.parametrize("width_mm", [58, 72, 80])
@pytest.mark.parametrize("language", ["pl", "ar"])
def test_on_a_narrow_roll_the_sscc_lies_along_the_paper_in_its_full_size(
    width_mm: int, dpi: int, language: str
) -> None:
    """Whole modules of half a millimetre or more, 31.75 mm tall, and ten of them white before and after."""
    where = of_width(width_mm, dpi)
    page = render(label(language), where).image
    (found,) = (code for code in barcodes(page) if code.symbology_identifier == "]C1")
    corners = (found.position.top_left, found.position.bottom_right)
    left, right = sorted(corner.x for corner in corners)
    top, bottom = sorted(corner.y for corner in corners)
    x = where.dots(5)
    assert x * 25.4 / dpi >= 0.495
    column = page.crop(((left + right) // 2, 0, (left + right) // 2 + 1, page.height)).rotate(90, expand=True)
    dots = [column.getpixel((y, 0)) == 0 for y in range(column.width)]
    runs = [(black, len(list(run))) for black, run in groupby(dots[top - 10 * x + 3 : bottom + 10 * x - 3])]
    bars = runs[1:-1]
    assert not runs[0][0]
    assert not runs[-1][0]
    assert min(runs[0][1], runs[-1][1]) >= 10 * x - 4
    assert sum(length for _, length in bars) == 156 * x
    assert {length % x for _, length in bars} == {0}
    assert {length // x for _, length in bars} == {1, 2, 3, 4}
    row = page.crop((0, top + x // 2, page.width, top + x // 2 + 1))
    box = ink(row)
    assert box is not None
    assert (box[2] - box[0]) * 25.4 / dpi >= 31.7
    assert box[0] >= 0
    assert box[2] <= page.width


def test_a_label_without_a_number_is_a_specimen_with_nothing_to_scan() -> None:
    for medium in ("label-203", "label-300", "roll58"):
        draft = render(replace(label("pl"), sscc=""), MEDIA[medium])
        assert draft.notes == ()
        assert codes(draft) == set()
        black = [y for y in range(draft.image.height) if dark_share(draft.image, y) > 0.7]
        assert len(black) >= MEDIA[medium].dots(200)


def test_what_no_font_has_is_named_and_shown_as_a_marked_question_mark() -> None:
    shown = render(replace(label(), carrier="DHL 😀"), MEDIA["roll80"])
    meant = render(replace(label(), carrier="DHL \N{REPLACEMENT CHARACTER}"), MEDIA["roll80"])
    assert shown.notes == (Note(NoteKind.MISSING_CHARACTER, "😀"),)
    assert shown.image.tobytes() == meant.image.tobytes()


def test_an_address_too_long_for_the_label_is_noted_and_the_label_says_that_it_must_not_be_sent() -> None:
    long = replace(label(), recipient=AddressBlock(("Wide " * 70 + "x",) * 10))
    picture = render(long, MEDIA["label-203"])
    assert [note.kind for note in picture.notes] == [NoteKind.ADDRESS_CUT]
    black = [y for y in range(picture.image.height) if dark_share(picture.image, y) > 0.5]
    assert len(black) > 20
    assert render(long, MEDIA["roll80"]).notes == ()
    endless = replace(label(), recipient=AddressBlock(("x" * 10_000,)))
    assert NoteKind.ADDRESS_CUT in {note.kind for note in render(endless, MEDIA["roll80"]).notes}


def dark_share(page: Image.Image, y: int) -> float:
    """How much of a row is black."""
    return page.crop((0, y, page.width, y + 1)).tobytes().count(0) * 8 / page.width


def test_every_line_of_an_address_that_fits_is_there_whole() -> None:
    """Ten lines of sixty letters each: small, but nothing is left out."""
    long = replace(label(), marks=(), routing="", recipient=AddressBlock(("Long Street Name " * 3,) * 8))
    assert render(long, MEDIA["label-203"]).notes == ()


def test_a_short_address_is_larger_than_a_long_one() -> None:
    heights = []
    for name in ("H", "H" + " Long Street" * 33):
        document = replace(label(), recipient=AddressBlock((name,)), routing="", marks=())
        page = render(document, MEDIA["label-203"]).image
        letter = [ink(page.crop((16, y, 24, y + 1))) is not None for y in range(60, 250)]
        heights.append(max(len(list(run)) for inked, run in groupby(letter) if inked))
    assert heights[0] > 1.3 * heights[1]


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
    assert len(read(picture.image)) == 2


def test_a_code_too_long_for_a_roll_is_turned() -> None:
    order = "LONG-ORDER-NUMBER-0000-1111-ABCDE"
    picture = render(replace(label(), order=order), MEDIA["roll58"])
    assert picture.notes == ()
    assert ("]C0", order.encode()) in read(picture.image)


def test_a_coupon_is_shrunk_before_it_is_broken() -> None:
    """Two lines of a code could be typed as two codes."""
    short, long = (
        render(replace(insert(), blocks=(Coupon(code),)), MEDIA["roll58"]).image for code in ("12", "1" * 14)
    )
    assert long.height < short.height
    assert ("]C0", b"1" * 14) in read(long)


def test_slips_and_inserts_say_that_they_are_copies_and_labels_never() -> None:
    saying = {"insert", "slip", "gift", "return"}
    for kind, document in DOCUMENTS.items():
        first, second, third = (render(document("pl"), MEDIA["roll80"], copy).image for copy in (1, 2, 3))
        assert (first.tobytes() != second.tobytes()) is (kind in saying)
        assert (second.tobytes() != third.tobytes()) is (kind in saying)
        assert read(second) == WANTED[kind]


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
