"""Commands about rooms, messages and what was read."""

from typing import Annotated, Literal

from msgspec import Meta

from wargame.game.commands.base import Cmd, Id, Line, Seats, Text


class RoomOpen(Cmd, frozen=True, kw_only=True, tag="room.open"):
    """Open a conversation with other seats. The sender's seat is always in it."""

    room: Id
    seats: Seats
    title: Line = ""


class MessagePost(Cmd, frozen=True, kw_only=True, tag="message.post"):
    """Say something in a room one is in."""

    message: Id
    room: Id
    text: Text


class LetterSend(Cmd, frozen=True, kw_only=True, tag="letter.send"):
    """Write to another seat by a channel of the case. It arrives when the channel delivers, with a draft or without.

    Nobody but the writer and Control knows of it before.
    """

    channel: Id
    to: Id
    text: Text
    offer: Id | None = None


class RoomRead(Cmd, frozen=True, kw_only=True, tag="room.read"):
    """Record that the seat has read a room up to a message (by its number in the room)."""

    room: Id
    upto: Annotated[int, Meta(ge=0)]


class ItemOpen(Cmd, frozen=True, kw_only=True, tag="item.open"):
    """Record that the seat opened a thing it had been sent: a brief, an inject, an outcome."""

    kind: Literal["brief", "inject", "letter", "outcome", "estimate"]
    key: Id
