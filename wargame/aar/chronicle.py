"""A game as read back from its log.

Owns one pass over the log that every section shares: which turn each event belongs to, what the world was at the
start and end of each turn, what the engine said, and how the bargaining problem stood, as it was and as each side
believed, when a turn opened and when a version was tabled. What Control took back by a rewind is left out; the log
keeps it. It judges nothing.
"""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from msgspec import Struct

from adjudication.played import Played, PlayedTurn
from adjudication.results import Resolution
from adjudication.scenario import Scenario
from adjudication.sealed import Sealed
from adjudication.world import World
from negotiation.rooms import Room
from wargame.game import bargain, engine
from wargame.game import events as ev
from wargame.game.bargain import Moment
from wargame.game.branches import way_here
from wargame.game.events import Recorded
from wargame.game.evolve import evolve
from wargame.game.state import EMPTY, State

Json = dict[str, Any]
Moments = dict[str, Moment]
"""The problem as it is (`bargain.TRUTH`), and by seat as each signatory believes it to be."""


class Turn(Struct):
    """One played turn: its span in the log, the world before and after, what went in, and the engine's account."""

    number: int
    label: str
    game_date: str
    first_seq: int
    last_seq: int
    start_ms: int
    end_ms: int
    before: Json
    after: Json | None = None
    resolution: Resolution | None = None
    sealed: Sealed | None = None


class Chronicle(Struct, dict=True):
    """Everything the sections need. `turn_of` maps an event's seq to its turn (0: before the first).

    `events` lead to where the game stands, `length` counts those that were taken back as well.

    `rewound`: every time Control took the game back, also what a later one took back with it, and the turn it was then.

    `moments` by turn as it opened, `tabled` by (text, version): the bargaining problem then (`bargain.moments`).
    """

    case: Scenario
    events: list[Recorded]
    created: ev.GameCreated
    turns: list[Turn]
    turn_of: dict[int, int]
    rooms: dict[str, Room]
    names: dict[str, str]
    length: int
    head_hash: str
    engine: str
    moments: dict[int, Moments]
    tabled: dict[tuple[str, int], Moments]
    rewound: list[tuple[Recorded, int]] = []

    def of(self, kind: type[ev.Payload]) -> list[tuple[Recorded, Any]]:
        """Return the events of a payload type with their payloads, in order."""
        return [(recorded, recorded.payload) for recorded in self._by_kind.get(kind, ())]

    @cached_property
    def _by_kind(self) -> dict[type[ev.Payload], list[Recorded]]:
        found: dict[type[ev.Payload], list[Recorded]] = {}
        for recorded in self.events:
            found.setdefault(type(recorded.payload), []).append(recorded)
        return found

    @cached_property
    def settled_by(self) -> dict[int, Recorded]:
        """The release of every turn's outcome, by turn."""
        return {fact.turn: recorded for recorded, fact in self.of(ev.TurnResolved)}

    @cached_property
    def drafted_by(self) -> dict[str, tuple[Recorded, ev.OrderDrafted]]:
        """The last draft of every order."""
        return {fact.order: (recorded, fact) for recorded, fact in self.of(ev.OrderDrafted)}

    @cached_property
    def proposed_by(self) -> dict[str, tuple[Recorded, ev.FreeMoveProposed]]:
        """The proposal of every free move."""
        return {fact.move: (recorded, fact) for recorded, fact in self.of(ev.FreeMoveProposed)}

    @cached_property
    def played(self) -> Played:
        """The game as the engine can play it again: every settled turn with what went into it."""
        turns = [
            PlayedTurn(number=turn.number, sealed=turn.sealed or Sealed(), resolution=turn.resolution)
            for turn in self.turns
            if turn.resolution is not None
        ]
        return Played(self.case, self.identity.seed, World.from_payload(self.case, self.created.world), tuple(turns))

    def turn(self, number: int) -> Turn | None:
        """Return a played turn."""
        return next((turn for turn in self.turns if turn.number == number), None)

    @property
    def identity(self) -> ev.GameCreated | ev.GameForked:
        """Return what made this game the one it is: its creation, or the fork that it began with."""
        forks = self.of(ev.GameForked)
        return forks[-1][0].payload if forks else self.created  # type: ignore[return-value]

    @property
    def ended(self) -> Recorded | None:
        """Return the end of the game, if it has ended."""
        found = self.of(ev.GameEnded)
        return found[-1][0] if found else None


