"""`picker scan` on picture files."""

import json
from pathlib import Path

import pytest

from data.store.codes import attach
from data.types import Sku
from picker.services.documents.cards import scanner_cards, tote_cards, write_cards
from scanning.codes import lookup_key
from tests.command import picker
from tests.contracts.shop import SKUS, open_shop
from tests.unit.scanning.pictures import on_desk, render


def scan(*arguments: object) -> tuple[int, str, str]:
    done = picker("scan", *arguments)
    return done.code, done.out, done.err


def test_pictures_are_read_with_their_meaning_and_place(tmp_path: Path) -> None:
    [file] = write_cards(tmp_path / "test.png", scanner_cards())
    [totes] = write_cards(tmp_path / "totes.png", tote_cards(2))
    code, words, _ = scan(file, totes)
    assert code == 0
    assert "Code 128" in words
    assert "gtin 09521234000013, lot AB, serial XY" in words
    code, text, _ = scan(file, "--json")
    [row] = json.loads(text)
    gs1 = next(found for found in row["codes"] if found["aim"] == "]C1")
    assert (gs1["gtin"], gs1["lot"], gs1["serial"]) == ("09521234000013", "AB", "XY")
    assert len(gs1["corners"]) == 4


@pytest.mark.parametrize("known", ["01234565", "012345000065"])
def test_upc_e_is_read_where_the_catalogue_holds_such_codes(tmp_path: Path, known: str) -> None:
    import cv2

    file, shop = tmp_path / "short.png", tmp_path / "shop.db"
    cv2.imwrite(str(file), on_desk(render("UPCE", "01234565")))
    with open_shop(f"sqlite:///{shop.as_posix()}") as db:
        assert scan(file, "--db", shop)[0] == 1
        with db.writer.begin() as connection:
            attach(connection, lookup_key(known), Sku(SKUS[0]), 1)
    code, words, _ = scan(file, "--db", shop, "--json")
    [row] = json.loads(words)
    assert (code, [found["gtin"] for found in row["codes"]]) == (0, ["00012345000065"])
    assert scan(file, "--db", shop, "--no-upce")[0] == 1
    assert scan(file, "--db", tmp_path / "none.db", "--upce")[0] == 0
    assert not (tmp_path / "none.db").exists()


def test_nothing_to_read_and_no_picture_are_told_apart(tmp_path: Path) -> None:
    from PIL import Image

    empty, broken = tmp_path / "empty.png", tmp_path / "broken.png"
    Image.new("L", (200, 100), 255).save(empty)
    broken.write_bytes(b"no picture")
    code, words, _ = scan(empty)
    assert (code, "nothing to read" in words) == (1, True)
    code, words, errors = scan(broken, empty, "--json")
    assert code == 2
    assert "broken.png" in errors
    assert [bool(row["error"]) for row in json.loads(words)] == [True, False]
    assert scan(tmp_path / "none.png")[0] == 2
    code, _, errors = scan(tmp_path)
    assert (code, "expected a picture file, got a folder or a device" in errors) == (2, True)
