"""The case, told once: issues, variables, briefs, sources, and each seat's moves."""

from typing import Literal

from wargame.game.entities.base import Entity


class LevelSeen(Entity, frozen=True, kw_only=True):
    """One level of an issue, in words."""

    level: int
    label: str
    text: str


class IssueSeen(Entity, frozen=True, kw_only=True):
    """kind `issue`, key issue id. `banked` is the level in force, or None where the seat may not know."""

    id: str
    label: str
    levels: tuple[LevelSeen, ...]
    banked: int | None
    order: int


class VariableSeen(Entity, frozen=True, kw_only=True):
    """kind `variable`, key variable id: the definition, only for variables the view can read at all."""

    id: str
    label: str
    unit: str
    low: float
    high: float
    group: str
    order: int
    note: str
    sources: tuple[str, ...]
    headline: bool


class GoalSeen(Entity, frozen=True, kw_only=True):
    """One private objective."""

    label: str
    weight: float
    measure: str


class BriefSeen(Entity, frozen=True, kw_only=True):
    """kind `brief`, key seat id. Private to the seat (and Control)."""

    seat: str
    summary: str
    interests: tuple[str, ...]
    resources: tuple[str, ...]
    constraints: tuple[str, ...]
    objectives: tuple[GoalSeen, ...]
    red_lines: tuple[str, ...]
    powers: tuple[str, ...]
    check_question: str
    check_options: tuple[str, ...]
    check_answer: int
    sources: tuple[str, ...]


class SourceSeen(Entity, frozen=True, kw_only=True):
    """kind `source`, key source id."""

    id: str
    text: str


class ParamSeen(Entity, frozen=True, kw_only=True):
    """A parameter a move takes."""

    id: str
    label: str
    kind: Literal["int", "choice", "bool"]
    low: int | None = None
    high: int | None = None
    choices: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    default: str | int | bool | None = None


class MoveSeen(Entity, frozen=True, kw_only=True):
    """kind `move`, key move id. The seat's own catalogue with what it believes about legality now."""

    id: str
    code: str
    label: str
    text: str
    group: str
    severity: Literal["de", "sq", "po", "nv", "vi", "nu"]
    cost: int
    capital: float
    executor: str
    visibility: Literal["public", "private", "covert"]
    may_hide: bool
    params: tuple[ParamSeen, ...]
    cameo: str
    goldstein: float
    precedent: str
    effects_text: str
    state: Literal["available", "conditional", "locked"]
    why: tuple[str, ...]
    unlock: tuple[str, ...]
    sources: tuple[str, ...]
    consents: tuple[str, ...] = ()
    """Seats whose consent may be asked for it."""


class FactSeen(Entity, frozen=True, kw_only=True):
    """kind `fact`, key flag id: something that is so or not so, as far as the seat may know, as a turn begins."""

    id: str
    up: bool
    text: str
