"""A server whose time the test moves: it sweeps deadlines as the real one does, only faster."""

from collections.abc import Iterable

from django.db import connections

from tests.support.games import Table
from wargame.play import cache
from wargame.store.heartbeat import beat
from wargame.store.models import Event, Timer
from wargame.timers.services import sweep_due_timers

S, MIN, HOUR, DAY = 1_000, 60_000, 3_600_000, 86_400_000
ROUND = S
"""How far apart the rounds of a server are that looks for deadlines."""


def live(table: Table, length_ms: int, *, skews_ms: Iterable[int] = (0,)) -> None:
    """Let time pass on a server that makes its rounds; only those just before and just after a deadline are made.

    In each one processes whose clocks are off by `skews_ms` look for deadlines, one after the other.
    """
    end = table.now_ms + length_ms
    while table.now_ms < end:
        table.now_ms = min(end, _next_round(table))
        beat(table.now_ms - ROUND)
        for skew in skews_ms:
            sweep_due_timers(now_ms=table.now_ms + skew)
    beat(end)


def _next_round(table: Table) -> int:
    """Return when something could go wrong next: a millisecond too early, or within a round of a deadline."""
    dues = Timer.objects.filter(game_id=table.game, due_at_ms__isnull=False).values_list("due_at_ms", flat=True)
    moments = sorted(at for due in dues if due is not None for at in (due - 1, due + ROUND // 2))
    return next((at for at in moments if at > table.now_ms), table.now_ms + DAY)


def restart() -> None:
    """Forget all a process knows, as a new one starts: what counts is in the store."""
    cache.forget()
    connections.close_all()


def due_of(table: Table, key: str) -> int | None:
    """Return when a deadline is due, None if it is stopped or gone."""
    return Timer.objects.filter(game_id=table.game, key=key).values_list("due_at_ms", flat=True).first()


def left_of(table: Table, key: str) -> int | None:
    """Return what a stopped deadline has left."""
    return Timer.objects.filter(game_id=table.game, key=key).values_list("remaining_ms", flat=True).first()


def when(table: Table, kind: str, **holds: str) -> list[int]:
    """Return at what times a kind of fact was recorded, of those whose payload names these values."""
    rows = Event.objects.filter(game_id=table.game, kind=kind).order_by("seq").values_list("at_ms", "payload")
    return [
        at for at, raw in rows if all(f'"{name}":"{value}"'.encode() in bytes(raw) for name, value in holds.items())
    ]


def assert_on_time(fired: list[int], *, due_ms: int, slack_ms: int = ROUND) -> None:
    """Assert that something happened exactly once, not before it was due and in the first round after."""
    assert len(fired) == 1, fired
    assert 0 <= fired[0] - due_ms < slack_ms, f"{fired[0] - due_ms} ms after it was due"
