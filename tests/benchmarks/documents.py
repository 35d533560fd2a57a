"""Documents of many customers: how long each takes to become dots, beside packing a blank page of the same size."""

import random
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace

import psutil

from printing.addresses import Postal, block
from printing.documents import Document
from printing.documents.inserts import Coupon, Heading, Insert, QrCode, Text
from printing.documents.labels import ParcelLabel
from printing.media import MEDIA, Medium
from printing.rendering import render
from printing.zpl.document import document_zpl
from tests.benchmarks.table import Report, arguments, percentile
from tests.tui.terminal import ROOT
from tests.unit.printing.samples import RECIPIENTS, label, slip

GOAL_MS = 30
GOAL_P99_MS = 60
GOAL_IMPORT_MS = 150
GOAL_ZPL_BYTES = 8_192
GOAL_GROWTH_MB = 24
"""Caches fill up to their bounds within the first half of the run; after that nothing may grow."""
MOST_SIZES = 200
_LANGUAGES = tuple(RECIPIENTS)
_FIRST = (
    "Anna",
    "Łukasz",
    "Иван",
    "王小明",
    "Αλέξανδρος",
    "فاطمة",
    "יעל",
    "สมชาย",
    "Çağla",
    "佐藤",
    "김철수",
)
_LAST = ("Nowak", "Brzęczyszczykiewicz", "Достоевская", "O'Neill", "Ťažký", "Yılmaz", "田中", "السيد", "כהן")


def customer(number: int) -> Postal:
    """A customer with a name and a street of their own, from one of five countries."""
    chance = random.Random(number)
    kind = RECIPIENTS[_LANGUAGES[number % len(_LANGUAGES)]]
    name = f"{chance.choice(_FIRST)} {chance.choice(_LAST)}"
    street = f"{chance.choice(_LAST)} {chance.randrange(1, 400)}/{chance.randrange(1, 90)}"
    return replace(kind, name=name, street=(street,))


def a_label(number: int) -> ParcelLabel:
    """That customer's parcel label."""
    language = _LANGUAGES[number % len(_LANGUAGES)]
    return replace(label(language), order=f"ORD-{number:06}", recipient=block(customer(number), "DE"))


def an_insert(number: int) -> Insert:
    """That customer's card."""
    blocks = (
        Heading(f"{customer(number).name}!"),
        Text("Thank you for your order. We packed it with care, and hope to see you again soon."),
        Coupon(f"SPRING-{number:05}", "10 %"),
        QrCode(f"https://shop.example/r/{number:06}", "14 days"),
    )
    return Insert(f"ORD-{number:06}", 1, blocks, _LANGUAGES[number % len(_LANGUAGES)])


def a_slip(number: int) -> Document:
    """That customer's packing slip."""
    language = _LANGUAGES[number % len(_LANGUAGES)]
    return replace(slip(language), order=f"ORD-{number:06}", recipient=block(customer(number), "DE"))


def milliseconds(
    make: Callable[[int], Document], medium: Medium, numbers: Sequence[int]
) -> tuple[list[float], list[float]]:
    """The time that each of these documents takes to become dots, and the processor's part of it."""
    times, busy = [], []
    for number in numbers:
        document = make(number)
        began, worked = time.perf_counter(), time.process_time()
        render(document, medium)
        times.append((time.perf_counter() - began) * 1e3)
        busy.append((time.process_time() - worked) * 1e3)
    return times, busy


def zpl_bytes(number: int) -> int:
    """The bytes of that customer's label for a ZPL printer of 203 dpi."""
    document, medium = a_label(number), MEDIA["label-203"]
    return len(document_zpl(document, render(document, medium).pages, medium))


def floor(make: Callable[[int], Document], medium: Medium, runs: int) -> list[float]:
    """The time to pack a blank page of that document's size into bytes: what no renderer can do without."""
    from PIL import Image

    width, height = render(make(0), medium).image.size
    times = []
    for _ in range(runs):
        began = time.perf_counter()
        Image.new("1", (width, height), 1).tobytes()
        times.append((time.perf_counter() - began) * 1e3)
    return times


def import_ms() -> float:
    """The milliseconds of `import printing` and its documents in a fresh process, without Python's own start."""
    code = (
        "import time; t = time.perf_counter(); import printing, printing.render, printing.content; "
        "print((time.perf_counter() - t) * 1e3)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    return float(done.stdout)


def memory_mb() -> float:
    """What this process holds of the machine's memory now, in MB."""
    return float(psutil.Process().memory_info().rss) / (1 << 20)


def main(given: list[str]) -> None:
    """Measure and print."""
    parser = arguments(__doc__)
    parser.add_argument("--customers", type=int, default=1000, help="how many different customers")
    options = parser.parse_args(given)
    customers = 100 if options.small else max(10, options.customers)
    report = Report(
        f"Documents of {customers} customers in {', '.join(_LANGUAGES)}",
        "Milliseconds from content to dots, one after the other in one thread; the floor is packing a blank page.",
    )
    for name, make, medium in KINDS:
        _measure(report, name, make, MEDIA[medium], customers)
    sizes = [zpl_bytes(number) for number in range(min(customers, MOST_SIZES))]
    report.goal(
        f"label as ZPL in {GOAL_ZPL_BYTES} bytes: median {percentile(sizes, 0.5):.0f}, largest {max(sizes)}",
        met=max(sizes) <= GOAL_ZPL_BYTES,
    )
    took = import_ms()
    report.goal(f"import of printing in {GOAL_IMPORT_MS} ms: {took:.0f} ms", met=took <= GOAL_IMPORT_MS)
    report.show(as_json=options.json)


def _measure(
    report: Report, name: str, make: Callable[[int], Document], medium: Medium, customers: int
) -> None:
    """One document for every customer, twice over: letters seen for the first time, and memory, are in it."""
    cold, _ = milliseconds(make, medium, range(1))
    milliseconds(make, medium, range(customers))
    held = memory_mb()
    again, busy = milliseconds(make, medium, range(customers, 2 * customers))
    grown = memory_mb() - held
    median, slowest = percentile(again, 0.5), percentile(again, 0.99)
    report.rows.append(
        {
            "document": name,
            "first ms": cold[0],
            "p50 ms": median,
            "p99 ms": slowest,
            "p50 of processor": percentile(busy, 0.5),
            "p99 of processor": percentile(busy, 0.99),
            "floor ms": percentile(floor(make, medium, 50), 0.5),
            "MB more": grown,
        }
    )
    report.goal(f"{name}: p50 in {GOAL_MS} ms: {median:.1f} ms", met=median <= GOAL_MS)
    report.goal(f"{name}: p99 in {GOAL_P99_MS} ms: {slowest:.1f} ms", met=slowest <= GOAL_P99_MS)
    report.goal(f"{name}: grows by {GOAL_GROWTH_MB} MB at most: {grown:.1f} MB", met=grown <= GOAL_GROWTH_MB)


KINDS: tuple[tuple[str, Callable[[int], Document], str], ...] = (
    ("label 4x6, 203 dpi", a_label, "label-203"),
    ("insert 80 mm", an_insert, "roll80"),
    ("slip 80 mm", a_slip, "roll80"),
)
