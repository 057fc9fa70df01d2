"""Facts about who sits at the table of a text, for whom, and about Control's gate."""

from negotiation.mandates import Act
from wargame.game.events.base import Payload, fact
from wargame.game.events.deal import OfferCountered


@fact("offer.widened")
class OfferWidened(Payload, frozen=True, kw_only=True):
    """A seat let more seats read a text."""

    offer: str
    seat: str
    readers: tuple[str, ...]


@fact("offer.sponsored")
class OfferSponsored(Payload, frozen=True, kw_only=True):
    """An invited seat answered whether it stands by a text."""

    offer: str
    seat: str
    stands: bool


@fact("offer.recessed")
class OfferRecessed(Payload, frozen=True, kw_only=True):
    """A party asked for a recess, took that back or ended it. `seat` is empty where the turn ended it."""

    offer: str
    seat: str
    on: bool
    reason: str = ""


@fact("offer.walked_out")
class OfferWalkedOut(Payload, frozen=True, kw_only=True):
    """A party walked out and may come back until the turn is settled."""

    offer: str
    seat: str
    reason: str


@fact("offer.came_back")
class OfferCameBack(Payload, frozen=True, kw_only=True):
    """A party came back to the table."""

    offer: str
    seat: str


@fact("offer.held")
class OfferHeld(Payload, frozen=True, kw_only=True):
    """A draft was to be tabled, or an answer to version `against` to be given, and waits for Control."""

    offer: str
    against: int = 0
    answer: OfferCountered | None = None


@fact("offer.returned")
class OfferReturned(Payload, frozen=True, kw_only=True):
    """Control gave a draft back to its author, or an answer back to the party `seat`."""

    offer: str
    reason: str
    seat: str = ""


@fact("mandate.given")
class MandateGiven(Payload, frozen=True, kw_only=True):
    """A seat let another of its side deal for it. `offer` empty: on all its texts."""

    principal: str
    seat: str
    offer: str
    may: tuple[Act, ...]
    levels: dict[str, tuple[int, int]]
    note: str


@fact("mandate.ended")
class MandateEnded(Payload, frozen=True, kw_only=True):
    """A mandate was taken back."""

    principal: str
    seat: str
