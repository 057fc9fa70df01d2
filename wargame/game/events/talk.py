"""Facts about rooms, messages and what was read."""

from typing import Literal

from negotiation.rooms import Room
from wargame.game.events.base import Payload, fact


@fact("room.opened")
class RoomOpened(Payload, frozen=True, kw_only=True):
    """A conversation was opened."""

    room: Room


@fact("message.posted")
class MessagePosted(Payload, frozen=True, kw_only=True):
    """Something was said in a room."""

    room: str
    number: int
    seat: str
    person: str
    display: str
    text: str
    reply_to: int = 0
    mentions: tuple[str, ...] = ()
    held: str = ""
    """The id under which it was on a slow line."""
    spills: tuple[str, ...] = ()
    spoken_by: str = ""
    """The facilitator who spoke as the seat, if one did. To Control alone."""
    """The lines on which this is now the message of the turn that would come out if one does."""


@fact("message.pinned")
class MessagePinned(Payload, frozen=True, kw_only=True):
    """A message of a room was pinned, or its pin was taken out."""

    room: str
    number: int
    seat: str
    on: bool


@fact("room.read")
class RoomWasRead(Payload, frozen=True, kw_only=True):
    """A seat has read a room up to a message."""

    room: str
    seat: str
    person: str
    upto: int


@fact("item.opened")
class ItemOpened(Payload, frozen=True, kw_only=True):
    """A seat opened what it was sent."""

    kind: Literal["brief", "inject", "letter", "paper", "outcome", "estimate"]
    key: str
    seat: str
    person: str
