"""The demo's buyers: made-up people in four languages, from first order to old friend."""

from dataclasses import dataclass

from data.types import Address


@dataclass(frozen=True, slots=True)
class Buyer:
    """A buyer and how many orders they placed before."""

    email: str
    language: str
    orders: int
    consent: bool
    address: Address


def _buyer(
    email: str,
    language: str,
    orders: int,
    consent: bool,
    name: str,
    line1: str,
    zip_code: str,
    city: str,
    country: str,
) -> Buyer:
    address = Address(name, "", line1, "", city, zip_code, "", country, "")
    return Buyer(f"{email}@example.com", language, orders, consent, address)


BUYERS = (
    _buyer("anna.kowalska", "pl", 0, True, "Anna Kowalska", "ul. Długa 12/4", "31-146", "Kraków", "PL"),
    _buyer("emily.carter", "en", 3, True, "Emily Carter", "14 Harbour Street", "BS1 4QA", "Bristol", "GB"),
    _buyer(
        "ivan.petrov",
        "ru",
        1,
        False,
        "Иван Петров",
        "ул. Садовая, д. 14, кв. 27",
        "191023",
        "Санкт-Петербург",
        "RU",
    ),
    _buyer("wang.xiaoming", "zh", 0, True, "王小明", "静安区南京西路1266号", "200040", "上海市", "CN"),
    _buyer(
        "piotr.wisniewski",
        "pl",
        11,
        True,
        "Piotr Wiśniewski",
        "ul. Świętojańska 43/7",
        "81-391",
        "Gdynia",
        "PL",
    ),
    _buyer("jonas.weber", "en", 0, False, "Jonas Weber", "Goethestraße 9", "04109", "Leipzig", "DE"),
    _buyer("maria.sokolova", "ru", 6, True, "Мария Соколова", "ул. Лесная, д. 5", "220030", "Минск", "BY"),
    _buyer("chen.meiling", "zh", 4, True, "陳美玲", "大安區和平東路二段106號", "106", "臺北市", "TW"),
    _buyer(
        "katarzyna.lis", "pl", 2, False, "Katarzyna Żółć-Lis", "os. Słoneczne 8/15", "60-175", "Poznań", "PL"
    ),
    _buyer(
        "oliver.ohara", "en", 14, True, "Oliver O'Hara", "Flat 2, 8 Merrion Row", "D02 KW74", "Dublin", "IE"
    ),
    _buyer("elena.orlova", "ru", 0, True, "Елена Орлова", "пр. Мира, д. 88, кв. 3", "129085", "Москва", "RU"),
    _buyer(
        "zhang.wei",
        "zh",
        9,
        False,
        "张伟",
        "天河区体育西路103号维多利广场A座1805室",
        "510620",
        "广州市",
        "CN",
    ),
    _buyer("michal.dabrowski", "pl", 1, True, "Michał Dąbrowski", "ul. Łąkowa 3", "90-562", "Łódź", "PL"),
    _buyer(
        "sofia.lindqvist", "en", 5, True, "Sofia Lindqvist", "Hornsgatan 71 B", "118 49", "Stockholm", "SE"
    ),
)
