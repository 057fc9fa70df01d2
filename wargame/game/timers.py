"""Project the deadlines of a game, for whoever keeps them as rows."""

from wargame.game.state import State

PHASE = "phase"
LATE = "late"
INJECT = "inject"
"""What the keys of seats' own clocks and of entries of the master list begin with: `late:<seat>`."""


def late(seat: str) -> str:
    """Return the key of a seat's own clock."""
    return f"{LATE}:{seat}"


def timers(state: State) -> dict[str, tuple[int, int | None, int | None]]:
    """Return key -> (generation, due at, remaining); both None: the deadline is open-ended or over."""
    return {key: (t.generation, t.due_at_ms, t.remaining_ms) for key, t in sorted(state.timers.items())}
