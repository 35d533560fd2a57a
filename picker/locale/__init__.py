"""The languages that stations speak: one file each, English too, from the keys of messages to their texts."""

import json
from pathlib import Path

_FOLDER = Path(__file__).parent

ENGLISH = "en"
LANGUAGES = (ENGLISH, *sorted({file.stem for file in _FOLDER.glob("*.json")} - {ENGLISH}))

Text = str | dict[str, str]
"""A sentence; or, where `{count}` changes its words, one for each plural form of the language (CLDR)."""
Texts = dict[str, Text]


def base(language: str) -> str:
    """Return the language of a region: "zh" of "zh-CN" and "zh_Hans"."""
    return language.replace("_", "-").partition("-")[0].lower()


def known(language: str) -> str:
    """Return a language that stations speak, such as "zh" or "zh-CN". Raises ValueError for any other."""
    if base(language) not in LANGUAGES:
        raise ValueError(f"Unknown language {language!r}: expected one of {', '.join(LANGUAGES)}")
    return language


def texts(language: str) -> Texts:
    """Return what the file of a language says, nothing for a stranger's. Raises OSError and ValueError."""
    if base(language) not in LANGUAGES:
        return {}
    read = json.loads((_FOLDER / f"{base(language)}.json").read_text("utf-8"))
    return {key: text for key, text in read.items() if _is_text(text)}


def _is_text(read: object) -> bool:
    forms = read.values() if isinstance(read, dict) else (read,)
    return all(isinstance(form, str) for form in forms)
