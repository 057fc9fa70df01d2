"""Show Control the moments it may go back to, and everybody that it went back.

What a rewind gives back to a view is not built here: it is what the view was told itself, by the moment gone back to
(`wargame.store.rewinding`). Owns the kinds that are left out of that, and the order in which the others come back.
"""

from collections.abc import Iterable, Mapping

from adjudication.scenario.schema import Scenario
from wargame.game import events as e
from wargame.game.entities import BranchSeen, CheckpointSeen, RewoundSeen
from wargame.game.events import Recorded
from wargame.game.state import State
from wargame.game.visibility import msel
from wargame.game.visibility.base import Rows, control_only, everyone, show

KEPT = frozenset({
    "game", "clock", "owntime", "seat", "person", "rewound",  # told of the state after the rewind
    "enrolment", "nudge", "catchup", "log", "note", "checkpoint", "branch",
    "objective_rating", "plan_item",  # of the people and of Control's own papers
})  # fmt: skip
"""Kinds that a rewind does not bring back: as they are now."""


def in_order(changed: Iterable[tuple[str, str]], then: Mapping[tuple[str, str], int]) -> list[tuple[str, str]]:
    """Return the changed (kind, key) as a view is told of them: first what is gone, then what comes back.

    `then` holds the place, in the order of its kind, of each that the view had at the moment.
    """
    return sorted(changed, key=lambda place: (then.get(place, 0), place))


def checkpoint_made(recorded: Recorded, fact: e.CheckpointMade, before: State, after: State) -> Rows:
    """Yield the moment to Control."""
    seen = CheckpointSeen(
        id=fact.checkpoint,
        seq=recorded.seq,
        label=fact.label,
        turn=after.turn,
        phase=after.phase,
        at_ms=recorded.at_ms,
        auto=fact.auto,
        by="" if fact.auto else recorded.actor.person,
    )
    return show(control_only(), "checkpoint", fact.checkpoint, seen)


def game_rewound(recorded: Recorded, fact: e.GameRewound, before: State, after: State, scenario: Scenario) -> Rows:
    """Yield to everybody that the game went back, and to Control what its scheduled injects' clocks say now."""
    seen = RewoundSeen(
        count=after.rewinds,
        at_ms=recorded.at_ms,
        reason=fact.reason,
        turn=after.turn,
        phase=after.phase,
        from_turn=before.turn,
        from_phase=before.phase,
    )
    yield from show(everyone(after), "rewound", "rewound", seen)
    yield from msel.clocks_moved(recorded, fact, before, after, scenario)


def game_branched(recorded: Recorded, fact: e.GameBranched, before: State, after: State) -> Rows:
    """Yield the other game to Control."""
    seen = BranchSeen(game=fact.game, title=fact.title, seq=fact.seq, at_ms=recorded.at_ms, sandbox=fact.sandbox)
    return show(control_only(), "branch", fact.game, seen)
