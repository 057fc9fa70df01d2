"""Commands of the lobby: people, seats, pens."""

from wargame.game.commands.base import Cmd, Id, Name, PersonRole, Rights


class PersonJoin(Cmd, frozen=True, kw_only=True, tag="person.join"):
    """Enter the game under a name. Sent by the server on a join code, never by a browser."""

    person: Id
    display: Name
    role: PersonRole
    rights: Rights = ()


class SeatTake(Cmd, frozen=True, kw_only=True, tag="seat.take"):
    """Take a place in a seat's delegation; the first to come holds the pen."""

    seat: Id


class SeatLeave(Cmd, frozen=True, kw_only=True, tag="seat.leave"):
    """Give the place up."""


class SeatReady(Cmd, frozen=True, kw_only=True, tag="seat.ready"):
    """Say that the seat is (or is no longer) ready: for the start, or for the end of the phase."""

    ready: bool


class PenPass(Cmd, frozen=True, kw_only=True, tag="pen.pass"):
    """Hand the pen to another member of the delegation."""

    person: Id
