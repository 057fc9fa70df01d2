"""Closed condition trees: what a gate may ask of the world.

Owns the node types and the three readings of a tree: over a batch of worlds (`holds`), over what one seat
knows (`judge`, three-valued), and by name (`reads`). What would make one hold is said in `unlock`.
Never evaluates text from a scenario: the set of operators is closed, an unknown one is a load error.
"""

from collections.abc import Callable, Mapping
from typing import Literal, Protocol

import msgspec
import numpy as np
from numpy.typing import NDArray

from adjudication.scalars import Scalar, evaluate, scalar_reads

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
Operand = float | str
Comparison = Literal["gt", "ge", "lt", "le", "eq"]


class OrderFilter(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which orders are meant. Every field given must match; lists mean "one of"."""

    moves: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    side: str = ""
    severity: tuple[str, ...] = ()
    public: bool | None = None
    unilateral: bool | None = None
    blocked: bool = False
    signal: Literal["", "positive", "negative"] = ""
    event: str = ""
    leader: bool | None = None
    consent: str = ""
    """A seat whose consent the order asks for."""


class _Node(msgspec.Struct, frozen=True, tag=True):
    """Base of all condition nodes."""


class All(_Node, frozen=True, tag="all"):
    """Every item holds."""

    items: tuple["Condition", ...]


class Some(_Node, frozen=True, tag="any"):
    """At least one item holds."""

    items: tuple["Condition", ...]


class Not(_Node, frozen=True, tag="not"):
    """The item does not hold."""

    item: "Condition"


class Compare(_Node, frozen=True, tag="compare"):
    """A comparison of two operands."""

    op: Comparison
    left: Operand
    right: Operand
    text: bool = False
    """The right side is a literal word (a choice of a parameter), not the name of a variable."""


class Between(_Node, frozen=True, tag="between"):
    """A value inside a closed interval."""

    ref: str
    low: float
    high: float


class Count(_Node, frozen=True, tag="count"):
    """At least so many matching orders, this turn or within some turns before it."""

    orders: OrderFilter
    at_least: int
    within: int = 0


class Deal(_Node, frozen=True, tag="deal"):
    """A text of a form is in force."""

    form: Literal["any", "oral", "statement", "text"]


class LensOn(_Node, frozen=True, tag="lens"):
    """A lens is on."""

    lens: str


class Chance(_Node, frozen=True, tag="chance"):
    """A keyed die falls below p."""

    p: Scalar
    key: str


Condition = All | Some | Not | Compare | Between | Count | Deal | LensOn | Chance


class Env(Protocol):
    """What a condition can ask. Arrays have shape (B,) or broadcast to it."""

    def read(self, name: str) -> Floats | str:
        """Return a value, (B,), or a word."""

    def count(self, orders: OrderFilter, within: int) -> Floats:
        """Count matching orders."""

    def deal(self, form: str) -> Bools:
        """Tell whether a text of a form is in force."""

    def lens(self, name: str) -> bool:
        """Tell whether a lens is on."""

    def roll(self, key: str, p: Floats) -> Bools:
        """Draw a keyed die against p."""


_OPS: Mapping[str, Callable[[Floats, Floats], Bools]] = {
    "gt": np.greater, "ge": np.greater_equal, "lt": np.less, "le": np.less_equal, "eq": np.equal,
}  # fmt: skip


def _operand(operand: Operand, env: Env) -> Floats | str:
    return env.read(operand) if isinstance(operand, str) else np.float64(operand)  # type: ignore[return-value]


def holds(condition: Condition, env: Env) -> Bools:
    """Evaluate over the batch: a boolean array of shape (B,) or one that broadcasts to it."""
    match condition:
        case All(items):
            result: Bools = np.True_  # type: ignore[assignment]
            for item in items:
                if not np.any(result):
                    break  # dice are keyed: one that decides nothing is neither drawn nor logged
                result = result & holds(item, env)
            return result
        case Some(items):
            result = np.False_  # type: ignore[assignment]
            for item in items:
                result = result | holds(item, env)
            return result
        case Not(item):
            return ~holds(item, env)
        case Compare(op, left, right, text):
            a = _operand(left, env)
            if text or isinstance(a, str):
                return np.bool_(str(a) == str(right))  # type: ignore[return-value]
            return _OPS[op](a, _operand(right, env))  # type: ignore[arg-type]
        case Between(ref, low, high):
            x = env.read(ref)
            return (x >= low) & (x <= high)  # type: ignore[operator]
        case Count(orders, at_least, within):
            return env.count(orders, within) >= at_least
        case Deal(form):
            return env.deal(form)
        case LensOn(lens):
            return np.bool_(env.lens(lens))  # type: ignore[return-value]
        case Chance(p, key):
            return env.roll(key, evaluate(p, env))


def reads(condition: Condition) -> frozenset[str]:
    """Return the names a condition reads (variables, clauses, flags, parameters)."""
    match condition:
        case All(items) | Some(items):
            return frozenset().union(*(reads(item) for item in items))
        case Not(item):
            return reads(item)
        case Compare(_, left, right, text):
            names = {left} if isinstance(left, str) else set()
            return frozenset(names | ({right} if isinstance(right, str) and not text else set()))
        case Between(ref, _, _):
            return frozenset({ref})
        case Chance(p, _):
            return scalar_reads(p)
        case _:
            return frozenset()


class Knower(Protocol):
    """What one seat can say: an interval (low, high) of a name, a count of orders, or nothing (None)."""

    def interval(self, name: str) -> tuple[float, float] | str | None:
        """Return the span of a name, a word, or None."""

    def count(self, orders: OrderFilter, within: int) -> tuple[float, float] | None:
        """Count matching orders."""

    def deal(self, form: str) -> bool | None:
        """Tell whether a text of a form is in force."""

    def lens(self, name: str) -> bool:
        """Tell whether a lens is on."""

    def roll(self, key: str, p: Scalar) -> bool | None:
        """Draw a die of one's own; None where it is not the seat's to draw."""


def judge(condition: Condition, knower: Knower) -> bool | None:
    """Evaluate three-valued over what a seat knows: True, False, or None for "cannot tell"."""
    match condition:
        case All(items):
            verdicts = [judge(item, knower) for item in items]
            return False if False in verdicts else None if None in verdicts else True
        case Some(items):
            verdicts = [judge(item, knower) for item in items]
            return True if True in verdicts else None if None in verdicts else False
        case Not(item):
            verdict = judge(item, knower)
            return None if verdict is None else not verdict
        case Compare(op, left, right, text):
            return _judge_compare(op, _known(left, knower), str(right) if text else _known(right, knower))
        case Between(ref, low, high):
            x = knower.interval(ref)
            if x is None or isinstance(x, str):
                return None
            return True if low <= x[0] and x[1] <= high else False if x[1] < low or x[0] > high else None
        case Count(orders, at_least, within):
            span = knower.count(orders, within)
            return None if span is None else _at_least(span, at_least)
        case Deal(form):
            return knower.deal(form)
        case LensOn(lens):
            return knower.lens(lens)
        case Chance(p, key):
            return knower.roll(key, p)


def _known(operand: Operand, knower: Knower) -> tuple[float, float] | str | None:
    return knower.interval(operand) if isinstance(operand, str) else (float(operand), float(operand))


def _at_least(span: tuple[float, float], bound: float) -> bool | None:
    return True if span[0] >= bound else False if span[1] < bound else None


def _judge_compare(op: str, a: tuple[float, float] | str | None, b: tuple[float, float] | str | None) -> bool | None:
    if a is None or b is None:
        return None
    if isinstance(a, str) or isinstance(b, str):
        return a == b
    low, high = a[0] - b[1], a[1] - b[0]
    if op == "eq":
        return True if low == high == 0 else False if low > 0 or high < 0 else None
    if op in ("gt", "ge"):
        strict = op == "gt"
        sure, never = (low > 0, high <= 0) if strict else (low >= 0, high < 0)
    else:
        strict = op == "lt"
        sure, never = (high < 0, low >= 0) if strict else (high <= 0, low > 0)
    return True if sure else False if never else None


class Words(Protocol):
    """How names are said to a reader: labels of variables, levels of issues, moves, flags."""

    def leaf(self, node: Condition, negated: bool) -> str:
        """Say one leaf as a requirement."""
