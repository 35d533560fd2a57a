"""Reading an EAN-13 by fitting its waveform: for codes too blurred or small for their edges to be told apart.

Where edge-based decoders measure widths of bars, this one compares the grey values across the bars with those
that every digit would give (deformable templates, after Gallo and Manduchi, "Reading 1D barcodes with mobile
phones using deformable templates", IEEE PAMI 2011). The places of the digits are found together by dynamic
programming; of all codes with a valid check digit the best and the second best are told apart by `margin`.
Of noise, text, stripes and other symbols there always is a best one too, but with hardly a margin.
"""

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Grey = NDArray[np.uint8]
    Floats = NDArray[np.float32]

_SAMPLES = 4  # of the waveform a module
_MODULES = 95
_DIGITS = 12  # that are drawn; the first of the 13 is told by the kinds of the left six
# GS1 General Specifications, 5.2.1: left digits of set A; sets C and B are its inverse and that mirrored.
_SET_A = [
    "0001101",
    "0011001",
    "0010011",
    "0111101",
    "0100011",
    "0110001",
    "0101111",
    "0111011",
    "0110111",
    "0001011",
]
_SET_C = [bits.translate(str.maketrans("01", "10")) for bits in _SET_A]
_SET_B = [bits[::-1] for bits in _SET_C]
_FIRST = ["AAAAAA", "AABABB", "AABBAB", "AABBBA", "ABAABB", "ABBAAB", "ABBBAA", "ABABAB", "ABABBA", "ABBABA"]

_LENGTHS = (25, 26, 27, 28, 29, 30, 31)  # samples a digit may take: labels are curved and seen askew
_COARSE_LENGTHS = (26, 28, 30)
_MIDDLES = (18, 19, 20, 21, 22)
_STRETCH_COST = 0.004  # for each sample that a digit differs from 28: enough to break ties
_BLURS = (0.35, 0.6, 0.9)  # modules
_COARSE_BLUR = 0.55
# Of the region's length: less than 1 where an add-on or print beside the code was taken for part of it.
_SIZES = (0.64, 0.74, 0.82, 0.9, 0.98, 1.06)
_COARSE_BANDS = ((0.1, 0.4), (0.4, 0.6), (0.6, 0.9))
_BANDS = ((0.05, 0.2), (0.2, 0.35), (0.35, 0.5), (0.5, 0.65), (0.65, 0.8), (0.8, 0.95), (0.2, 0.8))
_MIN_MODULE = 0.7  # px
_NOISE = 0.02  # variance that a flat stretch is taken to have, so that it correlates with nothing
_AS_GOOD = 0.08  # bands this close to the best are taken together
_NEVER = -1e9


@dataclass(frozen=True, slots=True)
class Fit:
    """The best EAN-13 for a crop.

    `score` is the mean correlation of its digits with the picture (1 is perfect), `margin` by how much the
    sum of its correlations exceeds that of any other valid code, `bands` how many strips of the crop were
    taken together, `left` and `right` its first and last bar in pixels of the crop (right of each other the
    wrong way round when the code stands on its head).
    """

    text: str
    score: float
    margin: float
    bands: int
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class _Path:
    """Where a code lies in one waveform: correlation of the whole, those of its digits, first and last sample."""

    score: float
    left: "Floats"
    right: "Floats"
    start: int
    end: int


def fit(pixels: "Grey", length: float) -> Fit | None:
    """The EAN-13 that fits a grey (height, width) crop best, whose bars stand upright.

    `length` is about how many pixels of the crop's width the code takes, in its middle. Returns `None` when
    the crop is too small for any code; otherwise always an answer, to be judged by its `margin`.
    """
    fits = [
        best
        for module, mirrored in _coarse(pixels, length)
        for blur in _BLURS
        if (best := _fine(pixels, module, blur, mirrored)) is not None
    ]
    return max(fits, key=lambda best: best.margin, default=None)


def _coarse(pixels: "Grey", length: float) -> list[tuple[float, bool]]:
    """The two likeliest pairs of pixels a module and whether the code stands on its head."""
    import numpy as np

    bands = _bands(pixels, _COARSE_BANDS)
    likely: list[tuple[float, float, bool]] = []
    for size in _SIZES:
        module = length * size / _MODULES
        if module < _MIN_MODULE:
            continue
        waves = _waves(bands, module)
        paths = _follow(np.concatenate([waves, waves[:, ::-1]]), _COARSE_BLUR, _COARSE_LENGTHS)
        for mirrored, half in ((False, paths[: len(bands)]), (True, paths[len(bands) :])):
            score = max((path.score for path in half if path), default=_NEVER)
            likely.append((score, module, mirrored))
    likely.sort(reverse=True)
    return [(module, mirrored) for _, module, mirrored in likely[:2]]


