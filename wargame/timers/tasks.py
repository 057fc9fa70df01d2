"""The nudge Celery beat gives every second. No correctness rests on its delivery."""

from celery import shared_task

from wargame.clock import utc_ms
from wargame.timers.services import sweep_due_timers


@shared_task(name="wargame.timers.tasks.sweep", ignore_result=True)
def sweep() -> int:
    """Fire deadlines that are due now."""
    return sweep_due_timers(now_ms=utc_ms())
