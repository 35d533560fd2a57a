"""Headings and names on paper: even lines, wide marks behind Chinese, bold where no font has it, parts that stay."""

import numpy as np
import pytest

from printing.bidi import stretches
from printing.fonts import BOLD, REGULAR
from printing.media import MEDIA
from printing.render.sheet import Sheet
from printing.render.typeset import Typesetter


def ink(text: str, weight: int) -> int:
    setter = Typesetter("zh")
    return int((~np.asarray(setter.line(text, 40, weight, 600))).sum())


@pytest.mark.parametrize("text", ["装箱单", "退货", "10404"])
def test_bold_chinese_has_more_ink(text: str) -> None:
    assert ink(text, BOLD) > 1.12 * ink(text, REGULAR)


@pytest.mark.parametrize("width", [260, 320, 400, 500])
def test_a_heading_leaves_no_word_alone_and_takes_no_more_lines(width: int) -> None:
    setter = Typesetter("en")
    text = "Thank you for coming back to us so soon"
    lines, even = setter.wrap(text, 40, BOLD, width), setter.balanced(text, 40, BOLD, width)
    assert " ".join(even) == text
    assert len(even) == len(lines)
    assert len(even[-1].split()) > 1
    assert max(setter.width(line, 40, BOLD) for line in even) <= width


@pytest.mark.parametrize(
    ("language", "text", "shown"),
    [
        ("zh", "谢谢, 王小明!", "谢谢，王小明！"),
        ("zh", "时间:10:30", "时间：10:30"),
        ("ja", "注文: 10", "注文：10"),
        ("zh", "Hello, Anna!", "Hello, Anna!"),
        ("en", "谢谢!", "谢谢!"),
    ],
)
def test_marks_behind_chinese_are_wide(language: str, text: str, shown: str) -> None:
    assert Typesetter(language).wrap(text, 30, REGULAR, 2000) == [shown]


def test_the_parts_of_an_address_stay_in_their_order_in_arabic() -> None:
    latin = [piece for piece, _ in stretches("المرسل: Harbour & Pine, 80-835 Gdańsk, POLSKA /")]
    assert latin[0] == "Harbour & Pine, 80-835 Gdańsk, POLSKA /"
    mixed = [piece for piece, _ in stretches("المرسل: متجر / Quay 7, / دبي")]
    places = [mixed.index(part) for part in ("دبي", "Quay 7,", "المرسل: متجر")]
    assert places == sorted(places)


def test_a_shops_name_is_on_one_line_where_it_fits() -> None:
    sheet = Sheet(MEDIA["roll58"], "en")
    sheet.name("Harbour & Pine Trading", 40)
    one = Sheet(MEDIA["roll58"], "en")
    one.name("Pine", 40)
    assert sheet.height <= one.height


@pytest.mark.parametrize("width", [300, 330, 360, 420, 480])
def test_a_shops_name_within_a_text_is_not_broken_where_it_fits(width: int) -> None:
    setter = Typesetter("en")
    setter.names = ("Harbour & Pine",)
    text = "Thank you for coming back to Harbour & Pine. Welcome to Harbour & Pine!"
    for lines in (setter.wrap(text, 36, BOLD, width), setter.balanced(text, 36, BOLD, width)):
        shown = [line.replace("\N{NO-BREAK SPACE}", " ") for line in lines]
        assert sum(line.count("Harbour & Pine") for line in shown) == 2
        assert " ".join(shown) == text
    assert len(setter.wrap("Harbour & Pine", 36, BOLD, 120)) > 1
