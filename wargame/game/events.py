"""Every fact a game's log may hold: frozen payloads, a registry of kinds and their newest version.

Facts are past tense and carry all a fold needs: `evolve` never asks the case, the engine or a clock. Nothing
here decides who may see a fact: `visibility` does. Payloads are stored for ever: a new optional field is free,
anything else bumps the version in the registry and adds a step to `upcast`.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal, TypeVar

import msgspec
from msgspec import Struct

from adjudication.results import Resolution
from negotiation.rooms import Room
from wargame.game.upcast import upcast

if TYPE_CHECKING:
    from adjudication.scenario import Scenario

Params = dict[str, str | int | float | bool]
Json = dict[str, object]
Precedence = Literal["routine", "priority", "immediate", "flash"]
PersonRole = Literal["control", "player", "observer"]


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
    """

    now_ms: int
    actor: Actor
    command_id: str
    scenario: "Scenario"
    ids: Callable[[str], str]
    game: str = ""


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


def _fact(kind: str, v: int = 1) -> Callable[[P], P]:
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


# --- lobby and people -------------------------------------------------------------------------
class SeatSetUp(Payload, frozen=True, kw_only=True):
    """A seat as the game was set up. `signs`: it signs texts for its side."""

    id: str
    team: str
    role: str
    side: str
    label: str
    budget: int
    open: bool
    policy: str | None
    signs: bool


class PhaseSetUp(Payload, frozen=True, kw_only=True):
    """A phase of every turn of this game."""

    id: str
    label: str
    length_ms: int | None
    orders: bool
    adjudicate: bool
    early_close: bool


@_fact("game.created")
class GameCreated(Payload, frozen=True, kw_only=True):
    """The set-up of a game, with everything of the case a fold needs."""

    game: str
    title: str
    scenario: str
    scenario_hash: str
    case_title: str
    preset: str
    seed: str
    seed_hash: str
    style: Literal["rigid", "semi_rigid"]
    forced: Literal["free", "historical"]
    first_turn: int
    last_turn: int
    turn_label: str
    game_dates: tuple[str, ...]
    phases: tuple[PhaseSetUp, ...]
    seats: tuple[SeatSetUp, ...]
    rooms: tuple[Room, ...]
    msel: tuple[str, ...]
    world: Json


@_fact("person.joined")
class PersonJoined(Payload, frozen=True, kw_only=True):
    """Somebody came in."""

    person: str
    display: str
    role: PersonRole


@_fact("person.removed")
class PersonRemoved(Payload, frozen=True, kw_only=True):
    """Control took somebody out."""

    person: str
    reason: str


@_fact("seat.taken")
class SeatTaken(Payload, frozen=True, kw_only=True):
    """A person sat down in a delegation."""

    seat: str
    person: str
    by_control: bool = False


@_fact("seat.left")
class SeatLeft(Payload, frozen=True, kw_only=True):
    """A person left a delegation."""

    seat: str
    person: str
    by_control: bool = False


@_fact("seat.readied")
class SeatReadied(Payload, frozen=True, kw_only=True):
    """A seat said that it is ready, or not any more."""

    seat: str
    ready: bool


@_fact("seat.bot_set")
class SeatBotSet(Payload, frozen=True, kw_only=True):
    """A bot plays a seat from now on, or no longer."""

    seat: str
    policy: str | None


@_fact("pen.passed")
class PenPassed(Payload, frozen=True, kw_only=True):
    """Another member holds the pen."""

    seat: str
    person: str


# --- clock ------------------------------------------------------------------------------------
@_fact("game.started")
class GameStarted(Payload, frozen=True, kw_only=True):
    """The lobby is over; `vacant` seats are played by nobody."""

    vacant: tuple[str, ...]


@_fact("turn.opened")
class TurnOpened(Payload, frozen=True, kw_only=True):
    """A turn began with empty sheets."""

    turn: int


