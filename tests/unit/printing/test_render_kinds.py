"""What is special about each kind of document."""

import io
from dataclasses import replace
from itertools import pairwise

import pytest
from PIL import Image

from printing.documents.address import AddressBlock
from printing.documents.inserts import Heading, PictureBlock, QrCode, Text
from printing.documents.slips import ReturnReason, SlipLine
from printing.media import MEDIA
from printing.preview import to_text
from printing.render import NoteKind
from printing.rendering import render
from printing.words import LANGUAGES, starts_right, word
from printing.zpl.native import to_zpl_native
from tests.unit.printing.samples import (
    LINES,
    WANTED,
    codes,
    gift,
    ink,
    insert,
    label,
    location,
    photo,
    product,
    returns,
    slip,
)

ARROWS = ("up", "down", "left", "right")


def test_a_gift_slip_leads_to_the_exchange_in_the_receivers_language() -> None:
    url = "https://shop.example/swap?order=1&parcel=1"
    plain, more = (render(replace(gift(), exchange=page), MEDIA["roll80"], 1) for page in ("", url))
    assert url.encode() not in {content for _, content in codes(plain)}
    assert url.encode() in {content for _, content in codes(more)}


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
    document = replace(label(), language=language, marks=("fragile", "this_side_up", "liquid"))
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


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_money_at_the_door_is_drawn_and_never_left_to_the_printers_own_letters(language: str) -> None:
    plain = replace(label(), language=language)
    collecting = replace(plain, collect="25.00 EUR")
    assert "25.00 EUR" in word(language, "collect", amount="25.00 EUR")
    medium = MEDIA["label-203"]
    assert render(collecting, medium).pages != render(plain, medium).pages
    assert to_zpl_native(collecting, medium) is None
