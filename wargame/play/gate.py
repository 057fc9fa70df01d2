"""Lets the writers of this process queue fairly where the database would make them poll for its lock.

SQLite has one writer and waits by sleeping; threads of one process do better behind a lock of their own.
PostgreSQL queues row locks itself and needs nothing.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from django.db import connection, transaction

_sqlite = Lock()


@contextmanager
def writing() -> Iterator[None]:
    """Open the one durable transaction of a command. Never nested."""
    if connection.vendor != "sqlite":
        with transaction.atomic(durable=True):
            yield
        return
    with _sqlite, transaction.atomic(durable=True):
        yield
