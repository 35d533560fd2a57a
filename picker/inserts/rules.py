"""Who gets a campaign: one line such as `order == 1 and country in ("PL", "DE") and not gift`.

The line is read with Python's own grammar, of which only comparisons, and/or/not, plain values and the questions
of `picker.inserts.questions` have a meaning; nothing of it is ever executed. `picker.inserts.terms` shows them all.
"""

import ast
import operator
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from picker.errors import Mistake
from picker.inserts.facts import InsertFacts
from picker.inserts.questions import FUNCTIONS, NAMES, Ask, Value

LONGEST = 2_000
DEEPEST = 30


_COMPARISONS: dict[type[ast.cmpop], Callable[[Value, Value], bool]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}


class RuleError(Mistake):
    """A rule that can't be read, in words, and the column (from 1) where it goes wrong."""

    def __init__(self, words: str, column: int) -> None:
        super().__init__(f"column {column}: {words}")
        self.words, self.column = words, column


@dataclass(frozen=True, slots=True)
class Question:
    """What a rule asks, as it is written there; `ask` answers it from facts."""

    text: str
    kind: type
    ask: Ask = field(compare=False)


Answers = Callable[[Question], Value | None]
Condition = Callable[[Answers], bool | None]
"""Whether answers meet a condition, None where that depends on what isn't known (Kleene's three values)."""
_Compared = dict[Question, set[Value]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that was read; `asks` names what it wants to know.

    `compared` are its questions, each with what its answer is compared with: no, or none, where it stands alone.
    """

    text: str
    asks: frozenset[str]
    _meets: Condition = field(compare=False)
    compared: Mapping[Question, Collection[Value]] = field(default_factory=dict, compare=False)

    def holds(self, facts: InsertFacts) -> bool:
        """Whether a customer and parcel are meant by it for certain."""
        return self._meets(lambda question: question.ask(facts)) is True

    def met_by(self, answers: Mapping[Question, Value]) -> bool:
        """Whether these answers to all its questions meet it."""
        return self._meets(answers.__getitem__) is True


def parse_rule(text: str) -> Rule:
    """Read a rule; the empty one means everybody. Raises RuleError."""
    if len(text) > LONGEST:
        raise RuleError(f"expected at most {LONGEST} characters, got {len(text)}", LONGEST + 1)
    line = "".join(" " if char.isspace() else char for char in text).rstrip()
    begins = len(line) - len(line.lstrip())
    line = line[begins:]
    if not line:
        return Rule("", frozenset(), lambda answers: True)
    try:
        tree = ast.parse(line, mode="eval").body
    except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
        column = getattr(error, "offset", None) or 1
        raise RuleError(f"{line!r} is no rule: {getattr(error, 'msg', error)}", begins + column) from None
    try:
        compared: _Compared = {}
        return Rule(line, _asked(tree), _condition(tree, compared, 0), compared)
    except RecursionError:
        raise RuleError("expected fewer brackets inside each other", begins + 1) from None
    except RuleError as error:
        raise RuleError(error.words, begins + _characters(line, error.column)) from None


def _characters(line: str, column: int) -> int:
    """A column of Python's grammar, which counts bytes, as one of characters."""
    return len(line.encode("utf-8", "replace")[: column - 1].decode("utf-8", "ignore")) + 1


def _asked(tree: ast.expr) -> frozenset[str]:
    return frozenset(node.id for node in ast.walk(tree) if isinstance(node, ast.Name))


def _condition(node: ast.expr, compared: _Compared, depth: int) -> Condition:
    if depth > DEEPEST:
        raise RuleError(f"expected at most {DEEPEST} levels of brackets", node.col_offset + 1)
    if isinstance(node, ast.BoolOp):
        parts = [_condition(part, compared, depth + 1) for part in node.values]
        decides = isinstance(node.op, ast.Or)  # one such part is enough, whatever the others are
        return lambda answers: _joined([part(answers) for part in parts], decides)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        inner = _condition(node.operand, compared, depth + 1)
        return lambda answers: None if (met := inner(answers)) is None else not met
    if isinstance(node, ast.Compare):
        return _comparison(node, compared)
    question = _question(node)
    if question.kind in (bool, int):
        compared.setdefault(question, set()).add(question.kind())
        return lambda answers: None if (known := answers(question)) is None else bool(known)
    raise _error(node, 'expected a comparison such as country == "PL"')


def _joined(parts: list[bool | None], decides: bool) -> bool | None:
    """What parts joined by or (True decides), or by and (False does), amount to."""
    if decides in parts:
        return decides
    return None if None in parts else not decides


def _comparison(node: ast.Compare, compared: _Compared) -> Condition:
    if len(node.ops) != 1:
        raise _error(node, "expected one comparison at a time, joined by and")
    question = _question(node.left)
    kind, values = question.kind, compared.setdefault(question, set())
    same = NAMES[node.left.id].same if isinstance(node.left, ast.Name) else str
    if isinstance(node.ops[0], ast.In | ast.NotIn):
        wanted = _choices(node.comparators[0], kind, same)
        values |= wanted
        inside = isinstance(node.ops[0], ast.In)
        return lambda answers: None if (known := answers(question)) is None else (known in wanted) is inside
    compare = _COMPARISONS.get(type(node.ops[0]))
    if compare is None:
        raise _error(node, "expected ==, !=, <, <=, >, >=, in or not in")
    if kind in (bool, str) and not isinstance(node.ops[0], ast.Eq | ast.NotEq):
        raise _error(node, "expected == or != for words")
    right = _wanted(node.comparators[0], kind, same)
    values.add(right)
    return lambda answers: None if (known := answers(question)) is None else compare(known, right)


def _question(node: ast.expr) -> Question:
    """What a name, or a question with its arguments, asks."""
    if isinstance(node, ast.Name):
        if node.id not in NAMES:
            hint = f"{node.id} wants brackets" if node.id in FUNCTIONS else f"expected one of {_known()}"
            raise _error(node, f"{node.id!r} is not known; {hint}")
        return Question(node.id, NAMES[node.id].kind, NAMES[node.id].ask)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in FUNCTIONS:
        function = FUNCTIONS[node.func.id]
        words = [_constant(argument, str if function.words else int) for argument in node.args]
        more = {keyword.arg or "": _named(keyword) for keyword in node.keywords}
        try:
            return Question(ast.unparse(node), function.kind, function.ask(*words, **more))
        except TypeError:
            raise _error(node, f"expected {function.usage}, got {ast.unparse(node)[:40]}") from None
        except ValueError as error:
            raise _error(node, f"{node.func.id}: {error}") from None
    raise _error(node, f"{ast.unparse(node)[:40]!r} has no meaning here; expected one of {_known()}")


def _named(keyword: ast.keyword) -> Value:
    return _constant(keyword.value, int if keyword.arg == "days" else str)


def _known() -> str:
    return ", ".join([*sorted(NAMES), *(f"{name}()" for name in sorted(FUNCTIONS))])


def _choices(node: ast.expr, kind: type, same: Callable[[str], str]) -> frozenset[Value]:
    if not isinstance(node, ast.Tuple | ast.List | ast.Set) or not node.elts:
        raise _error(node, 'expected a list such as ("PL", "DE")')
    return frozenset(_wanted(element, kind, same) for element in node.elts)


def _wanted(node: ast.expr, kind: type, same: Callable[[str], str]) -> Value:
    """What a fact is compared with; words written as the fact's are."""
    value = _constant(node, kind)
    try:
        return same(value) if isinstance(value, str) else value
    except ValueError as error:
        raise _error(node, str(error)) from None


def _constant(node: ast.expr, kind: type) -> Value:
    value = _plain(node)
    if kind is Decimal and isinstance(value, int | float) and not isinstance(value, bool):
        return Decimal(str(value))
    if type(value) is not kind:
        names = {str: "words in quotes", int: "a whole number", bool: "True or False", Decimal: "a number"}
        raise _error(node, f"expected {names[kind]}, got {ast.unparse(node)[:40]}")
    return value


def _plain(node: ast.expr) -> Value:
    if isinstance(node, ast.Constant) and isinstance(node.value, str | int | float | bool):
        return node.value  # type: ignore[return-value]  # just checked
    if (
        isinstance(node, ast.UnaryOp)
        and isinstance(node.op, ast.USub)
        and isinstance(node.operand, ast.Constant)
    ):
        value = node.operand.value
        if isinstance(value, int | float) and not isinstance(value, bool):
            return -value  # type: ignore[return-value]  # just checked
    raise _error(node, f"expected a plain value, got {ast.unparse(node)[:40]!r}")


def _error(node: ast.expr, words: str) -> RuleError:
    return RuleError(words, node.col_offset + 1)
