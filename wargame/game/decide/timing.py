"""How a deadline begins, stops, moves and ends: always as a clock of the next generation.

A receipt is kept for each generation that fired, so a clock that came back under an old number would never fire.
Owns that arithmetic and nothing else: whose clock it is, and what it does, is for those who ask.
"""

from wargame.game.decide.base import Draft
from wargame.game.events import ClockKept
from wargame.game.state import Timer


def begun(draft: Draft, key: str, length_ms: int) -> ClockKept:
    """Return a clock with this much of the hours that count on it; in a pause it waits."""
    ctx, old, paused = draft.ctx, draft.state.timers.get(key), draft.state.status == "paused"
    return ClockKept(
        key=key,
        generation=old.generation + 1 if old else 1,
        due_at_ms=None if paused else ctx.due(ctx.now_ms, length_ms),
        remaining_ms=length_ms if paused else None,
    )


def stopped(draft: Draft, timer: Timer) -> ClockKept:
    """Return a clock that keeps what it has left of the hours that count."""
    left = timer.remaining_ms if timer.due_at_ms is None else draft.ctx.left(timer.due_at_ms)
    return ClockKept(key=timer.key, generation=timer.generation + 1, due_at_ms=None, remaining_ms=left)


def moved(draft: Draft, timer: Timer, by_ms: int) -> ClockKept:
    """Return a clock with so much more of the hours that count, or less; it never lies in the past."""
    ctx, due, left = draft.ctx, timer.due_at_ms, timer.remaining_ms
    return ClockKept(
        key=timer.key,
        generation=timer.generation + 1,
        due_at_ms=None if due is None else ctx.due(ctx.now_ms, max(0, ctx.left(due) + by_ms)),
        remaining_ms=None if left is None else max(0, left + by_ms),
    )


def over(timer: Timer) -> ClockKept:
    """Return a clock on which nothing is due any more."""
    return ClockKept(key=timer.key, generation=timer.generation + 1, due_at_ms=None, remaining_ms=None)
