"""What is said in a language: its texts, and English where one is missing."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from picker.locale import ENGLISH, LANGUAGES, Texts, base, texts


@dataclass(frozen=True, slots=True)
class Translations:
    """The texts of a language by their keys; every key has one."""

    language: str
    texts: Mapping[str, str]


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
    fit = {
        key: said
        for key, said in catalogue.items()
        if key in meant and parameters(said) == parameters(meant[key])
    }
    return Translations(spoken, meant | fit)


def parameters(text: str) -> frozenset[str]:
    """Return the names in braces."""
    return frozenset(re.findall(r"\{(\w+)\}", text))
