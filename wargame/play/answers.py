"""What becomes of a command, and who may have sent it: the values that cross into and out of `handle`."""

from typing import Literal

from msgspec import Struct


class Accepted(Struct, frozen=True):
    """The command was carried out, now or before. `n` is the head of the sender's view after it."""

    seq: int
    n: int


class Refused(Struct, frozen=True):
    """The command had no effect. `code` is stable; `params` fill the sentence of the catalogue."""

    code: str
    params: dict[str, object] = {}


Answer = Accepted | Refused


class ActorRef(Struct, frozen=True):
    """Who says to be acting. Only code that has checked a token, or is the server itself, makes one."""

    kind: Literal["person", "seat_bot", "system"]
    person: str
    seat: str | None = None

    @classmethod
    def of_person(cls, person: str) -> "ActorRef":
        """Return the reference of a person known by token."""
        return cls("person", person)

    @classmethod
    def of_bot(cls, seat: str) -> "ActorRef":
        """Return the reference of the bot that holds a seat."""
        return cls("seat_bot", f"bot:{seat}", seat)

    @classmethod
    def of_system(cls) -> "ActorRef":
        """Return the reference of the server: timers and joining."""
        return cls("system", "system")
