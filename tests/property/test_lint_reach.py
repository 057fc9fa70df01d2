"""The linter is sound: what it calls impossible holds in no world, and what it calls certain in every one.

Random condition trees against random worlds of the practice case; keyed dice, so that every run is the same.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from adjudication import conditions as c
from adjudication.dice import draw
from adjudication.lenses import ALL
from adjudication.lint.reach import Reach
from adjudication.orders import Order
from adjudication.scenario import load_scenario
from adjudication.scenario.ranges import limits
from adjudication.settlement import Act, Settlement
from adjudication.world import World

CASE = load_scenario(Path(__file__).resolve().parents[2] / "fixtures" / "scenarios" / "practice.yaml")
REACH = Reach(CASE)
TREES, WORLDS = 400, 25
VARIABLES = ("tension", "reservoir", "harvest", "trust_ard", "meetings", "war")
NAMES = (*VARIABLES, "turn", "clause.fill", "clause.gauge", "flag.pledged", "flag.market_closed")
MOVES = ("shuttle", "fill_fast", "warn")


class Keyed:
    """A stream of keyed draws."""

    def __init__(self, key: str) -> None:
        self.key, self.n = key, 0

    def u(self) -> float:
        self.n += 1
        return draw(0, self.n, self.key)

    def pick(self, items):
        return items[int(self.u() * len(items))]


def leaf(dice: Keyed) -> c.Condition:
    kind = dice.pick(("compare", "compare", "compare", "pair", "between", "count", "lens", "deal"))
    if kind == "count":
        return c.Count(c.OrderFilter(moves=(dice.pick(MOVES),)), dice.pick((0, 1, 2)))
    if kind == "lens":
        return c.LensOn(dice.pick(CASE.lenses))
    if kind == "deal":
        return c.Deal(dice.pick(("any", "statement", "text")))
    name = dice.pick(NAMES)
    if kind == "between":
        return c.Between(name, *sorted((round(dice.u() * 3, 1), round(dice.u() * 90, 1))))
    if kind == "pair":
        return c.Compare(dice.pick(("gt", "ge", "lt", "le", "eq")), name, dice.pick(NAMES))
    value = dice.pick((-1.0, 0.0, 0.5, 1.0, 2.0, 3.0, 4.0, 50.0, 100.0, 101.0))
    sides = (name, value) if dice.u() < 0.7 else (value, name)
    return c.Compare(dice.pick(("gt", "ge", "lt", "le", "eq")), *sides)


def tree(dice: Keyed, depth: int = 3) -> c.Condition:
    kind = dice.pick(("leaf", "all", "all", "any", "not")) if depth else "leaf"
    if kind == "leaf":
        return leaf(dice)
    if kind == "not":
        return c.Not(tree(dice, depth - 1))
    items = tuple(tree(dice, depth - 1) for _ in range(2 + int(dice.u() * 2)))
    return c.All(items) if kind == "all" else c.Some(items)


def settlements() -> Iterator[Settlement]:
    for number in range(WORLDS):
        dice = Keyed(f"world:{number}")
        start = {}
        for variable in CASE.variables:
            low, high = limits(variable.kind, variable.min, variable.max)
            top = 3.0 if high == float("inf") else high
            value = low + dice.u() * (top - low)
            start[variable.id] = float(round(value)) if variable.kind in ("count", "flag") else value
        levels = {issue.id: len(issue.levels) for issue in CASE.negotiation.deal_issues}
        start |= {f"clause.{issue}": int(dice.u() * levels[issue]) for issue in CASE.issues}
        start |= {f"flag.{flag}": int(dice.u() * 2) for flag in CASE.flags}
        world = World.initial(CASE).with_values(CASE, start)
        lenses = frozenset(lens for lens in ALL if dice.u() < 0.7)
        s = Settlement(CASE, world, turn=1 + int(dice.u() * 3), seeds=(number,), lenses=lenses, forced={}, record=False)
        for move in MOVES:
            if dice.u() < 0.5:
                seat = CASE.move[move].seats[0]
                s.acts.append(Act(Order(f"{seat}:{move}", seat, move), CASE.move[move], CASE.seat[seat].side, 1))
        yield s


@pytest.fixture(scope="module")
def worlds() -> list[Settlement]:
    return list(settlements())


def test_what_is_called_impossible_holds_in_no_world(worlds: list[Settlement]) -> None:
    impossible = 0
    for number in range(TREES):
        condition = tree(Keyed(f"tree:{number}"))
        if not REACH.possible(condition):
            impossible += 1
            assert not any(bool(s.test(condition)[0]) for s in worlds), condition
    assert impossible > TREES // 20, "too few trees were impossible for this to mean anything"


def test_what_is_called_certain_holds_in_every_world(worlds: list[Settlement]) -> None:
    certain = 0
    for number in range(TREES):
        condition = tree(Keyed(f"tree:{number}"))
        if REACH.certain(condition):
            certain += 1
            assert all(bool(s.test(condition)[0]) for s in worlds), condition
    assert certain > TREES // 40


def test_a_tree_that_holds_somewhere_is_never_called_dead(worlds: list[Settlement]) -> None:
    for number in range(TREES):
        condition = tree(Keyed(f"live:{number}"))
        if any(bool(s.test(condition)[0]) for s in worlds):
            assert REACH.possible(condition), condition
