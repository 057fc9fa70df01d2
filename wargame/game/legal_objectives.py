"""Say which commands of the assessment are open now: for bots, fuzzers and lists of commands."""

from collections.abc import Iterator

from adjudication.scenario.schema import Scenario
from wargame.game import commands as c
from wargame.game.objectives import goals_now
from wargame.game.state import PLAN_ITEMS, RATINGS, State


def of_control(state: State, scenario: Scenario) -> Iterator[c.Command]:
    """Yield a rating of the first objective, an item of the plan, and the ways back."""
    rated, plan = state.assessed.ratings, state.assessed.plan
    goal = next(iter(goals_now(scenario, state)), None)
    if goal is not None and (goal.id in rated or len(rated) < RATINGS):
        yield c.AssessRate(objective=goal.id, rating="S", strengths="…", improve="…")
    if goal is not None and goal.id in rated:
        yield c.AssessRate(objective=goal.id)
    if "item" in plan or len(plan) < PLAN_ITEMS:
        yield c.AssessPlan(item="item", area="…", action="…", owner="…", start="2020-02-29", due="2020-03-01")
    yield from (c.AssessDrop(item=item) for item in plan)
