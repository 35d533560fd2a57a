"""What is on paper: every code can be read, every word stays in its place, whatever the words are."""

import io
import os
from dataclasses import fields, is_dataclass, replace
from itertools import groupby, pairwise
from pathlib import Path
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

import biip
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from printing.content import KINDS
from printing.customs import CustomsIncomplete, Gap, gaps
from printing.documents import (
    AddressBlock,
    Block,
    Card,
    CardSheet,
    Coupon,
    Document,
    Heading,
    PictureBlock,
    QrCode,
    ReturnReason,
    SlipLine,
    Text,
)
from printing.escpos import to_escpos
from printing.export import to_pdf, to_png
from printing.interpret import papers
from printing.media import MEDIA
from printing.preview import to_text
from printing.render import Note, NoteKind, Picture, render
from printing.words import LANGUAGES, starts_right, word
from tests.unit.printing.samples import (
    DOCUMENTS,
    LINES,
    LINK,
    SSCC,
    URL,
    cards,
    customs,
    gift,
    insert,
    label,
    location,
    photo,
    product,
    read,
    returns,
    slip,
)

GOLDEN = Path(__file__).resolve().parents[2] / "golden" / "printing"
GOLDEN_LANGUAGES = ["en", "pl", "ru", "zh", "ar"]
WANTED = {
    "label": {("]C0", b"ORD-100234"), ("]C1", b"00" + SSCC.encode()), ("]Q1", LINK.encode())},
    "slip": {("]C0", b"ORD-100234")},
    "gift": {("]C0", b"ORD-100234")},
    "cn22": {("]C0", b"ORD-100234")},
    "return": {("]C0", b"RET-100234"), ("]Q1", URL.encode())},
    "insert": {("]C0", b"SPRING-10"), ("]Q1", URL.encode())},
    "tote": {("]C0", b"PKTTOTE7X")},
    "location": {("]C0", b"A-01-03")},
    "product": {("]E0", b"4006381333931")},
    "badge": {("]C0", b"BADGE1001")},
}
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


ARROWS = ("up", "down", "left", "right")


def codes(picture: Picture) -> set[tuple[str, bytes]]:
    """The barcodes on all pages."""
    return {code for page in picture.pages for code in read(page)}


def ink(image: Image.Image) -> tuple[int, int, int, int] | None:
    """The box around all black dots."""
    return ImageChops.invert(image.convert("L")).getbbox()


@pytest.mark.parametrize("language", GOLDEN_LANGUAGES)
@pytest.mark.parametrize("kind", sorted(DOCUMENTS))
def test_documents_look_as_they_did(kind: str, language: str, tmp_path: Path) -> None:
    """Golden pictures; after a wanted change run once with PICKER_WRITE_GOLDEN=1 and look at them."""
    picture = render(DOCUMENTS[kind](language), MEDIA["label-203" if kind == "label" else "roll80"])
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
    if kind == "cn22":
        with pytest.raises(CustomsIncomplete, match="is incomplete"):
            render(document, MEDIA["roll80"])
        document = replace(customs(), order=document.order, post=document.post, sender=document.sender)
        document = replace(document, sender=AddressBlock(("Tea", *document.sender.lines)))
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
    """(x, y, width, height, quiet zone) in dots of the upright one-dimensional symbols on the page."""
    import zxingcpp

    found = []
    for code in zxingcpp.read_barcodes(page.convert("L")):
        if code.symbology_identifier[:2] in ("]C", "]E"):
            corner, other = code.position.top_left, code.position.bottom_right
            height = max(1, other.y - corner.y)
            found.append((corner.x, corner.y, other.x - corner.x, height, 20))
    return found


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


def test_no_price_is_on_a_gift_slip() -> None:
    cheap, dear = (
        render(
            replace(gift(), lines=(replace(LINES[0], price_cents=cents),)), MEDIA["roll80"]
        ).image.tobytes()
        for cents in (1, 999_999)
    )
    assert cheap == dear
    cheap, dear = (
        render(
            replace(slip(), lines=(replace(LINES[0], price_cents=cents),)), MEDIA["roll80"]
        ).image.tobytes()
        for cents in (1, 999_999)
    )
    assert cheap != dear


@pytest.mark.parametrize(
    ("change", "gap"),
    [
        ({"items": ()}, Gap("", "items", "no goods are named")),
        ({"gross_g": None}, Gap("", "gross_g", "the parcel's weight is missing")),
        ({"currency": "euro"}, Gap("", "currency", "currency: expected an ISO 4217 code, got 'euro'")),
        ({"date": ""}, Gap("", "date", "date: expected year-month-day, got ''")),
        ({"sender": AddressBlock(())}, Gap("", "sender", "the sender's address is missing")),
    ],
)
def test_an_incomplete_customs_form_is_refused_in_words(change: dict[str, Any], gap: Gap) -> None:
    form = replace(customs(), **change)
    assert gap in gaps(form)
    with pytest.raises(CustomsIncomplete, match="CN 22 of order ORD-100234 is incomplete") as refused:
        render(form, MEDIA["roll80"])
    assert refused.value.gaps == gaps(form)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"hs_code": ""}, "hs_code"),
        ({"hs_code": "12"}, "hs_code"),
        ({"origin": "Poland"}, "origin"),
        ({"net_g": None}, "net_g"),
        ({"value_cents": None}, "value_cents"),
        ({"value_cents": 0}, "value_cents"),
        ({"description": " "}, "description"),
        ({"quantity": 0}, "quantity"),
    ],
)
def test_goods_that_customs_would_stop_are_named(change: dict[str, Any], field: str) -> None:
    first, *rest = customs().items
    found = gaps(replace(customs(), items=(replace(first, **change), *rest)))
    assert field in {gap.field for gap in found}
    assert gaps(customs()) == ()


