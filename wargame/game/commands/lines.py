"""Commands of Control about lines: slow a room down, let a seat read along, bring a message into the papers."""

from typing import Annotated

from msgspec import Meta

from wargame.game.commands.base import Cmd, Id


class LineDelay(Cmd, frozen=True, kw_only=True, tag="line.delay"):
    """Let what is said in a room arrive so many turns later, from now on; 0 ends it."""

    room: Id
    turns: Annotated[int, Meta(ge=0, le=9)]


class LineIntercept(Cmd, frozen=True, kw_only=True, tag="line.intercept"):
    """Let a seat that is not in a room read along from now on, or end it. Nobody else learns of it."""

    room: Id
    by: Id
    on: bool = True


class MessageLeak(Cmd, frozen=True, kw_only=True, tag="message.leak"):
    """Bring a message onto the press wall now. Which conversation it came from is told to `source_known_to` alone."""

    room: Id
    number: Annotated[int, Meta(ge=1)]
    source_known_to: Annotated[tuple[Id, ...], Meta(max_length=16)] = ()
