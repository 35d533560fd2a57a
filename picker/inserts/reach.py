"""Whom a rule can reach: a rule that no order ever meets, and what it names that a shop may not have."""

import ast
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import product
from math import prod

from picker.inserts.questions import FUNCTIONS, NAMES, Value
from picker.inserts.rules import COMPARISONS, Rule

_MOST_TRIES = 20_000
_LEAST = {"order": 1, "parcel": 1}
"""Whole numbers that begin at 1; every other one may be 0."""
_NAMED = {"sku": 0, "category": 1}
"""Where goods stand among the arguments of a question about them."""

_WORDS = ("tier", "channel")
"""Facts of the shop's own words."""

_Tried = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Named:
    """Something that a rule names: `kind` is "sku", "category", "tag", "tier" or "channel"."""

    kind: str
    value: str


def reaches_nobody(rule: Rule) -> bool:
    """Whether no answers at all to its questions meet a rule, such as `order == 1 and order == 2`.

    Each question is tried with the values that the rule compares it with and those just beside them, as if it had
    nothing to do with the others; a rule with more of them than can be tried is believed.
    """
    if not rule.text:
        return False
    tree = _tree(rule)
    values = {name: sorted(found, key=repr) for name, found in _values(tree).items()}
    if prod(map(len, values.values())) > _MOST_TRIES:
        return False
    met = _condition(tree)
    return not any(met(dict(zip(values, tried, strict=True))) for tried in product(*values.values()))


def named_by(rule: Rule) -> frozenset[Named]:
    """Return the goods, tags, tiers and channels that a rule names."""
    if not rule.text:
        return frozenset()
    return frozenset(_named(_tree(rule)))


def _tree(rule: Rule) -> ast.expr:
    return ast.parse(rule.text, mode="eval").body


def _named(tree: ast.expr) -> Iterator[Named]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            if node.func.id == "tag":
                yield Named("tag", _text(node.args[0]))
            elif FUNCTIONS[node.func.id].words:
                placed = {kind: node.args[place] for kind, place in _NAMED.items() if place < len(node.args)}
                placed |= {one.arg: one.value for one in node.keywords if one.arg in _NAMED}
                yield from (Named(kind, text) for kind, one in placed.items() if (text := _text(one)))
        elif isinstance(node, ast.Compare) and isinstance(node.left, ast.Name) and node.left.id in _WORDS:
            yield from (Named(node.left.id, _text(one)) for one in _compared(node))


def _text(node: ast.expr) -> str:
    return str(ast.literal_eval(node))


def _compared(node: ast.Compare) -> list[ast.expr]:
    right = node.comparators[0]
    return right.elts if isinstance(right, ast.Tuple | ast.List | ast.Set) else [right]


def _kind(node: ast.expr) -> tuple[str, type]:
    """The name under which a question is tried, and the type of its answer."""
    if isinstance(node, ast.Name):
        return node.id, NAMES[node.id].kind
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        return ast.unparse(node), FUNCTIONS[node.func.id].kind
    raise AssertionError(f"{ast.unparse(node)!r} was read as a rule")


def _values(tree: ast.expr) -> dict[str, set[Value]]:
    """What is worth trying as the answer to each question."""
    found: dict[str, set[Value]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare):
            name, kind = _kind(node.left)
            values = [_same(node.left, ast.literal_eval(one), kind) for one in _compared(node)]
            found.setdefault(name, set()).update(
                near for value in values for near in _near(name, kind, value)
            )
    for node in _bare(tree):
        name, kind = _kind(node)
        found.setdefault(name, set()).update((False, True) if kind is bool else (0, 1))
    return found


def _bare(node: ast.expr) -> Iterator[ast.expr]:
    """The questions that stand alone, answered with yes or no."""
    if isinstance(node, ast.BoolOp):
        for part in node.values:
            yield from _bare(part)
    elif isinstance(node, ast.UnaryOp):
        yield from _bare(node.operand)
    elif not isinstance(node, ast.Compare):
        yield node


def _same(node: ast.expr, value: Value, kind: type) -> Value:
    """A value as the fact is written that it is compared with."""
    if isinstance(value, str) and isinstance(node, ast.Name):
        return NAMES[node.id].same(value)
    return Decimal(str(value)) if kind is Decimal else value


def _near(name: str, kind: type, value: Value) -> Iterator[Value]:
    if isinstance(value, str):
        yield from (value, "\0 something else")
    elif isinstance(value, bool):
        yield from (False, True)
    else:
        beside = Decimal("0.01") if kind is Decimal else 1
        least = _LEAST.get(name, 0)
        yield from (near for near in (value - beside, value, value + beside) if near >= least)


def _condition(node: ast.expr) -> Callable[[_Tried], bool]:
    if isinstance(node, ast.BoolOp):
        parts = [_condition(part) for part in node.values]
        every = all if isinstance(node.op, ast.And) else any
        return lambda tried: every(part(tried) for part in parts)
    if isinstance(node, ast.UnaryOp):
        inner = _condition(node.operand)
        return lambda tried: not inner(tried)
    if isinstance(node, ast.Compare):
        return _comparison(node)
    name, _ = _kind(node)
    return lambda tried: bool(tried[name])


def _comparison(node: ast.Compare) -> Callable[[_Tried], bool]:
    name, kind = _kind(node.left)
    values = [_same(node.left, ast.literal_eval(one), kind) for one in _compared(node)]
    if isinstance(node.ops[0], ast.In | ast.NotIn):
        inside = isinstance(node.ops[0], ast.In)
        return lambda tried: (tried[name] in values) is inside
    compare = COMPARISONS[type(node.ops[0])]
    return lambda tried: compare(tried[name], values[0])
