"""What a campaign prints: lines of text with placeholders, in blocks. `picker.inserts.terms` shows them all.

Blocks are told apart before any placeholder is filled, so that no customer's name ever becomes a block. Filling
is Jinja2's immutable sandbox, of which a template may use placeholders, the filters below and if/else; without
loops, calls, arithmetic and loaders it ends at once and its result is no longer than its words and values.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from picker.errors import Mistake

if TYPE_CHECKING:
    from jinja2 import Template as JinjaTemplate
    from jinja2 import nodes
    from jinja2.sandbox import ImmutableSandboxedEnvironment

LONGEST = 20_000
MOST_BLOCKS = 60
LONGEST_VALUE = 500
LONGEST_BLOCK = 4_000
"""Characters of a filled block; what is longer is no paragraph for a card."""
LONGEST_ADDRESS = 500
"""Characters of a code's address: with more its squares are too fine for thermal paper."""

FILTERS = frozenset({"upper", "lower", "title", "capitalize", "trim", "default"})
NAMES = {
    "customer": "the buyer's first name, empty when nobody knows it",
    "packer": "the first name of who packs",
    "shop": "the shop's name",
    "order": "the order's number",
    "parcel": "the parcel's number",
    "products": "what is in this parcel",
    "country": "where it goes, as an ISO code",
    "orders": "the number of this order of the customer's: 1 is the first",
    "points": "loyalty points",
    "tier": "the loyalty tier",
    "value": "what the order costs, with its currency",
    "coupon": "the coupon's code, empty when there is none",
}


class BlockKind(StrEnum):
    """What a block of an insert is."""

    HEADING = "heading"
    TEXT = "text"
    PICTURE = "picture"
    COUPON = "coupon"
    QR = "qr"
    DIVIDER = "divider"


@dataclass(frozen=True, slots=True)
class Block:
    """A block to print: `text` are its words, `target` a QR code's address or a picture's name."""

    kind: BlockKind
    text: str = ""
    target: str = ""


class TemplateError(Mistake):
    """A template that can't be used, in words, and the line (from 1) where it goes wrong.

    `further` are what else is wrong with it.
    """

    def __init__(self, words: str, line: int, further: Sequence["TemplateError"] = ()) -> None:
        super().__init__(f"line {line}: {words}")
        self.words, self.line, self.further = words, line, tuple(further)


@dataclass(frozen=True, slots=True)
class _Part:
    kind: BlockKind
    line: int
    text: "JinjaTemplate | str"
    target: "JinjaTemplate | str"
    picture: str


@dataclass(frozen=True, slots=True)
class Template:
    """A template that was read: `asks` names its placeholders, `pictures` those it shows, each with its line."""

    source: str
    asks: frozenset[str]
    pictures: Mapping[str, int] = field(compare=False)
    coupon: bool
    _parts: tuple[_Part, ...] = field(compare=False, repr=False)

    def fill(self, values: Mapping[str, str | int]) -> tuple[Block, ...]:
        """Return the blocks with every placeholder filled; empty ones are left out.

        Raises TemplateError, also when nothing is left.
        """
        given = {name: _short(values.get(name, "")) for name in NAMES}
        blocks = tuple(block for part in self._parts for block in _filled(part, given))
        if not blocks:
            raise TemplateError("expected something to print, got nothing but empty placeholders", 1)
        return blocks


@dataclass(slots=True)
class _Found:
    """What was met on the way through a template."""

    asks: set[str] = field(default_factory=set)
    faults: list[TemplateError] = field(default_factory=list)

    def fault(self, words: str, line: int) -> None:
        self.faults.append(TemplateError(words, line))


