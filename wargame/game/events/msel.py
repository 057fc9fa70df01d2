"""Facts about the master scenario events list: entries written, timed, sent, taken back, and what was seen of them."""

from typing import Literal

from adjudication.dice import Die
from adjudication.scenario.happenings import Attachment, Inject, InjectChannel, Precedence
from wargame.game.events.base import Payload, fact
from wargame.game.events.clock import ClockKept

Why = Literal["chance", "condition", "answered"]
"""Why an entry did not go out when its moment came: the die, its condition, or the silence was broken."""


@fact("inject.sent")
class InjectSent(Payload, frozen=True, kw_only=True):
    """An inject or a piece of news went out. `variants`: what some of its readers read instead of `text`."""

    inject: str
    msel: str | None
    source: str
    to: tuple[str, ...]
    title: str
    text: str
    precedence: Precedence
    effects: bool = False
    channel: InjectChannel = "cable"
    room: str = ""
    variants: dict[str, str] = {}
    attachments: tuple[Attachment, ...] = ()
    die: Die | None = None


@fact("inject.skipped")
class InjectSkipped(Payload, frozen=True, kw_only=True):
    """A scheduled inject was taken off the list."""

    msel: str


@fact("inject.written")
class InjectWritten(Payload, frozen=True, kw_only=True):
    """Control wrote an entry, or changed one that was not sent."""

    msel: str
    entry: Inject
    draft: bool
    version: int


@fact("inject.approved")
class InjectApproved(Payload, frozen=True, kw_only=True):
    """A draft went onto the list."""

    msel: str


@fact("inject.removed")
class InjectRemoved(Payload, frozen=True, kw_only=True):
    """A draft was thrown away."""

    msel: str


@fact("inject.held")
class InjectHeld(Payload, frozen=True, kw_only=True):
    """An entry is kept from going out by itself, with what its clock had left; or let go again."""

    msel: str
    on: bool
    left_ms: int | None = None


@fact("inject.restored")
class InjectRestored(Payload, frozen=True, kw_only=True):
    """An entry waits again."""

    msel: str


class Retimed(Payload, frozen=True, kw_only=True):
    """The new time of an entry. `minutes` after the phase, or the turn where none is named, began."""

    msel: str
    turn: int
    phase: str
    minutes: float


@fact("inject.retimed")
class InjectRetimed(Payload, frozen=True, kw_only=True):
    """Entries were moved to other times."""

    moves: tuple[Retimed, ...]


@fact("inject.timed")
class InjectTimed(Payload, frozen=True, kw_only=True):
    """Clocks of entries were set or stopped."""

    timers: tuple[ClockKept, ...]


@fact("inject.passed")
class InjectPassed(Payload, frozen=True, kw_only=True):
    """The moment of an entry came and it was not sent."""

    msel: str
    why: Why
    die: Die | None = None


@fact("inject.undone")
class InjectUndone(Payload, frozen=True, kw_only=True):
    """An inject nobody had opened was taken back."""

    inject: str
    msel: str | None
    to: tuple[str, ...]
    title: str


@fact("inject.marked")
class InjectMarked(Payload, frozen=True, kw_only=True):
    """Whether what was expected of an entry's readers was seen: as Control says, by what a seat did, by the world."""

    msel: str
    seen: Literal["", "yes", "no"]
    how: Literal["hand", "action", "state"]
    note: str = ""
