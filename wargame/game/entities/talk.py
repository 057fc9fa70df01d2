"""Rooms, messages, reading marks and injects."""

from typing import Literal

from adjudication.scenario.happenings import InjectChannel, Precedence
from wargame.game.entities.base import Entity


class RoomSeen(Entity, frozen=True, kw_only=True):
    """kind `room`, key room id. `kind` press is the wire: everybody reads it.

    `closed`: nobody has the floor. `at`: the conference of a corridor talk. `pinned`: numbers of messages, as pinned.
    """

    id: str
    kind: Literal["team", "bilateral", "multi", "press", "control", "conference", "corridor"]
    title: str
    seats: tuple[str, ...]
    opened_by: str
    last: int
    may_post: bool
    closed: bool = False
    at: str = ""
    pinned: tuple[int, ...] = ()


class MessageSeen(Entity, frozen=True, kw_only=True):
    """kind `message`, key `<room>:<number>`. Paged. `number` counts within the room from 1.

    `reply_to`: number of the message it answers, 0 for none. `mentions`: seats of the room it names. `late`: it came by
    a slow line and was written turns before. `leaked_from`: on the press wall, the seat whose private words came out;
    `source`: the conversation they came from, to those who are told. `spoken_by`: the facilitator who spoke as the
    seat, to Control alone.
    """

    id: str
    room: str
    number: int
    seat: str
    display: str
    text: str
    audience: tuple[str, ...]
    at_ms: int
    turn: int
    game_date: str
    reply_to: int = 0
    mentions: tuple[str, ...] = ()
    late: bool = False
    leaked_from: str = ""
    source: str = ""
    spoken_by: str = ""


class HeldSeen(Entity, frozen=True, kw_only=True):
    """kind `held`, key its id: a message on a slow line. To its writer and Control, until it is heard and after.

    `arrives`: the turn with whose opening it is heard. `number`: its number in the room once it is, 0 before.
    """

    id: str
    room: str
    seat: str
    text: str
    turn: int
    at_ms: int
    arrives: int
    number: int = 0


class InterceptSeen(Entity, frozen=True, kw_only=True):
    """kind `intercept`, key its id: words overheard between `seats`. Paged. To who reads along, and Control."""

    id: str
    by: str
    seat: str
    display: str
    seats: tuple[str, ...]
    text: str
    say: str
    turn: int
    game_date: str
    at_ms: int


class LineSeen(Entity, frozen=True, kw_only=True):
    """kind `line`, key room id: what Control has set for the messages of a room. To Control alone."""

    room: str
    delay: int
    taps: tuple[str, ...]


class ConferenceSeen(Entity, frozen=True, kw_only=True):
    """kind `conference`, key its id: to those called and Control. `starts`, `ends`: turns. `point` counts from 1."""

    id: str
    room: str
    title: str
    seats: tuple[str, ...]
    called_by: str
    chair: str
    starts: int
    ends: int
    agenda: tuple[str, ...]
    point: int
    state: Literal["called", "open", "recess", "closed"]
    reason: str


class ReadSeen(Entity, frozen=True, kw_only=True):
    """kind `read`, key `<room>:<seat>`: how far a seat of the room has read.

    To the seat and Control, and as the case's `talk.reads` says: by default to members of its own side, and in a team's
    room to all of it; the other side never learns that it is being read.
    """

    room: str
    seat: str
    upto: int


class OpenedSeen(Entity, frozen=True, kw_only=True):
    """kind `opened`, key `<kind>:<key>:<seat>`: a seat opened what it was sent. To that seat and Control."""

    kind: Literal["brief", "inject", "letter", "paper", "outcome", "estimate"]
    key: str
    seat: str
    at_ms: int


class AttachmentSeen(Entity, frozen=True, kw_only=True):
    """A paper that came with an inject."""

    title: str
    text: str


class InjectSeen(Entity, frozen=True, kw_only=True):
    """kind `inject`, key inject id. Paged.

    `text` is what this view reads; `variants`, by seat, what others read instead, is shown to Control alone. `channel`
    says where it is met; `room` in whose talk, where it is a room.
    """

    id: str
    source: str
    to: tuple[str, ...]
    title: str
    text: str
    precedence: Precedence
    turn: int
    game_date: str
    at_ms: int
    channel: InjectChannel = "cable"
    room: str = ""
    attachments: tuple[AttachmentSeen, ...] = ()
    variants: dict[str, str] = {}
