"""Commands of Control: set-up, clocks, rulings, people."""

from typing import Annotated, Literal

from msgspec import Meta

from adjudication.lenses import Lens
from wargame.game.commands.base import Cmd, ExtendMs, Id, Line, Name, Precedence, Reason, Seats, Text


class GameCreate(Cmd, frozen=True, kw_only=True, tag="game.create"):
    """First command of every game. `scenario` names a loaded case; the seed is secret until the end.

    `lens`: the explanations turns are settled under (adjudication.md 4); players are not told which.
    """

    title: Name
    scenario: Id
    preset: Id
    seed: Id
    style: Literal["rigid", "semi_rigid"]
    open_seats: tuple[Id, ...]
    bots: dict[Id, Id] = {}
    phase_ms: dict[Id, int | None] = {}
    forced: Literal["free", "historical"] = "free"
    lens: Lens = "all"


class GameStart(Cmd, frozen=True, kw_only=True, tag="game.start"):
    """Leave the lobby and open turn 1. Unheld seats must have a bot or be declared vacant."""

    force: bool = False


class GamePause(Cmd, frozen=True, kw_only=True, tag="game.pause"):
    """Stop every clock of the game."""

    reason: Line = ""


class GameResume(Cmd, frozen=True, kw_only=True, tag="game.resume"):
    """Start every clock again with what it had left."""


class ClockExtend(Cmd, frozen=True, kw_only=True, tag="clock.extend"):
    """Add to (or take from) the running phase."""

    by_ms: ExtendMs


class PhaseEnd(Cmd, frozen=True, kw_only=True, tag="phase.end"):
    """End the phase now. `expect` guards against ending the next one by a late click."""

    expect: Id


class GameEnd(Cmd, frozen=True, kw_only=True, tag="game.end"):
    """End the game; the report may be built and the seed is revealed."""

    reason: Line = ""


class RulingAccept(Cmd, frozen=True, kw_only=True, tag="ruling.accept"):
    """Accept the proposal of the turn as it stands, with the rulings made, and release the outcome."""

    turn: Annotated[int, Meta(ge=1)]


class RulingReplace(Cmd, frozen=True, kw_only=True, tag="ruling.replace"):
    """Replace the outcome of one order. The draw stays on record; dice are never re-rolled."""

    turn: Annotated[int, Meta(ge=1)]
    order: Id
    outcome: Literal["done", "partial", "blocked"]
    reason: Reason
    shown_to: tuple[Id, ...] = ()


class RulingEdit(Cmd, frozen=True, kw_only=True, tag="ruling.edit"):
    """Add a signed change to one variable of the proposal."""

    turn: Annotated[int, Meta(ge=1)]
    variable: Id
    delta: Annotated[float, Meta(ge=-40, le=40)]
    reason: Reason
    shown_to: tuple[Id, ...] = ()


class RulingReversal(Cmd, frozen=True, kw_only=True, tag="ruling.reversal"):
    """Confirm that an order reverses its own government's line: it is carried out and costs political capital."""

    turn: Annotated[int, Meta(ge=1)]
    order: Id
    reason: Reason
    shown_to: tuple[Id, ...] = ()


class RulingEvent(Cmd, frozen=True, kw_only=True, tag="ruling.event"):
    """Let an event the dice decided happen, or not. The draw stays on record; what follows from the event follows."""

    turn: Annotated[int, Meta(ge=1)]
    die: Id
    happens: bool
    reason: Reason
    shown_to: tuple[Id, ...] = ()


class RulingDrop(Cmd, frozen=True, kw_only=True, tag="ruling.drop"):
    """Withdraw a ruling made on the pending proposal."""

    turn: Annotated[int, Meta(ge=1)]
    ruling: Id


class SeatAssign(Cmd, frozen=True, kw_only=True, tag="seat.assign"):
    """Move a person into a seat, or out of every seat."""

    person: Id
    seat: Id | None


class SeatBot(Cmd, frozen=True, kw_only=True, tag="seat.bot"):
    """Let a bot hold a seat, or give it back."""

    seat: Id
    policy: Id | None


class PersonRemove(Cmd, frozen=True, kw_only=True, tag="person.remove"):
    """Take a person out of the game and close their sockets."""

    person: Id
    reason: Line = ""


class NotePin(Cmd, frozen=True, kw_only=True, tag="note.pin"):
    """Write a private note of Control, pinned to the moment."""

    note: Id
    text: Text
