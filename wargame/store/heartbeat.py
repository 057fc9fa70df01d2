"""When the server was last seen alive, and whether it was away too long.

Every sweep of deadlines renews the row, after it has dealt with what fell into the gap before it. So as
long as the row is old, everybody who notices a deadline sees the same outage.
"""

from wargame.store.models import Heartbeat

ALIVE = "sweep"
SINCE = "since"
"""When the newest stretch without an outage began."""
GRACE_MS = 60_000
"""Longer away than this is an outage: games are paused instead of run through their missed deadlines."""
RENEW_MS = 2_000


def outage_before(now_ms: int) -> int | None:
    """Return when the server was last seen before an outage that has not been dealt with, or None."""
    last = Heartbeat.objects.filter(pk=ALIVE).values_list("at_ms", flat=True).first()
    return last if last is not None and now_ms - last > GRACE_MS else None


def alive_since() -> int:
    """Return since when the server has been alive without an outage."""
    return Heartbeat.objects.filter(pk=SINCE).values_list("at_ms", flat=True).first() or 0


def beat(now_ms: int) -> None:
    """Record that the server is alive. Written at most every two seconds."""
    if outage_before(now_ms) is not None or not Heartbeat.objects.filter(pk=ALIVE).exists():
        Heartbeat.objects.update_or_create(pk=SINCE, defaults={"at_ms": now_ms})
    if not Heartbeat.objects.filter(pk=ALIVE, at_ms__gt=now_ms - RENEW_MS).exists():
        Heartbeat.objects.update_or_create(pk=ALIVE, defaults={"at_ms": now_ms})
