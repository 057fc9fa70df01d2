"""Commands about texts on the table. Mandates and the table's own conduct are in `table`."""

from typing import Annotated

from msgspec import Meta

from wargame.game.commands.base import Annexes, Cmd, Details, Id, Levels, Line, Mark, Note, Seats, Venue

Version = Annotated[int, Meta(ge=1)]


class OfferDraft(Cmd, frozen=True, kw_only=True, tag="offer.draft"):
    """Write (or rewrite) a draft that only the author's seat and `readers` see.

    `sponsors` are asked to stand by the text; they read it. `package`: to be accepted whole or not at all.
    `expires`: turn with whose end the text lapses.
    """

    offer: Id
    parties: Seats
    levels: Levels
    readers: tuple[Id, ...] = ()
    title: Line = ""
    note: Note = ""
    details: Details = {}
    sponsors: tuple[Id, ...] = ()
    annexes: Annexes = ()
    package: bool = False
    expires: Annotated[int, Meta(ge=1, le=999)] | None = None


class OfferTable(Cmd, frozen=True, kw_only=True, tag="offer.table"):
    """Put the draft before its parties. From now on each change is a new version."""

    offer: Id


class OfferCounter(Cmd, frozen=True, kw_only=True, tag="offer.counter"):
    """Answer with a new version of a tabled text.

    What is left out (None) stays as it is in the version answered to; `expires` 0 takes an expiry off.
    """

    offer: Id
    against: Version
    levels: Levels
    note: Note = ""
    details: Details | None = None
    sponsors: tuple[Id, ...] = ()
    annexes: Annexes | None = None
    package: bool | None = None
    expires: Annotated[int, Meta(ge=0, le=999)] | None = None


class OfferMark(Cmd, frozen=True, kw_only=True, tag="offer.mark"):
    """State a position on clauses of a version: accept, bracket or reject."""

    offer: Id
    version: Version
    marks: Annotated[dict[Id, Mark], Meta(max_length=48)]


class OfferAccept(Cmd, frozen=True, kw_only=True, tag="offer.accept"):
    """Accept a version as it stands. When all parties have, it is agreed and may be signed."""

    offer: Id
    version: Version


class OfferInitial(Cmd, frozen=True, kw_only=True, tag="offer.initial"):
    """Initial a version: its wording is settled, nobody is bound."""

    offer: Id
    version: Version


class OfferSign(Cmd, frozen=True, kw_only=True, tag="offer.sign"):
    """Sign an agreed version: at a summit held this turn, by exchange of letters, or affirm it by word of mouth."""

    offer: Id
    version: Version
    venue: Venue


class OfferParaphrase(Cmd, frozen=True, kw_only=True, tag="offer.paraphrase"):
    """Note in private what a clause means to your seat. Nobody else but Control ever reads it."""

    offer: Id
    version: Version
    clause: Id
    text: Annotated[str, Meta(min_length=1, max_length=2000)]


class OfferWalkAway(Cmd, frozen=True, kw_only=True, tag="offer.walk_away"):
    """Leave the table for good. The text lapses and the others are told who left."""

    offer: Id
    reason: Note = ""
