"""Ranges of names while the leaves of a condition are laid on them, one after the other.

Owns interval arithmetic with open ends and the sets of words parameters may be. An empty range is a contradiction.
"""

from collections.abc import Sequence
from math import ceil, floor, inf

from adjudication import conditions as c
from adjudication import effects as e
from adjudication.scenario.names import effects_of
from adjudication.scenario.schema import Param, Scenario
from adjudication.scenario.vocabulary import Vocabulary

Span = tuple[float, float]
Counted = tuple[c.OrderFilter, int]
WHOLE = ("flag.", "event.", "clause.", "before.", "actual.", "gained.", "tag.", "consent.", "asked.", "told.")
"""Names that are whole numbers by what they are."""

FLIPPED: dict[str, c.Comparison] = {"gt": "le", "ge": "lt", "lt": "ge", "le": "gt"}
MIRRORED: dict[str, c.Comparison] = {"gt": "lt", "ge": "le", "lt": "gt", "le": "ge", "eq": "eq"}


class Bounds:
    """The range of every name, and what one way of holding leaves of them."""

    def __init__(self, scenario: Scenario, words: Vocabulary, *, flags: frozenset[str], events: frozenset[str]) -> None:
        self.scenario, self.words = scenario, words
        self.spans: dict[str, Span] = dict(words.spans)
        for flag in scenario.flags:
            if flag not in flags:
                self.spans[f"flag.{flag}"] = (0.0, 0.0)
        for event in words.events:
            if event not in events:
                self.spans[f"event.{event}"] = (0.0, 0.0)
        for name in still(scenario):
            starts = [p.start[name] for p in scenario.presets if name in p.start]
            values = (scenario.variable[name].init, *starts)
            self.spans[name] = (min(values), max(values))
        self.choices: dict[str, frozenset[str]] = {}
        self.lenses: dict[str, bool] = {}
        self.deals: dict[str, bool] = {}
        self.counts: dict[Counted, Span] = {}

    def fresh(self, params: Sequence[Param] | None) -> "Bounds":
        """Return a copy to lay a way on, for an order with these parameters (None: any)."""
        other = object.__new__(Bounds)
        other.__dict__.update(self.__dict__)
        other.spans, other.choices, other.lenses, other.deals, other.counts = dict(self.spans), {}, {}, {}, {}
        for param in params or ():
            name = f"param.{param.id}"
            if param.kind == "choice":
                other.choices[name] = frozenset(param.choices)
            else:
                top = 1.0 if param.kind == "bool" else inf if param.high is None else float(param.high)
                low = 0.0 if param.kind == "bool" else -inf if param.low is None else float(param.low)
                other.spans[name] = (low, top)
        return other

    def narrow(self, leaf: c.Condition, *, holds: bool) -> bool:
        """Lay one leaf on the ranges; tell whether anything is left."""
        match leaf:
            case c.Compare(_, str(left), str(right), True):
                return self._word(left, right, holds=holds)
            case c.Compare(op, str(left), float(right)):
                return self._number(left, op, right, holds=holds)
            case c.Compare(op, float(left), str(right)):
                return self._number(right, MIRRORED[op], left, holds=holds)
            case c.Compare(op, left, right):
                return self._pair(op, left, right, holds=holds)
            case c.Between(ref, low, high):
                if holds:
                    return self._number(ref, "ge", low, holds=True) and self._number(ref, "le", high, holds=True)
                bottom, top = self.of(ref)
                return bottom < low or top > high
            case c.LensOn(lens):
                return self.lenses.setdefault(lens, holds) == holds
            case c.Deal(form):
                self.deals[form] = holds
                up = [name for name in ("oral", "statement", "text") if self.deals.get(name)]
                return len(up) < 2 and not (up and self.deals.get("any") is False)
            case _:
                return True

    def counted(self, what: Counted, at_least: int, *, holds: bool) -> bool:
        """Lay a count of orders on what is known of the same count."""
        low, high = self.counts.get(what, (0.0, inf))
        low, high = (max(low, float(at_least)), high) if holds else (low, min(high, at_least - 1.0))
        self.counts[what] = (low, high)
        return low <= high

    def of(self, name: str) -> Span:
        """Return the range of a name; derived values over the ranges of what they read."""
        if name in self.spans:
            return self.spans[name]
        derived = self.scenario.derived_by_id.get(name)
        return self.words.signs.span(derived.scalar) if derived is not None else (-inf, inf)

    def _number(self, name: str, op: c.Comparison, value: float, *, holds: bool) -> bool:
        low, high = self.of(name)
        if op == "eq" and not holds:
            return not (low == high == value)
        wanted = op if holds else FLIPPED[op]
        whole = name.startswith(WHOLE) or name == "turn" or self._counted(name)
        if wanted in ("ge", "eq"):
            low = max(low, float(ceil(value)) if whole and wanted == "ge" else value)
        if wanted in ("le", "eq"):
            high = min(high, float(floor(value)) if whole and wanted == "le" else value)
        if wanted == "gt":
            if high <= value:
                return False
            low = max(low, floor(value) + 1.0 if whole else value)
        if wanted == "lt":
            if low >= value:
                return False
            high = min(high, ceil(value) - 1.0 if whole else value)
        self.spans[name] = (low, high)
        return low <= high

    def _counted(self, name: str) -> bool:
        variable = self.scenario.variable.get(name)
        return variable is not None and variable.kind == "flag"

    def _pair(self, op: c.Comparison, left: c.Operand, right: c.Operand, *, holds: bool) -> bool:
        (a, b), (x, y) = (self.of(side) if isinstance(side, str) else (side, side) for side in (left, right))
        if op == "eq":
            return (a <= y and x <= b) if holds else not (a == b == x == y)
        wanted = op if holds else FLIPPED[op]
        return {"gt": b > x, "ge": b >= x, "lt": a < y, "le": a <= y}[wanted]

    def _word(self, name: str, word: str, *, holds: bool) -> bool:
        known = self.choices.get(name)
        if known is None:
            return True
        left = known & {word} if holds else known - {word}
        self.choices[name] = left
        return bool(left)


def still(scenario: Scenario) -> frozenset[str]:
    """Return the variables nothing in the case ever moves."""
    moved = {name for _, effect in effects_of(scenario) for name in _written(effect)}
    moved |= {variable.id for variable in scenario.variables if variable.drift is not None or variable.forget}
    b, t, k = scenario.beliefs, scenario.tally, scenario.commitments
    moved |= {*b.trust.values(), *b.resolve.values(), *b.audience.values()}
    moved |= {t.noclash, t.nowar, t.clashes, t.war, t.points, k.strength, k.form, k.clock}
    moved |= {name for card in scenario.cards for outcome in card.outcomes for name in outcome.set}
    if scenario.ladder is not None:
        moved.add(scenario.ladder.variable)
    if scenario.free_moves is not None:
        moved |= set(scenario.free_moves.variables)
    return frozenset(scenario.variable) - moved


def _written(effect: e.Effect) -> tuple[str, ...]:
    match effect:
        case e.Add(var) | e.Toward(var):
            return (var,)
        case e.Signal(belief):
            return (belief,)
        case _:
            return ()
