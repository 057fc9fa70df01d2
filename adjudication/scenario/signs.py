"""The sign of a formula: whether raising one name can only raise, or only lower, what a case computes from it.

Owns interval arithmetic and signs over the closed scalar forms, for the promises of `monotone:`. Judges data effects
alone; what code computes is held by property tests. It must stay sound: what it cannot tell it calls unknown.
"""

from collections.abc import Iterator, Mapping
from itertools import pairwise
from math import exp, inf
from typing import Literal

from adjudication import effects as e
from adjudication.conditions import reads
from adjudication.scalars import (
    Const,
    Exp,
    Greatest,
    Least,
    Lin,
    Logistic,
    Mul,
    Ratio,
    Relu,
    Scalar,
    Table,
    Var,
    scalar_reads,
)
from adjudication.scenario.schema import Scenario

Sign = Literal["none", "up", "down", "unknown"]
Span = tuple[float, float]
_FLIP: dict[Sign, Sign] = {"none": "none", "up": "down", "down": "up", "unknown": "unknown"}


class Signs:
    """Signs of one scenario: `limits` are the ranges of its variables; derived values are followed."""

    def __init__(self, scenario: Scenario, limits: Mapping[str, Span]) -> None:
        self.derived = {item.id: item.scalar for item in scenario.derived}
        self.limits = limits

    def span(self, scalar: Scalar) -> Span:
        """Return bounds of a scalar over the whole range of the variables."""
        match scalar:
            case Const(value):
                return value, value
            case Var(name):
                return self._of_name(name)
            case Lin(const, terms, low, high):
                bottom = top = const
                for weight, term in terms:
                    a, b = (_times(weight, end) for end in self.span(term))
                    bottom, top = bottom + min(a, b), top + max(a, b)
                floor, roof = -inf if low is None else low, inf if high is None else high
                return min(max(bottom, floor), roof), min(max(top, floor), roof)
            case Relu(name, threshold, slope):
                ends = [_times(slope, max(0.0, end - threshold)) for end in self._of_name(name)]
                return min(ends), max(ends)
            case Table(_, _, ys):
                return min(ys), max(ys)
            case Logistic():
                return 0.0, 1.0
            case Exp(of):
                low, high = self.span(of)
                return exp(min(low, 700.0)), exp(high) if high < 700.0 else inf
            case Mul(factors):
                return self._product([self.span(factor) for factor in factors])
            case Least(items) | Greatest(items):
                spans = [self.span(item) for item in items]
                take = min if isinstance(scalar, Least) else max
                return take(low for low, _ in spans), take(high for _, high in spans)
            case Ratio():
                return -inf, inf

    def _of_name(self, name: str) -> Span:
        if name in self.derived:
            return self.span(self.derived[name])
        return self.limits.get(name, (-inf, inf))

    def _product(self, spans: list[Span]) -> Span:
        low, high = 1.0, 1.0
        for bottom, top in spans:
            corners = [_times(a, b) for a in (low, high) for b in (bottom, top)]
            low, high = min(corners), max(corners)
        return low, high

    def sign(self, scalar: Scalar, name: str) -> Sign:
        """Return which way a scalar moves when `name` rises and all else stands still."""
        match scalar:
            case Const():
                return "none"
            case Var(own):
                return self._name_sign(own, name)
            case Lin(_, terms):
                return _together([_scaled(weight, self.sign(term, name)) for weight, term in terms])
            case Relu(own, _, slope):
                return _scaled(slope, self._name_sign(own, name))
            case Table(own, _, ys):
                steps = [b - a for a, b in pairwise(ys)]
                inner = self._name_sign(own, name)
                if all(step >= 0 for step in steps):
                    return inner if any(steps) else "none"
                return _FLIP[inner] if all(step <= 0 for step in steps) else "none" if inner == "none" else "unknown"
            case Logistic(of) | Exp(of):
                return self.sign(of, name)
            case Mul(factors):
                return self._product_sign(factors, name)
            case Least(items) | Greatest(items):
                return _together([self.sign(item, name) for item in items])
            case Ratio():
                return "unknown" if self.reads(scalar, name) else "none"

    def _name_sign(self, own: str, name: str) -> Sign:
        if own == name:
            return "up"
        return self.sign(self.derived[own], name) if own in self.derived else "none"

    def _product_sign(self, factors: tuple[Scalar, ...], name: str) -> Sign:
        parts: list[Sign] = []
        for at, factor in enumerate(factors):
            own = self.sign(factor, name)
            if own == "none":
                continue
            low, high = self._product([self.span(other) for n, other in enumerate(factors) if n != at])
            parts.append(own if low >= 0 else _FLIP[own] if high <= 0 else "unknown")
        return _together(parts)

    def reads(self, scalar: Scalar, name: str) -> bool:
        """Tell whether a scalar depends on a name, itself or through derived values."""
        names = scalar_reads(scalar)
        return name in names or any(own in self.derived and self.reads(self.derived[own], name) for own in names)


def against(scenario: Scenario, signs: Signs, cause: str, effect: str, promised: str) -> Iterator[tuple[str, Sign]]:
    """Yield the rules (id, sign) that move `effect` against a promise about `cause`."""
    for rule in scenario.rules:
        for item in rule.effects:
            match item:
                case e.Add(var, amount) if var == effect:
                    formula = amount
                case e.Toward(var, target, _) if var == effect:
                    formula = target
                case e.Signal(var, loglr) if var == effect:
                    formula = loglr
                case _:
                    continue
            found = signs.sign(formula, cause)
            gated = any(cause in reads(test) for test in (rule.when, item.when) if test is not None)
            if found not in ("none", promised) and not (gated and found == "unknown"):
                yield rule.id, found


def _times(a: float, b: float) -> float:
    return 0.0 if a == 0.0 or b == 0.0 else a * b


def _scaled(weight: float, sign: Sign) -> Sign:
    return "none" if weight == 0 else sign if weight > 0 else _FLIP[sign]


def _together(parts: list[Sign]) -> Sign:
    kinds = {part for part in parts if part != "none"}
    return kinds.pop() if len(kinds) == 1 else "unknown" if kinds else "none"
