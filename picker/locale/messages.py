"""Messages to people: a sentence by its key, and what it is about.

A sentence stands in `en.json` and in every other language's file under the same key, with its parameters in braces;
`render` fills them from `Message.params` with plain replacement, so that a parameter can never act as a format string.
"""

import re
from dataclasses import dataclass

from picker.locale import ENGLISH
from picker.locale.severity import Severity, severity_of
from picker.locale.translations import Translations, english, translations


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence by key and parameters; its words are made at the edge."""

    key: str
    params: tuple[tuple[str, "str | Message"], ...] = ()

    @property
    def severity(self) -> Severity:
        """How it is shown and sounded."""
        return severity_of(self.key)


def say(key: str, **params: object) -> Message:
    """Return the message `key` with its parameters as text. Raises KeyError for an unknown key."""
    if key not in english():
        raise KeyError(f"Unknown message {key!r}: expected a key of en.json")
    return Message(key, tuple((n, v if isinstance(v, Message) else str(v)) for n, v in params.items()))


def render(message: Message, catalogue: Translations | None = None) -> str:
    """Return the words of a message in a language, in English if none is given.

    A parameter may be a message itself, or a key of one (a reason, an option).
    """
    catalogue = catalogue or translations(ENGLISH)
    params = {name: _words(value, catalogue) for name, value in message.params}
    return re.sub(r"\{(\w+)\}", lambda hit: params.get(hit[1], hit[0]), catalogue.texts[message.key])


def word(key: str, catalogue: Translations | None = None, **params: object) -> str:
    """Return the words of a message at once: a label, a heading. Raises KeyError for an unknown key."""
    return render(say(key, **params), catalogue)


def _words(value: str | Message, catalogue: Translations) -> str:
    if isinstance(value, Message):
        return render(value, catalogue)
    return (
        render(Message(value), catalogue)
        if value.startswith("reason.") and value in catalogue.texts
        else value
    )
