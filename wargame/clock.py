"""The wall clock, at the edge. Everything inside takes `now_ms` as an argument.

Where several machines share a store they go by its clock, so that a deadline is the same moment on all of them:
`wargame.store.timekeeper` tells how far this machine is off.
"""

import time

_ahead_ms = 0
"""How far this machine's clock is ahead of the one all go by."""


def utc_ms() -> int:
    """Return milliseconds since the epoch, on the clock all machines of this server go by."""
    return local_ms() - _ahead_ms


def local_ms() -> int:
    """Return milliseconds since the epoch as this machine has them."""
    return time.time_ns() // 1_000_000


def go_by(their_ms: int, *, asked_ms: int, answered_ms: int) -> None:
    """Go by another clock from now on: it showed `their_ms` somewhere between two moments of our own."""
    global _ahead_ms
    _ahead_ms = (asked_ms + answered_ms) // 2 - their_ms


def go_by_own() -> None:
    """Go by this machine's clock again."""
    global _ahead_ms
    _ahead_ms = 0
