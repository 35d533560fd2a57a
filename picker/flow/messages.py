"""Messages to operators: a sentence of the catalogue by its key, and what it is about.

Texts name their parameters in braces; `render` fills them from `Message.params` with plain
replacement, so that a parameter can never act as a format string. Translations live beside the
product as dictionaries from the same keys.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from picker.flow.events import Parts
from picker.flow.sentences import CATALOGUE
from picker.flow.severity import Severity

_LONGEST = 200
"""Characters of a parameter that the log keeps."""


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence by key and parameters; its words are made at the edge."""

    key: str
    params: tuple[tuple[str, "str | Message"], ...] = ()

    @property
    def severity(self) -> Severity:
        """The severity its catalogue entry declares."""
        return CATALOGUE[self.key][0]


def say(key: str, **params: object) -> Message:
    """Return the message `key` with its parameters as text. Raises KeyError for an unknown key."""
    if key not in CATALOGUE:
        raise KeyError(f"Unknown message {key!r}: expected a key of the catalogue")
    return Message(key, tuple((n, v if isinstance(v, Message) else str(v)) for n, v in params.items()))


def parts(message: Message) -> Parts:
    """Return the parameters of a message as an event keeps them."""
    return tuple(
        (name, (value.key, parts(value)) if isinstance(value, Message) else value[:_LONGEST])
        for name, value in message.params
    )


def from_parts(key: str, kept: Parts) -> Message:
    """Return the message that an event keeps. Raises KeyError for a key that is no longer in the catalogue."""
    params = {name: value if isinstance(value, str) else from_parts(*value) for name, value in kept}
    return say(key, **params)


def reason(key: str) -> "str | Message":
    """Return a reason in words: of the catalogue when it knows the key, else as it came from outside."""
    name = f"reason.{key}"
    return say(name) if name in CATALOGUE else key


def render(message: Message, translations: Mapping[str, str] | None = None) -> str:
    """Return the words of a message; a translation that lacks the key falls back to English.

    A parameter may be a message itself, or a key of the catalogue (a reason, an option).
    """
    text = (translations or {}).get(message.key) or CATALOGUE[message.key][1]
    params = {name: _words(value, translations) for name, value in message.params}
    return re.sub(r"\{(\w+)\}", lambda hit: params.get(hit[1], hit[0]), text)


def _words(value: str | Message, translations: Mapping[str, str] | None) -> str:
    if isinstance(value, Message):
        return render(value, translations)
    return (
        render(Message(value), translations) if value.startswith("reason.") and value in CATALOGUE else value
    )
