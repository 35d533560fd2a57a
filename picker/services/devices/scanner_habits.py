"""What the scanner doctor has learnt of this station's keyboard scanner, kept in a file of the station."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class SavedTranslation:
    """From the characters that arrive to those of the barcode, and in words why they differ."""

    why: str = ""
    translation: Mapping[str, str] = field(default_factory=dict)


def saved_translation(home: Path) -> SavedTranslation:
    """Return what is kept in a station's folder; nothing when there is no such file, or not one of ours."""
    try:
        document = json.loads(_file(home).read_text("utf-8"))
        pairs = dict(document["translation"]).items()
        return SavedTranslation(
            str(document["why"]), {str(typed)[:1]: str(meant)[:1] for typed, meant in pairs}
        )
    except (OSError, ValueError, KeyError, TypeError):
        return SavedTranslation()


def keep(home: Path, lesson: SavedTranslation) -> Path:
    """Keep what was learnt in place of what was before; returns the file. Raises OSError."""
    file = _file(home)
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_suffix(".part")
    document = {"why": lesson.why, "translation": dict(lesson.translation)}
    part.write_text(json.dumps(document, ensure_ascii=False, indent=1), "utf-8")
    part.replace(file)
    return file


def forget(home: Path) -> bool:
    """Forget it; returns whether there was anything. Raises OSError."""
    there = _file(home).exists()
    _file(home).unlink(missing_ok=True)
    return there


def _file(home: Path) -> Path:
    return home / "scanner.json"
