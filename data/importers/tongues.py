"""Which old encoding are these bytes in? Told by the words that they make: letters that one language has, vowels where
vowels belong, capitals where a word begins, the characters of names and places in Chinese, Japanese and Korean.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

_LATIN = {
    "cs": "áčďéěíňóřšťúůýž", "sk": "áäčďéíĺľňóôŕšťúýž", "pl": "ąćęłńóśźż", "hu": "áéíóöőúüű", "ro": "ăâîşţ",
    "hr": "čćđšž", "de": "äöüß", "fr": "àâæçèéêëîïôœùûüÿ", "es": "áéíñóúü", "pt": "àáâãçéêíóôõú", "it": "àèéìòù",
    "nl": "éëïöü", "sv": "åäöé", "da": "æøåé", "fi": "åäöšž", "tr": "çğıöşüâî", "is": "áðéíóúýþæö",
}  # fmt: skip
_CENTRAL = ("cs", "sk", "pl", "hu", "ro", "hr", "de")
_WEST = ("de", "fr", "es", "pt", "it", "nl", "sv", "da", "fi", "is")
_RUSSIAN = (
    "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
    "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
    "абвгдеёжзійклмнопрстуўфхцчшыьэюя",
)
_ALPHABETS = {
    "cp1252": tuple(_LATIN[name] for name in _WEST),
    "cp1250": tuple(_LATIN[name] for name in _CENTRAL),
    "iso-8859-2": tuple(_LATIN[name] for name in _CENTRAL),
    "mac_latin2": tuple(_LATIN[name] for name in _CENTRAL),
    "mac_roman": tuple(_LATIN[name] for name in _WEST),
    "cp1254": (_LATIN["tr"],),
    "cp1253": ("αάβγδεέζηήθιίϊΐκλμνξοόπρσςτυύϋΰφχψωώ",),
    "cp1251": _RUSSIAN,
    "koi8-r": _RUSSIAN[:1],
    "cp866": _RUSSIAN,
    "mac_cyrillic": _RUSSIAN,
}
_VOWELS = frozenset("aeiouyæœøåıαεηιουωаеиоуыэюяіє")
_TYPOGRAPHY = frozenset("’‘“”„–—…«»°§€ªº·№´`")
_CHINESE = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶余潘杜戴夏钟汪田任姜范方石"
    "姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文省市区县镇村路街道号楼室单元小大学花园东南西北中"
    "山京上海广州深圳杭汉成都重庆天津安长沙明华国建平志伟丽芳娜敏静秀英强磊军洋勇艳杰涛超霞刚桂朝阳三新湖"
)
_TAIWANESE = frozenset(
    "陳張黃吳劉楊蔡鄭謝許郭賴蘇葉呂盧鍾彭詹莊邱廖林王李周徐孫胡朱高何馬羅梁宋韓唐馮董縣市區鄉鎮路街巷弄號樓段里村臺台北中南高雄"
    "新竹桃園大安信義板橋基隆嘉屏東花蓮宜蘭西門民生權正和平忠孝仁愛國志明文玲惠妹美麗淑芬雅婷怡君家豪小一二三四五"
)
_JAPANESE = frozenset(
    "田中山本川村井上木小林佐藤鈴高橋伊渡辺加吉松東京都大阪市区府県町丁目番号北南西名古屋横浜神戸札幌福岡仙台広島千葉埼玉太郎花子一"
    "二三美恵健代世谷港品新宿渋池袋斎清水野原石前岡長後遠青坂島次和正明"
)
_HIGH_LINE = re.compile(rb"[^\r\n]*[\x80-\xff][^\r\n]*")
_GLUED = re.compile(r"[A-Za-z][\u3041-\ud7a3]|[\u3041-\ud7a3][A-Za-z]")
_SAMPLE = 60_000
_RARE, _RARER = frozenset({"iso-8859-2", "mac_roman", "mac_latin2", "mac_cyrillic", "cp866", "koi8-r"}), 1.0
"""Encodings that spreadsheets of today don't write by themselves, and the points that this takes off."""
_SURE, _SURE_EACH = 1.4, 0.12
"""How far the best must be ahead of the next other text: in all, and for each sign in which they differ."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The bytes read in one encoding; `points` say how well its words look, from the lines that were looked at."""

    encoding: str
    points: float
    sample: str


def readings(data: bytes) -> list[Reading]:
    """All encodings in which the bytes are whole text, the best first; of those that make the same text one."""
    lines, size = [], 0
    for match in _HIGH_LINE.finditer(data):
        lines.append(match[0])
        size += len(match[0])
        if size > _SAMPLE:
            break
    sample = b"\n".join(lines)
    best: dict[str, Reading] = {}
    for encoding, points_of in _SCORES.items():
        try:
            text = sample.decode(encoding)
        except UnicodeDecodeError:
            continue
        points = points_of(encoding, text) - _RARER * (encoding in _RARE)
        reading = Reading(encoding, points, text)
        if text not in best or best[text].points < reading.points:
            best[text] = reading
    return sorted(best.values(), key=lambda one: -one.points)


