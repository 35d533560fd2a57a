from pathlib import Path

import pytest

from picker.config import Settings
from picker.flow import CommandName
from picker.services.cards import badge_cards, command_cards, write_cards
from scanning.codes import command_name
from scanning.decode import decode_file
from tests.contracts.shop import open_shop


def test_every_command_has_a_card_with_words() -> None:
    cards = command_cards().cards
    names = [command_name(card.code) for card in cards]
    commands = [name.value for name in CommandName if name is not CommandName.CHOICE]
    assert names == [*commands, *(f"CHOICE{number}" for number in range(1, 10))]
    assert all(card.text for card in cards)


def test_the_written_cards_read_back(tmp_path: Path) -> None:
    files = write_cards(tmp_path / "cards.png", Settings(home=tmp_path))
    read = {barcode.text for file in files for barcode in decode_file(file)}
    assert read == {card.code for card in command_cards().cards}


def test_badges_come_from_the_shop(tmp_path: Path) -> None:
    with open_shop(f"sqlite:///{(tmp_path / 'shop.db').as_posix()}") as db:
        assert [(card.code, card.title) for card in badge_cards(db).cards] == [
            ("BADGE-ANNA", "Anna"),
            ("BADGE-BORIS", "Boris"),
        ]


def test_a_pdf_is_written_and_other_files_are_refused(tmp_path: Path) -> None:
    [file] = write_cards(tmp_path / "cards.pdf", Settings(home=tmp_path))
    assert file.read_bytes().startswith(b"%PDF-")
    with pytest.raises(ValueError, match="expected it to end in"):
        write_cards(tmp_path / "cards.docx", Settings(home=tmp_path))
