"""Patterns of lots and serial numbers: regular expressions small enough that none can take long.

A pattern is a list of alternatives divided by `|`, each a row of single characters: letters, digits, `-`,
`_`, `/`, `#`, a blank, `.` for any, `\\d`, an escaped sign, or a class such as `[A-Z0-9]`, each of which may be
repeated by `?`, `*`, `+`, `{3}` or `{2,5}`. Without groups, and with few repetitions of open length, a value
of twenty characters is matched or refused in some thousand steps at most; with all that `re` knows it can
take years (catastrophic backtracking, OWASP "ReDoS").
"""

import re

LONGEST = 80
"""Characters of a pattern."""
MOST_OPEN = 3
"""Repetitions of open length in one alternative."""

_SIGN = r"[A-Za-z0-9_/# -]|\\d|\\[.\-/+*?()\[\]|#]|\."
_CLASS = r"\[(?:[A-Za-z0-9]-[A-Za-z0-9]|[A-Za-z0-9_/# .])+-?\]"
_OPEN = re.compile(rf"(?:{_SIGN}|{_CLASS})(?:[?*+]|\{{[0-9]{{1,2}},[0-9]{{1,2}}\}})")
_ROW = re.compile(rf"(?:(?:{_SIGN}|{_CLASS})(?:[?*+]|\{{[0-9]{{1,2}}(?:,[0-9]{{1,2}})?\}})?)+")
EXPECTED = r"a pattern such as L\d{6} or [A-Z]{2}-\d{4,8}|X\d+"


def is_pattern(text: str) -> bool:
    """Whether a text is a pattern of this kind."""
    if not text or len(text) > LONGEST:
        return False
    for row in re.split(r"(?<!\\)\|", text):
        if not _ROW.fullmatch(row) or len(_OPEN.findall(row)) > MOST_OPEN:
            return False
    try:
        re.compile(text, re.ASCII)
    except re.error:  # [z-a], {5,2}
        return False
    return True
