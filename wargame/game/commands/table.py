"""Commands about who sits at the table of a text: readers, sponsors, walk-out, recess, mandates, Control's gate."""

from typing import Annotated

from msgspec import Meta

from negotiation.mandates import Act
from wargame.game.commands.base import Cmd, Id, Note, Range, Reason


class OfferWiden(Cmd, frozen=True, kw_only=True, tag="offer.widen"):
    """Let more seats read a text. A reader is never taken off again."""

    offer: Id
    readers: Annotated[tuple[Id, ...], Meta(min_length=1, max_length=16)]


class OfferSponsor(Cmd, frozen=True, kw_only=True, tag="offer.sponsor"):
    """Answer an invitation to stand by a text."""

    offer: Id
    stands: bool


class OfferRecess(Cmd, frozen=True, kw_only=True, tag="offer.recess"):
    """Ask for a recess, or (`on` false) take that back or end one. It begins when all parties have asked."""

    offer: Id
    on: bool
    reason: Note = ""


class OfferWalkOut(Cmd, frozen=True, kw_only=True, tag="offer.walk_out"):
    """Walk out. Nobody deals on the text until you are back; not back when the turn is settled, it ends."""

    offer: Id
    reason: Note = ""


class OfferComeBack(Cmd, frozen=True, kw_only=True, tag="offer.come_back"):
    """Come back to a table you walked out of."""

    offer: Id


class OfferRelease(Cmd, frozen=True, kw_only=True, tag="offer.release"):
    """Let a text that waits at Control's gate go before its parties, or (`seat`) an answer of that party."""

    offer: Id
    seat: Annotated[str, Meta(max_length=64)] = ""


class OfferReturn(Cmd, frozen=True, kw_only=True, tag="offer.return"):
    """Give a text that waits at Control's gate back to its author, or (`seat`) an answer to that party."""

    offer: Id
    reason: Reason
    seat: Annotated[str, Meta(max_length=64)] = ""


class MandateGive(Cmd, frozen=True, kw_only=True, tag="mandate.give"):
    """Let another seat of your side deal for yours, on one text or (`offer` empty) on all.

    `levels` bounds an issue from lowest to highest. A new mandate replaces the old one of the same seat.
    """

    seat: Id
    offer: Annotated[str, Meta(max_length=64)] = ""
    may: Annotated[tuple[Act, ...], Meta(min_length=1, max_length=4)]
    levels: Annotated[dict[Id, Range], Meta(max_length=48)] = {}
    note: Note = ""


class MandateEnd(Cmd, frozen=True, kw_only=True, tag="mandate.end"):
    """End the mandate of a seat."""

    seat: Id
