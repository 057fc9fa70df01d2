"""Unlock hints: only failing leaves, each needed, each alternative as small as it can be, and said without doubt."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adjudication.conditions import All, Between, Compare, Condition, Count, Not, OrderFilter, Some, holds
from adjudication.unlock import Either, Lack, Together, needs, unmet
from adjudication.words import Sayings
from tests.support.engine import the_case

NAMES = ("a", "b", "c", "d", "e")


class World:
    """Names that are 0 or 1."""

    def __init__(self, up: frozenset[str]) -> None:
        self.up = up

    def read(self, name: str) -> object:
        return np.float64(name in self.up)


class Plain:
    """Words of leaves: the name, or the name with a bar over it."""

    def leaf(self, node: Condition, negated: bool) -> str:
        assert isinstance(node, Compare)
        bound = "" if node.right == 1.0 else f"{node.op}{node.right:g}"
        return f"{'no ' if negated else ''}{node.left}{bound}"


def leaf(name: str, op: str = "eq", bound: float = 1.0) -> Compare:
    return Compare(op, name, float(bound))  # type: ignore[arg-type]


A, B, C, D = map(leaf, NAMES[:4])


def hint(condition: Condition, *up: str) -> tuple[str, ...]:
    world = World(frozenset(up))
    return unmet(condition, lambda node: bool(holds(node, world)), Plain())  # type: ignore[arg-type]


# --- examples ---------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("condition", "up", "said"),
    [
        (All((A, B)), (), ("a", "b")),
        (All((A, B)), ("a",), ("b",)),
        (All((A, B)), ("a", "b"), ()),
        (Some((A, B)), (), ("a or b",)),
        (Some((A, B)), ("a",), ()),
        (Not(A), ("a",), ("no a",)),
        (Not(A), (), ()),
        (Not(All((A, B))), ("a", "b"), ("no a or no b",)),
        (Not(Some((A, B))), ("a", "b"), ("no a", "no b")),
        (Not(Some((A, B))), ("a",), ("no a",)),
        (Not(Not(A)), (), ("a",)),
        (All((A, Some((B, C)))), (), ("a", "b or c")),
        (All((A, Some((A, B)))), (), ("a",)),
        (All((A, A)), (), ("a",)),
        (Some((A, All((A, B)))), (), ("a",)),
        (Some((All((A, B)), C)), (), ("a and b, or c",)),
        (Some((All((A, B)), C)), ("a",), ("b or c",)),
        (Some((All((A, Some((B, C)))), D)), (), ("a and either b or c, or d",)),
        (Some((Some((A, B)), C)), (), ("a or b or c",)),
    ],
)
def test_all_any_and_not_name_only_what_is_missing(condition: Condition, up: tuple[str, ...], said: tuple[str, ...]):
    assert hint(condition, *up) == said


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        (All((leaf("x", "ge", 45), leaf("x", "ge", 60))), ("xge60",)),
        (Some((leaf("x", "ge", 45), leaf("x", "ge", 60))), ("xge45",)),
        (All((leaf("x", "gt", 45), leaf("x", "ge", 45))), ("xgt45",)),
        (All((Not(leaf("x", "lt", 45)), leaf("x", "ge", 60))), ("xge60",)),
        (All((leaf("x", "ge", 45), leaf("y", "ge", 60))), ("xge45", "yge60")),
        (Some((leaf("x", "ge", 45), leaf("x", "le", 5))), ("xge45 or xle5",)),
        (All((leaf("x", "eq", 5), leaf("x", "ge", 2))), ("xeq5",)),
    ],
)
def test_a_looser_bound_is_not_said_beside_a_stricter_one_on_the_same(condition: Condition, said: tuple[str, ...]):
    assert unmet(condition, _failing, Plain()) == said


def _failing(node: Condition) -> bool:
    """Let every leaf fail; the one that is asked the other way round has to hold for that."""
    return isinstance(node, Compare) and node.op == "lt"


def test_more_of_the_same_orders_covers_fewer_and_a_span_covers_its_ends() -> None:
    few, many = Count(OrderFilter(moves=("x",)), 1), Count(OrderFilter(moves=("x",)), 2)
    assert needs(All((few, many)), lambda _: False) == (Lack(many, False),)
    assert needs(Some((few, many)), lambda _: False) == (Lack(few, False),)
    span = Between("x", 2.0, 4.0)
    assert needs(All((span, leaf("x", "ge", 1.0))), lambda _: False) == (Lack(span, False),)


def test_what_cannot_be_told_is_named_too() -> None:
    verdicts = {A: None, B: True, C: False}
    told = unmet(All((A, B, C)), lambda n: verdicts.get(n) if isinstance(n, Compare) else False, Plain())  # type: ignore[arg-type]
    assert told == ("a", "c")


# --- any tree ---------------------------------------------------------------------------------
trees = st.recursive(
    st.sampled_from([leaf(name) for name in NAMES]),
    lambda inner: st.one_of(
        st.builds(Not, inner),
        st.lists(inner, min_size=1, max_size=3).map(lambda items: All(tuple(items))),
        st.lists(inner, min_size=1, max_size=3).map(lambda items: Some(tuple(items))),
    ),
    max_leaves=8,
)
worlds = st.frozensets(st.sampled_from(NAMES))


def leaves_of(need: Lack | Either) -> frozenset[Lack]:
    if isinstance(need, Lack):
        return frozenset({need})
    return frozenset().union(*(leaves_of(one) for way in need.ways for one in way))


def routes(together: Together) -> list[frozenset[Lack]]:
    """Return every way to meet all that is needed together."""
    found = [frozenset()]
    for need in together:
        ways = [frozenset({need})] if isinstance(need, Lack) else [r for way in need.ways for r in routes(way)]
        found = [have | way for have in found for way in ways]
    return found


def made_so(up: frozenset[str], route: frozenset[Lack]) -> frozenset[str] | None:
    """Return the world after a route, None where the route contradicts itself."""
    raised = {lack.node.left for lack in route if not lack.negated}  # type: ignore[union-attr]
    lowered = {lack.node.left for lack in route if lack.negated}  # type: ignore[union-attr]
    return None if raised & lowered else frozenset((up | raised) - lowered)  # type: ignore[arg-type]


def so(condition: Condition, up: frozenset[str]) -> bool:
    return bool(holds(condition, World(up)))  # type: ignore[arg-type]


def plain(tree: Condition, negated: bool = False) -> dict[str, set[bool]]:
    """Return the signs with which each name stands in a tree."""
    match tree:
        case Not(item):
            return plain(item, not negated)
        case All(items) | Some(items):
            found: dict[str, set[bool]] = {}
            for item in items:
                for name, signs in plain(item, negated).items():
                    found.setdefault(name, set()).update(signs)
            return found
        case _:
            assert isinstance(tree, Compare)
            return {str(tree.left): {negated}}


@given(trees, worlds)
@settings(max_examples=600, deadline=None)
def test_meeting_a_hint_unlocks_and_leaving_out_any_line_of_it_does_not(tree: Condition, up: frozenset[str]) -> None:
    """For trees in which no name stands both ways; those can contradict themselves."""
    verdict = lambda node: so(node, up)  # noqa: E731
    needed = needs(tree, verdict)
    assert (needed == ()) == so(tree, up)
    lacks = frozenset().union(*(leaves_of(need) for need in needed)) if needed else frozenset()
    assert all(so(lack.node, up) == lack.negated for lack in lacks), "only what fails is named"
    if any(len(signs) > 1 for signs in plain(tree).values()):
        return
    for route in routes(needed):
        after = made_so(up, route)
        assert after is not None
        assert so(tree, after), "a hint that is followed has to unlock"
    everything = made_so(up, lacks)
    assert everything is not None
    for need in needed:
        without = made_so(everything, frozenset(Lack(one.node, not one.negated) for one in leaves_of(need)))
        assert without is not None
        assert not so(tree, without), "each line is needed whatever else is done"


@given(trees, worlds)
@settings(max_examples=300, deadline=None)
def test_no_way_asks_for_all_of_another_or_only_for_what_is_needed_anyway(tree: Condition, up: frozenset[str]) -> None:
    needed = needs(tree, lambda node: so(node, up))
    assert len(set(needed)) == len(needed)
    for need in needed:
        if isinstance(need, Either):
            assert len(need.ways) > 1
            flat = [frozenset(way) for way in need.ways]
            assert not any(a < b for a in flat for b in flat)
            held = {one for one in needed if isinstance(one, Lack)}
            assert not any(way <= held for way in flat)


def test_the_case_says_its_own_gates_with_labels_and_no_ids() -> None:
    case = the_case()
    words = Sayings(case)
    for move in case.moves:
        if move.require is not None:
            for line in unmet(move.require, lambda _: None, words):
                assert line
                assert "flag." not in line
                assert "clause." not in line
