"""Facts about texts on the table. `by` is the seat that acted for the one named, empty if it acted itself."""

from typing import Literal

from msgspec import field

from negotiation.details import Annex, Detail
from wargame.game.events.base import Payload, fact


@fact("offer.drafted")
class OfferDrafted(Payload, frozen=True, kw_only=True):
    """A draft was written or rewritten. `sponsors` are invited."""

    offer: str
    author: str
    title: str
    parties: tuple[str, ...]
    readers: tuple[str, ...]
    levels: dict[str, int]
    note: str
    details: dict[str, Detail] = field(default_factory=dict)
    sponsors: tuple[str, ...] = ()
    annexes: tuple[Annex, ...] = ()
    package: bool = False
    expires: int | None = None


@fact("offer.tabled")
class OfferTabled(Payload, frozen=True, kw_only=True):
    """A draft was put before its parties. `details` where they differ from the draft's."""

    offer: str
    details: dict[str, Detail] | None = None


@fact("offer.countered")
class OfferCountered(Payload, frozen=True, kw_only=True):
    """A party put the next version on the table. Ad referendum: it has not accepted it yet."""

    offer: str
    seat: str
    levels: dict[str, int]
    note: str
    details: dict[str, Detail] = field(default_factory=dict)
    sponsors: tuple[str, ...] = ()
    annexes: tuple[Annex, ...] = ()
    package: bool = False
    expires: int | None = None
    by: str = ""
    ad_referendum: bool = False


@fact("offer.marked")
class OfferMarked(Payload, frozen=True, kw_only=True):
    """A party stated positions on clauses."""

    offer: str
    version: int
    seat: str
    marks: dict[str, Literal["accept", "bracket", "reject"]]
    by: str = ""


@fact("offer.accepted")
class OfferAccepted(Payload, frozen=True, kw_only=True):
    """A party accepted a version."""

    offer: str
    version: int
    seat: str
    by: str = ""


@fact("offer.initialled")
class OfferInitialled(Payload, frozen=True, kw_only=True):
    """A party initialled a version. It binds nobody."""

    offer: str
    version: int
    seat: str
    by: str = ""


@fact("offer.signed")
class OfferSigned(Payload, frozen=True, kw_only=True):
    """A signatory signed, or affirmed an oral understanding."""

    offer: str
    version: int
    seat: str
    venue: Literal["summit", "exchange", "oral"]


@fact("offer.unsigned")
class OfferUnsigned(Payload, frozen=True, kw_only=True):
    """The meeting at which it was to be signed did not take place: agreed again, without signatures."""

    offer: str


@fact("offer.paraphrased")
class OfferParaphrased(Payload, frozen=True, kw_only=True):
    """A party noted in private what a clause means to it."""

    offer: str
    version: int
    seat: str
    clause: str
    text: str


@fact("offer.ended")
class OfferEnded(Payload, frozen=True, kw_only=True):
    """The text left the table: it is in force, or lapsed, or was struck, or somebody walked away."""

    offer: str
    how: Literal["in_force", "lapsed", "walked_away", "struck"]
    by: str
    reason: str
