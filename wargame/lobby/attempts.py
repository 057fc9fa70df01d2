"""Slows down guessing of join codes: failed tries of an address are counted per minute, in rows all processes share."""

from django.db.models import F

from wargame.store.models import Attempt

WINDOW_MS = 60_000
TRIES = 30
"""A class behind one address mistypes now and then; a guesser needs hundreds of millions."""


def wait_s(address: str, *, now_ms: int) -> int:
    """Return how long this address has to wait before it may try again; 0: it may."""
    window, into = divmod(now_ms, WINDOW_MS)
    found = Attempt.objects.filter(address=address, window=window).values_list("count", flat=True).first()
    return (WINDOW_MS - into) // 1000 + 1 if (found or 0) >= TRIES else 0


def failed(address: str, *, now_ms: int) -> None:
    """Count a failed try."""
    window = now_ms // WINDOW_MS
    Attempt.objects.get_or_create(address=address, window=window)
    Attempt.objects.filter(address=address, window=window).update(count=F("count") + 1)
    Attempt.objects.filter(window__lt=window - 60).delete()
