"""Whose clock all processes go by: the database server's, where it is a server of its own.

Machines that share a PostgreSQL may disagree by seconds about the time; one that is ahead would end phases early, and
one that is a minute ahead would take a healthy server for one that was away. A file of SQLite is used by one
machine only, whose processes share its clock already.
"""

import time
from threading import Lock
from typing import Any

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from wargame.clock import go_by, local_ms

EVERY_S = 30.0
"""How often a process looks at the common clock: clocks drift by milliseconds in that time."""
_lock = Lock()
_looked_at: float | None = None


def keep_time(db: BaseDatabaseWrapper | None = None) -> bool:
    """Look at the common clock if it is time to; tell whether it was looked at."""
    global _looked_at
    db = db or connection
    with _lock:
        if db.vendor != "postgresql" or (_looked_at is not None and time.monotonic() - _looked_at < EVERY_S):
            return False
        _looked_at = time.monotonic()
    asked_ms = local_ms()
    with db.cursor() as cursor:
        cursor.execute("SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint")
        row = cursor.fetchone()
    go_by(int(row[0]), asked_ms=asked_ms, answered_ms=local_ms())
    return True


def on_connection(*, connection: BaseDatabaseWrapper, **_: Any) -> None:
    """Look at the common clock before the first question of a process is asked."""
    keep_time(connection)
