"""Where customs and VAT draw their borders, which is not always where countries end.

Papers are due where either border is crossed. A place is in as many unions as it belongs to: goods to Northern Ireland
meet no customs from Great Britain and none from the European Union.

Read on 1 December 2026:
- European Union: Commission, "Territorial status of EU countries and certain territories"
  (taxation-customs.ec.europa.eu); Regulation (EU) 952/2013, Art. 4; Directive 2006/112/EC, Art. 6 and 7. Campione
  d'Italia is in the customs territory and not in that of VAT since 1 January 2020 (Directive (EU) 2019/475).
- Switzerland with Liechtenstein (customs treaty of 29 March 1923) and Büsingen (treaty of 23 November 1964).
- United Kingdom: Isle of Man in customs and VAT, Channel Islands in customs alone (arrangements of 26 November 2018);
  Northern Ireland: Windsor Framework, in force for parcels since 1 May 2025 (gov.uk, "Sending parcels to and from
  Northern Ireland"): a business sends to consumers there through an authorised carrier, without a declaration.
- United States: 19 CFR 101.1 (the States, the District of Columbia, Puerto Rico). Norway: without Svalbard.
Postcodes are those of the countries' posts.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

UNION = frozenset(
    {
        "AT", "BE", "BG", "HR", "CY", "CZ", "DK", "EE", "FI", "FR", "DE", "GR", "HU", "IE",
        "IT", "LV", "LT", "LU", "MT", "NL", "PL", "PT", "RO", "SK", "SI", "ES", "SE",
    }
)  # fmt: skip
"""The states of the European Union."""


@dataclass(frozen=True, slots=True)
class Territory:
    """A place for customs: its code, and the customs and VAT unions it is in; "" is a place that isn't known."""

    code: str
    customs: frozenset[str]
    vat: frozenset[str]

    @property
    def in_union(self) -> bool:
        """Whether goods from outside the European Union are imported into it here, customs and VAT."""
        return "EU" in self.customs and "EU" in self.vat


@dataclass(frozen=True, slots=True)
class _Area:
    """A part of a country with borders of its own: by its own code, by postcode, or by name where that is missing.

    Of a union that isn't named the area is one by itself.
    """

    code: str
    country: str
    zips: str
    names: str = ""
    customs: str = ""
    vat: str = ""


