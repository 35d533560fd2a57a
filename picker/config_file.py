"""`picker.toml`: every key in it must be known, and a refusal says where the value came from."""

import os
import tomllib
from collections.abc import Collection, Mapping
from difflib import get_close_matches
from pathlib import Path

from pydantic import ValidationError

from picker.errors import Mistake

PREFIX = "PICKER_"


class SettingsError(Mistake):
    """A setting that can't be used; the text names the file and key, or the variable, it came from."""


def read_toml(file: Path, known: Collection[str]) -> dict[str, object]:
    """Return what the file sets, nothing when there is no such file.

    Raises SettingsError when it can't be read, isn't TOML, or sets what isn't known.
    """
    try:
        tables = tomllib.loads(file.read_text("utf-8-sig"))
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise SettingsError(f"{file} can't be read: {error.strerror}") from None
    except ValueError as error:
        raise SettingsError(f'{file}: expected lines such as station = "PACK-1", got: {error}') from None
    for key in tables:
        if key not in known:
            raise SettingsError(f"{file}: there is no setting {key!r:.80}{_nearest(key, known)}")
    return tables


def refusal(error: ValidationError, given: Mapping[str, object], file: Path) -> SettingsError:
    """Return the first error of the settings in words; `given` is what the command line said."""
    first = error.errors()[0]
    key = str(first["loc"][0])
    if key in given:
        place = f"--{key}"
    elif (variable := PREFIX + key.upper()) in os.environ:
        place = variable
    else:
        place = f"{file}: {key}"
    got = f", got {first['input']!r:.80}"
    return SettingsError(f"{place}: {first['msg'].removeprefix('Value error, ').removesuffix(got)}{got}")


def _nearest(key: str, known: Collection[str]) -> str:
    near = get_close_matches(key.casefold().replace("-", "_"), known, n=1)
    return f"; did you mean {near[0]}?" if near else f"; known are {', '.join(known)}"
