"""Decide about the assessment: ratings of objectives and the improvement plan. Nobody but Control ever sees it."""

from wargame.game import commands as c
from wargame.game.decide.base import Draft
from wargame.game.events import ImprovementDropped, ImprovementPlanned, ObjectiveRated
from wargame.game.objectives import goals_now
from wargame.game.rejections import Rejected, reject
from wargame.game.state import PLAN_ITEMS, RATINGS

DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def assess_rate(draft: Draft, command: c.AssessRate) -> Rejected | None:
    """Rate an objective of the exercise, or take its rating back."""
    known = {goal.id: goal for goal in goals_now(draft.ctx.scenario, draft.state)}
    rated = draft.state.assessed.ratings
    goal = known.get(command.objective)
    if goal is None:
        return reject("assess.no_objective", allowed=tuple(known))
    says = bool(command.rating or command.strengths.strip() or command.improve.strip() or command.seqs)
    if not says and goal.id not in rated:
        return reject("assess.empty")
    if goal.id not in rated and len(rated) >= RATINGS:
        return reject("assess.too_many_ratings", limit=RATINGS)
    later = next((seq for seq in command.seqs if seq > draft.ctx.head), None)
    if later is not None:
        return reject("assess.no_event", seq=later)
    draft.emit(
        ObjectiveRated(
            objective=goal.id,
            label=goal.label,
            rating=command.rating,
            strengths=command.strengths.strip(),
            improve=command.improve.strip(),
            seqs=tuple(sorted(set(command.seqs))),
        )
    )
    return None


def assess_plan(draft: Draft, command: c.AssessPlan) -> Rejected | None:
    """Put an item on the improvement plan, or write it anew."""
    if not command.action.strip():
        return reject("text.empty")
    items = draft.state.assessed.plan
    if command.item not in items and len(items) >= PLAN_ITEMS:
        return reject("assess.too_many_items", limit=PLAN_ITEMS)
    known = tuple(goal.id for goal in goals_now(draft.ctx.scenario, draft.state))
    if command.objective and command.objective not in known:
        return reject("assess.no_objective", allowed=known)
    for date in (command.start, command.due):
        if date and not _a_day(date):
            return reject("assess.no_day", date=date)
    if command.start and command.due and command.due < command.start:
        return reject("assess.due_first", start=command.start, due=command.due)
    draft.emit(
        ImprovementPlanned(
            item=command.item,
            area=command.area.strip(),
            action=command.action.strip(),
            owner=command.owner.strip(),
            start=command.start,
            due=command.due,
            objective=command.objective,
        )
    )
    return None


def assess_drop(draft: Draft, command: c.AssessDrop) -> Rejected | None:
    """Take an item off the improvement plan."""
    if command.item not in draft.state.assessed.plan:
        return reject("assess.no_item")
    draft.emit(ImprovementDropped(item=command.item))
    return None


def _a_day(date: str) -> bool:
    """Tell whether YYYY-MM-DD is a day of the Gregorian calendar."""
    year, month, day = (int(part) for part in date.split("-"))
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 1 <= month <= 12 and 1 <= day <= DAYS[month - 1] + (month == 2 and leap)
