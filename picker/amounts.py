"""Money as people read it."""


def amount(cents: int) -> str:
    """Return `cents` of any currency as "12.50"; less than nothing as "-0.05"."""
    sign = "-" if cents < 0 else ""
    return f"{sign}{abs(cents) // 100}.{abs(cents) % 100:02}"
