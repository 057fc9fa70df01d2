"""The instructor's assessment of a game: every objective with its rating, and the improvement plan.

Read from the state and Control's rows, written by commands alone. Facilitators give them under their own name, staff
in the place of whoever set the game up, as with every other command staff gives.
"""

from collections.abc import Mapping
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from adjudication.scenario import Scenario
from wargame.aar.chronicle import Json
from wargame.game.entities import ObjectiveRatingSeen, PlanItemSeen
from wargame.game.ids import CONTROL as DESK
from wargame.game.objectives import goals_now
from wargame.game.state import State
from wargame.play import cache
from wargame.play.access import access_by_person
from wargame.play.answers import ActorRef, Answer, Refused
from wargame.play.create import CONTROL
from wargame.play.handle import handle
from wargame.store.cases import case_of
from wargame.store.feed import values_by_key
from wargame.store.models import Game

Given = Literal["assess.rate", "assess.plan", "assess.drop", "note.pin"]
"""What a reader of the report may say of it."""


class Order(Struct, frozen=True, forbid_unknown_fields=True):
    """A command given from the report. `id` makes sending it twice harmless."""

    id: Annotated[str, Meta(min_length=8, max_length=64, pattern=r"^[A-Za-z0-9_.:-]+$")]
    name: Given
    args: dict[str, object]


def assessment_of_game(game: Game) -> Json:
    """Return the assessment of a game as it stands now."""
    state = cache.state_at_head(game)
    rated = values_by_key(game.id, view=DESK, kind="objective_rating", keys=state.assessed.ratings)
    items = values_by_key(game.id, view=DESK, kind="plan_item", keys=state.assessed.plan)
    return assessment_of(
        state, case_of(game.scenario, game.scenario_hash),
        ratings={key: msgspec.json.decode(value, type=ObjectiveRatingSeen) for key, value in rated.items()},
        plan={key: msgspec.json.decode(value, type=PlanItemSeen) for key, value in items.items()},
    )  # fmt: skip


def assessment_of(
    state: State, case: Scenario, *, ratings: Mapping[str, ObjectiveRatingSeen], plan: Mapping[str, PlanItemSeen]
) -> Json:
    """Return {ratings, plan}: each objective of the exercise once, rated or not (""), then what else was rated.

    `refs` are events of the log, dates YYYY-MM-DD or empty, `by` is a name.
    """
    known = {goal.id: goal for goal in goals_now(case, state)}
    rows = []
    for key in [*known, *(one for one in state.assessed.ratings if one not in known)]:
        goal, seen = known.get(key), ratings.get(key)
        rows.append(
            {
                "objective": key, "label": goal.label if goal else seen.label if seen else key,
                "competency": goal.competency if goal else "", "source": goal.source if goal else "",
                "rating": seen.rating if seen else "", "strengths": seen.strengths if seen else "",
                "improve": seen.improve if seen else "", "refs": list(seen.refs) if seen else [],
                "by": _name(state, seen.by) if seen else "", "at_ms": seen.at_ms if seen else None,
            }
        )  # fmt: skip
    items = [
        {
            "item": one.item, "area": one.area, "action": one.action, "owner": one.owner, "start": one.start,
            "due": one.due, "objective": one.objective, "by": _name(state, one.by), "at_ms": one.at_ms,
        }
        for one in (plan[key] for key in state.assessed.plan if key in plan)
    ]  # fmt: skip
    return {"ratings": rows, "plan": items}


def _name(state: State, person: str) -> str:
    return state.people[person].display if person in state.people else "Staff"


def assess(game: Game, order: Order, *, by: str, now_ms: int) -> Answer:
    """Carry out what a facilitator (`by`: their person) or staff ("") says. Rights are the rules' matter."""
    return handle(
        game.id, actor=ActorRef.of_person(by) if by else _for_staff(game), command_id=order.id, name=order.name,
        args=order.args, now_ms=now_ms,
    )  # fmt: skip


def _for_staff(game: Game) -> ActorRef:
    """Return the place staff acts in: that of whoever set the game up; the server's own where nobody is there."""
    there = access_by_person(game.id, person=CONTROL)
    return (
        ActorRef.of_system() if isinstance(there, Refused) or there.role != "control" else ActorRef.of_person(CONTROL)
    )