def test_a_heavy_parcel_and_a_gift_have_rules_of_their_own() -> None:
    assert "CN 23" in str(gaps(replace(customs(), gross_g=2001))[0])
    bare = tuple(replace(item, hs_code="", origin="") for item in customs().items)
    assert gaps(replace(customs(), nature="gift", items=bare)) == ()


def test_a_broken_or_huge_picture_is_noted_and_left_out() -> None:
    bomb = Image.new("1", (9000, 9000))
    out = io.BytesIO()
    bomb.save(out, "PNG")
    for file in (b"", b"no picture", photo()[:60], out.getvalue()):
        picture = render(replace(insert(), blocks=(PictureBlock(file),)), MEDIA["roll80"])
        assert [note.kind for note in picture.notes] == [NoteKind.NO_PICTURE]


def test_a_photo_is_scattered_into_dots_and_line_art_is_not() -> None:
    shown = [
        render(replace(insert(), blocks=(PictureBlock(photo(), line_art),)), MEDIA["roll80"]).image
        for line_art in (False, True)
    ]
    assert shown[0].size == shown[1].size
    changes = [sum(a != b for a, b in pairwise(image.tobytes())) for image in shown]
    assert changes[0] > 2 * changes[1]


@pytest.mark.parametrize("arrow", ["up", "down", "left", "right"])
def test_an_arrow_points_where_the_bin_is(arrow: str) -> None:
    with_arrow = render(replace(location(), arrow=arrow), MEDIA["roll80"]).image
    without = render(replace(location(), arrow=""), MEDIA["roll80"]).image
    assert with_arrow.height > without.height
    others = {way: render(replace(location(), arrow=way), MEDIA["roll80"]).image.tobytes() for way in ARROWS}
    assert len(set(others.values())) == len(ARROWS)


def test_a_product_without_a_gtin_gets_code_128() -> None:
    assert codes(render(replace(product(), code="OWN-7"), MEDIA["roll80"])) == {("]C0", b"OWN-7")}


@pytest.mark.parametrize("language", LANGUAGES)
def test_fixed_words_of_every_language_fit_and_are_in_the_fonts(language: str) -> None:
    document = replace(
        label(), language=language, marks=("fragile", "this_side_up", "liquid", "lithium_battery")
    )
    for medium in ("label-203", "roll80", "roll58"):
        assert render(document, MEDIA[medium]).notes == ()
        assert render(replace(returns(), language=language), MEDIA[medium]).notes == ()
    for reason in ReturnReason:
        assert word(language, f"reason.{reason}") != reason


def test_lines_of_a_right_to_left_language_begin_at_the_right() -> None:
    assert [language for language in LANGUAGES if starts_right(language)] == ["ar", "he"]
    lefts = []
    for language in ("en", "he"):
        page = render(replace(slip(), language=language, shop="I"), MEDIA["roll80"]).image
        box = ink(page.crop((0, 0, page.width, 50)))
        assert box is not None
        lefts.append(box[0])
    assert lefts[0] < 20
    assert lefts[1] > 500


def test_a_preview_has_the_shape_of_the_page_and_ink_where_it_has_ink() -> None:
    page = Image.new("1", (80, 160), 1)
    page.paste(0, (0, 0, 40, 80))
    lines = to_text(page, 8)
    assert lines == ["████    "] * 4 + ["        "] * 4
    assert {len(line) for line in to_text(render(label(), MEDIA["label-203"]).image, 60)} == {60}
    with pytest.raises(ValueError, match="at least 1"):
        to_text(page, 0)


def test_text_in_the_document_is_text_on_paper_in_reading_order() -> None:
    """An Arabic name before a Latin one: the Latin one is at the left, as in an Arabic book."""
    together, latin = (
        render(replace(insert("ar"), blocks=(Text(words),)), MEDIA["roll80"]).image
        for words in ("\u0634 IIIII", "IIIII")
    )
    boxes = [ink(image.crop((0, 0, image.width, 60))) for image in (together, latin)]
    assert boxes[0] is not None
    assert boxes[1] is not None
    assert boxes[0][0] < boxes[1][0]


def test_an_override_cannot_turn_a_name_round() -> None:
    plain, tricky = (
        render(replace(insert(), blocks=(Heading(words),)), MEDIA["roll80"]).image.tobytes()
        for words in ("exe.png", "\u202eexe.png\u202c")
    )
    assert plain == tricky


def test_a_qr_code_too_long_for_the_paper_is_noted() -> None:
    picture = render(replace(insert(), blocks=(QrCode("x" * 10_000),)), MEDIA["roll58"])
    assert NoteKind.NO_BARCODE in {note.kind for note in picture.notes}
    assert codes(picture) == set()


def test_a_label_can_be_made_without_a_line_of_address() -> None:
    empty = replace(label(), recipient=AddressBlock(()), sender=AddressBlock(()), carrier="", service="")
    assert codes(render(empty, MEDIA["label-203"])) == WANTED["label"]


def test_slip_lines_of_any_length_keep_to_their_columns() -> None:
    line = SlipLine("S" * 300, "N" * 390, 100_000, 100_001, "!" * 300, 10**9)
    for medium in ("roll58", "label-203"):
        assert codes(render(replace(slip(), lines=(line,) * 3), MEDIA[medium])) == WANTED["slip"]
