"""The threads in which this process talks to the database for its sockets. Threads are connections: few, bounded."""

import asyncio
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import ParamSpec, TypeVar

from django.db import close_old_connections

P = ParamSpec("P")
T = TypeVar("T")

_commands = ThreadPoolExecutor(int(os.environ.get("ASGI_THREADS", "8")), thread_name_prefix="command")
_reads = ThreadPoolExecutor(2, thread_name_prefix="hub")


async def run_db(fn: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run a function that uses the database for one socket's request."""
    return await asyncio.get_running_loop().run_in_executor(
        _commands, partial(_connected, partial(fn, *args, **kwargs))
    )


async def run_read(fn: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run one of the hub's own reads: never behind a queue of commands."""
    return await asyncio.get_running_loop().run_in_executor(_reads, partial(_connected, partial(fn, *args, **kwargs)))


def _connected(call: Callable[[], T]) -> T:
    close_old_connections()
    try:
        return call()
    finally:
        close_old_connections()