def _fine(pixels: "Grey", module: float, blur: float, mirrored: bool) -> Fit | None:
    import numpy as np

    waves = _waves(_bands(pixels, _BANDS), module)
    paths = [path for path in _follow(waves[:, ::-1] if mirrored else waves, blur, _LENGTHS) if path]
    if not paths:
        return None
    best = max(paths, key=lambda path: path.score)
    alike = [path for path in paths if path.score > best.score - _AS_GOOD]
    left = np.mean([path.left for path in alike], axis=0)
    right = np.mean([path.right for path in alike], axis=0)
    text, score, margin = _likeliest(left, right)
    ends = [(waves.shape[1] - at if mirrored else at) for at in (best.start, best.end)]
    offset = (waves.shape[1] - pixels.shape[1] / module * _SAMPLES) / 2
    first, last = ((at - offset) * module / _SAMPLES for at in ends)
    return Fit(text, score, margin, len(alike), first, last)


def _bands(pixels: "Grey", shares: Sequence[tuple[float, float]]) -> "Floats":
    """Mean rows of horizontal strips: (strips, width)."""
    import numpy as np

    rows = pixels.shape[0]
    strips = [
        pixels[int(top * rows) : max(int(bottom * rows), int(top * rows) + 1)] for top, bottom in shares
    ]
    return np.array([strip.mean(0) for strip in strips], np.float32)


