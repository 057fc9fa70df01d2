"""Facts about texts on the table."""

from typing import Literal

from wargame.game.events.base import Payload, fact


@fact("offer.drafted")
class OfferDrafted(Payload, frozen=True, kw_only=True):
    """A draft was written or rewritten."""

    offer: str
    author: str
    title: str
    parties: tuple[str, ...]
    readers: tuple[str, ...]
    levels: dict[str, int]
    note: str


@fact("offer.tabled")
class OfferTabled(Payload, frozen=True, kw_only=True):
    """A draft was put before its parties."""

    offer: str


@fact("offer.countered")
class OfferCountered(Payload, frozen=True, kw_only=True):
    """A party put the next version on the table."""

    offer: str
    seat: str
    levels: dict[str, int]
    note: str


@fact("offer.marked")
class OfferMarked(Payload, frozen=True, kw_only=True):
    """A party stated positions on clauses."""

    offer: str
    version: int
    seat: str
    marks: dict[str, Literal["accept", "bracket", "reject"]]


@fact("offer.accepted")
class OfferAccepted(Payload, frozen=True, kw_only=True):
    """A party accepted a version."""

    offer: str
    version: int
    seat: str


@fact("offer.signed")
class OfferSigned(Payload, frozen=True, kw_only=True):
    """A signatory signed."""

    offer: str
    version: int
    seat: str
    venue: Literal["summit", "exchange"]


@fact("offer.unsigned")
class OfferUnsigned(Payload, frozen=True, kw_only=True):
    """The meeting at which it was to be signed did not take place: agreed again, without signatures."""

    offer: str


@fact("offer.ended")
class OfferEnded(Payload, frozen=True, kw_only=True):
    """The text left the table: it is in force, or lapsed, or was struck, or somebody walked away."""

    offer: str
    how: Literal["in_force", "lapsed", "walked_away", "struck"]
    by: str
    reason: str
