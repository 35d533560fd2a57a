"""Messages as events keep them, and the words of a reason."""

from contextlib import suppress
from typing import TYPE_CHECKING

from picker.locale.messages import Message, say
from picker.locale.translations import english

if TYPE_CHECKING:
    from picker.flow.events import Parts

_LONGEST = 200
"""Characters of a parameter that the log keeps."""


def parts(message: Message) -> "Parts":
    """Return the parameters of a message as an event keeps them."""
    return tuple(
        (name, (value.key, parts(value)) if isinstance(value, Message) else str(value)[:_LONGEST])
        for name, value in message.params
    )


def from_parts(key: str, parts: "Parts") -> Message:
    """Return the message that an event keeps. Raises KeyError for a key that no language knows any more."""
    if key not in english():
        raise KeyError(f"Unknown message {key!r}: expected a key of en.json")
    return Message(
        key, tuple((name, value if isinstance(value, str) else from_parts(*value)) for name, value in parts)
    )


def stored_message(value: object) -> Message | None:
    """Return the message that was kept in JSON as its key and its parts; None for anything else."""
    match value:
        case [str(key), list(kept)]:
            with suppress(KeyError, TypeError, ValueError):
                return from_parts(key, kept)  # type: ignore[arg-type]  # lists, where an event has tuples
    return None


def reason(key: str) -> str | Message:
    """Return a reason in words: of the catalogue when it knows the key, else as it came from outside."""
    name = f"reason.{key}"
    return say(name) if name in english() else key
