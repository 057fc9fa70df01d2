"""Commands of Control: set-up, clocks, people, notes, and speaking as somebody."""

from typing import Annotated, Literal

from msgspec import Meta

from adjudication.lenses import Lens
from adjudication.scenario.course import Missed
from wargame.game.commands.base import Cmd, ExtendMs, Id, Line, Name, Text
from wargame.game.events.lobby import Style
from wargame.game.quiet import QuietHours


class GameCreate(Cmd, frozen=True, kw_only=True, tag="game.create"):
    """First command of every game. `scenario` names a loaded case; the seed is secret until the end.

    `missed` says by phase what becomes of a sheet that is not submitted, `quiet` when no clock runs.

    `lens`: the explanations turns are settled under (adjudication.md 4); players are not told which.
    """

    title: Name
    scenario: Id
    preset: Id
    seed: Id
    style: Style
    open_seats: tuple[Id, ...]
    bots: dict[Id, Id] = {}
    phase_ms: dict[Id, int | None] = {}
    forced: Literal["free", "historical"] = "free"
    lens: Lens = "all"
    missed: dict[Id, Missed] = {}
    quiet: QuietHours | None = None


class GameStart(Cmd, frozen=True, kw_only=True, tag="game.start"):
    """Leave the lobby and open turn 1. Unheld seats must have a bot or be declared vacant."""

    force: bool = False


class GamePause(Cmd, frozen=True, kw_only=True, tag="game.pause"):
    """Stop every clock of the game."""

    reason: Line = ""


class GameResume(Cmd, frozen=True, kw_only=True, tag="game.resume"):
    """Start every clock again with what it had left."""


class ClockExtend(Cmd, frozen=True, kw_only=True, tag="clock.extend"):
    """Add to (or take from) the running phase. `expect` guards against a phase that has just ended."""

    by_ms: ExtendMs
    expect: Annotated[str, Meta(max_length=80)] = ""


class PhaseEnd(Cmd, frozen=True, kw_only=True, tag="phase.end"):
    """End the phase now. `expect` guards against ending the next one by a late click."""

    expect: Id


class GameEnd(Cmd, frozen=True, kw_only=True, tag="game.end"):
    """End the game; the report may be built and the seed is revealed."""

    reason: Line = ""


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
    """Write a private note of Control, pinned to the moment or to something in Control's view; or rewrite one.

    `event`: what it is about, as `<kind>:<key>` (`log:...`, `inject:...`, `order:...`), or `event:<seq>` for a moment
    of the log, whenever the note is written. `discuss`: in the debrief.
    """

    note: Id
    text: Text
    event: Annotated[str, Meta(max_length=160)] = ""
    objective: Line = ""
    discuss: bool = False


class PersonaSpeak(Cmd, frozen=True, kw_only=True, tag="persona.speak"):
    """Speak as somebody else: as a seat in a room it is in, or under a name on a seat's Control line or the press wall.

    Readers see whose words it is said to be; Control's log says who said it.
    """

    room: Id
    text: Text
    seat: Id | None = None
    voice: Name | None = None
    reply_to: Annotated[int, Meta(ge=1)] | None = None