def _waves(bands: "Floats", module: float) -> "Floats":
    """Darkness from 0 to 1 between its local extremes, `_SAMPLES` a module, long enough for a whole code."""
    import cv2
    import numpy as np

    span = int(14 * module) | 1
    dark: Any = 255 - bands
    line = np.ones((1, span), np.uint8)
    low, high = cv2.blur(cv2.erode(dark, line), (span, 1)), cv2.blur(cv2.dilate(dark, line), (span, 1))
    contrast = high - low
    level = (dark - low) / np.maximum(contrast, max(4.0, 0.25 * float(contrast.max())))
    width = max(int(bands.shape[1] / module * _SAMPLES), 1)
    shrinks = width < bands.shape[1]
    even = cv2.resize(
        level, (width, len(bands)), interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_CUBIC
    )
    missing = max((_MODULES + 14) * _SAMPLES - width, 0)
    return np.pad(even, ((0, 0), (missing // 2 + 8,) * 2), mode="edge")


@functools.cache
def _template(bits: str, before: str, after: str, samples: int, blur: float) -> "Floats":
    """The waveform of `bits` and of one module on either side, blurred, of mean 0 and norm 1."""
    import cv2
    import numpy as np

    fine, around = 16, 4
    drawn = np.array([[int(bit) for bit in before * around + bits + after * around]], np.float32)
    sharp = np.repeat(drawn, fine, axis=1)
    soft: Any = cv2.GaussianBlur(sharp, (0, 0), blur * fine)[0]
    edge = (np.arange(_SAMPLES) + 0.5) / _SAMPLES
    inside = (np.arange(samples) + 0.5) / samples * len(bits)
    places = around + np.concatenate([edge - 1, inside, len(bits) + edge])
    wave: Any = np.interp(places * fine - 0.5, np.arange(len(soft)), soft)
    wave -= wave.mean()
    result: Floats = (wave / np.linalg.norm(wave)).astype(np.float32)
    return result


@functools.cache
def _digit_templates(samples: int, blur: float) -> tuple["Floats", "Floats"]:
    """Those of sets A and B, (20, samples), and of set C, (10, samples)."""
    import numpy as np

    left = [_template(bits, "1", "0", samples, blur) for bits in (*_SET_A, *_SET_B)]
    right = [_template(bits, "0", "1", samples, blur) for bits in _SET_C]
    return np.array(left), np.array(right)


def _correlations(waves: "Floats", *templates: "Floats") -> list["Floats"]:
    """Normalised correlation of each wave (waves, n) with templates (k, samples): (k, waves, n) each.

    The place in the result is where the template's bits start, after their one module of surroundings.
    """
    import numpy as np

    count, width = waves.shape
    samples = templates[0].shape[1]
    places = width - samples + 1
    windows = np.lib.stride_tricks.sliding_window_view(waves, samples, axis=1).reshape(-1, samples)
    # One product for all sums: those of the windows themselves come from a last row of ones.
    rows = np.concatenate([*templates, np.ones((1, samples), np.float32)])
    products = (rows @ windows.T).reshape(-1, count, places)
    up_to = np.pad(np.cumsum(waves * waves, axis=1, dtype=np.float64), ((0, 0), (1, 0)))
    spread = up_to[:, samples:] - up_to[:, :-samples] - products[-1] ** 2 / samples
    products /= np.sqrt(np.maximum(spread, 0) + _NOISE * samples).astype(np.float32)
    results, first = [], 0
    for template in templates:
        result = np.full((len(template), count, width), _NEVER, np.float32)
        result[..., _SAMPLES : _SAMPLES + places] = products[first : first + len(template)]
        results.append(result)
        first += len(template)
    return results


def _guards(waves: "Floats", blur: float) -> list["Floats"]:
    """Correlations (waves, n) with the start guard, the middle one and the end guard, quiet zones included."""
    start = _template("0000101", "0", "0", 7 * _SAMPLES, blur)
    middle = _template("01010", "1", "1", 5 * _SAMPLES, blur)
    end = _template("1010000", "0", "0", 7 * _SAMPLES, blur)
    return [_correlations(waves, wave[None])[0][0] for wave in (start, middle, end)]


def _follow(waves: "Floats", blur: float, lengths: Sequence[int]) -> list[_Path | None]:
    """The best way through each wave (waves, n): guard, six digits, guard, six digits, guard (Viterbi)."""
    import numpy as np

    digits = [_correlations(waves, *_digit_templates(length, blur)) for length in lengths]
    cost = np.array([_STRETCH_COST * abs(length - 7 * _SAMPLES) for length in lengths], np.float32)
    left, right = (np.stack([pair[side].max(0) for pair in digits]) - cost[:, None, None] for side in (0, 1))
    start, middle, end = _guards(waves, blur)
    total = _moved(start[None], (7 * _SAMPLES,))[0]
    taken: list[Any] = []
    for gain, steps in (*[(left, lengths)] * 6, (middle[None], _MIDDLES), *[(right, lengths)] * 6):
        moved = _moved(np.broadcast_to(total + gain, (len(steps), *total.shape)), steps)
        taken.append(np.asarray(steps)[moved.argmax(0)])
        total = moved.max(0)
    total = total + end
    return [
        _traced(wave, digits, lengths, [steps[wave] for steps in taken], total[wave])
        for wave in range(len(waves))
    ]


def _moved(totals: Any, steps: Sequence[int]) -> "Floats":
    """Each of `totals` (steps, waves, n) moved on by its number of samples."""
    import numpy as np

    result = np.full(totals.shape, _NEVER, np.float32)
    for number, step in enumerate(steps):
        result[number, :, step:] = totals[number, :, :-step]
    return result


def _traced(
    wave: int, digits: list[list["Floats"]], lengths: Sequence[int], taken: list[Any], total: "Floats"
) -> _Path | None:
    """The way back from the best end, or `None` when it doesn't reach a beginning."""
    import numpy as np

    place = end = int(total.argmax())
    if total[end] < 0:
        return None
    scores: list[Any] = []
    for number in range(_DIGITS, -1, -1):
        step = int(taken[number][place])
        place -= step
        if number != _DIGITS // 2:
            side = 0 if number < _DIGITS // 2 else 1
            scores.append(digits[lengths.index(step)][side][:, wave, place])
    scores.reverse()
    half = _DIGITS // 2
    guards = 3
    return _Path(
        float(total[end]) / (_DIGITS + guards),
        np.array(scores[:half]),
        np.array(scores[half:]),
        place - 3 * _SAMPLES,
        end + 3 * _SAMPLES,
    )


def _likeliest(left: "Floats", right: "Floats") -> tuple[str, float, float]:
    """The valid code with the best sum of scores: text, mean score, margin to the second best valid code.

    `left` is (6, 20): scores as set A, then as set B; `right` (6, 10). Forward and backward sums over the
    running check sum, for each first digit at once, give the best code through every choice.
    """
    import numpy as np

    scores = _scores_by_first(left, right)
    sums = [_next_sums(number) for number in range(_DIGITS)]
    onward = np.full((_DIGITS + 1, 10, 10), _NEVER, np.float32)  # [digits to come][first, check sum so far]
    onward[_DIGITS, :, 0] = 0
    for number in reversed(range(_DIGITS)):
        onward[number] = (scores[number][:, None] + onward[number + 1][:, sums[number]]).max(2)
    so_far = np.full((10, 10), _NEVER, np.float32)
    so_far[np.arange(10), np.arange(10)] = 0
    first = int(np.diagonal(onward[0]).argmax())
    best = float(onward[0][first, first])
    text, second = str(first), _NEVER
    for number in range(_DIGITS):
        through = so_far[:, :, None] + scores[number][:, None]
        whole = (through + onward[number + 1][:, sums[number]]).max(1)
        digit = int(whole[first].argmax())
        text += str(digit)
        whole[first, digit] = _NEVER
        second = max(second, float(whole.max()))
        so_far = _gathered(through, number)
    return text, best / _DIGITS, best - second


def _scores_by_first(left: "Floats", right: "Floats") -> "Floats":
    """Scores (12, first digit, digit): the first digit says which set each of the left six is from."""
    import numpy as np

    is_b = np.array([[kind == "B" for kind in kinds] for kinds in _FIRST])
    halves = [np.where(is_b[:, place, None], left[place, 10:], left[place, :10]) for place in range(6)]
    return np.array([*halves, *np.repeat(right[:, None], 10, axis=1)])


def _weight(number: int) -> int:
    return 1 if number % 2 else 3


def _next_sums(number: int) -> Any:
    """[check sum so far, digit] -> check sum with it."""
    import numpy as np

    return (np.arange(10)[:, None] + _weight(number) * np.arange(10)) % 10


def _gathered(through: "Floats", number: int) -> "Floats":
    """The best sums (first, check sum so far, digit) by the check sum they lead to."""
    import numpy as np

    before = (np.arange(10)[:, None] - _weight(number) * np.arange(10)) % 10
    best: Floats = through[:, before, np.arange(10)].max(2)
    return best
