"""The nudge Celery beat gives every second. No correctness rests on its delivery."""

from celery import shared_task

from wargame.clock import utc_ms
from wargame.timers.presence import sweep_presence
from wargame.timers.services import sweep_due_timers


@shared_task(name="wargame.timers.tasks.sweep", ignore_result=True)
def sweep() -> int:
    """Fire deadlines that are due now, and look who is away from their seat."""
    now_ms = utc_ms()
    return sweep_due_timers(now_ms=now_ms) + sweep_presence(now_ms=now_ms)
