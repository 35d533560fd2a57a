"""Letters of three by five dots, drawn large with block characters."""

from functools import lru_cache

_DOTS = {
    "A": "### #.# ### #.# #.#",
    "B": "##. #.# ##. #.# ##.",
    "C": "### #.. #.. #.. ###",
    "D": "##. #.# #.# #.# ##.",
    "E": "### #.. ##. #.. ###",
    "F": "### #.. ##. #.. #..",
    "G": "#### #... #.## #..# ####",
    "H": "#.# #.# ### #.# #.#",
    "I": "# # # # #",
    "J": "..# ..# ..# #.# ###",
    "K": "#..# #.#. ##.. #.#. #..#",
    "L": "#.. #.. #.. #.. ###",
    "M": "#...# ##.## #.#.# #...# #...#",
    "N": "#..# ##.# #.## #..# #..#",
    "O": "### #.# #.# #.# ###",
    "P": "### #.# ### #.. #..",
    "Q": "###. #.#. #.#. #.#. ####",
    "R": "### #.# ##. #.# #.#",
    "S": "### #.. ### ..# ###",
    "T": "### .#. .#. .#. .#.",
    "U": "#.# #.# #.# #.# ###",
    "V": "#.# #.# #.# #.# .#.",
    "W": "#...# #...# #.#.# ##.## #...#",
    "X": "#.# #.# .#. #.# #.#",
    "Y": "#.# #.# .#. .#. .#.",
    "Z": "### ..# .#. #.. ###",
    "Б": "### #.. ### #.# ###",
    "Г": "### #.. #.. #.. #..",
    "Д": "..##. .#.#. .#.#. ##### #...#",
    "Ж": "#.#.# #.#.# .###. #.#.# #.#.#",
    "З": "### ..# .## ..# ###",
    "И": "#..# #..# #.## ##.# #..#",
    "Й": ".##. #..# #.## ##.# #..#",
    "Л": ".### .#.# .#.# .#.# #..#",
    "П": "### #.# #.# #.# #.#",
    "У": "#.# #.# ### ..# ##.",
    "Ф": "##### #.#.# ##### ..#.. ..#..",
    "Ц": "#.#. #.#. #.#. #### ...#",
    "Ч": "#.# #.# ### ..# ..#",
    "Ш": "#.#.# #.#.# #.#.# #.#.# #####",
    "Щ": "#.#.#. #.#.#. #.#.#. ###### .....#",
    "Ъ": "##.. .#.. .### .#.# .###",
    "Ы": "#...# #...# ###.# #.#.# ###.#",
    "Ь": "#.. #.. ### #.# ###",
    "Э": "##. ..# .## ..# ##.",
    "Ю": "#.### #.#.# ###.# #.#.# #.###",
    "Я": "### #.# ### .## #.#",
    "0": "### #.# #.# #.# ###",
    "1": ".# ## .# .# .#",
    "2": "### ..# ### #.. ###",
    "3": "### ..# ### ..# ###",
    "4": "#.# #.# ### ..# ..#",
    "5": "### #.. ### ..# ###",
    "6": "### #.. ### #.# ###",
    "7": "### ..# ..# .#. .#.",
    "8": "### #.# ### #.# ###",
    "9": "### #.# ### ..# ###",
    "-": "... ... ### ... ...",
    "_": "... ... ... ... ###",
    ".": ". . . . #",
    ":": ". # . # .",
    "/": "..# ..# .#. #.. #..",
    "#": "#.# ### #.# ### #.#",
    "+": "... .#. ### .#. ...",
    " ": ".. .. .. .. ..",
    "×": "... #.# .#. #.# ...",
    "…": "..... ..... ..... ..... #.#.#",
    "✔": "....# ...## #.##. ###.. .#...",
    "✖": "#...# .#.#. ..#.. .#.#. #...#",
    "▲": "..#.. ..#.. .###. .###. #####",
    "■": "##### ##### ##### ##### #####",
    "●": ".###. ##### ##### ##### .###.",
}
_DOTS |= {cyrillic: _DOTS[latin] for cyrillic, latin in zip("АВЕЁКМНОРСТХ", "ABEEKMHOPCTX", strict=True)}
_HALVES = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}

LOW, TALL = 3, 5
"""Rows that a text takes: two dots to a row, or one dot to a row and two columns."""


@lru_cache(maxsize=512)
def large(text: str, rows: int, width: int) -> tuple[str, ...] | None:
    """Return `text` as 3 or 5 rows of block characters; `None` when a character has no dots, or it is too wide.

    A text that is too wide for 5 rows is tried with 3.
    """
    glyphs = [_DOTS.get(char) for char in text.upper()]
    if not text or not all(glyphs):
        return None
    dots = [".".join(row) for row in zip(*(glyph.split() for glyph in glyphs if glyph), strict=True)]
    drawn = _tall(dots) if rows >= TALL else _low(dots)
    if len(drawn[0]) <= width:
        return drawn
    return large(text, LOW, width) if rows >= TALL else None


def _tall(dots: list[str]) -> tuple[str, ...]:
    return tuple("".join("██" if dot == "#" else "  " for dot in row) for row in dots)


def _low(dots: list[str]) -> tuple[str, ...]:
    pairs = [(dots[0], dots[1]), (dots[2], dots[3]), (dots[4], "." * len(dots[4]))]
    return tuple(
        "".join(_HALVES[a == "#", b == "#"] for a, b in zip(upper, lower, strict=True))
        for upper, lower in pairs
    )
