"""What a campaign prints: lines of text with placeholders, in blocks.

    # Welcome, {{ customer }}!             a heading
    Your first order with {{ shop }}.      a paragraph; lines that follow each other are one
    {% if points >= 100 %}You have {{ points }} points.{% endif %}
    ![logo]                                a picture of the shop, by its name
    [coupon: For your next order]          the code, with words above it
    [qr: https://example.com/r?o={{ order }} | Tell us how it was]
    ---                                    a line across

Blocks are told apart before any placeholder is filled, so that no customer's name ever becomes a block. Filling
is Jinja2's immutable sandbox, of which a template may use placeholders, the filters below and if/else; without
loops, calls, arithmetic and loaders it ends at once and its result is no longer than its words and values.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

if TYPE_CHECKING:
    from jinja2 import Template as JinjaTemplate
    from jinja2 import nodes
    from jinja2.sandbox import ImmutableSandboxedEnvironment

LONGEST = 20_000
MOST_BLOCKS = 60
LONGEST_VALUE = 500
LONGEST_BLOCK = 4_000
"""Characters of a filled block; what is longer is no paragraph for a card."""

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


class TemplateError(ValueError):
    """A template that can't be used, in words, and the line (from 1) where it goes wrong."""

    def __init__(self, words: str, line: int) -> None:
        super().__init__(f"line {line}: {words}")
        self.words, self.line = words, line


@dataclass(frozen=True, slots=True)
class _Part:
    kind: BlockKind
    line: int
    text: "JinjaTemplate | str"
    target: "JinjaTemplate | str"
    picture: str


@dataclass(frozen=True, slots=True)
class Template:
    """A template that was read: `asks` names its placeholders, `pictures` those it shows."""

    source: str
    asks: frozenset[str]
    pictures: frozenset[str]
    coupon: bool
    _parts: tuple[_Part, ...] = field(compare=False, repr=False)

    def fill(self, values: Mapping[str, str | int]) -> tuple[Block, ...]:
        """Return the blocks with every placeholder filled; empty ones are left out. Raises TemplateError."""
        given = {name: _short(values.get(name, "")) for name in NAMES}
        return tuple(block for part in self._parts for block in _filled(part, given))


@lru_cache(maxsize=256)
def parse_template(text: str) -> Template:
    """Read a template. Raises TemplateError with the line at fault."""
    if len(text) > LONGEST:
        raise TemplateError(f"expected at most {LONGEST} characters in all, got {len(text)}", 1)
    asks: set[str] = set()
    parts = [_part(kind, body, line, asks) for kind, body, line in _cut(text)]
    if not parts:
        raise TemplateError("expected something to print, got nothing", 1)
    if len(parts) > MOST_BLOCKS:
        raise TemplateError(
            f"expected at most {MOST_BLOCKS} blocks, got {len(parts)}", parts[MOST_BLOCKS].line
        )
    pictures = frozenset(part.picture for part in parts if part.picture)
    coupon = "coupon" in asks or any(part.kind is BlockKind.COUPON for part in parts)
    return Template(text, frozenset(asks), pictures, coupon, tuple(parts))


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


def _part(kind: BlockKind, body: str, line: int, asks: set[str]) -> _Part:
    text, target, picture = body, "", ""
    if kind is BlockKind.HEADING:
        text = body[2:].strip()
    elif kind is BlockKind.PICTURE:
        text, picture = "", _PICTURE.fullmatch(body)[1].strip()  # type: ignore[index]
    elif kind is BlockKind.COUPON:
        text = _COUPON.fullmatch(body)[1] or ""  # type: ignore[index]
    elif kind is BlockKind.QR:
        found = _QR.fullmatch(body)
        target, text = found[1], found[2] or ""  # type: ignore[index]
        if not target.startswith(("https://", "http://")):
            raise TemplateError(f"expected an address that begins with https://, got {target[:60]!r}", line)
    elif kind is BlockKind.DIVIDER:
        text = ""
    return _Part(kind, line, _compiled(text, line, asks), _compiled(target, line, asks), picture)


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
        yield from [Block(part.kind, text, target)] if target else []
    else:
        yield Block(part.kind, text, part.picture)


def _rendered(template: "JinjaTemplate | str", line: int, values: Mapping[str, str | int]) -> str:
    from jinja2 import TemplateError as JinjaError

    if isinstance(template, str):
        return template
    try:
        found = template.render(values)
    except (JinjaError, ArithmeticError, TypeError, ValueError) as error:
        raise TemplateError(str(error), line) from None
    if len(found) > LONGEST_BLOCK:
        raise TemplateError(f"expected at most {LONGEST_BLOCK} characters in a block, got {len(found)}", line)
    return found.strip()


def _compiled(source: str, line: int, asks: set[str]) -> "JinjaTemplate | str":
    """The template of a block; words without a brace stay as they are, for compiling takes milliseconds."""
    if "{" not in source:
        return source.strip()
    from jinja2 import Template as JinjaTemplate
    from jinja2 import TemplateSyntaxError

    environment = _environment()
    try:
        tree = environment.parse(source)
        _allow(tree, line, asks)
        return JinjaTemplate.from_code(environment, environment.compile(tree), {})
    except TemplateSyntaxError as error:
        raise TemplateError(str(error.message), line + error.lineno - 1) from None
    except RecursionError:
        raise TemplateError("expected fewer brackets inside each other", line) from None


@lru_cache(maxsize=1)
def _environment() -> "ImmutableSandboxedEnvironment":
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    found = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=False, loader=None)
    found.globals.clear()
    found.filters = {name: found.filters[name] for name in FILTERS}
    found.tests.clear()
    return found


def _allow(tree: "nodes.Node", line: int, asks: set[str]) -> None:
    """Let through what always ends and stays short; the rest is refused with its line."""
    for node, own_line in _walk(tree, 1):
        kind = type(node).__name__
        where = line + own_line - 1
        if kind == "Name":
            name: Any = getattr(node, "name", "")
            if name not in NAMES:
                raise TemplateError(
                    f"{name!r} is not known; expected one of {', '.join(sorted(NAMES))}", where
                )
            asks.add(name)
        elif kind == "Filter" and getattr(node, "name", "") not in FILTERS:
            known = ", ".join(sorted(FILTERS))
            raise TemplateError(
                f"filter {getattr(node, 'name', '')!r} is not known; expected one of {known}", where
            )
        elif kind not in _ALLOWED:
            raise TemplateError(f"{_WORDS.get(kind, kind)} has no meaning here", where)


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
