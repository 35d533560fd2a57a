"""What can be wrong with a scanner, by name."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Fault(StrEnum):
    """What can be wrong with a scanner at a keyboard or a line."""

    NOTHING = "nothing"
    OTHER_CODE = "other_code"
    INPUT_METHOD = "input_method"
    NUM_LOCK = "num_lock"
    ALT_CODES = "alt_codes"
    LAYOUT = "layout"
    DEAD_KEY = "dead_key"
    CAPS_LOCK = "caps_lock"
    LOWER_CASE = "lower_case"
    UPPER_CASE = "upper_case"
    LOST = "lost"
    DOUBLED = "doubled"
    CHANGED = "changed"
    ADDED = "added"
    NO_SUFFIX = "no_suffix"
    EXTRA_SUFFIX = "extra_suffix"
    PREFIX = "prefix"
    MAKERS_PREFIX = "makers_prefix"
    GS_LOST = "gs_lost"
    GS_OTHER = "gs_other"
    AIM_OFF = "aim_off"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong. `detail` is a layout's name, or the characters that came; `translation` mends it."""

    fault: Fault
    detail: str = ""
    translation: Mapping[str, str] = field(default_factory=dict)
