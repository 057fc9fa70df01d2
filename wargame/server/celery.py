"""The Celery application, and the pulse files by which a supervisor or a container sees that worker and beat are alive.

Tasks only nudge: no correctness rests on their delivery.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from celery import Celery, bootsteps
from celery.beat import EmbeddedService, Scheduler
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


class BeatInside(bootsteps.StartStopStep):
    """Run beat as a thread of the worker when TRACKONE_BEAT_INSIDE asks for it.

    Celery's own `--beat` forks a process, which a kill of the worker would leave behind.
    """

    def __init__(self, parent: Any, **options: Any) -> None:
        """Take part only where asked to."""
        super().__init__(parent, **options)
        self.enabled = os.environ.get("TRACKONE_BEAT_INSIDE") == "1"
        self.beat: Any = None

    def start(self, parent: Any) -> None:
        """Start the schedule."""
        self.beat = EmbeddedService(parent.app, thread=True, scheduler_cls=TouchingScheduler)
        self.beat.start()

    def stop(self, parent: Any) -> None:
        """End the schedule."""
        if self.beat is not None:
            self.beat.stop()
            self.beat = None


app.steps["worker"].add(BeatInside)
