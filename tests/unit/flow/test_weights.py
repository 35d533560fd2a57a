"""What people type and scales say, in grams."""

import pytest

from picker.flow.weights import NoWeight, read_weight


@pytest.mark.parametrize(
    ("text", "grams"),
    [
        ("1250", 1250),
        ("1250 g", 1250),
        ("1.25 kg", 1250),
        ("1,5kg", 1500),
        ("2 KG", 2000),
        ("1", 1),
        ("70000", 70000),
        ("1 250", 1250),
        ("1 250 g", 1250),
        ("1\u00a0250,4 g", 1250),
        ("1\u202f250 g", 1250),
        ("1'250 g", 1250),
        ("1,250.6 g", 1251),
        ("1250.000 g", 1250),
        ("3.0 oz", 85),
        ("4.5 lb", 2041),
        ("4,5 LBS", 2041),
        ("1 lb 8 oz", 680),
        ("1lb8.5oz", 695),
        ("2 lb. 12 oz.", 1247),
        ("2 lb 12 oz net", 1247),
        ("1 lb 16 oz", NoWeight.NONE),
        ("1 lb 99 oz", NoWeight.NONE),
        ("1 kg 250 g", 1250),
        ("1 кг 50 г", 1050),
        ("1 kg 250", NoWeight.NONE),
        ("Gross: 1.250 kg", 1250),
        ("N  1.250 kg", 1250),
        ("T  1.250 kg", NoWeight.NONE),
        ("2,5 кг", 2500),
        ("800 г", 800),
        ("800 ГР.", 800),
        ("８００克", 800),
        ("２．５公斤", 2500),
        ("2，5千克", 2500),
        ("3 斤", 1500),
        ("㎏", NoWeight.NONE),
        ("3㎏", 3000),
    ],
)
def test_what_is_typed(text: str, grams: int) -> None:
    assert read_weight(text) == grams


@pytest.mark.parametrize(
    ("line", "grams"),
    [
        ("ST,GS,+  2.340kg", 2340),
        ("ST,NT,+  2.340kg\r", 2340),
        ("ST,+0002.340 kg", 2340),
        ("ST,OK,+0002.340 kg", 2340),
        ("ST GS + 5.10 lb", 2313),
        ("\x022.340 kg N\r", 2340),
        ("S S     812.00 g", 812),
        ("S       2.340 kg ", 2340),
        ("SI   +  2.340 kg ", 2340),
        ("+   812.45 g  ", 812),
        ("N     +   812.45 g  ", 812),
        ("+0002.340 kg", 2340),
        ("US,GS,+  2.340kg", NoWeight.MOVING),
        ("US,+0002.340 kg", NoWeight.MOVING),
        ("ST,GS+  2.340kg", 2340),
        ("ST,NET,+  2.340 kg", 2340),
        ("ST;GS;+ 2.340kg", 2340),
        ("ST,GS,   2.340,kg", 2340),
        ("US+2.340kg", NoWeight.MOVING),
        ("US,NET,+  2.340 kg", NoWeight.MOVING),
        ("2.340 kg US", NoWeight.MOVING),
        ("2.340 kg OL", NoWeight.BEYOND),
        ("ST,TR,+  2.340 kg", NoWeight.NONE),
        ("ST,GS,+  2.340kg,ST,GS,+  2.340kg", NoWeight.NONE),
        ("\x01\x02S  2.340kg,\x03\x04", 2340),
        ("\x01\x02U  2.340kg.\x03\x04", NoWeight.MOVING),
        ("\x02*p0 125000    0\r", NoWeight.NONE),
        ("S D     129.07 g", NoWeight.MOVING),
        ("S I", NoWeight.MOVING),
        ("SI ?    2.340 kg ", NoWeight.MOVING),
        ("S E", NoWeight.MOVING),
        ("N     +   812.45", NoWeight.MOVING),
        ("2.340 kg ?", NoWeight.MOVING),
        ("OL,GS,+  9.999kg", NoWeight.BEYOND),
        ("S +", NoWeight.BEYOND),
        ("S -", NoWeight.BEYOND),
        ("SI ^    2.340 kg ", NoWeight.BEYOND),
        ("SI v    2.340 kg ", NoWeight.BEYOND),
        ("Stat   H", NoWeight.BEYOND),
        ("QT,+00000012 PC", NoWeight.NONE),
        ("ST,GS,-  0.012kg", NoWeight.NONE),
        ("ST,TR,+  0.340kg", NoWeight.NONE),
        ("ES", NoWeight.NONE),
    ],
)
def test_what_a_scale_says(line: str, grams: int | NoWeight) -> None:
    assert read_weight(line) == grams


@pytest.mark.parametrize(
    "text",
    [
        "70001",
        "0",
        "-5",
        "1.2345 kg",
        "1.25",
        "1.250 g",
        "1,250 g",
        "12 50 g",
        "٣٠٠",
        "",
        "kg",
        "71 kg",
        "MUG",
        "5 lb 3",
    ],
)
def test_what_is_none(text: str) -> None:
    assert read_weight(text) is NoWeight.NONE
