"""Builders and hypothesis strategies for whoever tests against the engine: any valid world, any sheet, any case.

Published for all suites and for authors of cases; needs `hypothesis`, which only tests install. Nothing of the engine
imports this.
"""

from collections.abc import Mapping, Sequence

from hypothesis import strategies as st

from adjudication.agreed import DUTY_NONE
from adjudication.orders import Order
from adjudication.scenario.checks import limits
from adjudication.scenario.schema import Scenario
from adjudication.world import World

ENDLESS = 130.0
"""What stocks without a ceiling are drawn up to."""


def a_world(scenario: Scenario, changes: Mapping[str, float] | None = None) -> World:
    """Return the start of a case with some values set (a variable, `clause.<issue>`, `flag.<name>`)."""
    return World.initial(scenario).with_values(scenario, changes or {})


def orders_of(scenario: Scenario, *moves: str, by: Mapping[str, str] | None = None) -> list[Order]:
    """Return one public order per move, by the seat given or the first that may order it."""
    seats = by or {}
    return [Order(f"o{n}:{m}", seats.get(m) or scenario.move[m].seats[0], m) for n, m in enumerate(moves)]


def everything(scenario: Scenario, world: World) -> dict[str, float]:
    """Return all variables, clauses and flags of a world by the names the ledger uses."""
    return {
        **world.value_map(scenario),
        **{f"clause.{issue}": float(level) for issue, level in world.clause_map(scenario).items()},
        **{f"flag.{flag}": float(on) for flag, on in world.flag_map(scenario).items()},
    }


def owed(world: World) -> dict[str, int]:
    """Return the state of every duty of a single world that is still there."""
    return {duty.issue: int(duty.status[0]) for duty in world.duties if int(duty.status[0]) != DUTY_NONE}


def without(sheet: Sequence[Order], *moves: str) -> list[Order]:
    """Return the sheet less some moves."""
    return [order for order in sheet if order.move not in moves]


def kept_by_the_engine(scenario: Scenario) -> frozenset[str]:
    """Return the variables a strategy leaves alone: tallies, and those that hang together with a text in force."""
    tally, commitments = scenario.tally, scenario.commitments
    return frozenset(
        {tally.noclash, tally.nowar, tally.clashes, tally.war, tally.points, commitments.strength, commitments.form,
         commitments.clock, scenario.summit.count if scenario.summit is not None else ""}
    )  # fmt: skip


@st.composite
def worlds(draw: st.DrawFn, scenario: Scenario) -> World:
    """Draw any valid world at peace: variables over their whole range, any clauses, perhaps a text in force."""
    changes: dict[str, float] = {}
    fixed = kept_by_the_engine(scenario)
    for variable in scenario.variables:
        if variable.id in fixed:
            continue
        low, high = limits(variable.kind, variable.min, variable.max)
        if variable.kind == "flag":
            changes[variable.id] = float(draw(st.booleans()))
        else:
            top = ENDLESS if high == float("inf") else high
            changes[variable.id] = round(draw(st.floats(low, top)), 6)
    for issue in scenario.negotiation.deal_issues:
        if issue.kind != "sequence":
            changes[f"clause.{issue.id}"] = draw(st.integers(0, len(issue.levels) - 1))
    form = draw(st.sampled_from((0, 1, 2)))
    changes[scenario.commitments.form] = form
    changes[scenario.commitments.strength] = (0.0, 22.0, 66.0)[form]
    if scenario.summit is not None:
        changes[scenario.summit.count] = draw(st.integers(0, 3))
    if scenario.commitments.clock:
        changes[scenario.commitments.clock] = draw(st.integers(0, 6))
    return World.initial(scenario).with_values(scenario, changes)


def sheets(scenario: Scenario, by: Mapping[str, str], *, most: int = 9) -> st.SearchStrategy[list[Order]]:
    """Draw sheets of different moves out of `by` (move -> the seat that orders it)."""
    moves = st.lists(st.sampled_from(sorted(by)), unique=True, max_size=most)
    return moves.map(lambda chosen: orders_of(scenario, *chosen, by=by))
