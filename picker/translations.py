"""What a station says in a packer's language, and what there is to say."""

import re
from collections.abc import Mapping
from functools import cache

from picker.flow.sentences import CATALOGUE
from picker.locale import texts
from picker.locale.words import WORDS


def english() -> dict[str, str]:
    """Return what a language has to say, in English: every message, and every word of the station's screens."""
    words = {key: text for key, text in WORDS.items() if not key.startswith("ui.lead.")}
    return {key: text for key, (_, text) in CATALOGUE.items()} | words


@cache
def translations(language: str) -> Mapping[str, str]:
    """Return the texts of a language, "zh" for "zh-CN" too; what is not in it is said in English.

    A text whose parameters aren't those of the English one is left out: it would hide what the packer needs.
    """
    expected = english()
    try:
        found = texts(language)
    except (OSError, ValueError):
        return {}  # a station speaks English rather than not at all
    return {
        key: text
        for key, text in found.items()
        if key in expected and parameters(text) == parameters(expected[key])
    }


def parameters(text: str) -> frozenset[str]:
    """Return the names in braces."""
    return frozenset(re.findall(r"\{(\w+)\}", text))