def chronicle(case: Scenario, events: Iterable[Recorded], *, head_hash: str, engine_version: str) -> Chronicle:
    """Read a log once. Raises StopIteration if it has no beginning: broken storage."""
    log = list(events)
    kept = way_here(log)
    stands = {one.seq for one in kept}
    created = next(r.payload for r in log if isinstance(r.payload, ev.GameCreated))
    turns: list[Turn] = []
    turn_of: dict[int, int] = {}
    rooms = {room.id: room for room in created.rooms}
    names: dict[str, str] = {}
    rewound: list[tuple[Recorded, int]] = []
    world: Json = dict(created.world)
    state, sealed, moments, tabled = EMPTY, Sealed(), dict[int, Moments](), dict[tuple[str, int], Moments]()
    for recorded in log:
        fact = recorded.payload
        if recorded.seq in stands and isinstance(fact, ev.TurnProposed | ev.TurnReproposed):
            sealed = engine.sealed(case, state)
        state = evolve(state, recorded)
        if isinstance(fact, ev.GameRewound):
            rewound.append((recorded, state.turn))
        if recorded.seq not in stands:
            continue
        _remember(case, state, fact, moments, tabled)
        if isinstance(fact, ev.TurnOpened):
            turns.append(_opened(case, created, recorded, fact.turn, world))
        turn_of[recorded.seq] = turns[-1].number if turns else 0
        if turns:
            turns[-1].last_seq, turns[-1].end_ms = recorded.seq, recorded.at_ms
        match fact:
            case ev.TurnResolved():
                turns[-1].resolution, turns[-1].sealed = fact.resolution, sealed
                world = dict(fact.resolution.world)
                turns[-1].after = world
            case ev.RoomOpened() | ev.ConferenceCalled():
                rooms[fact.room.id] = fact.room
            case ev.PersonJoined() | ev.PersonRenamed():
                names[fact.person] = fact.display
    return Chronicle(
        case, kept, created, turns, turn_of, rooms, names, len(log), head_hash, engine_version, moments, tabled, rewound
    )  # fmt: skip


def _remember(
    case: Scenario, state: State, fact: ev.Payload, moments: dict[int, Moments], tabled: dict[tuple[str, int], Moments]
) -> None:
    """Keep how the bargaining problem stands, where a turn has just opened or a version has just been tabled."""
    if isinstance(fact, ev.TurnOpened | ev.EstimatesMade) and state.readings_turn == state.turn:
        moments[state.turn] = bargain.moments(case, state)
    offer = state.offers.get(getattr(fact, "offer", ""))
    if offer is not None and offer.version and (offer.id, offer.version) not in tabled:
        tabled[offer.id, offer.version] = bargain.moments(case, state)


def _opened(case: Scenario, created: ev.GameCreated, recorded: Recorded, turn: int, world: Json) -> Turn:
    date = created.game_dates[turn - 1] if 0 < turn <= len(created.game_dates) else ""
    return Turn(
        turn, case.turn_name(turn), date, recorded.seq, recorded.seq, recorded.at_ms, recorded.at_ms, world
    )  # fmt: skip


def values_of(case: Scenario, world: Mapping[str, Any]) -> dict[str, float]:
    """Return every name a formula may read in a stored world."""
    return bargain.world_values(case, world)


def banked_of(world: Mapping[str, Any]) -> dict[str, int]:
    """Return the clause levels in force in a stored world."""
    return {str(issue): int(level) for issue, level in world.get("clauses", {}).items()}