_AREAS = (
    _Area(
        "IC", "ES", r"(35|38)\d{3}", "las palmas|gran canaria|tenerife|lanzarote|fuerteventura|gc|tf", "EU"
    ),
    _Area("ES-CE", "ES", r"51\d{3}", "ceuta|ce"),
    _Area("ES-ML", "ES", r"52\d{3}", "melilla|ml"),
    _Area("DE-BU", "DE", r"78266", "busingen|buesingen", "CH", "CH"),
    _Area("DE-HE", "DE", r"27498", "helgoland|heligoland"),
    _Area("IT-LI", "IT", r"23041", "livigno|trepalle"),
    _Area("IT-CA", "IT", r"22061", "campione", "EU"),
    _Area("SM", "IT", r"4789\d", "san marino", "EU"),
    _Area("VA", "IT", r"00120", "citta del vaticano|vatican city"),
    _Area("AX", "FI", r"22\d{3}", "aland|mariehamn", "EU"),
    _Area("GR-69", "GR", r"6308[67]", "agio oros|mount athos|karyes|αγιο ορος|καρυες", "EU"),
    _Area("BL", "FR", r"97133|977\d\d", "saint barthelemy"),
    _Area("MF", "FR", r"97150|978\d\d", "saint martin (fwi|971|978)", "EU"),
    _Area("GP", "FR", r"971\d\d", "guadeloupe", "EU"),
    _Area("MQ", "FR", r"972\d\d", "martinique", "EU"),
    _Area("GF", "FR", r"973\d\d", "guyane|french guiana", "EU"),
    _Area("RE", "FR", r"974\d\d", "reunion", "EU"),
    _Area("PM", "FR", r"975\d\d", "saint pierre et miquelon"),
    _Area("YT", "FR", r"976\d\d", "mayotte", "EU"),
    _Area("TF", "FR", r"984\d\d"),
    _Area("WF", "FR", r"986\d\d", "wallis"),
    _Area("PF", "FR", r"987\d\d", "polynesie"),
    _Area("NC", "FR", r"988\d\d", "nouvelle caledonie"),
    _Area("MC", "FR", r"980\d\d", "monaco", "EU", "EU"),
    _Area("GL", "DK", r"39\d\d", "gronland|greenland|kalaallit"),
    _Area("XI", "GB", r"BT\d{1,2}(\d[A-Z]{2})?", "northern ireland|nir|belfast", "EU GB", "EU GB"),
    _Area("IM", "GB", r"IM\d{1,2}(\d[A-Z]{2})?", "isle of man", "GB", "GB"),
    _Area("JE", "GB", r"JE\d(\d[A-Z]{2})?", "jersey", "GB"),
    _Area("GG", "GB", r"GY\d{1,2}(\d[A-Z]{2})?", "guernsey|alderney|sark", "GB"),
    _Area("LI", "CH", r"94(8[5-9]|9\d)", "liechtenstein|vaduz", "CH", "CH"),
    _Area("DE-BU", "CH", r"8238", "", "CH", "CH"),
    _Area("IT-CA", "CH", r"6911", "", "EU"),
    _Area("SJ", "NO", r"917\d", "svalbard|longyearbyen"),
    _Area("PR", "US", r"00[679]\d\d(\d{4})?", "puerto rico|pr", "US", "US"),
    _Area("VI", "US", r"008\d\d(\d{4})?", "virgin islands|vi"),
    _Area("GU", "US", r"969[123]\d(\d{4})?", "guam|gu"),
    _Area("AS", "US", r"96799(\d{4})?", "american samoa|as"),
    _Area("MP", "US", r"9695[0-2](\d{4})?", "mariana|mp"),
)
_OTHER_NAMES = {"UK": "GB", "EL": "GR"}
_IN_LINES = {"GB": r"\b[A-Z]{2}\d{1,2} *\d[A-Z]{2}\b"}
# House numbers come before the postcode, or on an earlier line.
_FIVE_OR_FOUR = r"(?<!\d)\d{4,5}(?!\d)"


def territory(country: str, postcode: str = "", place: str = "") -> Territory:
    """The territory of an address: ISO code of its country, postcode, and city and province as `place`.

    The postcode decides; the names do where there is none.
    """
    code = country.strip().upper()
    code = _OTHER_NAMES.get(code, code)
    if code == "EA":
        code = "ES"
    own = next((area for area in _AREAS if area.code == code), None)
    matched = own or _area(code, re.sub(r"[^0-9A-Z]", "", postcode.upper()), place)
    if matched is None:
        unions = frozenset({"EU" if code in UNION else code}) - {""}
        return Territory(code, unions, unions)
    return Territory(matched.code, _unions(matched.customs, matched), _unions(matched.vat, matched))


def territory_of_lines(country: str, lines: Iterable[str]) -> Territory:
    """The territory of an address in lines, by the last postcode in them."""
    text = "\n".join(lines).upper()
    postcodes = re.findall(_IN_LINES.get(country.strip().upper(), _FIVE_OR_FOUR), text)
    return territory(country, postcodes[-1] if postcodes else "", "" if postcodes else text)


def crosses_border(sent_from: Territory, to: Territory) -> bool:
    """Whether papers are due between them: customs or VAT ends on the way. Places that aren't known have none."""
    if not sent_from.code or not to.code or sent_from.code == to.code:
        return False
    return not (sent_from.customs & to.customs and sent_from.vat & to.vat)


def _area(country: str, postcode: str, place: str) -> _Area | None:
    areas = [area for area in _AREAS if area.country == country]
    if any(char.isdigit() for char in postcode):
        lettered = country == "GB"
        bare = postcode if lettered else postcode.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        return next((area for area in areas if re.fullmatch(area.zips, bare)), None)
    words = _folded(place)
    return next((area for area in areas if area.names and re.search(rf"\b({area.names})\b", words)), None)


def _unions(names: str, area: _Area) -> frozenset[str]:
    return frozenset(names.split()) or frozenset({area.code})


def _folded(text: str) -> str:
    """Small letters without accents, words divided by one space."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return " ".join(re.findall(r"\w+", bare))
