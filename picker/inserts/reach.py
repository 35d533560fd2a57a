"""Whom a rule can reach: a rule that no order ever meets, and what it names that a shop may not have."""

import ast
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import product
from math import prod

from picker.inserts.questions import FUNCTIONS, Value
from picker.inserts.rules import Question, Rule

_MOST_TRIES = 20_000
_LEAST = {"order": 1, "parcel": 1}
"""Whole numbers that begin at 1; every other one may be 0."""
_NAMED = {"sku": 0, "category": 1}
"""Where goods stand among the arguments of a question about them."""

_WORDS = ("tier", "channel")
"""Facts of the shop's own words."""


@dataclass(frozen=True, slots=True)
class Named:
    """Something that a rule names: `kind` is "sku", "category", "tag", "tier" or "channel"."""

    kind: str
    value: str


def reaches_nobody(rule: Rule) -> bool:
    """Whether no answers at all to its questions meet a rule, such as `order == 1 and order == 2`.

    Each question is tried with the values that the rule compares its answer with and those just beside them, as if it
    had nothing to do with the others; a rule with more of them than can be tried is believed.
    """
    tries = [_worth_trying(question, values) for question, values in rule.compared.items()]
    if prod(map(len, tries)) > _MOST_TRIES:
        return False
    return not any(rule.met_by(dict(zip(rule.compared, tried, strict=True))) for tried in product(*tries))


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


def _worth_trying(question: Question, values: Collection[Value]) -> Collection[Value]:
    """Answers that may make a difference: what the real one is compared with, and what lies just beside that."""
    if question.kind is bool:
        return (False, True)
    return {near for value in values for near in _near(question, value)}


def _near(question: Question, value: Value) -> Iterator[Value]:
    if isinstance(value, str):
        yield from (value, "\0 something else")
    else:
        beside = Decimal("0.01") if question.kind is Decimal else 1
        least = _LEAST.get(question.text, 0)
        yield from (near for near in (value - beside, value, value + beside) if near >= least)
