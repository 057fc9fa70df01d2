"""Where a bot sits at the table of a text: for itself or by mandate, in the room or out of it, asked to stand by it.

Owns whom a seat deals for and within which bounds, walking out and coming back, invitations to sponsor. What a text is
worth is `judging`; what is answered to it `bargain`.
"""

from collections.abc import Sequence

from msgspec import Struct

from adjudication.policies.base import Chair
from adjudication.policies.concession import bargaining_of
from adjudication.policies.judging import believed, judgement
from adjudication.policies.view import Act, BotView, Mandated, OfferOnTable
from negotiation.hints import needs
from negotiation.ratification import refusals

DEALS = {"offer.mark": "mark", "offer.counter": "counter", "offer.accept": "accept", "offer.initial": "initial"}
"""What a mandate may allow, by command. Signing, walking out and leaving are the principal's own."""
STORMS_FROM = 2
"""Version from which a bot may walk out: the first is only an opening."""


class Place(Struct, frozen=True):
    """For which party and seat the bot deals on a text; `party` None: a party that signs nothing.

    `mandate`: it deals for another by this. `given`: what it has left to delegates, by act.
    """

    party: str | None
    seat: str
    mandate: Mandated | None = None
    given: frozenset[str] = frozenset()

    def allowed(self, view: BotView, offer: OfferOnTable, acts: Sequence[Act]) -> list[Act]:
        """Return the acts that are this seat's to do: what its mandate covers, or what it has not given away."""
        if self.mandate is None:
            return [one for one in acts if DEALS.get(one.name) not in self.given]
        return [one for one in acts if DEALS.get(one.name) in self.mandate.may and self._within(view, offer, one)]

    def _within(self, view: BotView, offer: OfferOnTable, one: Act) -> bool:
        assert self.mandate is not None, "only a delegate has bounds"
        if one.name == "offer.mark":
            return True
        text = one.args.get("levels", offer.levels)
        assert isinstance(text, dict), "an answer says its levels"
        return all(
            low <= text.get(clause, view.banked.get(clause, 0)) <= high
            for clause, (low, high) in self.mandate.levels.items()
        )


def place_of(view: BotView, offer: OfferOnTable) -> Place | None:
    """Return where the seat sits at a text, or None if it has no say there."""
    if view.seat in offer.parties:
        party = view.terms.party_of_seat(view.seat)
        given = (m.may for m in view.mandates if m.principal == view.seat and m.covers(offer.id))
        return Place(
            None if party is None else party.id, view.seat, None, frozenset(act for may in given for act in may)
        )
    for mandate in view.mandates:
        party = view.terms.party_of_seat(mandate.principal)
        if mandate.seat == view.seat and mandate.covers(offer.id) and mandate.principal in offer.parties and party:
            return Place(party.id, mandate.principal, mandate)
    return None


def walk_out(chair: Chair, view: BotView, offer: OfferOnTable, worth: float, place: Place) -> Act | None:
    """Leave the room, once a turn, over a text that stays far below what the seat could take."""
    how = bargaining_of(chair)
    far = how.reserve - 2 * view.terms.verdicts.clear
    if not how.walks_out or place.mandate is not None or offer.version < STORMS_FROM or worth >= far:
        return None
    reason = "On this we do not sit at one table."
    return Act("offer.walk_out", {"offer": offer.id, "reason": reason}, f"out:{offer.id}:{view.turn}")


def come_back(view: BotView, offer: OfferOnTable, place: Place, *, worth_it: bool) -> list[Act]:
    """Come back once the others have seen the empty chair, if there is a text worth coming back for."""
    if view.seat not in offer.out or not worth_it:
        return []
    others = set(offer.parties) - {view.seat}
    noticed = bool(others & view.others_ready) or any(
        room.unanswered and room.unanswered_from in others for room in view.rooms
    )
    return [Act("offer.come_back", {"offer": offer.id}, f"back:{offer.id}:{view.turn}")] if noticed else []


def invitations(chair: Chair, view: BotView) -> list[Act]:
    """Answer invitations to stand by a text: by its worth to a side that signs, by consent to all others."""
    acts = []
    for offer in view.offers:
        if view.seat in offer.invited and offer.status in ("draft", "tabled") and not (offer.out or offer.recess):
            args: dict[str, object] = {"offer": offer.id, "stands": _would_stand(chair, view, offer)}
            acts.append(Act("offer.sponsor", args, f"sponsor:{offer.id}@{offer.version}"))
    return acts


def _would_stand(chair: Chair, view: BotView, offer: OfferOnTable) -> bool:
    party = view.terms.party_of_seat(view.seat)
    if party is not None:
        return judgement(chair, view, party.id).surplus(offer.levels) >= bargaining_of(chair).reserve
    values = {name: believed(view, name) for name in needs(view.terms, view.terms.parties[0].id)}
    players = set(refusals(view.terms, offer.levels, values, view.banked))
    return not {chair.seat.side, chair.seat.role, chair.seat.id.upper()} & players
