"""When the clocks of a game ran: how long somebody waited or was silent counts in these hours alone.

Pauses, quiet hours, the lobby, the time after the end and the time a rewind took back do not count. All of that is
known to everybody in a game.
"""

from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate, chain, pairwise

from wargame.aar.chronicle import Chronicle
from wargame.calendar import WALL
from wargame.game import events as ev
from wargame.game.quiet import QuietHours

Span = tuple[int, int]
"""From and until, in milliseconds since the epoch."""


class Hours:
    """The stretches of wall clock that count, in order and apart from each other."""

    def __init__(self, spans: Iterable[Iterable[int]]) -> None:
        self.spans: list[Span] = [(int(begins), int(ends)) for begins, ends in spans]
        self._begins = [begins for begins, _ in self.spans]
        self._before = [0, *accumulate(ends - begins for begins, ends in self.spans)]

    def played(self, at_ms: int) -> int:
        """Return how long the game had been played at a moment, in milliseconds."""
        place = bisect_right(self._begins, at_ms)
        if not place:
            return 0
        begins, ends = self.spans[place - 1]
        return self._before[place - 1] + min(at_ms, ends) - begins

    def between(self, since_ms: int, until_ms: int) -> int:
        """Return how much of the time between two moments counts; nothing if the second is not later."""
        return max(0, self.played(until_ms) - self.played(since_ms))

    def within(self, stays: Iterable[tuple[int, int | None]]) -> "Hours":
        """Return the hours that lie in these stretches (an open end: to the last), which do not overlap."""
        return Hours(
            (max(begins, since), min(ends, until))
            for since, until in ((since, self.ends[1] if until is None else until) for since, until in stays)
            for begins, ends in self.spans
            if max(begins, since) < min(ends, until)
        )

    @property
    def total(self) -> int:
        """Return how long the whole game was played."""
        return self._before[-1]

    @property
    def ends(self) -> Span:
        """Return the first and the last moment of play; zeros if nothing was played."""
        return (self.spans[0][0], self.spans[-1][1]) if self.spans else (0, 0)


def hours_of(log: Chronicle) -> Hours:
    """Return the hours of a game, up to its end or the newest event."""
    return Hours(_spans(log))


def _spans(log: Chronicle) -> Iterable[Span]:
    found: list[Span] = []
    quiet: QuietHours | None = log.created.quiet
    since: int | None = None

    def stop(at_ms: int) -> None:
        nonlocal since
        if since is not None:
            found.extend(WALL.spans(quiet, since, at_ms))
        since = None

    for recorded in log.events:
        match recorded.payload:
            case ev.GameStarted():
                since = recorded.at_ms
            case ev.GamePaused(since_ms=early):
                stop(recorded.at_ms if early is None else early)
            case ev.GameResumed():
                since = recorded.at_ms
            case ev.GameRewound(at_ms=moment) | ev.GameForked(at_ms=moment):
                stop(moment)
            case ev.QuietHoursSet():
                running = since is not None
                stop(recorded.at_ms)
                quiet, since = recorded.payload.quiet, recorded.at_ms if running else None
            case ev.GameEnded():
                stop(recorded.at_ms)
    stop(log.events[-1].at_ms)
    return found


def longest_gap(hours: Hours, moments: Iterable[tuple[int, int]]) -> tuple[int, Span, list[int]]:
    """Return the longest time in which nothing of the kind happened: its length, its ends, and what bounds it.

    `moments` are (time, reference) in order; the game's own beginning and end bound it too, without a reference.
    """
    begins, ends = hours.ends
    marks = [(begins, 0), *moments, (ends, 0)]
    gaps = [(hours.between(a, b), (a, b), [ref for ref in (x, y) if ref]) for (a, x), (b, y) in pairwise(marks)]
    length, span, refs = max(gaps, key=lambda gap: (gap[0], -gap[1][0]))
    return length, span, sorted(set(chain(refs)))
