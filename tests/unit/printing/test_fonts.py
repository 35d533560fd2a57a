"""The fonts in `typefaces`: whole, licensed, and with every letter of the scripts they are there for."""

import hashlib
import tomllib
from fnmatch import fnmatch
from pathlib import Path

import pytest
import uharfbuzz

from printing.fonts import BOLD, CJK, REGULAR, SANS, TYPEFACES, face, file_of, harfbuzz_face, runs
from printing.shape import mask

ROOT = Path(__file__).resolve().parents[3]
# Of each font, how many characters it has, and the first digits of the SHA-256 of the list of their code points.
COVERED = {
    SANS: (3094, "d07e80c385b4"),
    CJK: (44810, "2ef02795d8dd"),
    "Arabic": (1250, "503d33337fb4"),
    "Hebrew": (147, "e92755138634"),
    "Thai": (101, "e7fbe748fa23"),
    "Devanagari": (281, "7b83d5800d44"),
    "Bengali": (134, "e6fca4d1d250"),
    "Gujarati": (114, "e7b2e8619f01"),
    "Gurmukhi": (154, "0be341b371d9"),
    "Tamil": (147, "435d233a8072"),
    "Telugu": (165, "a8efefc9aa9e"),
    "Kannada": (166, "6fb0a5f81984"),
    "Malayalam": (187, "e5e29e2cb51f"),
    "Oriya": (151, "56d4182d2e0f"),
    "Sinhala": (218, "c3c559b5b0e5"),
    "Georgian": (182, "baf7cb95a5ba"),
    "Armenian": (105, "a2984bfa55ce"),
    "Ethiopic": (533, "942d50807981"),
    "Khmer": (175, "f8738497be08"),
    "Lao": (92, "675c01d42a31"),
    "Myanmar": (239, "9ac714921978"),
    "Symbols": (840, "dec62b9b6bde"),
}
# Words for an address or a parcel, each wholly in the font of its script.
WORDS = {
    SANS: "Łódź Ünïted çağ Größe ẞ Привет Ґанок Ελλάδα Việt ½ € №",
    "Arabic": "شارع الملك فيصل مبنى پاکستان گچ",
    "Hebrew": "רחוב הרצל תודה שָׁלוֹם",
    "Thai": "ถนนสุขุมวิท ที่ ขอบคุณ",
    "Devanagari": "हिन्दी मार्ग धन्यवाद क्षत्रिय",
    "Bengali": "ঢাকা সড়ক ধন্যবাদ",
    "Gujarati": "અમદાવાદ માર્ગ આભાર",
    "Gurmukhi": "ਅੰਮ੍ਰਿਤਸਰ ਸੜਕ ਧੰਨਵਾਦ",
    "Tamil": "சென்னை தெரு நன்றி",
    "Telugu": "హైదరాబాద్ వీధి ధన్యవాదాలు",
    "Kannada": "ಬೆಂಗಳೂರು ರಸ್ತೆ ಧನ್ಯವಾದ",
    "Malayalam": "തിരുവനന്തപുരം റോഡ് നന്ദി",
    "Oriya": "ଭୁବନେଶ୍ୱର ମାର୍ଗ ଧନ୍ୟବାଦ",
    "Sinhala": "කොළඹ පාර ස්තුතියි",
    "Georgian": "თბილისი ქუჩა მადლობა",
    "Armenian": "Երևան փողոց շնորհակալություն",
    "Ethiopic": "አዲስ አበባ መንገድ አመሰግናለሁ",
    "Khmer": "ភ្នំពេញ ផ្លូវ អរគុណ",
    "Lao": "ວຽງຈັນ ຖະໜົນ ຂອບໃຈ",
    "Myanmar": "ရန်ကုန် လမ်း ကျေးဇူး",
    "Symbols": "⚖⚓⛽☹",
    CJK: "北京市長安街東京都渋谷区サンプル서울특별시강남구香港九龍臺北市",
}
# Characters of names that are rare, but stand in passports of China, Japan, Taiwan and Hong Kong.
RARE = "镕祎玥珺堃喆㛃𠮷髙﨑彅靐龘𨋢㙟"


@pytest.mark.parametrize("font", COVERED)
def test_each_font_has_the_characters_it_had_when_it_came(font: str) -> None:
    covered = sorted(harfbuzz_face(font).unicodes)
    assert (len(covered), hashlib.sha256(str(covered).encode()).hexdigest()[:12]) == COVERED[font]


@pytest.mark.parametrize("index", range(1, 5))
def test_the_fonts_of_the_chinese_collection_have_the_same_characters(index: int) -> None:
    assert set(harfbuzz_face(CJK, index).unicodes) == set(harfbuzz_face(CJK).unicodes)


@pytest.mark.parametrize(("font", "words"), WORDS.items())
def test_every_letter_of_its_script_has_a_glyph(font: str, words: str) -> None:
    found, missing = runs(words)
    assert missing == ()
    assert {run.font for run in found if run.text.strip(" ,")} == {font}
    buffer = uharfbuzz.Buffer()
    buffer.add_str(words)
    buffer.guess_segment_properties()
    uharfbuzz.shape(uharfbuzz.Font(harfbuzz_face(font)), buffer)
    assert all(glyph.codepoint for glyph in buffer.glyph_infos)


def test_every_font_has_words_to_be_tried_with() -> None:
    assert {*WORDS} == {*COVERED}


def test_rare_names_are_printed_whole() -> None:
    assert [run.font for run in runs(RARE)[0]] == [CJK]


def test_characters_are_drawn_as_each_country_writes_them() -> None:
    drawn = {
        language: bytes(face(CJK, 60, REGULAR, language).getmask("骨直令戶", mode="1"))
        for language in ("ja", "ko", "zh", "zh-tw", "zh-hk")
    }
    assert len(set(drawn.values())) == len(drawn)


@pytest.mark.parametrize("font", [font for font in COVERED if font != CJK])
def test_bold_is_heavier(font: str) -> None:
    run = runs(WORDS[font].split(maxsplit=1)[0])[0][0]
    regular, bold = (mask(run, 60, weight, "en", 90, 60).histogram()[255] for weight in (REGULAR, BOLD))
    assert regular < bold


@pytest.mark.parametrize("font", COVERED)
def test_each_font_stands_in_the_licence_beside_it_with_its_own_copyright(font: str) -> None:
    names = uharfbuzz.OTNameIdPredefined
    opened, file = harfbuzz_face(font), file_of(font)
    assert "SIL Open Font License, Version 1.1" in opened.get_name(names.LICENSE)
    licence = (file.parent / "OFL.txt").read_text("utf-8")
    assert f"{file.name}: {opened.get_name(names.COPYRIGHT)}" in licence
    assert "SIL OPEN FONT LICENSE Version 1.1 - 26 February 2007" in licence


def test_whatever_lies_there_is_used_and_installed() -> None:
    files = {path.name for path in TYPEFACES.iterdir()}
    assert files == {file_of(font).name for font in COVERED} | {"OFL.txt", "README.md"}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    assert "printing/typefaces/OFL.txt" in project["project"]["license-files"]
    patterns = project["tool"]["setuptools"]["package-data"]["printing"]
    assert all(any(fnmatch(f"typefaces/{name}", pattern) for pattern in patterns) for name in files)
