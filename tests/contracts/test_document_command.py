"""`picker document` and `picker label`: files for other programs, the same every time, or words and exit code 2."""

import json
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from typer.testing import CliRunner, Result

from picker.cli import app
from picker.errors import Mistake
from picker.flow import CommandName
from printing.interpret import papers
from printing.zpl import labels
from tests.contracts.shop import Packer, add_order, open_shop, whole_order

LABEL = b"^XA^PW812^LL1218^FO40,60^BY2^BCN,100,N,N,N,A^FD1Z999AA10123456784^FS^XZ"


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A shop with one order packed and one waiting."""
    file = tmp_path_factory.mktemp("document") / "shop.sqlite"
    with open_shop(f"sqlite:///{file}") as db:
        add_order(db, "O-1", {"MUG": 2})
        add_order(db, "O-2", {"TEA": 1})
        whole_order(Packer(db).sign_in(), "O-1", {"MUG": 2}).press(CommandName.SIGNOUT)
    return str(file)


def run(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


def refusal(*words: object) -> str:
    error = run(*words).exception
    assert isinstance(error, Mistake), error
    return str(error)


@pytest.mark.parametrize("kind", ["label", "slip", "return"])
def test_a_document_is_the_same_in_every_format_and_every_time(url: str, tmp_path: Path, kind: str) -> None:
    codes = []
    for ending in ("png", "pdf", "escpos", "zpl"):
        files = [tmp_path / f"{number}.{ending}" for number in (1, 2)]
        for file in files:
            assert run("document", kind, "O-1", "--width-mm", 102, "--out", file, "--db", url).exit_code == 0
        assert files[0].read_bytes() == files[1].read_bytes()
        if ending == "pdf":
            continue
        data = files[0].read_bytes()
        image = (
            {"escpos": papers, "zpl": labels}[ending](data)[0] if ending != "png" else Image.open(files[0])
        )
        codes.append({code.text for code in zxingcpp.read_barcodes(image.convert("L"))})
    assert codes[0]
    assert codes[0] == codes[1] == codes[2]


def test_of_an_order_that_waits_there_is_a_slip_and_a_specimen_of_its_label(url: str, tmp_path: Path) -> None:
    for kind, scannable in (("slip", {"O-2"}), ("label", set())):
        file = tmp_path / f"{kind}.png"
        done = run("document", kind, "O-2", "--out", file, "--db", url)
        assert done.exit_code == 0
        assert {code.text for code in zxingcpp.read_barcodes(Image.open(file).convert("L"))} == scannable
        assert ("specimen" in done.output) is (kind == "label")


@pytest.mark.parametrize(
    ("kind", "of"), [("product", "MUG"), ("location", "A-01-1"), ("badge", "ANNA"), ("tote", "T7")]
)
def test_things_of_the_house_have_documents_too(url: str, tmp_path: Path, kind: str, of: str) -> None:
    file = tmp_path / "x.png"
    assert (
        run("document", kind, of, "--dpi", 300, "--width-mm", 60, "--out", file, "--db", url).exit_code == 0
    )
    (code,) = zxingcpp.read_barcodes(Image.open(file).convert("L"))
    assert (code.symbology_identifier == "]E0") is (kind == "product")


def test_a_document_goes_to_standard_output_and_what_is_told_of_it_beside(url: str, tmp_path: Path) -> None:
    file = tmp_path / "x.zpl"
    run("document", "label", "O-1", "--out", file, "--db", url)
    piped = run("document", "label", "O-2", "--format", "zpl", "--out", "-", "--db", url)
    assert piped.exit_code == 0
    assert piped.stdout_bytes.startswith(b"^XA")
    assert piped.stdout_bytes.endswith(b"^XZ\n")
    assert "specimen" in piped.stderr
    told = json.loads(run("document", "label", "O-1", "--out", file, "--json", "--db", url).stdout)
    assert told == {"files": [str(file)], "pages": 1, "notes": [], "specimen": False}
    assert "name a file" in refusal(
        "document", "return", "O-1", "--width-mm", 102, "--format", "png", "--out", "-", "--db", url
    )


def test_what_the_return_slip_says_is_set_with_the_shop(url: str) -> None:
    done = run("shop", "--return-days", 30, "--return-policy", "Unused only. | We pay. |", "--db", url)
    assert done.exit_code == 0
    assert "return days 30; Unused only. | We pay." in done.output
    assert run("shop", "--return-days", -1, "--db", url).exit_code == 2
    assert run("shop", "--return-days", 0, "--return-policy", "", "--db", url).exit_code == 0


def test_how_long_goods_must_keep_is_set_with_the_shop_and_by_country(url: str) -> None:
    words = ("--min-days-left", 5, "--min-days-left-in", "de=30", "--min-days-left-in", "FR = 14")
    assert "goods must keep 5 days; DE 30, FR 14" in run("shop", *words, "--db", url).output
    assert "goods must keep 5 days; DE 30\n" in run("shop", "--min-days-left-in", "FR=0", "--db", url).output
    for wrong in ("DE", "DE=-1", "DE=9999", "XX=3", "=3", "DE=3x"):
        assert f"{wrong!r}" in refusal("shop", "--min-days-left-in", wrong, "--db", url) or wrong == "XX=3"
    assert "'XX'" in refusal("shop", "--min-days-left-in", "XX=3", "--db", url)
    assert run("shop", "--min-days-left", -1, "--db", url).exit_code == 2
    assert run("shop", "--min-days-left", 0, "--min-days-left-in", "DE=0", "--db", url).exit_code == 0


def test_a_preview_needs_no_file(url: str) -> None:
    shown = run("document", "slip", "O-1", "--preview", "--db", url)
    assert shown.exit_code == 0
    assert "█" in shown.output


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("bogus", "O-1", "--out", "x.png"), "'bogus' is no document"),
        (("slip", "NOPE", "--out", "x.png"), "no order 'NOPE'"),
        (("slip", "O-1", "--parcel", 7, "--out", "x.png"), "no parcel 7"),
        (("slip", "O-1"), "Name a file"),
        (("slip", "O-1", "--out", "x.docx"), "no ending"),
        (("slip", "O-1", "--out", "/nowhere/at/all/x.png"), "can't be written"),
        (("tote", "", "--out", "x.png"), "'' is no tote"),
        (("slip", "O-1", "--out", "-"), "no ending"),
        (("badge", "NOBODY", "--out", "x.png"), "no active worker"),
    ],
)
def test_what_can_not_be_written_is_said(url: str, words: tuple[object, ...], why: str) -> None:
    assert why in refusal("document", *words, "--db", url)


def test_a_carriers_label_is_attached_listed_and_written_as_it_came(url: str, tmp_path: Path) -> None:
    file = tmp_path / "label.zpl"
    file.write_bytes(LABEL)
    done = run("label", "attach", "O-2", file, "--medium", "label-203", "--by", "LEAD", "--db", url)
    assert "1Z999AA10123456784" in done.output
    assert "revision 1  zpl  label.zpl by LEAD" in run("label", "list", "O-2", "--db", url).output
    out = tmp_path / "out.zpl"
    assert run("document", "label", "O-2", "--out", out, "--db", url).exit_code == 0
    assert out.read_bytes() == LABEL
    file.write_bytes(LABEL.replace(b"^XZ", b"^JUS^XZ"))
    why = refusal("label", "attach", "O-2", file, "--medium", "label-203", "--db", url)
    assert "^JU at byte" in why
    assert "Which folder?" in refusal("label", "watch", "--once", "--db", url)


def test_customs_settings_are_shown_set_and_refused_in_words(url: str) -> None:
    said = run(
        "customs", "--sdr-rate", "eur=1.19", "--ioss", "im 0123456789", "--eori", "PL12", "--db", url
    ).output
    assert "EORI PL12; IOSS IM0123456789" in said
    assert "one SDR is worth 1.19 EUR" in said
    assert "else as of" in run("customs", "--db", url).output
    assert "IM and ten digits" in refusal("customs", "--ioss", "X", "--db", url)
    assert "EUR=1.1718" in refusal("customs", "--sdr-rate", "EUR=0", "--db", url)


def test_the_table_of_dangerous_goods_is_shown_and_confirmed(url: str) -> None:
    told = run("dangerous", "--db", url).output
    assert "UN 3480 never by air" in told
    assert "last confirmed never" in told
    assert run("dangerous", "confirm", "--on", "2026-11-30", "--db", url).exit_code == 0
    assert "last confirmed 2026-11-30" in run("dangerous", "--db", url).output
    assert "2026-13-01" in refusal("dangerous", "confirm", "--on", "2026-13-01", "--db", url)
    assert "has come" in refusal("dangerous", "confirm", "--on", "2999-01-01", "--db", url)
