"""Show Control the assessment. No other view gets any of it."""

from wargame.game import events as e
from wargame.game.entities import ObjectiveRatingSeen, PlanItemSeen
from wargame.game.events import Recorded
from wargame.game.evolve.objectives import says
from wargame.game.state import State
from wargame.game.visibility.base import Rows, control_only, gone, show


def objective_rated(recorded: Recorded, fact: e.ObjectiveRated, before: State, after: State) -> Rows:
    """Yield the rating, or take it away where it was taken back."""
    if not says(fact):
        return gone(control_only(), "objective_rating", fact.objective)
    seen = ObjectiveRatingSeen(
        objective=fact.objective,
        label=fact.label,
        rating=fact.rating,
        strengths=fact.strengths,
        improve=fact.improve,
        refs=fact.seqs,
        by=recorded.actor.person,
        at_ms=recorded.at_ms,
    )
    return show(control_only(), "objective_rating", fact.objective, seen)


def improvement_planned(recorded: Recorded, fact: e.ImprovementPlanned, before: State, after: State) -> Rows:
    """Yield the item as it stands."""
    seen = PlanItemSeen(
        item=fact.item,
        area=fact.area,
        action=fact.action,
        owner=fact.owner,
        start=fact.start,
        due=fact.due,
        objective=fact.objective,
        by=recorded.actor.person,
        at_ms=recorded.at_ms,
    )
    return show(control_only(), "plan_item", fact.item, seen)


def improvement_dropped(recorded: Recorded, fact: e.ImprovementDropped, before: State, after: State) -> Rows:
    """Take the item away."""
    return gone(control_only(), "plan_item", fact.item)
