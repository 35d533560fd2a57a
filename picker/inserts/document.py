"""A campaign as a lead writes it: one TOML file, read with the line and column of everything that is wrong."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from functools import lru_cache
from typing import Any, TypeVar

from picker.errors import Mistake
from picker.inserts.campaign import Broken, Campaign, Once
from picker.inserts.facts import PERSONAL
from picker.inserts.names import primary, printable
from picker.inserts.rules import RuleError, parse_rule
from picker.inserts.template import Template, TemplateError, parse_template

LONGEST = 200_000
MOST = 1_000_000_000

_CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_KEYS = frozenset({
    "code", "name", "who", "starts", "ends", "priority", "once", "days", "budget", "control", "series", "broken",
    "marketing", "templates",
})  # fmt: skip
_PERSONAL_VALUES = PERSONAL - {"order"}
_TABLE = re.compile(r"\s*\[\s*\"?([A-Za-z0-9_-]+)\"?\s*\]")
_BARE = r"[\"']?([A-Za-z0-9_-]+)[\"']?"
_KEY = re.compile(rf"\s*{_BARE}(?:\s*\.\s*{_BARE})?\s*=\s*")
_AT = re.compile(r" \(at line (\d+), column (\d+)\)$")

Path = tuple[str, ...]
_Choice = TypeVar("_Choice", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong with a campaign's file: where (from 1; column 0 is the whole line) and what, in words."""

    line: int
    column: int
    words: str

    def __str__(self) -> str:
        column = f", column {self.column}" if self.column else ""
        return f"line {self.line}{column}: {self.words}"


class CampaignError(Mistake):
    """A campaign that can't be used; `faults` are all that was found."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = tuple(sorted(faults, key=lambda fault: (fault.line, fault.column)))
        super().__init__("; ".join(str(fault) for fault in self.faults))


@dataclass(frozen=True, slots=True)
class Shelf:
    """What a shop has for its campaigns: the names of its coupon series and of its pictures."""

    series: frozenset[str]
    pictures: frozenset[str]


def read_campaign(text: str, zone: tzinfo = UTC, shelf: Shelf | None = None) -> Campaign:
    """The campaign that a file holds, with every rule and template proven to be readable.

    A date or time without an offset is `zone`'s; a date as `ends` is that day's end. With `shelf` the coupons and
    pictures must be there. Raises CampaignError with everything that is wrong.
    """
    lines = _Lines(text)
    fields = _Fields(_toml(text), lines, zone)
    values = fields.values()
    faults = [*fields.faults, *_all_template_faults(values, lines, shelf)]
    if shelf and (series := values["series"]) and series not in shelf.series:
        words = f"there is no coupon series {series!r}: picker coupons series add {series} --count 500"
        faults.append(Fault(lines.at(("series",))[0], 0, words))
    return _made(values, faults)


@lru_cache(maxsize=256)
def campaign_of(text: str) -> Campaign:
    """The campaign of a file that `read_campaign` has accepted before, without its times."""
    fields = _Fields(_toml(text), _Lines(text), None)
    return _made(fields.values(), fields.faults)


def series_of(text: str) -> str:
    """The coupon series that a file names, "" for none, whatever else is wrong with it. Raises CampaignError."""
    series: str = _Fields(_toml(text), _Lines(text), None).values()["series"]
    return series


def _made(values: Mapping[str, Any], faults: list[Fault]) -> Campaign:
    if faults:
        raise CampaignError(faults)
    try:
        return Campaign(**values)
    except ValueError as error:
        raise CampaignError([Fault(1, 0, str(error))]) from None


def _toml(text: str) -> dict[str, Any]:
    if len(text) > LONGEST:
        raise CampaignError([Fault(1, 0, f"expected at most {LONGEST} characters, got {len(text)}")])
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CampaignError([_broken_toml(str(error), text)]) from None
    except RecursionError:
        raise CampaignError([Fault(1, 0, "expected fewer brackets inside each other")]) from None
    except ValueError as error:
        raise CampaignError([Fault(1, 0, f"this is no TOML: {error}")]) from None


def _broken_toml(words: str, text: str) -> Fault:
    at = _AT.search(words)
    line, column = (int(at[1]), int(at[2])) if at else (len(text.splitlines()) or 1, 0)
    return Fault(line, column, f"this is no TOML: {_AT.sub('', words).removesuffix(' (at end of document)')}")


def _all_template_faults(values: Mapping[str, Any], lines: "_Lines", shelf: Shelf | None) -> Iterator[Fault]:
    for language, text in values["templates"].items():
        try:
            template = parse_template(text)
        except TemplateError as error:
            yield from (_fault_in(lines, language, one) for one in (error, *error.further))
            continue
        at, _ = lines.at(("templates", language))
        yield from (Fault(at, 0, f"template {language}{words}") for words in _misfits(template, values))
        missing = template.pictures.keys() - shelf.pictures if shelf else ()
        for name in missing:
            words = f"there is no picture {name!r}: picker campaign picture {name} FILE"
            yield _fault_in(lines, language, TemplateError(words, template.pictures[name]))


def _misfits(template: Template, values: Mapping[str, Any]) -> Iterator[str]:
    """What a template that can be read has that its campaign has not, or the other way round."""
    series = values["series"]
    if template.coupon and not series:
        yield ' shows a coupon: expected series = "…", got none'
    if series and not template.coupon:
        yield f": expected a [coupon] of series {series!r}, got none"
    if not values["marketing"] and (past := sorted(template.asks & _PERSONAL_VALUES)):
        yield f": {_needs_consent(past)}"


def fault_in_template(text: str, language: str, error: TemplateError) -> Fault:
    """The place in a campaign's file of what went wrong in its template of that language."""
    return _fault_in(_Lines(text), language, error)


