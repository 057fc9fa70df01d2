"""What Control holds of the assessment: ratings of objectives and the improvement plan. On no other view."""

from typing import Literal

from wargame.game.entities.base import Entity


class ObjectiveRatingSeen(Entity, frozen=True, kw_only=True):
    """kind `objective_rating`, key objective id: how an objective was met. `refs`: events of the log."""

    objective: str
    label: str
    rating: Literal["P", "S", "M", "U", ""]
    strengths: str
    improve: str
    refs: tuple[int, ...]
    by: str
    at_ms: int


class PlanItemSeen(Entity, frozen=True, kw_only=True):
    """kind `plan_item`, key item id: an item of the improvement plan. Dates are YYYY-MM-DD or empty."""

    item: str
    area: str
    action: str
    owner: str
    start: str
    due: str
    objective: str
    by: str
    at_ms: int
