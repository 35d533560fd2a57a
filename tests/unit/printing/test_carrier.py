"""A carrier's own label: sharp on paper, scannable, or refused in words."""

import io
from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pypdfium2
import pytest
import zxingcpp
from PIL import Image, ImageChops, ImageFilter

from picker.services.documents.carrier_labels import read_codes
from printing.abilities import Language
from printing.barcodes import code128
from printing.carrier import CarrierLabelError, accept
from printing.content import dump, load
from printing.documents.labels import CarrierLabel
from printing.export import to_pdf, to_png
from printing.interpret import papers
from printing.media import MEDIA, Medium
from printing.prepare import prepare
from printing.rendering import render
from printing.zpl import labels, to_zpl
from printing.zpl.dots import bars
from tests.unit.printing.samples import label, read

TRACKING, OTHER = "1Z999AA10123456784", "1Z999AA10123456775"
LABEL, LABEL_300, ROLL = MEDIA["label-203"], MEDIA["label-300"], MEDIA["roll80"]
ZPL = b"^XA^PW812^LL1218^FO50,50^BY3^BCN,100,Y,N,N^FD1Z999AA10123456784^FS^XZ"


def reader(image: Image.Image) -> list[str]:
    return [code.decode() for _, code in read(image)]


def dots(payload: bytes) -> Image.Image:
    return Image.open(io.BytesIO(payload))


def png(image: Image.Image, dpi: int = 0) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG", **({"dpi": (dpi, dpi)} if dpi else {}))
    return out.getvalue()


def page(x: int, size: tuple[int, int] = (812, 1218), text: str = TRACKING) -> Image.Image:
    """A label with one barcode of `x` pixels per module."""
    image = Image.new("L", size, 255)
    image.paste(bars(code128(text).bars, x, 200), (80, 400))
    return image


def symbol(kind: str, text: str, beside: bool = False) -> Image.Image:
    """A label with a symbol that zxing-cpp draws, and perhaps one that is read beside it."""
    image = page(3) if beside else Image.new("L", (812, 1218), 255)
    made = zxingcpp.create_barcode(text, getattr(zxingcpp.BarcodeFormat, kind))
    image.paste(Image.fromarray(made.to_image(scale=2, add_quiet_zones=False)), (80, 700))
    return image