def _fault_in(lines: "_Lines", language: str, error: TemplateError) -> Fault:
    begins = lines.text_of(("templates", language))
    return Fault(begins + error.line - 1, 0, f"template {language}: {error.words}")


def _needs_consent(asks: list[str]) -> str:
    names = ", ".join(asks)
    return f"{names} may be asked only of customers who agreed to marketing: expected marketing = true"


class _Fields:
    """A file's values, each taken with its limits; what is wrong is collected with its place.

    Without a `zone` its times are left out.
    """

    def __init__(self, given: Mapping[str, Any], lines: "_Lines", zone: tzinfo | None) -> None:
        self._given, self._lines, self._zone = given, lines, zone
        self.faults: list[Fault] = []

    def values(self) -> dict[str, Any]:
        for key in self._given.keys() - _KEYS:
            self._fault((key,), f"{key}: expected one of {', '.join(sorted(_KEYS))}")
        marketing = self._typed("marketing", bool, True, "true or false")
        starts, ends = self._instant("starts", end=False), self._instant("ends", end=True)
        if starts and ends and starts >= ends:
            self._fault(("ends",), f"ends: expected a time after starts, {starts:%Y-%m-%d %H:%M} UTC")
        once = self._choice("once", Once, Once.PARCEL)
        days = self._whole("days", 0, 0, 3_650)
        if once is Once.DAYS and not days:
            self._fault(("once",), 'once = "days": expected days = 1 or more')
        return {
            "code": self._matching("code", _CODE, "small letters, digits and dashes, at most 40"),
            "name": self._name(),
            "who": self._rule(marketing),
            "templates": self._templates(),
            "priority": self._whole("priority", 0, -1_000_000, 1_000_000),
            "starts": starts,
            "ends": ends,
            "once": once,
            "days": days,
            "budget": self._whole("budget", 1, 1, MOST) if "budget" in self._given else None,
            "control_percent": self._whole("control", 0, 0, 100),
            "series": self._matching("series", _CODE, "a series' name") if "series" in self._given else "",
            "broken": self._choice("broken", Broken, Broken.WARN),
            "marketing": marketing,
        }

    def _fault(self, path: Path, words: str, column: int = 0) -> None:
        line, begins = self._lines.at(path)
        self.faults.append(Fault(line, begins + column if column else 0, words))

    def _typed(self, key: str, kind: type, usual: Any, expected: str) -> Any:
        value = self._given.get(key, usual)
        if type(value) is not kind:
            self._fault((key,), f"{key}: expected {expected}, got {str(value)[:60]!r}")
            return usual
        return value

    def _whole(self, key: str, usual: int, least: int, most: int) -> int:
        expected = f"a whole number from {least} to {most}"
        value: int = self._typed(key, int, usual, expected)
        if not least <= value <= most:
            self._fault((key,), f"{key}: expected {expected}, got {value}")
        return value

    def _matching(self, key: str, pattern: re.Pattern[str], expected: str) -> str:
        value: str = self._typed(key, str, "", expected)
        if not pattern.fullmatch(value) and not any(
            fault.words.startswith(f"{key}:") for fault in self.faults
        ):
            self._fault((key,), f"{key}: expected {expected}, got {value[:60]!r}")
        return value

    def _name(self) -> str:
        value: str = self._typed("name", str, "", "a name in words")
        if not printable(value) or printable(value) != value or len(value) > 80:
            self._fault(("name",), f"name: expected one line of at most 80 characters, got {value[:90]!r}")
        return value

    def _choice(self, key: str, kind: type[_Choice], usual: _Choice) -> _Choice:
        value = self._given.get(key, usual.value)
        if not isinstance(value, str) or value not in set(kind):
            self._fault((key,), f"{key}: expected {' or '.join(kind)}, got {str(value)[:60]!r}")
            return usual
        return kind(value)

    def _rule(self, marketing: bool) -> Any:
        text: str = self._typed("who", str, "", "a rule in quotes")
        try:
            rule = parse_rule(text)
        except RuleError as error:
            self._fault(("who",), f"who: {error.words}", error.column)
            return parse_rule("")
        past = sorted(rule.asks & PERSONAL)
        if past and not marketing:
            self._fault(("who",), f"who: {_needs_consent(past)}")
        return rule

    def _templates(self) -> dict[str, str]:
        given = self._given.get("templates")
        if not isinstance(given, dict) or not given:
            self._fault(
                ("templates",), 'expected [templates] with a text for each language, such as en = """…"""'
            )
            return {}
        for language, text in given.items():
            if not isinstance(text, str):
                self._fault(("templates", language), f"template {language}: expected text in quotes")
            if not _LANGUAGE.fullmatch(language):
                words = f"expected a language such as {primary(language)[:2] or 'en'}, got {language[:20]!r}"
                self._fault(("templates", language), words)
        return {language: str(text) for language, text in given.items()}

    def _instant(self, key: str, *, end: bool) -> datetime | None:
        value = self._given.get(key)
        if value is None or self._zone is None:
            return None
        try:
            return _instant(value, self._zone, end=end)
        except (ValueError, OverflowError):
            words = f"{key}: expected a date such as 2026-12-24 or a time, without quotes, got {str(value)[:40]!r}"
            self._fault((key,), words)
            return None


