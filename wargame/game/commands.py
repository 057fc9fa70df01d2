"""Every action there is, as a closed union of imperative commands.

A browser, a bot, a facilitator and a timer all send one of these. Nothing here decides
anything: `decide.py` does. Sizes are bounded here so that an oversize text never reaches a rule.
"""

from typing import Annotated, Literal

from msgspec import Meta, Struct

Id = Annotated[str, Meta(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9._:@-]+$")]
Name = Annotated[str, Meta(min_length=1, max_length=60)]
Line = Annotated[str, Meta(max_length=200)]
Text = Annotated[str, Meta(min_length=1, max_length=4000)]
Note = Annotated[str, Meta(max_length=2000)]
Reason = Annotated[str, Meta(min_length=3, max_length=1000)]
Level = Annotated[int, Meta(ge=0, le=9)]
Seats = Annotated[tuple[Id, ...], Meta(min_length=1, max_length=16)]
Levels = Annotated[dict[Id, Level], Meta(max_length=32)]
Params = Annotated[dict[Id, str | int | float | bool], Meta(max_length=16)]
ExtendMs = Annotated[int, Meta(ge=-3_600_000, le=86_400_000)]

Mark = Literal["accept", "bracket", "reject"]
Venue = Literal["summit", "exchange"]
Precedence = Literal["routine", "priority", "immediate", "flash"]


class _Cmd(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, tag_field="name"):
    """Base of all commands; the tag is the wire name."""


# --- lobby and people -------------------------------------------------------------------------
class PersonJoin(_Cmd, frozen=True, kw_only=True, tag="person.join"):
    """Enter the game under a name. Sent by the server on a join code, never by a browser."""

    person: Id
    display: Name
    role: Literal["control", "player", "observer"]


class SeatTake(_Cmd, frozen=True, kw_only=True, tag="seat.take"):
    """Take a place in a seat's delegation; the first to come holds the pen."""

    seat: Id


class SeatLeave(_Cmd, frozen=True, kw_only=True, tag="seat.leave"):
    """Give the place up."""


class SeatReady(_Cmd, frozen=True, kw_only=True, tag="seat.ready"):
    """Say that the seat is (or is no longer) ready: for the start, or for the end of the phase."""

    ready: bool


class PenPass(_Cmd, frozen=True, kw_only=True, tag="pen.pass"):
    """Hand the pen to another member of the delegation."""

    person: Id


# --- orders -----------------------------------------------------------------------------------
class OrderDraft(_Cmd, frozen=True, kw_only=True, tag="order.draft"):
    """Put an order on the seat's sheet for this turn, or change the one with this id."""

    order: Id
    move: Id
    params: Params = {}
    public: bool | None = None
    rationale: Note = ""
    expects: Note = ""


class OrderWithdraw(_Cmd, frozen=True, kw_only=True, tag="order.withdraw"):
    """Take an order off the sheet."""

    order: Id


class OrdersSubmit(_Cmd, frozen=True, kw_only=True, tag="orders.submit"):
    """Seal the sheet. It can be reopened until the phase locks."""


class OrdersReopen(_Cmd, frozen=True, kw_only=True, tag="orders.reopen"):
    """Unseal the sheet."""


class EstimateBrief(_Cmd, frozen=True, kw_only=True, tag="estimate.brief"):
    """Brief an estimate of this turn to other seats (withholding is the default and is logged)."""

    variable: Id
    to: Seats
    note: Note = ""


# --- talk -------------------------------------------------------------------------------------
class RoomOpen(_Cmd, frozen=True, kw_only=True, tag="room.open"):
    """Open a conversation with other seats. The sender's seat is always in it."""

    room: Id
    seats: Seats
    title: Line = ""


class MessagePost(_Cmd, frozen=True, kw_only=True, tag="message.post"):
    """Say something in a room one is in."""

    message: Id
    room: Id
    text: Text


class RoomRead(_Cmd, frozen=True, kw_only=True, tag="room.read"):
    """Record that the seat has read a room up to a message (by its number in the room)."""

    room: Id
    upto: Annotated[int, Meta(ge=0)]


class ItemOpen(_Cmd, frozen=True, kw_only=True, tag="item.open"):
    """Record that the seat opened a thing it had been sent: a brief, an inject, an outcome."""

    kind: Literal["brief", "inject", "outcome", "estimate"]
    key: Id


# --- deal -------------------------------------------------------------------------------------
class OfferDraft(_Cmd, frozen=True, kw_only=True, tag="offer.draft"):
    """Write (or rewrite) a draft that only the author's seat and `readers` see."""

    offer: Id
    parties: Seats
    levels: Levels
    readers: tuple[Id, ...] = ()
    title: Line = ""
    note: Note = ""


class OfferTable(_Cmd, frozen=True, kw_only=True, tag="offer.table"):
    """Put the draft before its parties. From now on each change is a new version."""

    offer: Id


class OfferCounter(_Cmd, frozen=True, kw_only=True, tag="offer.counter"):
    """Answer with a new version of a tabled text."""

    offer: Id
    against: Annotated[int, Meta(ge=1)]
    levels: Levels
    note: Note = ""


class OfferMark(_Cmd, frozen=True, kw_only=True, tag="offer.mark"):
    """State a position on clauses of a version: accept, bracket or reject."""

    offer: Id
    version: Annotated[int, Meta(ge=1)]
    marks: Annotated[dict[Id, Mark], Meta(max_length=32)]


class OfferAccept(_Cmd, frozen=True, kw_only=True, tag="offer.accept"):
    """Accept a version as it stands. When all parties have, it is agreed and may be signed."""

    offer: Id
    version: Annotated[int, Meta(ge=1)]


class OfferSign(_Cmd, frozen=True, kw_only=True, tag="offer.sign"):
    """Sign an agreed version: at a summit held this turn, or by exchange of letters."""

    offer: Id
    version: Annotated[int, Meta(ge=1)]
    venue: Venue


class OfferWalkAway(_Cmd, frozen=True, kw_only=True, tag="offer.walk_away"):
    """Leave the table. The text lapses and the others are told who left."""

    offer: Id
    reason: Note = ""


# --- control ----------------------------------------------------------------------------------
class GameCreate(_Cmd, frozen=True, kw_only=True, tag="game.create"):
    """First command of every game. `scenario` names a loaded case; the seed is secret until the end."""

    title: Name
    scenario: Id
    preset: Id
    seed: Id
    style: Literal["rigid", "semi_rigid"]
    open_seats: tuple[Id, ...]
    bots: dict[Id, Id] = {}
    phase_ms: dict[Id, int | None] = {}
    forced: Literal["free", "historical"] = "free"


class GameStart(_Cmd, frozen=True, kw_only=True, tag="game.start"):
    """Leave the lobby and open turn 1. Unheld seats must have a bot or be declared vacant."""

    force: bool = False


class GamePause(_Cmd, frozen=True, kw_only=True, tag="game.pause"):
    """Stop every clock of the game."""

    reason: Line = ""


class GameResume(_Cmd, frozen=True, kw_only=True, tag="game.resume"):
    """Start every clock again with what it had left."""


class ClockExtend(_Cmd, frozen=True, kw_only=True, tag="clock.extend"):
    """Add to (or take from) the running phase."""

    by_ms: ExtendMs


class PhaseEnd(_Cmd, frozen=True, kw_only=True, tag="phase.end"):
    """End the phase now. `expect` guards against ending the next one by a late click."""

    expect: Id


class GameEnd(_Cmd, frozen=True, kw_only=True, tag="game.end"):
    """End the game; the report may be built and the seed is revealed."""

    reason: Line = ""


class InjectSend(_Cmd, frozen=True, kw_only=True, tag="inject.send"):
    """Send an inject now: free text, or a scheduled one ahead of its time by `msel`."""

    inject: Id
    to: Seats
    title: Line
    text: Text
    source: Line = ""
    precedence: Precedence = "routine"
    msel: Id | None = None


class InjectSkip(_Cmd, frozen=True, kw_only=True, tag="inject.skip"):
    """Take a scheduled inject off the list; it can be sent by hand later."""

    msel: Id


class RulingAccept(_Cmd, frozen=True, kw_only=True, tag="ruling.accept"):
    """Accept the proposal of the turn as it stands, with the rulings made, and release the outcome."""

    turn: Annotated[int, Meta(ge=1)]


class RulingReplace(_Cmd, frozen=True, kw_only=True, tag="ruling.replace"):
    """Replace the outcome of one order. The draw stays on record; dice are never re-rolled."""

    turn: Annotated[int, Meta(ge=1)]
    order: Id
    outcome: Literal["done", "partial", "blocked"]
    reason: Reason
    shown_to: tuple[Id, ...] = ()


class RulingEdit(_Cmd, frozen=True, kw_only=True, tag="ruling.edit"):
    """Add a signed change to one variable of the proposal."""

    turn: Annotated[int, Meta(ge=1)]
    variable: Id
    delta: Annotated[float, Meta(ge=-40, le=40)]
    reason: Reason
    shown_to: tuple[Id, ...] = ()


class RulingDrop(_Cmd, frozen=True, kw_only=True, tag="ruling.drop"):
    """Withdraw a ruling made on the pending proposal."""

    turn: Annotated[int, Meta(ge=1)]
    ruling: Id


class SeatAssign(_Cmd, frozen=True, kw_only=True, tag="seat.assign"):
    """Move a person into a seat, or out of every seat."""

    person: Id
    seat: Id | None


class SeatBot(_Cmd, frozen=True, kw_only=True, tag="seat.bot"):
    """Let a bot hold a seat, or give it back."""

    seat: Id
    policy: Id | None


class PersonRemove(_Cmd, frozen=True, kw_only=True, tag="person.remove"):
    """Take a person out of the game and close their sockets."""

    person: Id
    reason: Line = ""


class NotePin(_Cmd, frozen=True, kw_only=True, tag="note.pin"):
    """Write a private note of Control, pinned to the moment."""

    note: Id
    text: Text


# --- time -------------------------------------------------------------------------------------
class TimerFire(_Cmd, frozen=True, kw_only=True, tag="timer.fire"):
    """A deadline is due. A stale generation changes nothing."""

    key: Id
    generation: Annotated[int, Meta(ge=0)]


Command = (
    PersonJoin | SeatTake | SeatLeave | SeatReady | PenPass
    | OrderDraft | OrderWithdraw | OrdersSubmit | OrdersReopen | EstimateBrief
    | RoomOpen | MessagePost | RoomRead | ItemOpen
    | OfferDraft | OfferTable | OfferCounter | OfferMark | OfferAccept | OfferSign | OfferWalkAway
    | GameCreate | GameStart | GamePause | GameResume | ClockExtend | PhaseEnd | GameEnd
    | InjectSend | InjectSkip | RulingAccept | RulingReplace | RulingEdit | RulingDrop
    | SeatAssign | SeatBot | PersonRemove | NotePin | TimerFire
)  # fmt: skip
"""The closed set. The wire accepts the ones in `CLIENT_COMMANDS` only."""

SERVER_ONLY: frozenset[str] = frozenset({"person.join", "game.create", "timer.fire"})
