"""What would make a condition hold, and no more: the minimal failing leaves of its tree, in words.

Owns the reduction: leaves that hold already, that follow from another, or that belong to a harder way of getting the
same are left out. Asks for verdicts, never for values, so that it can say no more than its caller may know.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from adjudication.conditions import All, Between, Compare, Condition, Count, Not, Some, Words

Verdict = Callable[[Condition], bool | None]
INFINITY = float("inf")


@dataclass(frozen=True)
class Lack:
    """A leaf that does not hold (or, negated, that should not)."""

    node: Condition
    negated: bool


@dataclass(frozen=True)
class Either:
    """Several ways to the same; each is a set of things needed together."""

    ways: tuple["Together", ...]


Together = tuple[Lack | Either, ...]


def unmet(condition: Condition, verdict: Verdict, words: Words) -> tuple[str, ...]:
    """Say what is missing, one line for each thing needed; alternatives are joined by "or"."""
    return tuple(dict.fromkeys(_say(need, words) for need in needs(condition, verdict)))


def needs(condition: Condition, verdict: Verdict) -> Together:
    """Return what is needed together; empty where the condition holds."""
    return _needs(condition, verdict, negated=False)


def _needs(condition: Condition, verdict: Verdict, *, negated: bool) -> Together:
    value = verdict(condition)
    if value is not None and value != negated:
        return ()
    match condition:
        case Not(item):
            return _needs(item, verdict, negated=not negated)
        case All(items) | Some(items):
            parts = [part for item in items if (part := _needs(item, verdict, negated=negated))]
            if isinstance(condition, All) != negated:
                return _together(need for part in parts for need in part)
            return _either(parts)
        case _:
            return (Lack(condition, negated),)


# --- reduction --------------------------------------------------------------------------------
def _together(needed: Iterable[Lack | Either]) -> Together:
    """Drop what follows from something else that is needed anyway."""
    kept = list(dict.fromkeys(needed))
    for need in tuple(kept):
        others = [other for other in kept if other is not need]
        if _follows(need, others):
            kept.remove(need)
    return tuple(kept)


def _either(parts: Iterable[Together]) -> Together:
    """Drop every way that asks for all another way asks for; one way left is no choice."""
    ways: list[Together] = []
    for part in parts:
        ways += part[0].ways if len(part) == 1 and isinstance(part[0], Either) else (part,)
    kept = list(dict.fromkeys(ways))
    for way in tuple(kept):
        if any(all(_follows(need, way) for need in other) for other in kept if other is not way):
            kept.remove(way)
    return kept[0] if len(kept) == 1 else (Either(tuple(kept)),) if kept else ()


def _follows(need: Lack | Either, given: Iterable[Lack | Either]) -> bool:
    """Tell whether a need is met once all that is given is."""
    if isinstance(need, Either):
        return need in given or any(all(_follows(one, given) for one in way) for way in need.ways)
    return any(isinstance(other, Lack) and _implies(other, need) for other in given)


def _implies(a: Lack, b: Lack) -> bool:
    """Tell whether one leaf made so makes another so: the same, or a stricter bound on the same thing."""
    if a == b:
        return True
    match a.node, b.node:
        case Count(one, m, within), Count(other, n, again) if (one, within) == (other, again):
            return a.negated == b.negated and (m <= n if a.negated else m >= n)
    inner, outer = _span(a), _span(b)
    return inner is not None and outer is not None and inner[0] == outer[0] and _inside(inner[1:], outer[1:])


Span = tuple[str, float, bool, float, bool]
"""A name and the interval it has to lie in: low, whether low itself is in, high, whether high itself is in."""


def _span(lack: Lack) -> Span | None:
    match lack.node:
        case Compare(op, str(name), float(bound), text=False):
            lows = {("ge", False): True, ("gt", False): False, ("lt", True): True, ("le", True): False}
            highs = {("le", False): True, ("lt", False): False, ("gt", True): True, ("ge", True): False}
            if (op, lack.negated) in lows:
                return (name, bound, lows[op, lack.negated], INFINITY, False)
            if (op, lack.negated) in highs:
                return (name, -INFINITY, False, bound, highs[op, lack.negated])
            return (name, bound, True, bound, True) if not lack.negated else None
        case Between(name, low, high) if not lack.negated:
            return (name, low, True, high, True)
        case _:
            return None


def _inside(inner: tuple[float, bool, float, bool], outer: tuple[float, bool, float, bool]) -> bool:
    low, low_in, high, high_in = inner
    floor, floor_in, top, top_in = outer
    above = low > floor or (low == floor and (floor_in or not low_in))
    below = high < top or (high == top and (top_in or not high_in))
    return above and below


# --- words ------------------------------------------------------------------------------------
def _say(need: Lack | Either, words: Words) -> str:
    if isinstance(need, Lack):
        return words.leaf(need.node, need.negated)
    said = list(dict.fromkeys(" and ".join(_inner(one, words) for one in way) for way in need.ways))
    return (", or " if any(len(way) > 1 for way in need.ways) else " or ").join(said)


def _inner(need: Lack | Either, words: Words) -> str:
    return f"either {_say(need, words)}" if isinstance(need, Either) else _say(need, words)
