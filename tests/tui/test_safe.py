"""Nothing foreign steers the terminal, wherever it is shown."""

import ast
import asyncio
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

import picker.tui
from data.types import StationId
from picker.flow import Phase, say
from picker.safe import LIMIT, clean
from picker.tui.ink import Ink, fit, pad, to_strip, wrap
from tests.tui.prints import Prints, job, printers
from tests.tui.screen import opened, text_of, until
from tests.tui.states import TOM, in_phase, order
from tests.tui.stations import Standing

HOSTILE = [
    "\x1b]0;PWNED\x07",
    "\x1b]52;c;AAAA\x07",
    "\x1b[2J",
    "\x9b31m",
    "\u202eevil",
    "[red]x[/]",
    "[@click=app.quit]x[/]",
    "[/",
    "a\nb\x00c\x7f",
    "e" + "\u0301" * 300,
    "\ud800",
    "字" * 90,
    "A" * 5000,
]
BAD = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}


def harmless(text: str) -> bool:
    """Whether a text holds nothing that steers a terminal."""
    return not any(unicodedata.category(char) in BAD for char in text)


@given(st.text(st.characters(), max_size=200))
def test_clean_leaves_nothing_that_steers(text: str) -> None:
    cleaned = clean(text)
    assert harmless(cleaned)
    assert len(cleaned) <= LIMIT
    assert clean(cleaned) == cleaned


def test_clean_keeps_what_people_write() -> None:
    for text in ("Zażółć gęślą", "Привет, мир", "绿茶 250 克", "Bolt [M6] pack", "50 % & <b>"):
        assert clean(text) == text
    assert clean("e\u0301\u0302\u0303\u0304") == "e\u0301\u0302"
    assert clean("A" * 5000) == "A" * (LIMIT - 1) + "…"


@given(st.text(max_size=80), st.integers(0, 40))
def test_fit_and_pad_keep_the_width(text: str, width: int) -> None:
    assert cell_len(fit(text, width)) <= width
    assert cell_len(pad(text, width)) == width


@given(st.text(max_size=200), st.integers(2, 40), st.integers(1, 5))
def test_wrap_keeps_the_box(text: str, width: int, most: int) -> None:
    lines = wrap(text, width, most)
    assert len(lines) <= most
    assert all(cell_len(line) <= width for line in lines)


@given(st.text(max_size=60), st.integers(1, 50))
def test_strips_are_clean_and_as_wide_as_told(text: str, width: int) -> None:
    strip = to_strip(((text, Ink.PLAIN),), width)
    assert strip.cell_length == width
    assert harmless(strip.text)


@pytest.mark.parametrize("size", [(80, 24), (40, 12)])
def test_hostile_text_in_every_place(size: tuple[int, int]) -> None:
    async def look_at_them() -> None:
        station = Standing(in_phase(Phase.SIGNED_OUT))
        print_list = Prints()
        async with opened(station, size, prints=print_list) as (app, pilot):
            for evil in HOSTILE:
                state = in_phase(Phase.PICK, order(name=evil, note=evil, order_id=evil))
                station.state = replace(state, station=StationId(evil), worker=replace(TOM, name=evil))
                station.message = say("scan.unknown", code=evil, why="", wanted=say("prompt.pick", name=evil))
                app.model.station = evil
                app.scan(evil)
                app.post_message(printers((evil, "hot", 1), ("other", "ready", 0)))
                await until(pilot, lambda: not app.model.unconfirmed)
                assert all(harmless(row) for row in text_of(app).split("\n")), evil
                bad = job(evil, "unsure", order=evil, document=evil, printer=evil, detail=evil, notes=evil)
                app.post_message(printers(unsure=(bad,)))
                await until(pilot, lambda: len(app.screen_stack) == 2)
                assert all(harmless(row) for row in text_of(app).split("\n")), evil
                app.post_message(printers())
                await until(pilot, lambda: len(app.screen_stack) == 1)
                print_list.kept = [bad]
                await pilot.press("f1", "f6")
                await until(pilot, lambda: "DID IT PRINT" in text_of(app))
                assert all(harmless(row) for row in text_of(app).split("\n")), evil
                await pilot.press("escape")
                await until(pilot, lambda: len(app.screen_stack) == 1)

    asyncio.run(look_at_them())


MARKUP_WIDGETS = {
    "Static", "Label", "Button", "OptionList", "DataTable", "Tree", "RichLog", "Log", "Input", "Markdown", "Segment",
    "Text", "Link", "Checkbox", "Select", "ListItem", "Collapsible", "Header", "Footer",
}  # fmt: skip


def test_only_ink_makes_what_reaches_the_terminal() -> None:
    """One module turns text into segments, one edits it; no other may use a widget that reads markup, or notify."""
    for path in sorted(Path(picker.tui.__file__).parent.rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in ("textual", "rich"):
                names = {alias.name for alias in node.names}
                if path.name not in ("ink.py", "editor.py"):
                    assert not names & MARKUP_WIDGETS, (
                        f"{path}:{node.lineno} imports {names & MARKUP_WIDGETS}"
                    )
                    assert node.module != "textual.widgets", f"{path}:{node.lineno}"
            if isinstance(node, ast.Attribute):
                forbidden = ("notify", "border_title", "border_subtitle", "tooltip", "update")
                assert node.attr not in forbidden, f"{path}:{node.lineno} uses {node.attr}"


def test_no_sentences_in_the_widgets() -> None:
    """Words are in the catalogues: no literal with two words in it is painted."""
    folder = Path(picker.tui.__file__).parent
    for path in [*folder.glob("panes/*.py"), *folder.glob("screens/*.py")]:
        tree = ast.parse(path.read_text("utf-8"))
        docs = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        raised = {id(n) for r in ast.walk(tree) if isinstance(r, ast.Raise) for n in ast.walk(r)}
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Constant)
                and isinstance(node.value, str)
                and id(node) not in docs | raised
            ):
                words = [part for part in node.value.split() if part.isalpha() and len(part) > 1]
                assert len(words) < 2 or "|" in node.value, f"{path}:{node.lineno} paints {node.value!r}"
