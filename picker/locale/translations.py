"""What is said in a language: its texts, and English where one is missing."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

from picker.locale import ENGLISH, LANGUAGES, Text, Texts, base, texts
from picker.locale.figures import OTHER, number, plural

HOLE = re.compile(r"\{(\w+)(?::([\w.]+))?\}")
"""A parameter in a sentence; `{left:counted.days}` is a number said with its word, by that key."""


@dataclass(frozen=True, slots=True)
class Translations:
    """The texts of a language by their keys; every key has one."""

    language: str
    texts: Mapping[str, Text]
    bare: bool = False
    """For machines: numbers are digits alone."""

    def text(self, key: str, count: int | None) -> str:
        """Return the sentence for a key, in the form that `count` takes where its number changes the words."""
        said = self.texts[key]
        if isinstance(said, str):
            return said
        form = OTHER if count is None else plural(self.language, count)
        return said.get(form) or said[OTHER]

    def number(self, value: int) -> str:
        """Return a number as this language writes it."""
        return str(value) if self.bare else number(self.language, value)


@cache
def english() -> Texts:
    """Return what there is to say, in English."""
    return texts(ENGLISH)


@cache
def translations(language: str) -> Translations:
    """Return what is said in a language, "zh" for "zh-CN" too; English for a stranger's and for what is missing.

    A text whose parameters aren't those of the English one is left out: it would hide what the packer needs.
    """
    spoken, meant = base(language) if base(language) in LANGUAGES else ENGLISH, english()
    try:
        catalogue = texts(spoken)
    except (OSError, ValueError):
        return Translations(ENGLISH, meant)  # a station speaks English rather than not at all
    fit = {key: said for key, said in catalogue.items() if key in meant and _as_meant(said, meant[key])}
    return Translations(spoken, meant | fit)


@cache
def bare(language: str) -> Translations:
    """Return what is said to machines in a language."""
    return replace(translations(language), bare=True)


def forms(text: Text) -> tuple[str, ...]:
    """Return every form of a sentence."""
    return (text,) if isinstance(text, str) else tuple(text.values())


def parameters(text: str) -> frozenset[str]:
    """Return the names in braces."""
    return frozenset(name for name, _ in HOLE.findall(text))


def _as_meant(said: Text, meant: Text) -> bool:
    """Whether every form has the parameters of the English sentence, and one stands for any count."""
    named = parameters(forms(meant)[-1])
    whole = isinstance(said, str) or OTHER in said
    return whole and all(parameters(form) == named for form in forms(said))
