"""Facts about what was signed: choices of this turn, and what parties declared about their texts."""

from typing import Literal

from wargame.game.events.base import Payload, fact


@fact("obligation.chosen")
class ObligationChosen(Payload, frozen=True, kw_only=True):
    """A side chose what becomes of a clause it owes this turn."""

    agreement: str
    clause: str
    seat: str
    choice: Literal["keep", "delay", "withhold"]


@fact("agreement.suspended")
class AgreementSuspended(Payload, frozen=True, kw_only=True):
    """A party declared that it suspends a clause, or all it owes (""). It takes effect when the turn is settled."""

    agreement: str
    clause: str
    seat: str
    reason: str


@fact("agreement.withdrawn")
class AgreementWithdrawn(Payload, frozen=True, kw_only=True):
    """A party gave notice that it leaves a text `notice` turns from now."""

    agreement: str
    seat: str
    notice: int
    reason: str


@fact("agreement.reaffirmed")
class AgreementReaffirmed(Payload, frozen=True, kw_only=True):
    """A party took back what it declared this turn, or takes up again what it had suspended."""

    agreement: str
    clause: str
    seat: str
