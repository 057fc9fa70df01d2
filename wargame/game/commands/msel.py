"""Commands of Control about the master scenario events list: write, approve, time, hold, send and take back entries.

Conditions and effects are written as in a scenario file (docs/scenario-authoring.md): `{ge: [strain, 70]}`.
"""

from typing import Annotated, Literal

from msgspec import Meta, Struct, field

from adjudication.scenario.happenings import ActionKind, InjectChannel
from wargame.game.commands.base import Cmd, Id, Line, Note, Precedence, Seats, Text

Forms = Annotated[str, Meta(max_length=2000)]
"""A condition, or a list of effects, as a scenario file writes it."""
SpanMs = Annotated[int, Meta(ge=0, le=31 * 86_400_000)]
Turn = Annotated[int, Meta(ge=1, le=999)]
Word = Annotated[str, Meta(max_length=64)]


class EntryPart(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Base of the parts of an entry."""


class SeatAction(EntryPart, frozen=True, kw_only=True):
    """Something a seat does; every field given must match, lists mean "one of"."""

    kind: ActionKind
    by: Annotated[tuple[Id, ...], Meta(max_length=16)] = ()
    to: Annotated[tuple[Id, ...], Meta(max_length=16)] = ()
    move: Word = ""
    room: Word = ""


class EntryAttachment(EntryPart, frozen=True, kw_only=True):
    """A paper that goes with an inject."""

    title: Annotated[str, Meta(min_length=1, max_length=200)]
    text: Text


class When(EntryPart, frozen=True, kw_only=True):
    """What sets an entry off.

    By the clock: `turn`, or `turn` and `phase`, `offset_ms` after it began. Or one of: `on` something a seat does,
    `silence` of an entry whose expected action is not seen, `after` an entry was sent; each with `delay_ms`. `turn`
    and `if` beside these must hold as well; `if` alone: at the first start of a turn at which it holds. `hand`: by
    Control alone.
    """

    turn: Turn | None = None
    phase: Word = ""
    offset_ms: SpanMs = 0
    on: SeatAction | None = None
    silence: Word = ""
    after: Word = ""
    delay_ms: SpanMs = 0
    condition: Forms = field(name="if", default="")
    hand: bool = False


class EntryWords(EntryPart, frozen=True, kw_only=True):
    """All that is written of an entry. `to` takes seats, roles, teams, sides, or `all`; so do the keys of `variants`.

    `extra`: columns of a spreadsheet that mean nothing here, kept for the way back.
    """

    number: Word = ""
    title: Annotated[str, Meta(min_length=1, max_length=200)]
    text: Text
    source: Line = ""
    to: Seats
    channel: InjectChannel = "cable"
    room: Word = ""
    precedence: Precedence = "routine"
    variants: Annotated[dict[Id, Text], Meta(max_length=16)] = {}
    attachments: Annotated[tuple[EntryAttachment, ...], Meta(max_length=6)] = ()
    expected: Note = ""
    expects: Forms = ""
    seen_on: SeatAction | None = None
    objective: Line = ""
    owner: Line = ""
    when: When = When()
    chance: Annotated[float, Meta(ge=0, le=1)] = 1.0
    effects: Forms = ""
    kind: Literal["H", "C", "S"] = "S"
    extra: Annotated[dict[Word, Note], Meta(max_length=16)] = {}


class InjectWrite(Cmd, frozen=True, kw_only=True, tag="inject.write"):
    """Write a new entry, or change one that was not sent.

    `version` is the one the writer saw, 0 for a new entry. `draft`: leave it for approval; whoever holds not all
    rights always does.
    """

    msel: Id
    entry: EntryWords
    version: Annotated[int, Meta(ge=0)] = 0
    draft: bool = False


class InjectApprove(Cmd, frozen=True, kw_only=True, tag="inject.approve"):
    """Let a draft into the list. Its author may not, but for one who holds all rights."""

    msel: Id
    version: Annotated[int, Meta(ge=1)]


class InjectRemove(Cmd, frozen=True, kw_only=True, tag="inject.remove"):
    """Throw a draft away."""

    msel: Id


class InjectHold(Cmd, frozen=True, kw_only=True, tag="inject.hold"):
    """Keep an entry from going out by itself, or let it again with what its clock had left."""

    msel: Id
    on: bool = True


class InjectSkip(Cmd, frozen=True, kw_only=True, tag="inject.skip"):
    """Take a scheduled inject off the list; it can be put back, or sent by hand later."""

    msel: Id


class InjectRestore(Cmd, frozen=True, kw_only=True, tag="inject.restore"):
    """Put an entry back on the list that was skipped, taken back, or that chance or time passed over."""

    msel: Id


class InjectRetime(Cmd, frozen=True, kw_only=True, tag="inject.retime"):
    """Move an entry to another time. `following`: what was planned from its old time on moves as far."""

    msel: Id
    turn: Turn
    phase: Word = ""
    offset_ms: SpanMs = 0
    following: bool = False


class InjectSend(Cmd, frozen=True, kw_only=True, tag="inject.send"):
    """Send an inject now: free text, or a scheduled one ahead of its time by `msel`."""

    inject: Id
    to: Seats
    title: Line
    text: Text
    source: Line = ""
    precedence: Precedence = "routine"
    msel: Id | None = None
    channel: InjectChannel = "cable"
    room: Word = ""
    variants: Annotated[dict[Id, Text], Meta(max_length=16)] = {}
    attachments: Annotated[tuple[EntryAttachment, ...], Meta(max_length=6)] = ()


class InjectUndo(Cmd, frozen=True, kw_only=True, tag="inject.undo"):
    """Take back an inject that nobody it went to has opened."""

    inject: Id


class InjectMark(Cmd, frozen=True, kw_only=True, tag="inject.mark"):
    """Say whether the expected action of a sent entry was seen; empty: not yet judged."""

    msel: Id
    seen: Literal["", "yes", "no"]
    note: Line = ""