@lru_cache(maxsize=256)
def parse_template(text: str) -> Template:
    """Read a template. Raises TemplateError with the line at fault, and with every other fault."""
    if len(text) > LONGEST:
        raise TemplateError(f"expected at most {LONGEST} characters in all, got {len(text)}", 1)
    problems = _Found()
    cut = list(_cut(text))
    parts = [_part(kind, body, line, problems) for kind, body, line in cut[:MOST_BLOCKS]]
    if not parts:
        problems.fault("expected something to print, got nothing", 1)
    if len(cut) > MOST_BLOCKS:
        problems.fault(f"expected at most {MOST_BLOCKS} blocks, got {len(cut)}", cut[MOST_BLOCKS][2])
    if problems.faults:
        first, *further = problems.faults
        raise TemplateError(first.words, first.line, further)
    pictures = {part.picture: part.line for part in parts if part.picture}
    coupon = "coupon" in problems.asks or any(part.kind is BlockKind.COUPON for part in parts)
    return Template(text, frozenset(problems.asks), pictures, coupon, tuple(parts))


_PICTURE = re.compile(r"!\[([^\]\[]+)\]")
_COUPON = re.compile(r"\[coupon(?::\s*(.*?))?\s*\]", re.IGNORECASE)
_QR = re.compile(r"\[qr:\s*(\S.*?)\s*(?:\|\s*(.*?)\s*)?\]", re.IGNORECASE)
_DIVIDER = re.compile(r"-{3,}")


def _cut(text: str) -> Iterator[tuple[BlockKind, str, int]]:
    """(kind, source, line) of each block; lines of text that follow each other are one paragraph."""
    paragraph: list[str] = []
    began = 1
    for number, raw in enumerate([*text.splitlines(), ""], 1):
        line = raw.strip()
        kind = _kind(line)
        if kind is BlockKind.TEXT and line:
            began = began if paragraph else number
            paragraph.append(line)
            continue
        if paragraph:
            yield BlockKind.TEXT, "\n".join(paragraph), began
            paragraph = []
        if line:
            yield kind, line, number


def _kind(line: str) -> BlockKind:
    if line.startswith("# "):
        return BlockKind.HEADING
    for pattern, kind in (
        (_PICTURE, BlockKind.PICTURE),
        (_COUPON, BlockKind.COUPON),
        (_QR, BlockKind.QR),
        (_DIVIDER, BlockKind.DIVIDER),
    ):
        if pattern.fullmatch(line):
            return kind
    return BlockKind.TEXT


def _part(kind: BlockKind, body: str, line: int, problems: _Found) -> _Part:
    text, target, picture = body, "", ""
    if kind is BlockKind.HEADING:
        text = body[2:].strip()
    elif kind is BlockKind.PICTURE:
        text, picture = "", _PICTURE.fullmatch(body)[1].strip()  # type: ignore[index]  # its kind says that it matches
    elif kind is BlockKind.COUPON:
        text = _COUPON.fullmatch(body)[1] or ""  # type: ignore[index]  # its kind says that it matches
    elif kind is BlockKind.QR:
        address = _QR.fullmatch(body)
        target, text = address[1], address[2] or ""  # type: ignore[index]  # its kind says that it matches
        if not target.startswith(("https://", "http://")):
            problems.fault(f"expected an address that begins with https://, got {target[:60]!r}", line)
    elif kind is BlockKind.DIVIDER:
        text = ""
    return _Part(kind, line, _compiled(text, line, problems), _compiled(target, line, problems), picture)


def _short(value: str | int) -> str | int:
    return value if isinstance(value, int) else value[:LONGEST_VALUE]


def _escaped(value: str | int) -> str | int:
    return value if isinstance(value, int) else quote(value, safe="")


def _filled(part: _Part, values: Mapping[str, str | int]) -> Iterator[Block]:
    text = _rendered(part.text, part.line, values)
    target = _rendered(part.target, part.line, {name: _escaped(value) for name, value in values.items()})
    if part.kind is BlockKind.TEXT:
        yield from (Block(part.kind, one) for one in [" ".join(text.split())] if one)
    elif part.kind is BlockKind.HEADING:
        yield from [Block(part.kind, text)] if text else []
    elif part.kind is BlockKind.COUPON:
        yield from [Block(part.kind, text, str(values["coupon"]))] if values["coupon"] else []
    elif part.kind is BlockKind.QR:
        if len(target) > LONGEST_ADDRESS:
            words = f"expected an address of at most {LONGEST_ADDRESS} characters, got {len(target)}"
            raise TemplateError(words, part.line)
        yield Block(part.kind, text, target)
    else:
        yield Block(part.kind, text, part.picture)