@_fact("phase.entered")
class PhaseEntered(Payload, frozen=True, kw_only=True):
    """A phase began; its clock runs to `ends_at_ms`, or waits with `remaining_ms` if the game is paused."""

    turn: int
    phase: str
    generation: int
    ends_at_ms: int | None
    remaining_ms: int | None


class ClockKept(Payload, frozen=True, kw_only=True):
    """One timer after a change of all clocks."""

    key: str
    generation: int
    due_at_ms: int | None
    remaining_ms: int | None


@_fact("game.paused")
class GamePaused(Payload, frozen=True, kw_only=True):
    """Every clock stopped, with what it has left."""

    reason: str
    timers: tuple[ClockKept, ...]


@_fact("game.resumed")
class GameResumed(Payload, frozen=True, kw_only=True):
    """Every clock runs on."""

    timers: tuple[ClockKept, ...]


@_fact("clock.extended")
class ClockExtended(Payload, frozen=True, kw_only=True):
    """The running phase got more time, or less."""

    by_ms: int
    timer: ClockKept


@_fact("game.ended")
class GameEnded(Payload, frozen=True, kw_only=True):
    """The game is over and its seed is no secret any more."""

    reason: str
    seed: str


# --- orders and knowledge ---------------------------------------------------------------------
class ReadingMade(Payload, frozen=True, kw_only=True):
    """What a seat reads of one variable; see `entities.ReadingSeen`."""

    variable: str
    mode: Literal["exact", "estimate", "band"]
    value: float | None = None
    low: float | None = None
    high: float | None = None
    confidence: Literal["", "low", "moderate", "high"] = ""
    band: str = ""


@_fact("estimates.made")
class EstimatesMade(Payload, frozen=True, kw_only=True):
    """The readings of all seats for a turn, the truth they are of, and the errors they carry on to the next."""

    turn: int
    readings: dict[str, tuple[ReadingMade, ...]]
    truth: tuple[ReadingMade, ...]
    errors: dict[str, float]


@_fact("estimate.briefed")
class EstimateBriefed(Payload, frozen=True, kw_only=True):
    """A seat shared what it reads of a variable."""

    seat: str
    to: tuple[str, ...]
    turn: int
    reading: ReadingMade
    note: str


@_fact("order.drafted")
class OrderDrafted(Payload, frozen=True, kw_only=True):
    """An order was put on a sheet or changed."""

    seat: str
    order: str
    move: str
    params: Params
    public: bool
    cost: int
    capital: float
    rationale: str
    expects: str


@_fact("order.withdrawn")
class OrderWithdrawn(Payload, frozen=True, kw_only=True):
    """An order was taken off a sheet."""

    seat: str
    order: str


@_fact("orders.submitted")
class OrdersSubmitted(Payload, frozen=True, kw_only=True):
    """A sheet was sealed."""

    seat: str


@_fact("orders.reopened")
class OrdersReopened(Payload, frozen=True, kw_only=True):
    """A sheet was unsealed."""

    seat: str


@_fact("orders.locked")
class OrdersLocked(Payload, frozen=True, kw_only=True):
    """No order of this turn changes any more. `late` sheets were taken as they lay."""

    turn: int
    late: tuple[str, ...]


# --- talk -------------------------------------------------------------------------------------
@_fact("room.opened")
class RoomOpened(Payload, frozen=True, kw_only=True):
    """A conversation was opened."""

    room: Room


@_fact("message.posted")
class MessagePosted(Payload, frozen=True, kw_only=True):
    """Something was said in a room."""

    room: str
    number: int
    seat: str
    person: str
    display: str
    text: str


@_fact("room.read")
class RoomWasRead(Payload, frozen=True, kw_only=True):
    """A seat has read a room up to a message."""

    room: str
    seat: str
    person: str
    upto: int


