"""The objectives an exercise is assessed by: those of its case, else those its injects name, and Control's own.

Owns how an objective named in words gets its id. Pure: the same words give the same ids on every server.
"""

import re
from collections.abc import Iterable
from hashlib import blake2b

from msgspec import Struct

from adjudication.scenario.schema import Scenario
from wargame.game.state import State


class Goal(Struct, frozen=True):
    """An objective of the exercise; `competency` and `source` are empty where the case names none."""

    id: str
    label: str
    competency: str = ""
    source: str = ""


def goal_id(words: str) -> str:
    """Return the id of an objective that was named in words alone: a slug, or a digest where no letter is left."""
    slug = re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")
    plain = slug and sum(c.isalnum() for c in words) == sum(c.isalnum() for c in slug)
    if plain and len(slug) <= 64:
        return slug
    return f"o-{blake2b(words.encode(), digest_size=6).hexdigest()}"


def goals(case: Scenario, own: Iterable[str] = ()) -> tuple[Goal, ...]:
    """Return the objectives of a case; `own` are objectives named by injects that Control wrote itself.

    A case that sets none for its review has those its injects name.
    """
    found = {goal.id: goal for goal in _set_for_review(case) or _named_by_injects(case)}
    for words in (one.strip() for one in own):
        if words and words not in {goal.label for goal in found.values()}:
            found.setdefault(goal_id(words), Goal(goal_id(words), words))
    return tuple(found.values())


def _set_for_review(case: Scenario) -> list[Goal]:
    texts = {source.id: source.text for source in case.sources}
    set_ = () if case.review is None else case.review.objectives
    return [Goal(one.id, one.text, one.competency, texts.get(one.source, one.source)) for one in set_]


def _named_by_injects(case: Scenario) -> list[Goal]:
    named = (one.objective.strip() for one in case.injects)
    return [Goal(goal_id(words), words) for words in named if words]


def goals_now(case: Scenario, state: State) -> tuple[Goal, ...]:
    """Return the objectives of a game as its master list stands."""
    return goals(case, (entry.own.objective for entry in state.msel.values() if entry.own and entry.state != "draft"))