def sure(candidates: list[Reading]) -> bool:
    """Whether the first of some readings is the right one beyond doubt."""
    if not candidates or candidates[0].points <= 0:
        return False
    if len(candidates) == 1:
        return True
    first, second = candidates[:2]
    letters = sum(not sign.isascii() for word in _words(first.sample) for sign in word)
    differ = sum(not a.isascii() and a != b for a, b in zip(first.sample, second.sample, strict=False))
    return first.points - second.points >= max(_SURE, _SURE_EACH * min(letters, differ))


def told_apart(candidates: list[Reading], most: int = 4) -> list[tuple[str, str]]:
    """The likeliest encodings, each with what one and the same cell would be in it."""
    apart = candidates[:most]
    rows = [[cell.strip(' "') for cell in re.split(r"[,;\t\n]", one.sample)] for one in apart]
    if len({len(row) for row in rows}) > 1:
        return [(one.encoding, next(iter(_words(one.sample)), "")) for one in apart]
    cells = [cells for cells in zip(*rows, strict=True) if len(set(cells)) == len(apart)]
    shown = cells[0] if cells else tuple(max(row, key=lambda cell: not cell.isascii()) for row in rows)
    return [(one.encoding, cell[:30]) for one, cell in zip(apart, shown, strict=True)]


def _words(text: str) -> Iterator[str]:
    """The different words with a sign outside ASCII."""
    return (word for word in dict.fromkeys(re.findall(r"[^\s,;\"0-9@./()]+", text)) if not word.isascii())


def _spelt(encoding: str, text: str) -> float:
    words = list(_words(text))
    shape = sum(_shape(word) for word in words)
    return shape + max(
        sum(_letters(word, frozenset(alphabet)) for word in words) for alphabet in _ALPHABETS[encoding]
    )


def _letters(word: str, alphabet: frozenset[str]) -> float:
    """Points for the letters of one alphabet; of an alphabet of its own a word has no other letters."""
    points = 0.0
    for sign in word:
        if not sign.isascii() and sign.isalpha():
            lower = "i" if sign == "İ" else sign.lower()
            points += 1 if lower in alphabet or (sign == "İ" and "ı" in alphabet) else -1
    return points


def _shape(word: str) -> float:
    """Points off for signs and capitals inside a word, on and off for vowels and consonants in turn."""
    points = 0.0
    for place, sign in enumerate(word):
        if sign.isascii():
            continue
        before, after = word[place - 1 : place], word[place + 1 : place + 2]
        if not sign.isalpha():
            points -= 0 if sign in _TYPOGRAPHY else 2
            continue
        points -= 2 * (sign.isupper() and before.islower()) + 1.5 * (
            place > 1 and sign.islower() and before.isupper()
        )
        if sign > "\u024f":
            points -= 2 * ((before.isascii() and before.isalpha()) + (after.isascii() and after.isalpha()))
        near = [_vowel(other) for other in (before, after) if other.isalpha()]
        points += sum(0.35 if kind != _vowel(sign) else -0.35 for kind in near)
    return points


def _vowel(sign: str) -> bool:
    return unicodedata.normalize("NFKD", sign.lower())[:1] in _VOWELS


def _drawn(encoding: str, text: str) -> float:
    points = -1.0 * len(_GLUED.findall(text))
    common = {"gb18030": _CHINESE, "big5": _TAIWANESE}.get(encoding, _JAPANESE)
    signs = [sign for word in _words(text) for sign in word if not sign.isascii()]
    for sign in signs:
        name = unicodedata.name(sign, "")
        kana = name.startswith(("HIRAGANA", "KATAKANA")) and sign < "\uff00"
        if encoding == "cp949":
            points += 1 if name.startswith("HANGUL SYLLABLE") and sign.encode(encoding)[0] >= 0xB0 else -2
        elif kana:
            points += 1 if encoding in ("cp932", "euc-jp") else -1
        elif name.startswith("CJK UNIFIED"):
            points += 1 if sign in common else _level(encoding, sign)
        else:
            points -= 0 if sign in "　、。，（）・ー－" else 2
    return points


def _level(encoding: str, sign: str) -> float:
    """Characters of an encoding's first part, in which those of every day are."""
    lead = sign.encode(encoding, "replace")[0]
    last = {"gb18030": 0xD7, "big5": 0xC6, "cp932": 0x97, "euc-jp": 0xCF}[encoding]
    return 0.1 if lead <= last and len(sign.encode(encoding, "replace")) == 2 else -1


_SCORES = {
    **dict.fromkeys(_ALPHABETS, _spelt),
    **dict.fromkeys(("gb18030", "big5", "cp932", "euc-jp", "cp949"), _drawn),
}
