"""Coupon codes for people: easy to read out, to type, and to tell from a mistyped one."""

ALPHABET = "23456789CDFHJKMNPRTVWXY"
"""No vowels, so no words; nothing that looks like something else (0 O Q, 1 I L, 2 Z, 5 S, 6 G, 8 B, U V).

Its 23 characters are a prime number, which lets one check character find every single wrong character and every
pair of neighbours exchanged.
"""

GROUP = 4
SHORTEST = 7
LONGEST = 20


def coupon_code(number: bytes | int) -> str:
    """The code of a unique `number`: at least seven characters and a check character, in groups of four.

    Different numbers (or bytes of one length) give different codes. Codes of numbers in a row look alike: take
    random bytes for codes that must not be guessed. Raises ValueError for negative or too large numbers.
    """
    if isinstance(number, bytes):
        length = _length(256 ** len(number) - 1)
        number = int.from_bytes(number, "big")
    else:
        length = _length(number)
    if number < 0 or length > LONGEST:
        raise ValueError(f"coupon number {number}: expected 0 to {len(ALPHABET) ** LONGEST - 1}")
    digits = []
    for _ in range(length):
        number, digit = divmod(number, len(ALPHABET))
        digits.append(digit)
    digits.reverse()
    code = "".join(ALPHABET[digit] for digit in [*digits, _check(digits)])
    return "-".join(code[at : at + GROUP] for at in range(0, len(code), GROUP))


def is_coupon_code(text: str) -> bool:
    """Whether `text` is a code as `coupon_code` makes them; small letters, spaces and dashes don't matter."""
    code = "".join(char for char in text.upper() if char not in " -")
    if not SHORTEST < len(code) <= LONGEST + 1 or any(char not in ALPHABET for char in code):
        return False
    digits = [ALPHABET.index(char) for char in code]
    return digits[-1] == _check(digits[:-1])


def _length(number: int) -> int:
    length = SHORTEST
    while len(ALPHABET) ** length <= number:
        length += 1
    return length


def _check(digits: list[int]) -> int:
    """Weighted sum modulo a prime with weights 2, 3, ... from the left: the scheme of ISBN-10."""
    return sum(weight * digit for weight, digit in enumerate(digits, 2)) % len(ALPHABET)