def _rendered(template: "JinjaTemplate | str", line: int, values: Mapping[str, str | int]) -> str:
    from jinja2 import TemplateError as JinjaError

    if isinstance(template, str):
        return template
    try:
        text = template.render(values)
    except (JinjaError, ArithmeticError, TypeError, ValueError) as error:
        raise TemplateError(str(error), line) from None
    if len(text) > LONGEST_BLOCK:
        raise TemplateError(f"expected at most {LONGEST_BLOCK} characters in a block, got {len(text)}", line)
    return text.strip()


def _compiled(source: str, line: int, problems: _Found) -> "JinjaTemplate | str":
    """The template of a block; words without a brace stay as they are, for compiling takes milliseconds."""
    if "{" not in source:
        return source.strip()
    from jinja2 import Template as JinjaTemplate
    from jinja2 import TemplateSyntaxError

    environment = _environment()
    before = len(problems.faults)
    try:
        tree = environment.parse(source)
        _allow(tree, line, problems)
        if len(problems.faults) == before:
            return JinjaTemplate.from_code(environment, environment.compile(tree), {})
    except TemplateSyntaxError as error:
        problems.fault(_syntax(str(error.message)), line + error.lineno - 1)
    except (RecursionError, MemoryError):
        problems.fault("expected fewer brackets inside each other", line)
    except (ValueError, OverflowError, SyntaxError) as error:
        problems.fault(str(error), line)
    return ""


def _syntax(words: str) -> str:
    """Jinja2's words; an if that is open at the end of its paragraph tells what a paragraph is."""
    if words.startswith("Unexpected end of template. Jinja was looking"):
        return "expected the {% endif %} in the same paragraph or line as its {% if %}"
    return words


@lru_cache(maxsize=1)
def _environment() -> "ImmutableSandboxedEnvironment":
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=False, loader=None)
    environment.globals.clear()
    environment.filters = {name: environment.filters[name] for name in FILTERS}
    environment.tests.clear()
    return environment


def _allow(tree: "nodes.Node", line: int, problems: _Found) -> None:
    """Let through what always ends and stays short; the rest is a fault with its line."""
    for node, own_line in _walk(tree, 1):
        kind = type(node).__name__
        where = line + own_line - 1
        name: Any = getattr(node, "name", "")
        if kind == "Name" and name in NAMES:
            problems.asks.add(name)
        elif kind == "Name":
            problems.fault(f"{name!r} is not known; expected one of {', '.join(sorted(NAMES))}", where)
        elif kind == "Filter" and name not in FILTERS:
            known = ", ".join(sorted(FILTERS))
            problems.fault(f"filter {name!r} is not known; expected one of {known}", where)
        elif kind not in _ALLOWED:
            problems.fault(f"{_WORDS.get(kind, kind.lower())} has no meaning here", where)


_ALLOWED = frozenset({
    "Template", "Output", "TemplateData", "Name", "Filter", "If", "CondExpr", "Compare", "Operand", "Const", "And",
    "Or", "Not", "Neg", "Pos",
})  # fmt: skip
_WORDS = {
    "For": "a loop",
    "Call": "a call",
    "Getattr": "a dot",
    "Getitem": "a bracket",
    "Assign": "set",
    "Macro": "a macro",
    "Include": "include",
    "Import": "import",
    "Mul": "arithmetic",
    "Pow": "arithmetic",
    "Add": "arithmetic",
    "Mod": "arithmetic",
    "Concat": "~",
    "Test": "is",
}


def _walk(node: "nodes.Node", line: int) -> Iterator[tuple["nodes.Node", int]]:
    """Every node with its line; those that Jinja2 gives none stand where what holds them does."""
    line = node.lineno or line
    yield node, line
    for child in node.iter_child_nodes():
        yield from _walk(child, line)
