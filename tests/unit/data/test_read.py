"""Files as they really come: code pages, separators, marks, and line numbers that can be trusted."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.errors import DataError
from data.importers.encoding import Doubt, decode
from data.importers.read import Sheet, key_of, read_sheet


def sheet(tmp_path: Path, content: bytes | str) -> Sheet:
    path = tmp_path / "file.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_sheet(path)


WORDS = {
    "cp1250": "Jiří Dvořák;Růžová 5;Plzeň|Łukasz Żółć;Święty Marcin;Gdańsk|Szűcs Gergő;Petőfi út;Győr",
    "iso-8859-2": "Tomáš Kučera;Děčín;Náměstí|Żaneta Świątek;Łódź;Poznań|Věra Nováčková;Košice;Růže",
    "cp1252": "Jürgen Müller;Köln;Straße|François Lefèvre;Besançon;Montréal|Søren Kjær;Århus;Malmö",
    "cp1254": "Ayşe Yılmaz;İstanbul;Beyoğlu|Çağlar Öztürk;Şişli;Kadıköy|Işıl Güneş;Muğla;Üsküdar",
    "cp1253": "Γιώργος;Αθήνα;Οδός Ερμού|Μαρία Νικολάου;Θεσσαλονίκη;Πάτρα",
    "cp1251": "Мария Соколова;Москва;ул. Лесная|Олександр;Київ;вул. Хрещатик",
    "koi8-r": "Мария Соколова;Москва;ул. Лесная|Иван Петров;Казань;пр. Мира",
    "cp866": "Мария Соколова;Москва;ул. Лесная|Иван Петров;Казань;пр. Мира",
    "mac_cyrillic": "Мария Соколова;Москва;ул. Лесная|Иван Петров;Казань;пр. Мира",
    "mac_roman": "Jürgen Müller;Köln;Straße|François Lefèvre;Besançon;Montréal|José Muñoz;Málaga;Hélène",
    "mac_latin2": "Jiří Dvořák;Růžová 5;Plzeň|Łukasz Żółć;Gdańsk;Kraków|Věra Nováčková;Děčín;Úvaly",
    "gb18030": "王小明;北京市朝阳区;建国路|张伟;杭州市西湖区;文三路|李娜;广州市;中山路",
    "big5": "陳大文;台北市信義區;中山路|林志明;高雄市;民生路|張惠美;新北市板橋區;文化路",
    "cp932": "山田太郎;東京都千代田区;丸の内|佐藤さくら;大阪市北区;梅田|鈴木一郎;横浜市;みなと町",
    "euc-jp": "山田太郎;東京都千代田区;丸の内|佐藤さくら;大阪市北区;梅田|鈴木一郎;横浜市;みなと町",
    "cp949": "김철수;서울특별시 강남구;테헤란로|이영희;부산광역시;해운대로",
}


@pytest.mark.parametrize("page", list(WORDS))
def test_old_encodings_are_told_by_the_words_that_they_make(page: str) -> None:
    text = "sku;name;street;city\nA-1;" + WORDS[page].replace("|", "\nA-1;") + "\n"
    read, [note] = decode(text.encode(page))
    assert read == text
    assert "--encoding" in note


@pytest.mark.parametrize("text", ["sku;name\nA;café\n", "sku;name\nA;Müller\n", "sku;name\nA;Jiří\n"])
def test_one_plain_word_can_be_enough(text: str) -> None:
    assert decode(text.encode("cp1250"))[0] == text


def test_doubt_asks_with_one_cell_in_each_encoding() -> None:
    with pytest.raises(Doubt, match=r"'Sør'.*--encoding"):
        decode("sku;name\nA;Sør\n".encode("cp1252"))


def test_wide_text_without_a_mark_is_known_by_its_zeros() -> None:
    for encoding in ("utf-16-le", "utf-16-be"):
        assert decode("sku,name\nA,Zażółć 王\n".encode(encoding)) == ("sku,name\nA,Zażółć 王\n", [])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_needs_no_guess(encoding: str) -> None:
    text = "sku,name\nA,Zażółć 王小明 Иван\n"
    assert decode(text.encode(encoding)) == (text, [])


def test_one_broken_byte_does_not_turn_a_unicode_file_into_another_code_page() -> None:
    read, notes = decode("żółć ".encode() * 5 + b"\xff")
    assert read.startswith("żółć")
    assert read.endswith("\ufffd")
    assert "1 broken" in notes[0]


def test_a_named_encoding_is_obeyed_and_an_unknown_one_refused(tmp_path: Path) -> None:
    path = tmp_path / "f.csv"
    path.write_bytes("a\nřeka\n".encode("cp1250"))
    assert read_sheet(path, "cp1250").rows[0].cells == {"a": "řeka"}
    with pytest.raises(DataError, match="'no-such'"):
        read_sheet(path, "no-such")


def test_control_characters_are_taken_out_with_a_note() -> None:
    text, notes = decode("a,b\nx\x00\x1b[31my,\u202etxt\u200b\n".encode())
    assert text == "a,b\nx[31my,txt\n"
    assert notes == ["4 invisible control characters were taken out."]


@given(st.binary(max_size=200))
def test_any_bytes_become_clean_text(data: bytes) -> None:
    try:
        text, _ = decode(data)
    except Doubt:
        return
    assert not any(character < " " and character not in "\t\r\n" for character in text)
    text.encode()


@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_the_separator_is_found_and_lines_are_counted_through_quoted_newlines(
    tmp_path: Path, separator: str
) -> None:
    text = 'a|b\r\n1|"two\r\nlines, or; more"\r\n\r\n3|4\r\n'.replace("|", separator)
    read = sheet(tmp_path, text)
    assert [(row.line, dict(row.cells)) for row in read.rows] == [
        (2, {"a": "1", "b": "two\r\nlines, or; more"}),
        (5, {"a": "3", "b": "4"}),
    ]


def test_excels_separator_line_is_stepped_over(tmp_path: Path) -> None:
    read = sheet(tmp_path, "sep=;\na;b\n1;2\n")
    assert [(row.line, dict(row.cells)) for row in read.rows] == [(3, {"a": "1", "b": "2"})]


def test_a_quote_that_never_closes_stops_the_file_instead_of_swallowing_it(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="starts on line 3"):
        sheet(tmp_path, 'a,b\n1,2\n3,"four\n5,6\n')


def test_an_empty_file_and_a_missing_one_are_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="is empty"):
        sheet(tmp_path, "")
    with pytest.raises(DataError, match="can't be read"):
        read_sheet(tmp_path / "none.csv")


def test_a_column_that_stands_twice_is_noted_and_short_and_long_rows_are_told_apart(tmp_path: Path) -> None:
    read = sheet(tmp_path, "a,b,A\n1\n1,2,3,4\n")
    assert read.notes == ["Column 'A' stands there twice; the first one counts."]
    assert [row.surplus for row in read.rows] == ["", "4"]
    assert dict(read.rows[0].cells) == {"a": "1"}


def test_column_keys() -> None:
    assert key_of(" Lineitem SKU ") == "lineitem_sku"
    assert key_of("Address 1&2 (Billing)") == "address_1_2_billing"
    assert key_of("Quantity (- Refund)") == "quantity_refund"


def test_an_alias_never_hides_the_real_column(tmp_path: Path) -> None:
    read = sheet(tmp_path, "ean,barcode,sku\n1,2,A\n").renamed({"barcode": "barcodes", "ean": "barcodes"})
    assert dict(read.rows[0].cells) == {"barcodes": "2", "ean": "1", "sku": "A"}
