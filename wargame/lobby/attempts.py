"""Slows down guessing of join codes: failed tries of an address are counted per minute, in rows all processes share."""

from django.db.models import F

from wargame.store.models import Attempt

WINDOW_MS = 60_000
TRIES = 30
"""A class behind one address mistypes now and then; a guesser needs hundreds of millions."""


def wait_s(address: str, *, now_ms: int) -> int:
    """Return how long this address has to wait before it may try again; 0: it may.

    The last minute slides: of the minute before, the part that still lies within it counts, so that nobody
    has twice the tries by beginning at its end.
    """
    window, into = divmod(now_ms, WINDOW_MS)
    found = dict(
        Attempt.objects.filter(address=address, window__in=[window - 1, window]).values_list("window", "count")
    )
    tries = found.get(window - 1, 0) * (1 - into / WINDOW_MS) + found.get(window, 0)
    return (WINDOW_MS - into) // 1000 + 1 if tries >= TRIES else 0


def failed(address: str, *, now_ms: int) -> None:
    """Count a failed try."""
    window = now_ms // WINDOW_MS
    Attempt.objects.get_or_create(address=address, window=window)
    Attempt.objects.filter(address=address, window=window).update(count=F("count") + 1)
    Attempt.objects.filter(window__lt=window - 60).delete()
