"""Who plays: teams, seats and what they are told about themselves, what they are scored on, who plays in their stead.

Shapes only; names are cross-checked in `checks`.
"""

from typing import Literal

from adjudication.scalars import Scalar
from adjudication.scenario.part import Part

ParamValue = str | int | bool


class Team(Part, frozen=True, kw_only=True):
    """A team as shown. `pair` is the pair of colours it wears; it says nothing about who it is."""

    id: str
    label: str
    glyph: str
    pair: Literal["pres", "bur", "rival", "ally", "ctl"]


class Objective(Part, frozen=True, kw_only=True):
    """One private objective of a seat."""

    label: str
    weight: float
    measure: str = ""


class Check(Part, frozen=True, kw_only=True):
    """A question that shows whether a brief was understood."""

    question: str
    options: tuple[str, ...]
    answer: int


class Brief(Part, frozen=True, kw_only=True):
    """What a seat is told about itself."""

    summary: str
    interests: tuple[str, ...] = ()
    resources: tuple[str, ...] = ()
    constraints: tuple[str, ...] = ()
    objectives: tuple[Objective, ...] = ()
    red_lines: tuple[str, ...] = ()
    powers: tuple[str, ...] = ()
    check: Check | None = None
    sources: tuple[str, ...] = ()


class Seat(Part, frozen=True, kw_only=True):
    """One seat at the table."""

    id: str
    team: str
    role: str
    side: str
    label: str
    budget: int
    superior: str = ""
    """The seat whose orders this one carries out and to whom it reports; empty: it answers to nobody."""
    glyph: str = ""
    """Overrides the mark of its team where two seats of a team have to be told apart."""
    short: str = ""
    office: str = ""
    resources: dict[str, float] = {}
    brief: Brief | None = None


class Goal(Part, frozen=True, kw_only=True):
    """One scored goal of a seat: a scalar of its own, or a part of `scoring`, named by `part` or like the goal."""

    label: str
    weight: float
    measure: str = ""
    scalar: Scalar | None = None
    part: str = ""
