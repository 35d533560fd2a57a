"""Countries as shops write them, and the language to speak to a buyer there when nothing better is known."""

import unicodedata
from functools import cache

_SHORT = {
    "GB": "uk|great britain|england|scotland|wales|northern ireland|wielka brytania|grande-bretagne|英国",
    "US": "usa|united states of america|america|米国",
    "GR": "el",
    "NL": "holland|the netherlands",
    "CZ": "czech republic|ceska republika|republika czeska",
    "SK": "slovak republic|slovenska republika",
    "DE": "bundesrepublik deutschland|brd",
    "PL": "republic of poland|rzeczpospolita polska",
    "CH": "schweiz / suisse|suisse / schweiz",
    "RU": "russian federation|российская федерация",
    "IE": "republic of ireland|eire",
    "TR": "turkey",
    "MK": "macedonia",
    "MD": "moldova",
    "XK": "kosovo",
    "KR": "korea|republic of korea",
    "CN": "prc|people's republic of china|中國",
    "TW": "taiwan, province of china|台灣|臺灣",
    "HK": "hong kong|hong kong sar|香港",
    "MO": "macau|macao|澳门|澳門",
    "VN": "viet nam",
    "AE": "uae",
    "CI": "ivory coast",
}
"""Common names and short forms beside CLDR's, folded; and whom a name means that several countries have."""
_SPOKEN = (
    "en pl de fr es it nl cs sk pt sv da fi nb hu ro tr ru uk be el ja zh zh_Hant ko ar he th bg hr sl sr sr_Latn "
    "et lv lt is ga ca"
)
"""The languages of Europe and of the documents, as CLDR calls them."""
# Ukraine gets English: Ukrainian isn't spoken here yet, and Russian is no substitute for it.
_LANGUAGES = {"PL": "pl", "RU": "ru", "BY": "ru", "CN": "zh", "TW": "zh", "HK": "zh"}


def country_code(text: str) -> str:
    """The ISO 3166 code of a country written as code of two or three letters, or by its name in one of the languages
    of Europe and of the documents (CLDR); other text stays as it is.
    """
    folded = _folded(text)
    if folded in _BY_NAME:
        return _BY_NAME[folded]
    if len(folded) == 2 and folded.isascii():
        return folded.upper()
    return _names().get(folded) or text.strip() if folded else ""


@cache
def _names() -> dict[str, str]:
    """Countries by folded name and by code of three letters; what names two of them names none."""
    from babel import Locale
    from babel.core import get_global

    names: dict[str, str] = {}
    unclear: set[str] = set()
    for language in _SPOKEN.split():
        for code, name in Locale.parse(language).territories.items():
            if len(code) == 2 and code.isalpha() and names.setdefault(_folded(name), code) != code:
                unclear.add(_folded(name))
    for alias, codes in get_global("territory_aliases").items():
        if len(alias) == 3 and alias.isalpha() and len(codes) == 1:
            names.setdefault(alias.casefold(), codes[0])
    return {name: code for name, code in names.items() if name not in unclear}


def _folded(text: str) -> str:
    """Without case, accents, full stops and doubled blanks."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace(".", ""))
    return " ".join("".join(sign for sign in plain if not unicodedata.combining(sign)).split())


def language_of(country: str) -> str:
    """`pl`, `ru` or `zh` where that is spoken, else `en`."""
    return _LANGUAGES.get(country, "en")


_BY_NAME = {_folded(name): code for code, names in _SHORT.items() for name in names.split("|")}
