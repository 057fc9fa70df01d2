"""What a seat's own people make of a version, and Control's map of the bargaining problem."""

from typing import Literal

from wargame.game.entities.base import Entity

VerdictWord = Literal[
    "", "clearly worse", "slightly worse", "about the same", "slightly better", "clearly better"
]  # fmt: skip


class PathStepSeen(Entity, frozen=True, kw_only=True):
    """One authority on the way home. `missing` says what would open it; empty where it is clear."""

    authority: str
    state: Literal["clear", "open", "blocked"]
    why: str
    rule: str
    missing: str


class VoiceSeen(Entity, frozen=True, kw_only=True):
    """A player that cannot stop the text and would not like it, and what comes of that."""

    label: str
    rule: str
    note: str


class ClauseChangeSeen(Entity, frozen=True, kw_only=True):
    """A clause moved from one level to another; a side clause has levels 0 and 1."""

    clause: str
    from_level: int
    to_level: int


class ClosestSeen(Entity, frozen=True, kw_only=True):
    """A step of one or two clauses both sides would take, as the seat believes, and what both would then say."""

    changes: tuple[ClauseChangeSeen, ...]
    verdict: VerdictWord
    other_verdict: VerdictWord


class AssessmentSeen(Entity, frozen=True, kw_only=True):
    """kind `assessment`, key `<offer>@<version>`: what a seat's own people make of it, from what the seat reads alone.

    `verdict` is against waiting; `other_verdict` what they believe the other side would say, with `confidence`: high if
    no single wrong reading would change the word, low if one could turn it round. Both are empty for seats that do not
    sign; a player with a voice has a verdict only. `form_rule` names the rule that keeps the text a statement.
    """

    offer: str
    version: int
    verdict: VerdictWord
    other_verdict: VerdictWord
    confidence: Literal["", "low", "moderate", "high"]
    path: tuple[PathStepSeen, ...]
    unhappy: tuple[VoiceSeen, ...]
    banked: tuple[ClauseChangeSeen, ...]
    form: Literal["oral", "statement", "text"]
    form_rule: str
    durability: Literal["brittle", "short-lived", "uncertain", "lasting"]
    trust_ok: bool | None
    closest: ClosestSeen | None


class MapDealSeen(Entity, frozen=True, kw_only=True):
    """A text of the map: levels of what it raises and how steps are ordered, side clauses, surplus of both parties."""

    levels: dict[str, int]
    x: float
    y: float


class ConstraintSeen(Entity, frozen=True, kw_only=True):
    """A gate or player: the share of open packages it accepts, and feasible packages with it over those without."""

    id: str
    label: str
    veto: bool
    share: float
    shrinkage: float


class BargainSideSeen(Entity, frozen=True, kw_only=True):
    """The bargaining problem as it is (`of` empty) or as the seat `of` believes it to be.

    Surpluses over waiting, x the first party's, y the second's. With `catalogue` side clauses count in `gap`, `zopa`
    (None: too many texts to count), `nash`, `ks`, `nearest` and `frontier`; without, and in `issues_gap` and
    `issues_zopa` always, they are of the packages of the issues alone. `constraints`: of the problem as it is.
    """

    of: str
    catalogue: bool
    gap: float
    zopa: int | None
    exists: bool
    issues_gap: float
    issues_zopa: int
    nash: MapDealSeen | None
    ks: MapDealSeen | None
    nearest: MapDealSeen
    frontier: tuple[tuple[float, float], ...]
    constraints: tuple[ConstraintSeen, ...]


class BargainMapSeen(Entity, frozen=True, kw_only=True):
    """kind `bargain_map`, key turn: Control only. The problem as the turn opens, as it is and as signatories see it."""

    turn: int
    x: str
    y: str
    sides: tuple[BargainSideSeen, ...]


class PlacedSeen(Entity, frozen=True, kw_only=True):
    """Where a text lies as it is (`of` empty) or as a signatory believes; `feasible`: nothing stops it."""

    of: str
    x: float
    y: float
    feasible: bool


class BargainOfferSeen(Entity, frozen=True, kw_only=True):
    """kind `bargain_offer`, key `<offer>@<version>`: Control only. A version placed on the map when it was tabled."""

    offer: str
    version: int
    turn: int
    author: str
    at_ms: int
    placed: tuple[PlacedSeen, ...]
