"""The Celery application, and the pulse files by which a supervisor or a container sees that worker and beat are alive.

Tasks only nudge: no correctness rests on their delivery.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from celery import Celery
from celery.beat import Scheduler
from celery.signals import heartbeat_sent, worker_ready

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wargame.server.settings")

app = Celery("wargame")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


def touch_pulse(role: str) -> None:
    """Renew the file whose age tells how long ago this process was seen working; none is kept where no one asked."""
    directory = os.environ.get("TRACKONE_PULSE")
    if directory:
        Path(directory, role).touch()


@worker_ready.connect
@heartbeat_sent.connect
def _worker_lives(**_: Any) -> None:
    touch_pulse("worker")


class TouchingScheduler(Scheduler):
    """Keep the schedule in memory (it is two intervals, nothing to remember) and show a pulse at each tick."""

    def tick(self, *args: Any, **kwargs: Any) -> Any:
        """Send what is due and renew the pulse."""
        touch_pulse("beat")
        return super().tick(*args, **kwargs)
