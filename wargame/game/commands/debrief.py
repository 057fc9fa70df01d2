"""Commands of the guided debrief: Control drives every screen through the replay, players answer its questions."""

from typing import Annotated

from msgspec import Meta, Struct

from wargame.game.commands.base import Cmd, Id, Note

Answer = Annotated[str, Meta(min_length=1, max_length=600)]
Stops = Annotated[tuple["Stop", ...], Meta(min_length=1, max_length=40)]
Teams = Annotated[tuple[Id, ...], Meta(max_length=16)]


class Stop(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A moment the debrief halts at: when (ms since the epoch), in which turn, and what is asked there."""

    stop: Id
    at_ms: Annotated[int, Meta(ge=0)]
    turn: Annotated[int, Meta(ge=0, le=999)]
    title: Annotated[str, Meta(min_length=1, max_length=120)]
    prompt: Note = ""


class DebriefOpen(Cmd, frozen=True, kw_only=True, tag="debrief.open"):
    """Open the debrief at the first of these stops; while it is open, change its stops."""

    stops: Stops


class DebriefStep(Cmd, frozen=True, kw_only=True, tag="debrief.step"):
    """Take every screen to a stop. Its question is asked with it."""

    stop: Id


class DebriefLift(Cmd, frozen=True, kw_only=True, tag="debrief.lift"):
    """Say for which teams the fog is lifted now: everybody may look through their seats up to the furthest stop."""

    teams: Teams


class DebriefPose(Cmd, frozen=True, kw_only=True, tag="debrief.pose"):
    """Ask everybody a question; an empty one takes the last question away."""

    prompt: Note


class DebriefAnswer(Cmd, frozen=True, kw_only=True, tag="debrief.answer"):
    """Answer question `number`; a second answer replaces the first."""

    number: Annotated[int, Meta(ge=1)]
    text: Answer


class DebriefReveal(Cmd, frozen=True, kw_only=True, tag="debrief.reveal"):
    """Put the answers given so far on every screen, by seat and without the names of people."""


class DebriefClose(Cmd, frozen=True, kw_only=True, tag="debrief.close"):
    """Let everybody's screen go. What was lifted stays lifted."""


__all__ = [
    "DebriefAnswer", "DebriefClose", "DebriefLift", "DebriefOpen", "DebriefPose", "DebriefReveal", "DebriefStep",
    "Stop",
]  # fmt: skip
