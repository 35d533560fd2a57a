"""A packing policy in a lead's words: a TOML file of all of it, or one setting on a command line."""

import re
import tomllib
from collections import Counter
from collections.abc import Sequence
from json import dumps

from picker.services.packing.policy_document import Path, PolicyDocument, PolicyError, document_of

_TABLE = re.compile(r"\s*\[\[\s*([A-Za-z_]+)\s*\]\]")
_KEY = re.compile(r"\s*([A-Za-z_]+)\s*=")
_YES_NO: dict[str, object] = {"yes": True, "true": True, "no": False, "false": False}


def toml_of(document: PolicyDocument) -> str:
    """Return a document as TOML that `read_toml` takes; what sets no limit is left out."""
    body = {key: value for key, value in document.body().items() if value is not None}
    lines = [f"{key} = {_toml(value)}" for key, value in body.items() if not _is_table(value)]
    for key, value in body.items():
        for part in value if isinstance(value, list) and _is_table(value) else ():
            lines += ["", f"[[{key}]]", *(f"{name} = {_toml(inner)}" for name, inner in part.items())]
    return "\n".join(lines)


def _is_table(value: object) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


def _toml(value: object) -> str:
    """JSON writes numbers, lists, yes and no and names without control characters exactly as TOML does."""
    return dumps(value, ensure_ascii=False)


def read_toml(text: str) -> PolicyDocument:
    """Return the document a TOML text holds. Raises PolicyError that names lines and fields."""
    try:
        return document_of(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise PolicyError(f"expected TOML, got something else: {error}") from None
    except PolicyError as error:
        said = (f"line {_line(text, path)}, {words}" if path else words for path, words in error.faults)
        raise PolicyError("; ".join(said), error.faults) from None


def _line(text: str, path: Path) -> int:
    """The line, from 1, on which a field is set, or else its table begins; 0 where neither stands by itself."""
    tables: Counter[str] = Counter()
    here: Path = ()
    begins = 0
    for number, line in enumerate(text.splitlines(), 1):
        if (table := _TABLE.match(line)) is not None:
            here = (table[1], tables[table[1]])
            tables[table[1]] += 1
            begins = number if here == path[:2] else begins
        elif (key := _KEY.match(line)) is not None and (*here, key[1]) == path[: len(here) + 1]:
            return number
    return begins


def with_setting(document: PolicyDocument, key: str, words: Sequence[str]) -> PolicyDocument:
    """Return a document with one setting changed, in the words of a command line. Raises PolicyError.

    none takes a limit away or empties a list, all sends every class of dangerous goods.
    """
    if key not in PolicyDocument.model_fields:
        known = ", ".join(PolicyDocument.model_fields)
        raise PolicyError(f"expected a setting of the policy ({known}), got {key!r}")
    return document_of({**document.body(), key: _value(key, list(words))})


def _value(key: str, words: list[str]) -> object:
    text = " ".join(words)
    match key:
        case "materials":
            return [_material(word) for word in words]
        case "void_fills":
            return [_fill(word) for word in words]
        case "apart":
            return [] if text == "none" else [_pair(word) for word in words]
        case "hazmat_classes":
            return {"all": None, "none": []}.get(text, words)
        case "stable":
            return _YES_NO.get(text, text)
        case "cushioning" | "objective":
            return text
    return None if text == "none" else _whole(text)


def _material(word: str) -> dict[str, object]:
    parts = word.split(":")
    if len(parts) != 3:
        raise PolicyError(
            f"materials: expected NAME:PADDING:WALL in mm such as paper:0,5,20,50:0,0,10,20, got {word!r}"
        )
    name, padding, wall = parts
    return {
        "name": name,
        "padding_mm": [_whole(side) for side in padding.split(",")],
        "wall_mm": [_whole(side) for side in wall.split(",")],
    }


def _fill(word: str) -> dict[str, object]:
    name, _, cents = word.rpartition(":")
    return {"name": name, "cents_per_litre": _whole(cents)}


def _pair(word: str) -> list[str]:
    pair = word.split("/")
    if len(pair) != 2:
        raise PolicyError(f"apart: expected GROUP/GROUP such as food/chemical, got {word!r}")
    return pair


def _whole(text: str) -> object:
    """A whole number, or the text itself, which the document then refuses with these very words."""
    return int(text) if re.fullmatch(r"[0-9]{1,9}", text.strip()) else text
