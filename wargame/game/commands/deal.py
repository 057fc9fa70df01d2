"""Commands about texts on the table."""

from typing import Annotated

from msgspec import Meta

from wargame.game.commands.base import Cmd, Id, Levels, Line, Mark, Note, Seats, Venue


class OfferDraft(Cmd, frozen=True, kw_only=True, tag="offer.draft"):
    """Write (or rewrite) a draft that only the author's seat and `readers` see."""

    offer: Id
    parties: Seats
    levels: Levels
    readers: tuple[Id, ...] = ()
    title: Line = ""
    note: Note = ""


class OfferTable(Cmd, frozen=True, kw_only=True, tag="offer.table"):
    """Put the draft before its parties. From now on each change is a new version."""

    offer: Id


class OfferCounter(Cmd, frozen=True, kw_only=True, tag="offer.counter"):
    """Answer with a new version of a tabled text."""

    offer: Id
    against: Annotated[int, Meta(ge=1)]
    levels: Levels
    note: Note = ""


class OfferMark(Cmd, frozen=True, kw_only=True, tag="offer.mark"):
    """State a position on clauses of a version: accept, bracket or reject."""

    offer: Id
    version: Annotated[int, Meta(ge=1)]
    marks: Annotated[dict[Id, Mark], Meta(max_length=32)]


class OfferAccept(Cmd, frozen=True, kw_only=True, tag="offer.accept"):
    """Accept a version as it stands. When all parties have, it is agreed and may be signed."""

    offer: Id
    version: Annotated[int, Meta(ge=1)]


class OfferSign(Cmd, frozen=True, kw_only=True, tag="offer.sign"):
    """Sign an agreed version: at a summit held this turn, or by exchange of letters."""

    offer: Id
    version: Annotated[int, Meta(ge=1)]
    venue: Venue


class OfferWalkAway(Cmd, frozen=True, kw_only=True, tag="offer.walk_away"):
    """Leave the table. The text lapses and the others are told who left."""

    offer: Id
    reason: Note = ""
