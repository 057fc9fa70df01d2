"""Wall clocks of the world's time zones, at the edge: when a length is used up if quiet hours do not count.

Owns the only look into the time zone database. It decides nothing: the rules ask it through the context of a
command and record what it said. A deadline is an instant: a change of daylight saving time moves the hand of a
clock, never a deadline; only where quiet hours lie follows the hand.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from wargame.game.quiet import QuietHours

Span = tuple[int, int]


class WallCalendar:
    """The calendar of the server; it keeps nothing between two questions."""

    def due(self, quiet: QuietHours | None, now_ms: int, length_ms: int) -> int:
        """Return when `length_ms` of hours that count are over. One that is used up at once ends quiet hours too."""
        if quiet is None:
            return now_ms + length_ms
        left = length_ms
        for begins, ends in _open_spans(quiet, now_ms):
            if left <= ends - begins:
                return begins + left
            left -= ends - begins
        raise AssertionError("a calendar has no last day")

    def left(self, quiet: QuietHours | None, now_ms: int, due_ms: int) -> int:
        """Return how much of the time until `due_ms` counts."""
        if quiet is None:
            return max(0, due_ms - now_ms)
        total = 0
        for begins, ends in _open_spans(quiet, now_ms):
            if begins >= due_ms:
                return total
            total += min(ends, due_ms) - begins
        raise AssertionError("a calendar has no last day")

    def spans(self, quiet: QuietHours | None, from_ms: int, until_ms: int) -> Iterator[Span]:
        """Yield the stretches between two moments that count, in order."""
        if quiet is None:
            yield from ((from_ms, until_ms),) if from_ms < until_ms else ()
            return
        for begins, ends in _open_spans(quiet, from_ms):
            if begins >= until_ms:
                return
            yield begins, min(ends, until_ms)

    def knows(self, zone: str) -> bool:
        """Tell whether the time zone database has it."""
        try:
            ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            return False
        return True


WALL = WallCalendar()


def is_quiet(quiet: QuietHours | None, now_ms: int) -> bool:
    """Tell whether no clock runs at this moment."""
    return quiet is not None and next(_open_spans(quiet, now_ms))[0] > now_ms


def _open_spans(quiet: QuietHours, from_ms: int) -> Iterator[Span]:
    """Yield the stretches that count from a moment on, in their order, without an end."""
    zone = ZoneInfo(quiet.zone)
    day = datetime.fromtimestamp(from_ms / 1000, zone).date() - timedelta(days=1)
    at = from_ms
    while True:
        for begins, ends in _quiet_of(quiet, day):
            if begins > at:
                yield at, begins
            at = max(at, ends)
        day += timedelta(days=1)


@lru_cache(maxsize=4096)
def _quiet_of(quiet: QuietHours, day: date) -> tuple[Span, ...]:
    """Return the quiet stretches that begin on a day, by the hands of the clocks of the zone."""
    zone, next_day = ZoneInfo(quiet.zone), day + timedelta(days=1)
    spans = []
    if day.isoweekday() in quiet.days_off:
        spans.append((_instant(day, 0, zone), _instant(next_day, 0, zone)))
    if quiet.begins != quiet.ends:
        morning = day if quiet.begins < quiet.ends else next_day
        spans.append((_instant(day, quiet.begins, zone), _instant(morning, quiet.ends, zone)))
    return tuple(span for span in spans if span[0] < span[1])


def _instant(day: date, minute: int, zone: ZoneInfo) -> int:
    """Return when the clocks of a zone show a minute of a day; the first time, where they show it twice."""
    shown = datetime.combine(day, time(minute // 60, minute % 60), zone)
    return int(shown.astimezone(UTC).timestamp() * 1000)
