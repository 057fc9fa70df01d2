"""Facts about lines: what Control set, what dice fell, what arrived late, was overheard or came out."""

from typing import Literal

from wargame.game.events.base import Payload, fact


@fact("line.set")
class LineSet(Payload, frozen=True, kw_only=True):
    """Control set what befalls the messages of a room: turns of delay, and the seats that read along."""

    room: str
    delay: int
    taps: tuple[str, ...]


@fact("line.drawn")
class LineDrawn(Payload, frozen=True, kw_only=True):
    """A die of a line fell: `u` against `p`, named `key` in the turn. It came to something below `p`."""

    line: str
    what: Literal["intercept", "leak"]
    rule: str
    turn: int
    key: str
    u: float
    p: float


@fact("message.held")
class MessageHeld(Payload, frozen=True, kw_only=True):
    """A message left on a slow line. `arrives` is the turn with whose opening it is heard; it has no number yet."""

    message: str
    room: str
    seat: str
    person: str
    display: str
    text: str
    arrives: int
    reply_to: int = 0
    mentions: tuple[str, ...] = ()
    spoken_by: str = ""


@fact("message.intercepted")
class MessageIntercepted(Payload, frozen=True, kw_only=True):
    """A seat outside the room read a message along. `line` and `rule` are empty where Control let it."""

    intercept: str
    room: str
    number: int
    by: str
    seat: str
    display: str
    seats: tuple[str, ...]
    text: str
    line: str = ""
    rule: str = ""
    say: str = ""


@fact("message.leaked")
class MessageLeaked(Payload, frozen=True, kw_only=True):
    """A message reached the press wall as its number `number`; it was `source_number` of `room`."""

    number: int
    room: str
    source_number: int
    seat: str
    text: str
    source_known_to: tuple[str, ...]
    line: str = ""
    rule: str = ""
