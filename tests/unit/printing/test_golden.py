"""Every document in five languages: as it was, dot for dot and byte for byte, and every code on it is read.

After a wanted change run once with `PICKER_WRITE_GOLDEN=1` and `-n 0`, and look at the pictures.
"""

import base64
import hashlib
import json
import os
import re
import zlib
from functools import cache
from pathlib import Path

import pytest
from PIL import Image

from printing.documents import Document
from printing.documents.labels import DangerMark
from printing.escpos import to_escpos
from printing.export import to_png
from printing.interpret import papers
from printing.media import MEDIA, Medium
from printing.render import Picture
from printing.rendering import render
from printing.zpl import labels
from printing.zpl.document import document_zpl
from tests.unit.printing.samples import DOCUMENTS, WANTED, codes, read

GOLDEN = Path(__file__).resolve().parents[2] / "golden" / "printing"
BYTES = GOLDEN / "bytes.json"
WRITES = "PICKER_WRITE_GOLDEN" in os.environ
EVERY = [(kind, language) for kind in sorted(DOCUMENTS) for language in ("en", "pl", "ru", "zh", "ar")]
MARKS = [
    ("battery", "en", "battery-203"),
    ("limited", "en", "label-203"),
    *((mark, language, "roll80") for mark in ("battery", "limited") for language in ("en", "pl", "ru", "zh")),
]
each = pytest.mark.parametrize(("kind", "language"), EVERY)


@cache
def made(kind: str, language: str) -> tuple[Document, Medium, Picture]:
    """The document, its paper, and its picture."""
    document, medium = DOCUMENTS[kind](language), MEDIA["label-203" if kind == "label" else "roll80"]
    return document, medium, render(document, medium)


def sent(kind: str, language: str) -> dict[str, bytes]:
    """The bytes for each printer's language."""
    document, medium, picture = made(kind, language)
    zpl = document_zpl(document, picture.pages, medium)
    return {"escpos": to_escpos(picture.pages, medium), "zpl": zpl}


def digest(data: bytes) -> str:
    """SHA-256 of the bytes; of deflated graphics what is in them, since libraries deflate differently."""
    packed = re.compile(rb":Z64:([^:]+):[0-9A-F]{4}")
    plain = packed.sub(lambda found: zlib.decompress(base64.b64decode(found[1])), data)
    return hashlib.sha256(plain).hexdigest()


def looks_as_it_did(name: str, picture: Picture, tmp_path: Path) -> None:
    golden = GOLDEN / f"{name}.png"
    if WRITES:
        golden.write_bytes(to_png(picture))
    (tmp_path / golden.name).write_bytes(to_png(picture))
    with Image.open(golden) as expected:
        same = expected.size == picture.image.size and expected.tobytes() == picture.image.tobytes()
    assert same, f"{golden.name} changed: see {tmp_path / golden.name}"
    assert picture.notes == ()


@each
def test_documents_look_as_they_did(kind: str, language: str, tmp_path: Path) -> None:
    looks_as_it_did(f"{kind}-{language}", made(kind, language)[2], tmp_path)


@pytest.mark.parametrize(("mark", "language", "medium"), MARKS)
def test_marks_of_dangerous_goods_look_as_they_did(
    mark: str, language: str, medium: str, tmp_path: Path
) -> None:
    """On paper that can bear them the marks themselves, on any other what to stick on."""
    numbers = ("3480", "3481") if mark == "battery" else ()
    picture = render(DangerMark("ORD-100234", 1, mark, numbers, language), MEDIA[medium])
    looks_as_it_did(f"mark-{mark}-{medium}-{language}", picture, tmp_path)


@each
def test_the_bytes_sent_are_as_they_were(kind: str, language: str) -> None:
    name = f"{kind}-{language}"
    found = {printer: digest(data) for printer, data in sent(kind, language).items()}
    known = json.loads(BYTES.read_text("utf-8"))
    if WRITES:
        known[name] = found
        BYTES.write_text(json.dumps(known, indent=1, sort_keys=True) + "\n", "utf-8")
    assert known[name] == found


@each
def test_every_code_is_read_from_the_picture_and_from_the_bytes(kind: str, language: str) -> None:
    picture, data = made(kind, language)[2], sent(kind, language)
    assert codes(picture) == WANTED[kind]
    for pages in (papers(data["escpos"]), labels(data["zpl"])):
        assert {code for page in pages for code in read(page)} == WANTED[kind]


@pytest.mark.zbar
@each
def test_zbar_reads_them_from_both_as_well(kind: str, language: str) -> None:
    from pyzbar.pyzbar import decode

    wanted = {content for _, content in WANTED[kind]}
    data = sent(kind, language)
    for pages in (made(kind, language)[2].pages, papers(data["escpos"]), labels(data["zpl"])):
        assert {
            code.data.removeprefix(b"\x1d") for page in pages for code in decode(page.convert("L"))
        } >= wanted
