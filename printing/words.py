"""The documents' own fixed words in the languages a parcel may be addressed in; English fills gaps."""

_WORDS: dict[str, dict[str, str]] = {
    "en": {
        "from": "From",
        "to": "To",
        "order": "Order {order}",
        "parcel": "Parcel {parcel} of {parcels}",
        "weight": "{kg} kg",
        "slip": "Packing slip",
        "in_parcel": "In this parcel",
        "elsewhere": "In other parcels",
        "missing": "Not delivered: we are out of stock",
        "quantity_of": "{quantity} of {ordered}",
        "nothing": "Nothing",
        "coupon": "Your coupon",
        "return": "Return",
        "copy": "COPY {copy}",
        "mark.fragile": "FRAGILE",
        "mark.this_side_up": "THIS SIDE UP",
        "mark.liquid": "LIQUID",
    },
    "pl": {
        "from": "Nadawca",
        "to": "Odbiorca",
        "order": "Zamówienie {order}",
        "parcel": "Paczka {parcel} z {parcels}",
        "weight": "{kg} kg",
        "slip": "Specyfikacja przesyłki",
        "in_parcel": "W tej paczce",
        "elsewhere": "W innych paczkach",
        "missing": "Niedostarczone: brak w magazynie",
        "quantity_of": "{quantity} z {ordered}",
        "nothing": "Nic",
        "coupon": "Twój kupon",
        "return": "Zwrot",
        "copy": "KOPIA {copy}",
        "mark.fragile": "OSTROŻNIE, KRUCHE",
        "mark.this_side_up": "TĄ STRONĄ DO GÓRY",
        "mark.liquid": "PŁYN",
    },
    "ru": {
        "from": "Отправитель",
        "to": "Получатель",
        "order": "Заказ {order}",
        "parcel": "Посылка {parcel} из {parcels}",
        "weight": "{kg} кг",
        "slip": "Упаковочный лист",
        "in_parcel": "В этой посылке",
        "elsewhere": "В других посылках",
        "missing": "Не доставлено: нет на складе",
        "quantity_of": "{quantity} из {ordered}",
        "nothing": "Ничего",
        "coupon": "Ваш купон",
        "return": "Возврат",
        "copy": "КОПИЯ {copy}",
        "mark.fragile": "ХРУПКОЕ",
        "mark.this_side_up": "ВЕРХ",
        "mark.liquid": "ЖИДКОСТЬ",
    },
    "zh": {
        "from": "寄件人",
        "to": "收件人",
        "order": "订单 {order}",
        "parcel": "第 {parcel} 件，共 {parcels} 件",
        "weight": "{kg} 公斤",
        "slip": "装箱单",
        "in_parcel": "本包裹内",
        "elsewhere": "在其他包裹中",
        "missing": "缺货，未发出",
        "quantity_of": "{quantity} / {ordered}",
        "nothing": "无",
        "coupon": "您的优惠券",
        "return": "退货",
        "copy": "副本 {copy}",
        "mark.fragile": "易碎",
        "mark.this_side_up": "此面朝上",
        "mark.liquid": "液体",
    },
}

LANGUAGES = tuple(_WORDS)


def word(language: str, key: str, **values: object) -> str:
    """The fixed words for `key`, filled in; a regional language ("zh-CN") uses its base."""
    base = language.partition("-")[0].lower()
    text = _WORDS.get(base, {}).get(key) or _WORDS["en"][key]
    return text.format(**values)


def words_of(language: str, group: str, key: str) -> str:
    """The words for one of a group's keys ("mark"); a text that is no key stays as it is."""
    name = f"{group}.{key}"
    return word(language, name) if name in _WORDS["en"] else key


def kilograms(grams: int) -> str:
    """A weight in g as kilograms with three places, exactly."""
    return f"{grams // 1000}.{grams % 1000:03d}"
