"""Show who sits at a table, a text before Control's gate, and a mandate to those between whom it was given."""

from negotiation.mandates import Mandate
from wargame.game.case import Scenario
from wargame.game.entities import MandateSeen
from wargame.game.events import (
    MandateEnded,
    MandateGiven,
    OfferCameBack,
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
from wargame.game.visibility.deal import changed_rows, offer_ended

Moved = (
    OfferCameBack | OfferHeld | OfferRecessed | OfferReturned | OfferSponsored | OfferWalkedOut | OfferWidened
)  # fmt: skip


def table_moved(recorded: Recorded, fact: Moved, before: State, after: State, scenario: Scenario) -> Rows:
    """Yield a text to those for whom it looks different now."""
    return changed_rows(before, after, scenario, fact.offer)


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
    """Yield how a text ended, and that the mandates on it alone are over."""
    yield from offer_ended(recorded, fact, before, after)
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
