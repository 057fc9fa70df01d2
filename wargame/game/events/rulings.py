"""Facts about rulings on a proposal, who makes them, what was looked at, and what a second umpire thought."""

from typing import Literal

from adjudication.orders import RuledEffect
from wargame.game.events.base import Payload, fact

RulingKind = Literal[
    "replace", "fidelity", "edit", "set", "row", "effects", "reversal", "event", "annotate"
]  # fmt: skip
Outcome = Literal["done", "partial", "blocked"]


@fact("ruling.made")
class RulingMade(Payload, frozen=True, kw_only=True):
    """Control ruled on the pending proposal.

    `delta`: a change (edit), a value (set), an amount (row) or a degree (fidelity). `rule`, `cause`: of a row.
    """

    ruling: str
    turn: int
    kind: RulingKind
    target: str
    outcome: str
    delta: float
    reason: str
    shown_to: tuple[str, ...]
    rule: str = ""
    cause: str = ""
    effects: tuple[RuledEffect, ...] = ()


@fact("ruling.dropped")
class RulingDropped(Payload, frozen=True, kw_only=True):
    """A ruling was withdrawn."""

    turn: int
    ruling: str


@fact("ruling.taken")
class RulingTaken(Payload, frozen=True, kw_only=True):
    """A facilitator took the desk, perhaps from another (`before`), or left it (`person` is empty)."""

    turn: int
    person: str
    before: str = ""


@fact("outcomes.reviewed")
class OutcomesReviewed(Payload, frozen=True, kw_only=True):
    """Outcomes of the proposal were looked at and accepted as they stand, or the marks were taken off."""

    turn: int
    targets: tuple[str, ...]
    on: bool


@fact("umpire.appointed")
class UmpireAppointed(Payload, frozen=True, kw_only=True):
    """An observer became the second umpire; nobody is it any more if `person` is empty."""

    person: str


@fact("outcome.rated")
class OutcomeRated(Payload, frozen=True, kw_only=True):
    """The second umpire said how an order should go, without knowing how it went."""

    turn: int
    order: str
    person: str
    outcome: Outcome
    note: str
