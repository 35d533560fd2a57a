"""One thing the doctor looked at."""

from dataclasses import dataclass

from picker.locale.messages import Message


@dataclass(frozen=True, slots=True)
class Finding:
    """Whether it is well, what was looked at, and a sentence that says what to do if not: in English, and where
    packers see it as a message for their language.
    """

    ok: bool
    topic: str
    words: str
    message: Message | None = None
