"""Messages to people: a sentence by its key, and what it is about.

A sentence stands in `en.json` and in every other language's file under the same key, with its parameters in braces;
`render` fills them from `Message.params` with plain replacement, so that a parameter can never act as a format string.
Where `{count}` changes the words, the files have one sentence for each plural form; `{left:counted.days}` is a number
with its word, which has such forms.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from picker.amounts import amount
from picker.locale import ENGLISH, figures
from picker.locale.severity import Severity, severity_of
from picker.locale.translations import HOLE, Translations, english, translations


@dataclass(frozen=True, slots=True)
class Money:
    """An amount, in hundredths of an ISO 4217 currency, "" where that is not known."""

    cents: int
    currency: str

    def __str__(self) -> str:
        return f"{amount(self.cents)} {self.currency}".rstrip()


@dataclass(frozen=True, slots=True)
class Sides:
    """Lengths in mm that belong together: of a box, of goods."""

    mm: tuple[int, ...]

    def __str__(self) -> str:
        return " x ".join(map(str, self.mm))


Filler: TypeAlias = "str | int | Money | Sides | datetime | Message"
"""What fills a parameter. Numbers, money and moments are written as the reader's language does."""


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence by key and parameters; its words are made at the edge."""

    key: str
    params: tuple[tuple[str, Filler], ...] = ()

    @property
    def severity(self) -> Severity:
        """How it is shown and sounded."""
        return severity_of(self.key)


def say(key: str, **params: object) -> Message:
    """Return the message `key` with its parameters. Raises KeyError for an unknown key."""
    if key not in english():
        raise KeyError(f"Unknown message {key!r}: expected a key of en.json")
    return Message(key, tuple((name, _filler(key, name, value)) for name, value in params.items()))


def render(message: Message, catalogue: Translations | None = None) -> str:
    """Return the words of a message in a language, in English if none is given.

    A parameter may be a message itself, or a key of one (a reason, an option).
    """
    catalogue, fillers = catalogue or translations(ENGLISH), dict(message.params)
    text = catalogue.text(message.key, _count(fillers.get("count")))

    def filled(hole: re.Match[str]) -> str:
        name, counted = hole.groups()
        if name not in fillers:
            return hole[0]
        value = fillers[name]
        return _words(Message(counted, (("count", value),)) if counted else value, catalogue)

    return HOLE.sub(filled, text)


def word(key: str, catalogue: Translations | None = None, **params: object) -> str:
    """Return the words of a message at once: a label, a heading. Raises KeyError for an unknown key."""
    return render(say(key, **params), catalogue)


def _filler(key: str, name: str, value: object) -> Filler:
    """What fills a parameter; the tests see here that no English prose does (`tests/fillers.py`)."""
    return value if isinstance(value, int | Money | Sides | datetime | Message) else str(value)


def _count(value: "Filler | None") -> int | None:
    """A count, read back from the log too, where it is text."""
    if isinstance(value, str) and value.isdecimal():
        return int(value)
    return value if isinstance(value, int) else None


def _words(value: Filler, catalogue: Translations) -> str:
    match value:
        case Message():
            return render(value, catalogue)
        case int():
            return catalogue.number(value)
        case Money():
            return (
                str(value)
                if catalogue.bare
                else figures.money(catalogue.language, value.cents, value.currency)
            )
        case Sides():
            return " x ".join(map(catalogue.number, value.mm))
        case datetime():
            return value.isoformat() if catalogue.bare else figures.moment(catalogue.language, value)
        case str():
            return (
                render(Message(value), catalogue)
                if value.startswith("reason.") and value in catalogue.texts
                else value
            )
