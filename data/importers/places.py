"""Countries as shops write them, and the language to speak to a buyer there when nothing better is known."""

_NAMES = {
    "POLAND": "PL", "POLSKA": "PL", "GERMANY": "DE", "DEUTSCHLAND": "DE", "UNITED KINGDOM": "GB", "UK": "GB",
    "RUSSIA": "RU", "RUSSIAN FEDERATION": "RU", "РОССИЯ": "RU", "CHINA": "CN", "中国": "CN", "UKRAINE": "UA",
    "BELARUS": "BY", "TAIWAN": "TW", "HONG KONG": "HK", "UNITED STATES": "US", "USA": "US",
}  # fmt: skip
# Ukraine gets English: Ukrainian isn't spoken here yet, and Russian is no substitute for it.
_LANGUAGES = {"PL": "pl", "RU": "ru", "BY": "ru", "CN": "zh", "TW": "zh", "HK": "zh"}


def country_code(text: str) -> str:
    """The ISO 3166 code of a country written as code or by a common name; other text stays as it is."""
    upper = text.strip().upper()
    return _NAMES.get(upper, upper if len(upper) == 2 else text.strip())


def language_of(country: str) -> str:
    """`pl`, `ru` or `zh` where that is spoken, else `en`."""
    return _LANGUAGES.get(country, "en")
