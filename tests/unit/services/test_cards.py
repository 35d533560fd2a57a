from pathlib import Path

import pytest

from picker.flow import CommandName, render
from picker.services.documents.cards import (
    _card,
    badge_cards,
    command_cards,
    location_cards,
    packaging_cards,
    scanner_cards,
    tote_cards,
    write_cards,
)
from scanning.characters import GS
from scanning.codes import OwnKind, command_name, own_code, read_own_code
from scanning.decoding import decode_file
from scanning.diagnose import TEST_CODES
from tests.contracts.shop import Packer, add_order, open_shop


def test_every_command_has_a_card_with_words() -> None:
    cards = command_cards().cards
    names = [command_name(card.code) for card in cards]
    commands = [name.value for name in CommandName if name is not CommandName.CHOICE]
    assert names == [*commands, *(f"CHOICE{number}" for number in range(1, 10))]
    assert all(card.text for card in cards)


def test_the_written_cards_read_back(tmp_path: Path) -> None:
    files = write_cards(tmp_path / "cards.png", command_cards())
    read = {barcode.text for file in files for barcode in decode_file(file)}
    assert read == {card.code for card in command_cards().cards}


def test_badges_come_from_the_shop(tmp_path: Path) -> None:
    with open_shop(f"sqlite:///{(tmp_path / 'shop.db').as_posix()}") as db:
        assert [(read_own_code("B", card.code), card.title) for card in badge_cards(db).cards] == [
            ("BADGE-ANNA", "Anna"),
            ("BADGE-BORIS", "Boris"),
        ]


def test_every_card_of_the_shop_is_understood_at_the_station(tmp_path: Path) -> None:
    with open_shop(f"sqlite:///{(tmp_path / 'shop.db').as_posix()}") as db:
        add_order(db, "#1001", {"MUG": 1})
        packer = Packer(db)
        badge, _ = badge_cards(db).cards
        assert packer.scan(badge.code).message.key == "signin.done"
        packer.claim(own_code("O", "#1001"))
        places = {card.title: card.code for card in location_cards(db).cards}
        assert packer.scan(places["A-01-1"]).message.key == "pick.location"
        assert "tote 12" in render(packer.scan(tote_cards(12).cards[11].code).message)
        packer.take("MUG", 2)
        boxes = {card.title: card.code for card in packaging_cards(db).cards}
        assert packer.scan(boxes["BOX2"]).message.key == "override.ask"


def test_a_withdrawn_badge_is_withdrawn_as_our_own_code_too(tmp_path: Path) -> None:
    with open_shop(f"sqlite:///{(tmp_path / 'shop.db').as_posix()}") as db:
        assert Packer(db).scan(own_code("B", "BADGE-GONE")).message.key == "signin.unknown"
        assert Packer(db).scan(own_code("L", "BADGE-ANNA")).message.key == "signin.unknown"


def test_a_code_too_long_for_a_card_stays_plain() -> None:
    assert own_code("L", "a-very-long-place")
    [card] = [_card(OwnKind.LOCATION, "a-very-long-place", "x")]
    assert card.code == "a-very-long-place"


def test_the_scanner_test_reads_back(tmp_path: Path) -> None:
    [file] = write_cards(tmp_path / "test.png", scanner_cards())
    found = decode_file(file)
    assert {barcode.text.replace("<GS>", GS) for barcode in found} == {code.text for code in TEST_CODES}
    assert sorted(barcode.aim for barcode in found) == ["]C0", "]C0", "]C1"]


def test_a_pdf_is_written_and_other_files_are_refused(tmp_path: Path) -> None:
    [file] = write_cards(tmp_path / "cards.pdf", command_cards())
    assert file.read_bytes().startswith(b"%PDF-")
    with pytest.raises(ValueError, match="expected it to end in"):
        write_cards(tmp_path / "cards.docx", command_cards())
