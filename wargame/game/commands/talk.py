"""Commands about rooms, messages and what was read."""

from typing import Annotated, Literal

from msgspec import Meta

from wargame.game.commands.base import Cmd, Id, Line, Seats, Text


class RoomOpen(Cmd, frozen=True, kw_only=True, tag="room.open"):
    """Open a conversation with other seats. The sender's seat is always in it.

    `at` a conference that is in session: a word in the corridor with one other seat there, unknown to the rest.
    """

    room: Id
    seats: Seats
    title: Line = ""
    at: Id | None = None


class MessagePost(Cmd, frozen=True, kw_only=True, tag="message.post"):
    """Say something in a room one is in, perhaps in reply to a message of it (by number), naming seats in it."""

    message: Id
    room: Id
    text: Text
    reply_to: Annotated[int, Meta(ge=1)] | None = None
    mentions: Annotated[tuple[Id, ...], Meta(max_length=16)] = ()


class MessagePin(Cmd, frozen=True, kw_only=True, tag="message.pin"):
    """Pin a message of a room (by number) where its members find it, or take the pin out."""

    room: Id
    number: Annotated[int, Meta(ge=1)]
    on: bool = True


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

    kind: Literal["brief", "inject", "letter", "paper", "outcome", "estimate"]
    key: Id
