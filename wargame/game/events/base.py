"""Own what every fact has: its envelope, the registry of kinds, and how a payload is stored and loaded."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal, TypeVar

import msgspec
from msgspec import Struct

from wargame.game.quiet import Calendar, EveryHour, QuietHours
from wargame.game.upcast import upcast

if TYPE_CHECKING:
    from adjudication.scenario import Scenario
    from wargame.game.state import State

Params = dict[str, str | int | float | bool]
Json = dict[str, object]


def _nothing(kind: str, key: str) -> Json | None:
    return None


def _no_past(seq: int) -> "State":
    raise LookupError(f"no log was given to look up event {seq}")


class Payload(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of all payloads."""


class Actor(Struct, frozen=True):
    """Who did it: a person, the bot of a seat, Control, or the server itself."""

    kind: Literal["person", "seat_bot", "control", "system"]
    person: str = ""
    seat: str | None = None
    role: str = ""


class Ctx(Struct, frozen=True):
    """What a decision needs from outside: who, when, in which case, and where new names come from.

    `ids(name)` is a name derived from the command id, so that a repeated command makes the same facts.
    `recall(kind, key)` is what Control's view holds of an entity: words that the state does not keep.
    `at(seq)` is the folded state after that event of the log.
    `head` is the seq of the newest event.
    `backdated`: `now_ms` is an earlier moment than that of the record.
    `quiet` are the game's quiet hours as the command finds them, `calendar` is where zones are looked up.
    """

    now_ms: int
    actor: Actor
    command_id: str
    scenario: "Scenario"
    ids: Callable[[str], str]
    game: str = ""
    recall: "Callable[[str, str], Json | None]" = _nothing
    at: "Callable[[int], State]" = _no_past
    quiet: QuietHours | None = None
    calendar: Calendar = EveryHour()
    backdated: bool = False
    head: int = 0

    def due(self, now_ms: int, length_ms: int) -> int:
        """Return the wall-clock end of a length that starts now; the game's quiet hours do not count."""
        return self.calendar.due(self.quiet, now_ms, length_ms)

    def left(self, due_ms: int) -> int:
        """Return how much of the time from now until a deadline counts."""
        return self.calendar.left(self.quiet, self.now_ms, due_ms)


class Event(Struct, frozen=True):
    """A fact as decided, not yet recorded."""

    kind: str
    v: int
    payload: Payload


class Recorded(Struct, frozen=True):
    """A fact as the log holds it."""

    seq: int
    id: str
    kind: str
    v: int
    actor: Actor
    cause: str
    at_ms: int
    game_date: str
    payload: Payload


REGISTRY: dict[str, tuple[int, type[Payload]]] = {}
"""Kind -> newest version and shape of its payload."""

_KIND_OF: dict[type[Payload], str] = {}
P = TypeVar("P", bound=type[Payload])


def fact(kind: str, v: int = 1) -> Callable[[P], P]:
    """Register a payload as the newest version of a kind."""

    def register(payload: P) -> P:
        REGISTRY[kind] = (v, payload)
        _KIND_OF[payload] = kind
        return payload

    return register


def event(payload: Payload) -> Event:
    """Return the payload as an event of its kind at the newest version."""
    kind = _KIND_OF[type(payload)]
    return Event(kind, REGISTRY[kind][0], payload)


def encode(payload: Payload) -> bytes:
    """Return the canonical bytes of a payload: the same value gives the same bytes anywhere."""
    return msgspec.json.encode(payload, order="deterministic")


def decode_payload(kind: str, v: int, raw: bytes) -> Payload:
    """Return the payload of a stored event, brought to the newest version.

    Raises KeyError for a kind that never was and msgspec.ValidationError for a damaged payload: both are broken
    storage, not play.
    """
    newest, shape = REGISTRY[kind]
    if v == newest:
        return msgspec.json.decode(raw, type=shape)
    return msgspec.convert(upcast(kind, msgspec.json.decode(raw), v=v, newest=newest), type=shape)
