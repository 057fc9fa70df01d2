"""Rooms, messages, reading marks and injects."""

from typing import Literal

from wargame.game.entities.base import Entity


class RoomSeen(Entity, frozen=True, kw_only=True):
    """kind `room`, key room id. `kind` press is the wire: everybody reads it."""

    id: str
    kind: Literal["team", "bilateral", "multi", "press", "control", "summit"]
    title: str
    seats: tuple[str, ...]
    opened_by: str
    last: int
    may_post: bool


class MessageSeen(Entity, frozen=True, kw_only=True):
    """kind `message`, key message id. Paged. `number` counts within the room from 1."""

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


class ReadSeen(Entity, frozen=True, kw_only=True):
    """kind `read`, key `<room>:<seat>`: how far a seat of the room has read."""

    room: str
    seat: str
    upto: int


class OpenedSeen(Entity, frozen=True, kw_only=True):
    """kind `opened`, key `<kind>:<key>:<seat>`: a seat opened what it was sent. To that seat and Control."""

    kind: Literal["brief", "inject", "letter", "outcome", "estimate"]
    key: str
    seat: str
    at_ms: int


class InjectSeen(Entity, frozen=True, kw_only=True):
    """kind `inject`, key inject id. Paged."""

    id: str
    source: str
    to: tuple[str, ...]
    title: str
    text: str
    precedence: Literal["routine", "priority", "immediate", "flash"]
    turn: int
    game_date: str
    at_ms: int
