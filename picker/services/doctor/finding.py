"""One thing the doctor looked at."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """Whether it is well, what was looked at, and a sentence that says what to do if not."""

    ok: bool
    topic: str
    words: str