@_fact("item.opened")
class ItemOpened(Payload, frozen=True, kw_only=True):
    """A seat opened what it was sent."""

    kind: Literal["brief", "inject", "outcome", "estimate"]
    key: str
    seat: str
    person: str


# --- deal -------------------------------------------------------------------------------------
@_fact("offer.drafted")
class OfferDrafted(Payload, frozen=True, kw_only=True):
    """A draft was written or rewritten."""

    offer: str
    author: str
    title: str
    parties: tuple[str, ...]
    readers: tuple[str, ...]
    levels: dict[str, int]
    note: str


@_fact("offer.tabled")
class OfferTabled(Payload, frozen=True, kw_only=True):
    """A draft was put before its parties."""

    offer: str


@_fact("offer.countered")
class OfferCountered(Payload, frozen=True, kw_only=True):
    """A party put the next version on the table."""

    offer: str
    seat: str
    levels: dict[str, int]
    note: str


@_fact("offer.marked")
class OfferMarked(Payload, frozen=True, kw_only=True):
    """A party stated positions on clauses."""

    offer: str
    version: int
    seat: str
    marks: dict[str, Literal["accept", "bracket", "reject"]]


@_fact("offer.accepted")
class OfferAccepted(Payload, frozen=True, kw_only=True):
    """A party accepted a version."""

    offer: str
    version: int
    seat: str


@_fact("offer.signed")
class OfferSigned(Payload, frozen=True, kw_only=True):
    """A signatory signed."""

    offer: str
    version: int
    seat: str
    venue: Literal["summit", "exchange"]


@_fact("offer.unsigned")
class OfferUnsigned(Payload, frozen=True, kw_only=True):
    """The meeting at which it was to be signed did not take place: agreed again, without signatures."""

    offer: str


@_fact("offer.ended")
class OfferEnded(Payload, frozen=True, kw_only=True):
    """The text left the table: it is in force, or lapsed, or was struck, or somebody walked away."""

    offer: str
    how: Literal["in_force", "lapsed", "walked_away", "struck"]
    by: str
    reason: str


# --- control ----------------------------------------------------------------------------------
@_fact("inject.sent")
class InjectSent(Payload, frozen=True, kw_only=True):
    """An inject or a piece of news went out."""

    inject: str
    msel: str | None
    source: str
    to: tuple[str, ...]
    title: str
    text: str
    precedence: Precedence
    effects: bool = False


@_fact("inject.skipped")
class InjectSkipped(Payload, frozen=True, kw_only=True):
    """A scheduled inject was taken off the list."""

    msel: str


@_fact("ruling.made")
class RulingMade(Payload, frozen=True, kw_only=True):
    """Control ruled on the pending proposal."""

    ruling: str
    turn: int
    kind: Literal["replace", "edit"]
    target: str
    outcome: str
    delta: float
    reason: str
    shown_to: tuple[str, ...]


@_fact("ruling.dropped")
class RulingDropped(Payload, frozen=True, kw_only=True):
    """A ruling was withdrawn."""

    turn: int
    ruling: str


@_fact("note.pinned")
class NotePinned(Payload, frozen=True, kw_only=True):
    """Control wrote a private note."""

    note: str
    text: str


# --- the turn ---------------------------------------------------------------------------------
@_fact("turn.proposed")
class TurnProposed(Payload, frozen=True, kw_only=True):
    """What the engine makes of the locked orders, without any ruling."""

    turn: int
    resolution: Resolution


@_fact("turn.reproposed")
class TurnReproposed(Payload, frozen=True, kw_only=True):
    """The proposal after a ruling was made or dropped; dice and orders are the same."""

    turn: int
    resolution: Resolution


@_fact("turn.resolved")
class TurnResolved(Payload, frozen=True, kw_only=True):
    """The outcome as released; the world it leads to is `resolution.world`.

    `rulings` are in it. `ends`: why the game is over after it, if it is.
    """

    turn: int
    resolution: Resolution
    rulings: tuple[str, ...]
    ends: str = ""
