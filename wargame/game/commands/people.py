"""Commands about people: who is invited, with which rights, which seat they get, and what becomes of a dropped seat."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from wargame.game.commands.base import Cmd, Id, Line, Name, PersonRole, Rights

INVITED_AT_ONCE = 200
Wishes = Annotated[tuple[Id, ...], Meta(max_length=3)]
People = Annotated[tuple[Id, ...], Meta(max_length=INVITED_AT_ONCE)]
ConsentChoice = Literal["words", "figures", "nothing"]
"""`words`: what one wrote and what one did. `figures`: what one did. `nothing`: neither, nor that one was there."""
AwayMs = Annotated[int, Meta(ge=0, le=86_400_000)]


class Invitation(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One person to let in, with a personal link. `seat`: where they sit at once; `wishes`: seats they would like."""

    display: Name
    role: PersonRole = "player"
    rights: Rights = ()
    seat: Id | None = None
    wishes: Wishes = ()


class PeopleInvite(Cmd, frozen=True, kw_only=True, tag="people.invite"):
    """Let people in by name: all of them or, if one cannot be, none. Each gets a personal link."""

    people: Annotated[tuple[Invitation, ...], Meta(min_length=1, max_length=INVITED_AT_ONCE)]


class PersonReadmit(Cmd, frozen=True, kw_only=True, tag="person.readmit"):
    """Let somebody who was taken out come back, under a new personal link and without a seat."""

    person: Id


class PersonRelink(Cmd, frozen=True, kw_only=True, tag="person.relink"):
    """Give somebody a new personal link. Whatever they came in by before is void, and so are its open windows."""

    person: Id


class PersonRename(Cmd, frozen=True, kw_only=True, tag="person.rename"):
    """Put a name right."""

    person: Id
    display: Name


class RightsSet(Cmd, frozen=True, kw_only=True, tag="rights.set"):
    """Say what a facilitator may do; `observe` alone: look and nothing else."""

    person: Id
    rights: Annotated[Rights, Meta(min_length=1)]


class ConsentChoose(Cmd, frozen=True, kw_only=True, tag="consent.choose"):
    """Say what of oneself may stand in a research export; at any time, also after the end, and as often as one likes.

    Until somebody has chosen, it is as if they had chosen `figures`. Consent can be taken back as easily as it is
    given (Regulation (EU) 2016/679, Art. 7(3); 45 CFR 46.116(b)(8)).
    """

    choice: ConsentChoice


class ConsentNarrow(Cmd, frozen=True, kw_only=True, tag="consent.narrow"):
    """Record that somebody allows less than they did: for those who say so in writing, or are in the game no more."""

    person: Id
    choice: ConsentChoice


class LobbySet(Cmd, frozen=True, kw_only=True, tag="lobby.set"):
    """Set the rules of coming in and staying: what is left out stays as it is.

    `seats_locked`: players take and leave no seats by themselves. `guests`: who has the code may come to read.
    `away_ms`: after how long without a sign of anybody in a seat a bot holds it, at least 30 s; 0: never.
    """

    seats_locked: bool | None = None
    guests: bool | None = None
    away_ms: AwayMs | None = None


class SeatPrefer(Cmd, frozen=True, kw_only=True, tag="seat.prefer"):
    """Say which seats one would like, the dearest first. Control alone sees it."""

    seats: Wishes


class SeatsAssign(Cmd, frozen=True, kw_only=True, tag="seats.assign"):
    """Seat the players who have no seat (or those of them named), by wish and evenly, or by lot alone."""

    how: Literal["balanced", "random"]
    people: People = ()


class SeatHandOver(Cmd, frozen=True, kw_only=True, tag="seat.hand_over"):
    """Let one person take another's place in a seat, pen and all; the seat is empty at no moment."""

    person: Id
    to: Id


class SeatNudge(Cmd, frozen=True, kw_only=True, tag="seat.nudge"):
    """Say a word to one seat that nobody else sees."""

    seat: Id
    text: Annotated[str, Meta(min_length=1, max_length=400)]


class ScreensLock(Cmd, frozen=True, kw_only=True, tag="screens.lock"):
    """Lock the players' screens with a word to all of them, or unlock them. Clocks go on; pause stops those."""

    on: bool
    text: Line = ""


class PenGive(Cmd, frozen=True, kw_only=True, tag="pen.give"):
    """Put the pen of a seat into the hand of one of its delegation."""

    seat: Id
    person: Id


class DeputyName(Cmd, frozen=True, kw_only=True, tag="deputy.name"):
    """Name who in the delegation takes the pen when its holder is away; nobody: the one who came next."""

    person: Id | None


class PenTake(Cmd, frozen=True, kw_only=True, tag="pen.take"):
    """Take the pen: the deputy for its holder, or the holder back from the deputy."""


class SeatWatch(Cmd, frozen=True, kw_only=True, tag="seat.watch"):
    """Note which members of a seat were heard from of late. Sent by the server when that changes what follows."""

    seat: Id
    here: Annotated[tuple[Id, ...], Meta(max_length=16)]
    since_ms: int
