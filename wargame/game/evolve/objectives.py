"""Fold facts of the assessment: what is rated and planned, never the words, which are in Control's rows and the log."""

from msgspec.structs import replace

from wargame.game.events import ImprovementDropped, ImprovementPlanned, ObjectiveRated, Recorded
from wargame.game.state import State


def objective_rated(state: State, fact: ObjectiveRated, recorded: Recorded) -> State:
    """Remember that an objective is rated, or that it is no longer."""
    others = tuple(one for one in state.assessed.ratings if one != fact.objective)
    kept = (*others, fact.objective) if says(fact) else others
    return replace(state, assessed=replace(state.assessed, ratings=kept))


def improvement_planned(state: State, fact: ImprovementPlanned, recorded: Recorded) -> State:
    """Remember an item of the plan; one written anew keeps its place."""
    plan = state.assessed.plan
    return replace(
        state, assessed=replace(state.assessed, plan=plan if fact.item in plan else (*plan, fact.item))
    )  # fmt: skip


def improvement_dropped(state: State, fact: ImprovementDropped, recorded: Recorded) -> State:
    """Forget an item."""
    kept = tuple(one for one in state.assessed.plan if one != fact.item)
    return replace(state, assessed=replace(state.assessed, plan=kept))


def says(fact: ObjectiveRated) -> bool:
    """Tell whether a rating says anything: an empty one takes back what was said."""
    return bool(fact.rating or fact.strengths or fact.improve or fact.seqs)
