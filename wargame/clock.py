"""The wall clock, at the edge. Everything inside takes `now_ms` as an argument."""

import time


def utc_ms() -> int:
    """Return milliseconds since the epoch."""
    return time.time_ns() // 1_000_000
