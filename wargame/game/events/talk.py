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

    kind: Literal["brief", "inject", "letter", "outcome", "estimate"]
    key: str
    seat: str
    person: str