def pdf(x_points: float, size: tuple[float, float] = (288, 432), at: tuple[float, float] = (20, 100), rotate: int = 0,
        pages: int = 1) -> bytes:  # fmt: skip
    """A PDF with a barcode drawn as rectangles, as most carriers do, every page with its own last digit."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>"]
    kids = " ".join(f"{3 + 2 * n} 0 R" for n in range(pages))
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>")
    for number in range(pages):
        draw = (
            "".join(
                f"{at[0] + place * x_points:.4f} {at[1]} {x_points:.4f} 80 re\n"
                for place, dark in enumerate(code128(f"{TRACKING[:-1]}{number}" if number else TRACKING).bars)
                if dark
            )
            + "f\n"
        )
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {size[0]} {size[1]}] /Rotate {rotate} "
            f"/Contents {4 + 2 * number} 0 R >>"
        )
        objects.append(f"<< /Length {len(draw)} >>\nstream\n{draw}endstream")
    body, offsets = b"%PDF-1.4\n", []
    for number, text_of in enumerate(objects, start=1):
        offsets.append(len(body))
        body += f"{number} 0 obj\n{text_of}\nendobj\n".encode()
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    trailer = f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF\n"
    return body + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}".encode() + trailer.encode()


def run_lengths(image: Image.Image) -> set[int]:
    """The widths of all bars and spaces within the barcode, along the line that crosses most of them."""
    black = ~np.asarray(image.convert("1"))
    best: list[int] = []
    for way in (black, black.T):
        for line in way[::10]:
            edges = np.flatnonzero(np.diff(line.astype(np.int8)))
            best = max(best, [int(b - a) for a, b in pairwise(edges)], key=len)
    return set(best)


@pytest.mark.parametrize(("medium", "other"), [("label-203", "label-300"), ("label-300", "label-203")])
def test_dots_that_fit_the_printer_are_left_as_they_are(medium: str, other: str) -> None:
    picture = render(label("pl"), MEDIA[medium])
    for data in (to_pdf(picture), to_png(picture)):
        (done,) = accept(data, MEDIA[medium], reader)
        assert (done.format, done.dpi) == ("png", MEDIA[medium].dpi)
        assert dots(done.payload).tobytes() == picture.image.tobytes()
    (elsewhere,) = accept(to_png(picture), MEDIA[other], reader)
    assert elsewhere.codes == tuple(sorted(reader(picture.image)))
    assert dots(elsewhere.payload).size == (MEDIA[other].width_dots, MEDIA[other].height_dots)


@pytest.mark.parametrize("x_points", [0.72, 0.94, 1.13])
@pytest.mark.parametrize("at", [(20.13, 99.71), (20.5, 100.5)])
def test_bars_of_a_pdf_are_whole_dots(x_points: float, at: tuple[float, float]) -> None:
    """Whatever the module and wherever it lies: the widest bar is four times the narrowest, to the dot."""
    (done,) = accept(pdf(x_points, at=at), LABEL, reader)
    widths = run_lengths(dots(done.payload))
    module = min(widths)
    assert widths <= {module, 2 * module, 3 * module, 4 * module}
    assert abs(module / (x_points * 203 / 72) - 1) <= 0.2
    assert done.codes == (TRACKING,)


@pytest.mark.parametrize("rotate", [0, 90])
def test_a_label_that_lies_across_is_turned(rotate: int) -> None:
    (done,) = accept(pdf(1.06, size=(432, 288), rotate=rotate), LABEL, reader)
    assert dots(done.payload).size == (812, 1214)
    assert done.codes == (TRACKING,)


def test_a_label_on_a_large_sheet_is_cut_out() -> None:
    (done,) = accept(pdf(1.06, size=(595, 842), at=(300, 600)), LABEL, reader)
    assert done.codes == (TRACKING,)
    assert max(run_lengths(dots(done.payload))) == 4 * 3


def test_every_page_is_a_label() -> None:
    done = accept(pdf(1.06, pages=3), LABEL, reader)
    assert [one.codes for one in done] == [(TRACKING,), (TRACKING[:-1] + "1",), (TRACKING[:-1] + "2",)]
    assert [one.page for one in done] == [1, 2, 3]


def sheets(*images: Image.Image) -> bytes:
    """A PDF of scanned sheets, each saved by itself: Pillow 13 gives a later page the picture of the one before."""
    whole, out = pypdfium2.PdfDocument.new(), io.BytesIO()
    for image in images:
        one = io.BytesIO()
        image.save(one, "PDF", resolution=203)
        whole.import_pages(pypdfium2.PdfDocument(one.getvalue()))
    whole.save(out)
    return out.getvalue()


def test_an_invoice_or_an_empty_sheet_beside_a_label_is_left_out() -> None:
    invoice, blank = Image.new("L", (1678, 2374), 255), Image.new("L", (1678, 2374), 255)
    invoice.paste(0, (100, 100, 900, 140))
    [first, second] = accept(sheets(invoice, page(3), blank, page(3, text=OTHER)), LABEL, reader)
    assert (first.page, first.codes, first.left_out) == (2, (TRACKING,), (1, 3))
    assert (second.page, second.codes) == (4, (OTHER,))


A4 = (1678, 2374)


@pytest.mark.parametrize("first", [True, False])
def test_an_invoice_with_a_barcode_of_its_own_is_no_label(first: bool) -> None:
    invoice, label_page = page(3, A4, "INVOICE-0815"), page(3)
    order = (invoice, label_page) if first else (label_page, invoice)
    [done] = accept(sheets(*order), LABEL, reader)
    assert done.codes == (TRACKING,)
    assert (done.page, done.left_out) == ((2, (1,)) if first else (1, (2,)))


def test_of_sheets_of_one_size_those_of_one_kind_are_labels_and_doubt_is_asked() -> None:
    sheet, other, invoice = page(3, A4), page(3, A4, OTHER), page(3, A4, "INVOICE-0815")
    assert [one.page for one in accept(sheets(sheet, other), LABEL, reader)] == [1, 2]
    doubtful = sheets(sheet, invoice, other)
    with pytest.raises(CarrierLabelError, match=r"which pages are labels\? .*INVOICE-0815.*: say --page 1"):
        accept(doubtful, LABEL, reader)
    done = accept(doubtful, LABEL, reader, chosen=(3, 1))
    assert [(one.page, one.left_out) for one in done] == [(1, (2,)), (3, (2,))]
    with pytest.raises(CarrierLabelError, match="expected a page from 1 to 3, got 4"):
        accept(doubtful, LABEL, reader, chosen=(4,))


def test_a_sheet_without_a_barcode_is_a_missing_label_only_between_others() -> None:
    smeared = page(3).filter(ImageFilter.GaussianBlur(7))
    assert [one.left_out for one in accept(sheets(page(3), smeared), LABEL, reader)] == [(2,)]
    assert [one.page for one in accept(sheets(smeared, page(3)), LABEL, reader)] == [2]
    with pytest.raises(CarrierLabelError, match="page 2: no barcode"):
        accept(sheets(page(3), smeared, page(3, text=OTHER)), LABEL, reader)
    with pytest.raises(CarrierLabelError, match="no barcode"):
        accept(sheets(smeared, smeared), LABEL, reader)
    with pytest.raises(CarrierLabelError, match="page 2: no barcode"):
        accept(sheets(page(3), smeared), LABEL, reader, chosen=(1, 2))


@pytest.mark.parametrize(("x", "dpi", "medium", "module"), [(3, 203, LABEL, 3), (3, 0, LABEL, 3), (4, 300, LABEL, 3),
                                                         (2, 150, LABEL_300, 4), (3, 203, ROLL, 3)])  # fmt: skip
def test_bars_of_a_picture_are_whole_dots(x: int, dpi: int, medium: object, module: int) -> None:
    size = (812, 1218) if dpi != 300 else (1100, 1700)
    picture = page(x, size)
    (done,) = accept(png(picture, dpi), medium, reader)  # type: ignore[arg-type]
    widths = run_lengths(dots(done.payload))
    assert widths == {module, 2 * module, 3 * module, 4 * module}


def test_a_transparent_picture_has_white_paper() -> None:
    clear = Image.new("RGBA", (812, 1218), (0, 0, 0, 0))
    clear.paste(
        (0, 0, 0, 255), (80, 400), page(3).crop((80, 400, 80 + 3 * 233, 600)).point(lambda v: 255 - v)
    )
    (done,) = accept(png(clear, 203), LABEL, reader)
    assert done.codes == (TRACKING,)


def test_zpl_passes_byte_for_byte() -> None:
    (done,) = accept(ZPL, LABEL, reader)
    assert (done.format, done.payload, done.codes) == ("zpl", ZPL, (TRACKING,))


def test_each_label_of_a_zpl_file_is_one() -> None:
    second = ZPL.replace(b"784", b"785")
    done = accept(ZPL + second, LABEL, reader)
    assert [one.payload for one in done] == [ZPL, second]


def test_our_own_zpl_is_a_label() -> None:
    data = to_zpl(render(label(), LABEL).pages, LABEL)
    (done,) = accept(data, LABEL, reader)
    assert set(done.codes) == set(reader(labels(data)[0]))


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: b"", "expected a PDF, PNG or ZPL file"),
        (lambda: b"GIF89a", "expected a PDF, PNG or ZPL file"),
        (lambda: pdf(1.06)[:40], "can't be opened"),
        (lambda: png(page(3))[:400], "damaged"),
        (lambda: png(Image.new("L", (812, 1218), 255)), "blank"),
        (lambda: png(Image.new("L", (812, 1218), 150)), "no barcode"),
        (lambda: png(page(3).filter(ImageFilter.GaussianBlur(7))), "no barcode"),
        (lambda: png(page(12, (2400, 3600)), 203), "too large"),
        (lambda: pdf(0.3), "too thin"),
        (lambda: pdf(1.06, size=(2500, 2500)), "at most 2400 points"),
        (lambda: ZPL.replace(b"^XZ", b"^JUS^XZ"), r"\^JU at byte"),
        (lambda: ZPL.replace(b"^XZ", b"^PR5^XZ"), r"\^PR at byte"),
        (lambda: ZPL[:-3], r"no \^XZ"),
        (lambda: b"^XA^FO10,10^A0N,30^FDno barcode^FS^XZ", "no barcode"),
        (lambda: ZPL.replace(b"^FO50", b"^FO400"), "no barcode"),
        (lambda: ZPL.replace(b"^PW812", b"^PW1600").replace(b"^FO50", b"^FO800"), "dots wide"),
        (lambda: ZPL.replace(b"^BCN", b"^BPN"), "no barcode"),
    ],
)  # fmt: skip
def test_what_can_not_be_printed_or_scanned_is_refused(make: Callable[[], bytes], words: str) -> None:
    with pytest.raises(CarrierLabelError, match=words):
        accept(make(), LABEL, reader)


def test_the_negative_of_a_label_is_refused() -> None:
    """Readers of pictures see white bars on black, scanners at a depot do not."""
    with pytest.raises(CarrierLabelError, match="more black than white"):
        accept(png(ImageChops.invert(page(3).convert("L"))), LABEL, reader)


def test_a_picture_too_large_is_refused_before_it_is_opened(recwarn: pytest.WarningsRecorder) -> None:
    with pytest.raises(CarrierLabelError, match="expected at most 50000000 pixels"):
        accept(png(Image.new("1", (12_000, 12_000), 1)), LABEL, reader)
    assert not recwarn.list


def test_a_pdf_whose_page_is_broken_is_refused_in_words() -> None:
    broken = pdf(1.06).replace(b"/Kids [3 0 R]", b"/Kids [9 0 R]")
    with pytest.raises(CarrierLabelError, match=r"can't be opened \(Failed to load page"):
        accept(broken, LABEL, reader)


@pytest.mark.parametrize("command", [b"^A0N,32000,32000", b"^A0N,9,30000", b"^A0N,1501"])
def test_letters_taller_than_any_label_are_refused_at_once(command: bytes) -> None:
    with pytest.raises(CarrierLabelError, match=r"letters of [0-9]+ dots"):
        accept(b"^XA^FO9,9" + command + b"^FDWWWWWWWW^FS^XZ", LABEL, reader)


def test_a_setting_that_the_shop_permits_passes() -> None:
    data = ZPL.replace(b"^XZ", b"^PR5^XZ")
    assert accept(data, LABEL, reader, ["^PR"])[0].payload == data


def test_codes_that_differ_on_paper_are_refused() -> None:
    """A reader that sees something else in the dots than on the page: nobody may ship on a guess."""

    def changing(image: Image.Image) -> list[str]:
        return ["A"] if image.mode == "1" else ["B"]

    with pytest.raises(CarrierLabelError, match=r"expected \['B'\], got \['A'\]"):
        accept(pdf(1.06), LABEL, changing)


def test_a_bad_page_is_named() -> None:
    data = pdf(1.06, pages=2).replace(b"/Contents 6 0 R", b"/Contents 9 0 R")
    with pytest.raises(CarrierLabelError, match="page 2: the page is blank"):
        accept(data, LABEL, reader, chosen=(1, 2))


def test_a_label_is_printed_as_it_was_accepted() -> None:
    (done,) = accept(pdf(1.06), LABEL, reader)
    label_of = CarrierLabel("O-1", 1, done.format, done.payload, done.dpi, done.width_dots)
    assert load(dump(label_of)) == label_of
    assert render(label_of, LABEL).image.tobytes() == dots(done.payload).tobytes()
    with pytest.raises(
        CarrierLabelError, match="accepted for 812 dots at 203 dpi, this printer has 1200 at 300"
    ):
        render(label_of, LABEL_300)


def test_zpl_of_a_carrier_reaches_a_zpl_printer_unchanged_and_others_as_dots() -> None:
    label_of = CarrierLabel("O-1", 1, "zpl", ZPL, 203, 812)
    assert prepare(dump(label_of), LABEL, 1, Language.ZPL).payload == ZPL
    (paper,) = papers(prepare(dump(label_of), LABEL, 1, Language.ESCPOS).payload)
    assert reader(paper) == [TRACKING]


@pytest.mark.parametrize(
    ("kind", "text", "code"),
    [
        ("Codabar", "A403912345674A", "]F0A403912345674A"),
        ("Code93", "AISLE-93", "]G0AISLE-93"),
        ("Aztec", "TICKET 7", "]z0TICKET 7"),
        ("DataBarStkOmni", "0950600013435", "]e00109506000134352"),
        ("DataBarExp", "[01]09506000134352[10]AB", "]e0010950600013435210AB"),
    ],
)
@pytest.mark.parametrize("medium", [LABEL, LABEL_300])
def test_seldom_kinds_of_codes_prove_a_label(kind: str, text: str, code: str, medium: Medium) -> None:
    picture = symbol(kind, text)
    as_pdf = io.BytesIO()
    picture.save(as_pdf, "PDF", resolution=203)
    for data in (png(picture, 203), as_pdf.getvalue()):
        (done,) = accept(data, medium, read_codes)
        assert done.codes == (code,)


@pytest.mark.parametrize(("kind", "text"), [("MaxiCode", "ANY TEXT"), ("Telepen", "ABC")])
def test_a_symbol_that_is_not_read_is_no_reason_to_refuse_another(kind: str, text: str) -> None:
    picture = symbol(kind, text, beside=True)
    as_pdf = io.BytesIO()
    picture.save(as_pdf, "PDF", resolution=203)
    for data in (png(picture, 203), as_pdf.getvalue()):
        (done,) = accept(data, LABEL, read_codes)
        assert done.codes == (f"]C0{TRACKING}",)


@pytest.mark.parametrize(
    "field", [b"^CVY^BD2^FH_^FD003840981040000[)>_1E01_1D961Z_1DUPSN_1E_04", b"^BZN,40^FD12345"]
)
def test_zpl_with_a_symbol_that_is_not_read_is_for_printers_that_draw_it(field: bytes) -> None:
    data = ZPL.replace(b"^XZ", b"^FO50,400" + field + b"^FS^XZ")
    (done,) = accept(data, LABEL, read_codes)
    assert (done.payload, done.codes) == (data, (f"]C0{TRACKING}",))
    label_of = CarrierLabel("O-1", 1, "zpl", data, 203, 812)
    assert prepare(dump(label_of), LABEL, 1, Language.ZPL).payload == data
    if b"^BZ" in field:
        with pytest.raises(CarrierLabelError, match=r"needs a printer that speaks ZPL: \^BZ at byte"):
            prepare(dump(label_of), LABEL, 1, Language.ESCPOS)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be-mark", "utf-16-le", "utf-32"]
)
def test_the_mark_of_an_encoding_is_taken_off_zpl(encoding: str) -> None:
    text = ZPL.decode()
    data = ("\ufeff" + text).encode("utf-16-be") if encoding == "utf-16-be-mark" else text.encode(encoding)
    (accepted,) = accept(data, LABEL, reader)
    assert accepted.payload == ZPL


def test_joined_files_may_each_have_their_mark() -> None:
    marked = b"\xef\xbb\xbf" + ZPL + b"\r\n"
    assert [label.payload.strip() for label in accept(marked * 2, LABEL, reader)] == [ZPL.strip()] * 2


def test_utf_16_that_breaks_off_is_refused_in_words() -> None:
    with pytest.raises(CarrierLabelError, match="UTF-16-LE is damaged"):
        accept(ZPL.decode().encode("utf-16")[:-1], LABEL, reader)
