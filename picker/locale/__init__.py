"""The languages that stations speak: one file each, English too, from the keys of messages to their texts."""

import json
from pathlib import Path

_FOLDER = Path(__file__).parent

ENGLISH = "en"
LANGUAGES = (ENGLISH, *sorted({file.stem for file in _FOLDER.glob("*.json")} - {ENGLISH}))

Texts = dict[str, str]


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
    return {key: str(text) for key, text in read.items()}
