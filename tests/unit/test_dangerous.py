"""Which mark goods want, and which services may not carry them."""

from datetime import date

import pytest

from data.types import Product
from picker.dangerous import DangerMark, Why, battery_numbers, is_due, mark_of, refusal


def goods(un: str = "", hazmat: str = "", batteries: int = 0, wh: int = 0, grams: int = 300) -> Product:
    return Product(
        "X", "Thing", weight_g=grams, un_number=un, hazmat=hazmat, batteries=batteries, battery_wh=wh
    )


@pytest.mark.parametrize(
    ("product", "mark", "ground", "air", "unsaid"),
    [
        (goods(), None, None, None, None),
        (goods("3480", batteries=1), DangerMark.BATTERY, None, Why.BY_AIR, Why.HOW_UNKNOWN),
        (goods("3481", batteries=1, wh=37), DangerMark.BATTERY, None, None, None),
        (goods("3090", batteries=4), DangerMark.BATTERY, None, Why.BY_AIR, Why.HOW_UNKNOWN),
        (goods("3091"), DangerMark.BATTERY, None, None, None),
        (goods("3481", "9", 1, 100), DangerMark.BATTERY, None, None, None),
        (
            goods("3481", batteries=1, wh=101),
            DangerMark.BATTERY,
            Why.TOO_STRONG,
            Why.TOO_STRONG,
            Why.TOO_STRONG,
        ),
        (goods(batteries=1), DangerMark.BATTERY, None, Why.UN_UNKNOWN, Why.HOW_UNKNOWN),
        (goods(hazmat="3"), DangerMark.LIMITED, None, Why.BY_AIR, Why.HOW_UNKNOWN),
        (goods("1266", "3", grams=5000), DangerMark.LIMITED, None, Why.BY_AIR, Why.HOW_UNKNOWN),
        (goods("1266", "3", grams=5001), DangerMark.LIMITED, Why.TOO_MUCH, Why.TOO_MUCH, Why.TOO_MUCH),
        (goods(hazmat="6.1", grams=101), DangerMark.LIMITED, Why.TOO_MUCH, Why.TOO_MUCH, Why.TOO_MUCH),
        (goods("1950", "2.1"), DangerMark.LIMITED, None, Why.BY_AIR, Why.HOW_UNKNOWN),
        (goods(hazmat="2.1"), DangerMark.LIMITED, Why.NEVER, Why.NEVER, Why.NEVER),
        (goods("1057", "2.1"), DangerMark.LIMITED, Why.NEVER, Why.NEVER, Why.NEVER),
        (goods(hazmat="1.4S"), DangerMark.LIMITED, Why.NEVER, Why.NEVER, Why.NEVER),
        (goods("9999", "3"), DangerMark.LIMITED, None, Why.BY_AIR, Why.HOW_UNKNOWN),
    ],
)
def test_what_may_travel_how(
    product: Product, mark: DangerMark | None, ground: Why | None, air: Why | None, unsaid: Why | None
) -> None:
    assert mark_of(product) is mark
    for transport, why in (("ground", ground), ("air", air), ("", unsaid)):
        found = refusal(product, transport)
        assert (found and found.why) is why


def test_the_battery_mark_names_each_number_once_and_both_where_none_is_known() -> None:
    assert battery_numbers([goods("3481"), goods("3480"), goods("3481"), goods(hazmat="3")]) == (
        "3480",
        "3481",
    )
    assert battery_numbers([goods(batteries=1)]) == ("3480", "3481")
    assert battery_numbers([goods("1266", "3")]) == ()


@pytest.mark.parametrize(
    ("checked", "today", "due"),
    [
        (None, date(2027, 12, 1), False),
        (None, date(2027, 12, 2), True),
        (date(2027, 11, 30), date(2028, 6, 1), False),
        (date(2020, 1, 1), date(2027, 6, 1), False),
    ],
)
def test_a_lead_confirms_the_table_once_a_year(checked: date | None, today: date, due: bool) -> None:
    assert is_due(checked, today) is due
