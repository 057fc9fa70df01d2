"""The nudges Celery beat gives. No correctness rests on their delivery."""

from celery import shared_task

from wargame.clock import utc_ms
from wargame.timers.presence import sweep_presence
from wargame.timers.reminders import remind
from wargame.timers.services import sweep_due_timers


@shared_task(name="wargame.timers.tasks.sweep", ignore_result=True)
def sweep() -> int:
    """Fire deadlines that are due now, and look who is away from their seat."""
    now_ms = utc_ms()
    return sweep_due_timers(now_ms=now_ms) + sweep_presence(now_ms=now_ms)


@shared_task(name="wargame.timers.reminders.remind", ignore_result=True)
def remind_of_deadlines() -> int:
    """Remind those who are not done of deadlines that are near."""
    return remind(now_ms=utc_ms())
