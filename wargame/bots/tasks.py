"""The nudge Celery beat gives the bots. No correctness rests on its delivery."""

from celery import shared_task

from wargame.bots.services import nudge
from wargame.clock import utc_ms


@shared_task(name="wargame.bots.tasks.nudge_bots", ignore_result=True)
def nudge_bots() -> int:
    """Let the bots of running games act on what is new to them."""
    return nudge(now_ms=utc_ms())
