"""Rulings and their review, for Control; the second umpire's docket and ratings; how far the two umpires agree."""

from typing import Literal

from wargame.game.entities.base import Entity

Verdict = Literal["done", "partial", "blocked"]


class RuledEffectSeen(Entity, frozen=True, kw_only=True):
    """An effect that a ruling adds."""

    kind: Literal["add", "flag", "clause", "resource"]
    target: str
    value: float


class RulingSeen(Entity, frozen=True, kw_only=True):
    """kind `ruling`, key ruling id. `value` in words; `rule` and `cause` of a ruling on a row."""

    id: str
    turn: int
    kind: Literal["replace", "fidelity", "edit", "set", "row", "effects", "reversal", "event", "annotate"]
    target: str
    value: str
    reason: str
    by: str
    dropped: bool = False
    shown_to: tuple[str, ...] = ()
    rule: str = ""
    cause: str = ""
    effects: tuple[RuledEffectSeen, ...] = ()


class ReviewSeen(Entity, frozen=True, kw_only=True):
    """kind `review`, key `turn@<n>`: who has the desk, and which outcomes were looked at and accepted. To Control."""

    turn: int
    by: str
    by_name: str
    reviewed: tuple[str, ...]


class UmpireSeen(Entity, frozen=True, kw_only=True):
    """kind `umpire`, key `second`: who rates outcomes blind; empty if nobody does. To Control and the umpire."""

    person: str
    display: str


class ExhibitSeen(Entity, frozen=True, kw_only=True):
    """One order or free move laid before the second umpire: what was ordered and argued, never how it went."""

    order: str
    seat: str
    move: str
    label: str
    about: str
    params: dict[str, str | int | float | bool]
    public: bool
    argument: str
    rationale: str
    arguments: tuple[str, ...]
    precedent: str
    sources: tuple[str, ...]


class GaugeSeen(Entity, frozen=True, kw_only=True):
    """A value as it stood when the orders were sealed."""

    variable: str
    label: str
    value: float


class DocketSeen(Entity, frozen=True, kw_only=True):
    """kind `docket`, key `turn@<n>`: what the second umpire has to rate. To that umpire alone."""

    turn: int
    turn_label: str
    game_date: str
    status: Literal["open", "closed"]
    situation: tuple[GaugeSeen, ...]
    exhibits: tuple[ExhibitSeen, ...]


class RatingSeen(Entity, frozen=True, kw_only=True):
    """kind `rating`, key `<turn>:<order>`. To the second umpire at once; to Control with the release.

    `released` is empty before the release.
    """

    order: str
    turn: int
    seat: str
    label: str
    outcome: Verdict
    note: str
    released: Literal["", "done", "partial", "blocked"]


class ConcordanceSeen(Entity, frozen=True, kw_only=True):
    """kind `concordance`, key `all`: how far released outcomes and blind ratings agree. To Control.

    `share`, `kappa` (Cohen 1960) and `weighted` (Cohen 1968, linear) are None where they are not defined. `table`:
    counts by `<released>|<rated>`.
    """

    pairs: int
    alike: int
    share: float | None
    kappa: float | None
    weighted: float | None
    table: dict[str, int]
