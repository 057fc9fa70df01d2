"""Show who sits at a table, a text before Control's gate, and a mandate to those between whom it was given."""

from typing import Literal

from negotiation.mandates import Mandate
from negotiation.offers import Offer
from wargame.game.case import Scenario
from wargame.game.entities import HeldAnswerSeen, MandateSeen
from wargame.game.events import (
    MandateEnded,
    MandateGiven,
    OfferCameBack,
    OfferCountered,
    OfferEnded,
    OfferHeld,
    OfferRecessed,
    OfferReturned,
    OfferSponsored,
    OfferWalkedOut,
    OfferWidened,
    Recorded,
)
from wargame.game.state import State
from wargame.game.visibility.base import Rows, seats_and_control, show
from wargame.game.visibility.deal import changed_rows, offer_ended, offer_proposed

Moved = OfferCameBack | OfferRecessed | OfferSponsored | OfferWalkedOut | OfferWidened
Waits = Literal["held", "released", "returned", "ended"]


def table_moved(recorded: Recorded, fact: Moved, before: State, after: State, scenario: Scenario) -> Rows:
    """Yield a text to those for whom it looks different now."""
    return changed_rows(before, after, scenario, fact.offer)


# --- Control's gate ---------------------------------------------------------------------------
def gate_moved(
    recorded: Recorded, fact: OfferHeld | OfferReturned, before: State, after: State, scenario: Scenario
) -> Rows:
    """Yield a draft, or an answer, that waits or was given back. The other parties learn nothing of either."""
    if isinstance(fact, OfferHeld) and fact.answer is not None:
        yield from _answer_rows(after.offers[fact.offer], fact.answer.seat, after.turn, state="held")
    elif isinstance(fact, OfferReturned) and fact.seat:
        offer = before.offers[fact.offer]
        yield from _answer_rows(offer, fact.seat, after.turn, state="returned", reason=fact.reason)
    else:
        yield from changed_rows(before, after, scenario, fact.offer)


def answered(recorded: Recorded, fact: OfferCountered, before: State, after: State, scenario: Scenario) -> Rows:
    """Yield the next version, and to who waited for it that it was released."""
    yield from offer_proposed(recorded, fact, before, after, scenario)
    if fact.seat in before.offers[fact.offer].waiting:
        yield from _answer_rows(before.offers[fact.offer], fact.seat, after.turn, state="released")


def _answer_rows(offer: Offer, seat: str, turn: int, *, state: Waits, reason: str = "") -> Rows:
    answer = offer.waiting[seat]
    seen = HeldAnswerSeen(
        offer=offer.id,
        seat=seat,
        by=answer.by,
        against=answer.against,
        levels=answer.wording.levels,
        details=answer.wording.details,
        annexes=answer.wording.annexes,
        package=answer.wording.package,
        expires=answer.wording.expires,
        note=answer.note,
        turn=turn,
        state=state,
        reason=reason,
    )
    views = seats_and_control([seat, answer.by] if answer.by else [seat])
    return show(views, "held_answer", f"{offer.id}~{seat}", seen)


# --- mandates ---------------------------------------------------------------------------------


def mandate_given(recorded: Recorded, fact: MandateGiven, before: State, after: State, scenario: Scenario) -> Rows:
    """Yield a mandate, and what the delegate may know of the texts by it."""
    mandate = after.mandates[f"{fact.principal}:{fact.seat}"]
    yield from show(seats_and_control([mandate.principal, mandate.seat]), "mandate", mandate.id, _seen(mandate))
    for key, offer in sorted(after.offers.items()):
        if mandate.covers(key) and key in before.offers and offer.details:
            yield from changed_rows(before, after, scenario, key)


def mandate_ended(recorded: Recorded, fact: MandateEnded, before: State, after: State) -> Rows:
    """Yield that a mandate is over."""
    mandate = before.mandates[f"{fact.principal}:{fact.seat}"]
    seen = _seen(mandate, ended=True)
    return show(seats_and_control([mandate.principal, mandate.seat]), "mandate", mandate.id, seen)


def text_ended(recorded: Recorded, fact: OfferEnded, before: State, after: State) -> Rows:
    """Yield how a text ended, and that answers at the gate and the mandates on it alone are over."""
    yield from offer_ended(recorded, fact, before, after)
    for seat in sorted(before.offers[fact.offer].waiting):
        yield from _answer_rows(before.offers[fact.offer], seat, after.turn, state="ended", reason="The text ended.")
    for key, mandate in sorted(before.mandates.items()):
        if key not in after.mandates:
            views = seats_and_control([mandate.principal, mandate.seat])
            yield from show(views, "mandate", mandate.id, _seen(mandate, ended=True))


def _seen(mandate: Mandate, *, ended: bool = False) -> MandateSeen:
    return MandateSeen(
        principal=mandate.principal,
        seat=mandate.seat,
        offer=mandate.offer,
        may=mandate.may,
        levels=mandate.levels,
        note=mandate.note,
        turn=mandate.turn,
        state="ended" if ended else "given",
    )
