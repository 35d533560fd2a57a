"""Which pages of a file are labels, and which come with them: an invoice, a list, an empty sheet."""

from collections.abc import Collection, Sequence

from printing.carrier.errors import CarrierLabelError, NoCodeError

MUCH_LARGER = 1.6
"""A sheet of so many times the area of another is of another kind: A4 beside A5 (2.0), A6 or 4 x 6 in, but not A6
beside 4 x 6 in (1.0) or 4 x 8 in (1.3).
"""
AIM_LENGTH = 3

Page = tuple[tuple[float, float], Collection[str]]
"""(width, height) in units that all pages share, and what its barcodes hold."""


def which_pages(pages: Sequence[Page], chosen: Collection[int] = ()) -> list[int]:
    """Return the numbers of the pages that are labels, from 1.

    Those are the `chosen` ones. Else they bear barcodes, on the smallest sheets that do, and of the same kinds; a sheet
    without any is none, behind them or beside a single one. Raises `CarrierLabelError` where one of several may be
    missing, or it can't be told which are labels.
    """
    if chosen:
        return _chosen(pages, chosen)
    coded = [number for number, (_, codes) in enumerate(pages, start=1) if codes]
    if not coded:
        raise NoCodeError("no barcode on the label can be read")
    least = min(_area(pages[number - 1]) for number in coded)
    alike = [number for number, page in enumerate(pages, start=1) if _area(page) < least * MUCH_LARGER]
    labels = [number for number in alike if number in coded]
    missing = [number for number in alike if number not in coded and number < labels[-1]]
    if missing and len(labels) > 1:
        raise NoCodeError(f"page {missing[0]}: no barcode on the label can be read")
    if len(labels) > 1 and not set[tuple[str, int]].intersection(*(_kinds(pages[n - 1]) for n in labels)):
        codes = "; ".join(f"page {number} {', '.join(sorted(pages[number - 1][1]))}" for number in labels)
        raise CarrierLabelError(
            f"which pages are labels? Their barcodes are of different kinds ({codes}): say --page {labels[0]}"
        )
    return labels


def _chosen(pages: Sequence[Page], chosen: Collection[int]) -> list[int]:
    for number in sorted(chosen):
        if not 1 <= number <= len(pages):
            raise CarrierLabelError(f"expected a page from 1 to {len(pages)}, got {number}")
    return sorted(set(chosen))


def _area(page: Page) -> float:
    (width, height), _ = page
    return width * height


def _kinds(page: Page) -> set[tuple[str, int]]:
    """The symbologies of a page's barcodes, where the reader tells them, and how long each is: labels of one carrier
    have those in common.
    """
    return {(code[:AIM_LENGTH] if code.startswith("]") else "", len(code)) for code in page[1]}