def _instant(value: object, zone: tzinfo, *, end: bool) -> datetime:
    """A TOML date or time as a UTC instant; as an end a date is the midnight after it."""
    if isinstance(value, datetime):
        return (value if value.tzinfo else value.replace(tzinfo=zone)).astimezone(UTC)
    if isinstance(value, date):
        day = value + timedelta(days=1) if end else value
        return datetime.combine(day, time(), zone).astimezone(UTC)
    raise ValueError(f"expected a date, got {value!r}")


class _Lines:
    """Where the values of a TOML file stand."""

    def __init__(self, text: str) -> None:
        self._places = dict(_places(text))

    def at(self, path: Path) -> tuple[int, int]:
        """(line, column before which a value's text begins) of a value, of its table, or of the file."""
        line, column, _ = self._places.get(path) or self._places.get(path[:1]) or (1, 0, False)
        return line, column

    def text_of(self, path: Path) -> int:
        """The line on which the text of a value begins."""
        line, _, below = self._places.get(path, (1, 0, False))
        return line + below


def _places(text: str) -> Iterator[tuple[Path, tuple[int, int, bool]]]:
    """(path, (line, column, whether the text begins a line below)) of every key that stands by itself."""
    table: Path = ()
    closing = ""
    for number, line in enumerate(text.split("\n"), 1):
        if closing:
            closing = "" if closing in line else closing
        elif match := _TABLE.match(line):
            table = (match[1],)
            yield table, (number, 0, False)
        elif match := _KEY.match(line):
            value = line[match.end() :]
            quotes = next((mark for mark in ('"""', "'''") if value.startswith(mark)), "")
            closing = quotes if quotes and quotes not in value[3:] else ""
            opening = len(quotes) or int(value[:1] in ("'", '"'))
            yield (
                (*table, *filter(None, match.groups())),
                (number, match.end() + opening, bool(closing) and not value[3:].strip()),
            )
