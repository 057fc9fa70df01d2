"""Fire deadlines that are due, from wherever it is noticed: a sweep, a client's claim, the hub's round.

Nothing is decided here: `handle` fires what is due before anything else, exactly once. After an outage it
pauses the game instead (see `wargame.store.heartbeat`).
"""

import logging
from collections.abc import Iterable

from wargame.play.answers import ActorRef
from wargame.play.handle import handle, timer_command_id
from wargame.store.heartbeat import beat
from wargame.store.models import Timer
from wargame.store.timekeeper import keep_time

log = logging.getLogger(__name__)


def sweep_due_timers(*, now_ms: int, games: Iterable[str] | None = None) -> int:
    """Fire every deadline due at `now_ms` (of these games, or of all) and return how many were tried."""
    keep_time()
    due = Timer.objects.filter(due_at_ms__lte=now_ms)
    if games is not None:
        due = due.filter(game_id__in=list(games))
    found = list(due.order_by("due_at_ms", "game_id").values_list("game_id", "key", "generation"))
    for game_id, key, generation in found:
        try:
            _fire(game_id, key, generation, now_ms=now_ms)
        except Exception:
            log.exception("timer.failed game=%s key=%s generation=%d", game_id, key, generation)
    if games is None:
        beat(now_ms)
    return len(found)


def fire_due(game_id: str, *, now_ms: int) -> int:
    """Fire what is due in one game: a client's clock says a deadline has passed, the server looks at its own."""
    return sweep_due_timers(now_ms=now_ms, games=[game_id])


def _fire(game_id: str, key: str, generation: int, *, now_ms: int) -> None:
    answer = handle(
        game_id, actor=ActorRef.of_system(), command_id=timer_command_id(key, generation), name="timer.fire",
        args={"key": key, "generation": generation}, now_ms=now_ms,
    )  # fmt: skip
    log.info("timer.fired game=%s key=%s generation=%d answer=%s", game_id, key, generation, type(answer).__name__)
