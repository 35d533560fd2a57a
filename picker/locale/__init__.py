"""The packers' languages: one file each, from the keys of the messages and of the screens' words to their texts."""

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from picker.flow.messages import CATALOGUE
from picker.tui.words import WORDS
from printing.words import base

_FOLDER = Path(__file__).parent

LANGUAGES = ("en", *sorted(file.stem for file in _FOLDER.glob("*.json")))


def english() -> dict[str, str]:
    """Return what a language has to say, in English: every message, and every word of the station's screens."""
    words = {key: text for key, text in WORDS.items() if not key.startswith("ui.lead.")}
    return {key: text for key, (_, text) in CATALOGUE.items()} | words


def known(language: str) -> str:
    """Return a language that stations speak. Raises ValueError for any other."""
    if base(language) not in LANGUAGES:
        raise ValueError(f"Unknown language {language!r}: expected one of {', '.join(LANGUAGES)}")
    return language


@cache
def translations(language: str) -> Mapping[str, str]:
    """Return the texts of a language, "zh" for "zh-CN" too; what is not in it is said in English.

    A text whose parameters aren't those of the English one is left out: it would hide what the packer needs.
    """
    if base(language) not in LANGUAGES[1:]:
        return {}
    try:
        read = json.loads((_FOLDER / f"{base(language)}.json").read_text("utf-8"))
    except (OSError, ValueError):
        return {}  # a station speaks English rather than not at all
    expected = english()
    return {
        key: str(text)
        for key, text in read.items()
        if key in expected and parameters(str(text)) == parameters(expected[key])
    }


def parameters(text: str) -> frozenset[str]:
    """Return the names in braces."""
    return frozenset(re.findall(r"\{(\w+)\}", text))
