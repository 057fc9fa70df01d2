"""The case, told once: issues, variables, briefs, sources, and each seat's moves."""

from typing import Literal

from wargame.game.entities.base import Entity


class LevelSeen(Entity, frozen=True, kw_only=True):
    """One level of an issue, in words."""

    level: int
    label: str
    text: str


class IssueSeen(Entity, frozen=True, kw_only=True):
    """kind `issue`, key issue id. `banked` is the level in force, or None where the seat may not know.

    `obligor`: the seat that signs for the party that owes it.
    """

    id: str
    label: str
    levels: tuple[LevelSeen, ...]
    banked: int | None
    order: int
    obligor: str = ""


class ClauseParamsSeen(Entity, frozen=True, kw_only=True):
    """What a text may fix about a clause: a date, steps (least, most), who looks, what it follows, secrecy."""

    due: bool
    tranches: tuple[int, int]
    verification: tuple[str, ...]
    depends_on: bool
    secret: bool


class CatalogueSeen(Entity, frozen=True, kw_only=True):
    """kind `clause`, key clause id: one clause of the catalogue a text is drafted from. Told to everybody.

    With `issue` it is that issue at `level`; without, a side clause, agreed (1) or not. `due`: turns from signature.
    `reversibility` 0 cannot be undone .. 5 undone in days. `banked`: a side clause known to be in force.
    """

    id: str
    code: str
    label: str
    text: str
    issue: str
    level: int
    obligor: str
    verified_by: str
    due: int
    reversibility: int
    authority: str
    params: ClauseParamsSeen
    rule: str
    sources: tuple[str, ...]
    banked: bool
    order: int


class TableSeen(Entity, frozen=True, kw_only=True):
    """kind `table`, key `table`: the rules of the table of this case. Told to everybody.

    `gate`: who lets a text out to the other side. `notice`: fewest turns between notice and withdrawal. `means`: ways
    of checking a clause.
    """

    gate: Literal["none", "control"]
    oral: bool
    expiry: bool
    notice: int
    means: tuple[str, ...]
    rule: str
    sources: tuple[str, ...]


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
