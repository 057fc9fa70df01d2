"""Fold marked moments, rewinds and forks.

A rewind brings the state of the moment back as it was, except what is not play: who is in the game and in which seat
stays as it is now, and no timer is ever given a generation it had before.
"""

from collections.abc import Iterable

from msgspec.structs import replace

from wargame.game.events import CheckpointMade, ClockKept, GameForked, GameRewound, Recorded
from wargame.game.snapshot import restore
from wargame.game.state import CHECKPOINTS_REMEMBERED, Seat, State, Timer

KEPT = ("id", "title", "seed", "seed_hash", "sandbox", "people", "entrance", "screens", "checkpoints", "assessed")
"""Fields of the state that a rewind leaves as they are now."""
KEPT_OF_SEAT = ("open", "members", "pen", "deputy", "principal", "policy", "away_since_ms")
"""Fields of a seat that a rewind leaves as they are now: who plays it."""


def checkpoint_made(state: State, fact: CheckpointMade, recorded: Recorded) -> State:
    """Remember the moment, and forget the oldest of too many."""
    kept = (*state.checkpoints, fact.checkpoint)
    return replace(state, checkpoints=kept[-CHECKPOINTS_REMEMBERED:])


def game_rewound(state: State, fact: GameRewound, recorded: Recorded) -> State:
    """Return to the moment, with the people of now. A game that had ended there has ended again; else it is paused."""
    then = restore(fact.state.encode())
    ended = then.status == "ended"
    return replace(
        replace(then, **{name: getattr(state, name) for name in KEPT}),
        rewinds=state.rewinds + 1,
        status="ended" if ended else "paused",
        paused_reason="" if ended else "The game was taken back",
        seats={seat.id: _played_as_now(seat, state.seats[seat.id]) for seat in then.seats.values()},
        timers=_timers(fact.timers),
        **_stopped_at(then, at_ms=fact.at_ms),
    )


def _stopped_at(then: State, *, at_ms: int) -> dict[str, int]:
    """Return the phase as it stood at the moment: no minute of it has passed since, whatever has counted meanwhile."""
    return {"paused_at_ms": at_ms if then.paused_at_ms is None else then.paused_at_ms}


def _timers(kept: Iterable[ClockKept]) -> dict[str, Timer]:
    """Return the clocks as the fact has them; it names every one there ever was."""
    return {
        k.key: Timer(key=k.key, generation=k.generation, due_at_ms=k.due_at_ms, remaining_ms=k.remaining_ms)
        for k in kept
    }


def _played_as_now(then: Seat, now: Seat) -> Seat:
    seat = replace(then, **{name: getattr(now, name) for name in KEPT_OF_SEAT})
    return replace(seat, ready=then.ready and seat.held)


def game_forked(state: State, fact: GameForked, recorded: Recorded) -> State:
    """Let the copied game be one of its own: facilitators stay, players are gone, seats are as the fork says."""
    people = {
        person.id: person if person.role == "control" else replace(person, removed=True, seat=None)
        for person in state.people.values()
    }
    seats = {
        seat.id: replace(
            seat,
            open=seat.id in fact.open,
            policy=fact.bots.get(seat.id),
            members=(),
            pen=None,
            deputy=None,
            principal=None,
            away_since_ms=None,
            ready=False,
        )
        for seat in state.seats.values()
    }
    running = state.status == "running"
    return replace(
        state,
        id=fact.game,
        title=fact.title,
        seed=fact.seed,
        seed_hash=fact.seed_hash,
        sandbox=fact.sandbox,
        status="paused" if running else state.status,
        paused_reason="This game goes on from a copy of another" if running else state.paused_reason,
        people=people,
        seats=seats,
        timers=_timers(fact.timers),
        **_stopped_at(state, at_ms=fact.at_ms),
    )
