"""Planned time of a game: how long after the start a moment of a turn lies, by the lengths its phases are set to.

Translates the clock on the wall of a published list into turns and phases, and back. It knows no game but its phases;
what really happens follows the clocks, not this plan.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from msgspec import Struct

from wargame.game.events import PhaseSetUp

DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS = 86_400_000, 3_600_000, 60_000, 1_000
_CLOCK = re.compile(
    r"(?:d(?:ay)?\s*\+?(?P<day>\d{1,3})[\s,:;-]+)?(?P<sign>\+?)(?P<h>\d{1,3})[:.h](?P<m>\d{2})(?::(?P<s>\d{2}))?"
    r"\s*(?P<half>[ap]\.?m\.?)?",
    re.IGNORECASE,
)
_MILITARY = re.compile(r"(?P<h>[01]\d|2[0-3])(?P<m>[0-5]\d)")


class Read(Struct, frozen=True):
    """A reading of the wall clock: milliseconds since midnight of day `day`, None where no day is named."""

    ms: int
    day: int | None = None


class Place(Struct, frozen=True):
    """A moment of the plan: milliseconds after the phase of a turn began."""

    turn: int
    phase: str
    offset_ms: int


def read_clock(text: str) -> Read:
    """Return the time of `9:10`, `0910`, `09:10:30`, `9:10 pm` or `Day 2, 9:10`. Raises ValueError with a sentence."""
    plain = text.strip()
    found = _CLOCK.fullmatch(plain) or _MILITARY.fullmatch(plain)
    parts = {} if found is None else found.groupdict()
    hours, minutes, seconds = (int(parts.get(key) or 0) for key in ("h", "m", "s"))
    half = (parts.get("half") or "").replace(".", "").lower()
    wrong_half = bool(half) and not 1 <= hours <= 12
    if found is None or minutes > 59 or seconds > 59 or wrong_half:
        raise ValueError(f"{plain!r} is no time of day. Write 9:10, 0910, 9:10 pm or Day 2, 9:10.")
    if half:
        hours = hours % 12 + (12 if half == "pm" else 0)
    day = parts.get("day")
    return Read(hours * HOUR_MS + minutes * MINUTE_MS + seconds * SECOND_MS, None if day is None else int(day))


class Calendar:
    """Reads the times of a list from top to bottom; a clock that jumps back means that a day has passed."""

    def __init__(self, start: str = "") -> None:
        self._origin: int | None = read_clock(start).ms if start else None
        self._last = 0
        self._first_day: date | None = None
        self._first_numbered: int | None = None

    def elapsed(self, clock: str, day: str = "") -> int:
        """Return the milliseconds since the exercise began. Raises ValueError for what is no time."""
        read = read_clock(clock)
        if self._origin is None:
            self._origin = read.ms
        days = self._days(read, day)
        elapsed = read.ms - self._origin + (0 if days is None else days * DAY_MS)
        if days is None:
            while elapsed < self._last:
                elapsed += DAY_MS
        if elapsed < 0:
            raise ValueError(f"{clock.strip()!r} lies before the start.")
        self._last = max(self._last, elapsed)
        return elapsed

    def _days(self, read: Read, day: str) -> int | None:
        if read.day is not None:
            self._first_numbered = read.day if self._first_numbered is None else self._first_numbered
            return read.day - self._first_numbered
        try:
            here = date.fromisoformat(day.strip()[:10])
        except ValueError:
            return None
        self._first_day = here if self._first_day is None else self._first_day
        return (here - self._first_day).days


class Plan:
    """The phases of all turns one after the other. What settles a turn takes no planned time."""

    def __init__(self, phases: Sequence[PhaseSetUp], *, first_turn: int, last_turn: int) -> None:
        self.phases, self.first, self.last = tuple(phases), first_turn, last_turn

    @property
    def known(self) -> bool:
        """Tell whether every phase that takes time has a length."""
        return all(phase.adjudicate or phase.length_ms is not None for phase in self.phases)

    def _spans(self) -> Iterator[tuple[int, PhaseSetUp, int, int]]:
        at = 0
        for turn in range(self.first, self.last + 1):
            for phase in self.phases:
                length = 0 if phase.adjudicate else phase.length_ms or 0
                yield turn, phase, at, at + length
                at += length

    def place(self, elapsed_ms: int) -> Place:
        """Return where a moment falls. Raises ValueError if it lies after the planned end."""
        end = 0
        for turn, phase, begins, end in self._spans():
            if begins <= elapsed_ms < end:
                return Place(turn, phase.id, elapsed_ms - begins)
        raise ValueError(
            f"This is {clock_text(elapsed_ms)} after the start; the game is planned to last {clock_text(end)}."
            " Fill the column `when`, or make the phases longer."
        )

    def elapsed(self, turn: int, phase: str, offset_ms: int) -> int | None:
        """Return when a moment comes, None where the plan does not know; without a phase, from the turn's beginning."""
        if not self.known:
            return None
        for at_turn, one, begins, _ in self._spans():
            if at_turn == turn and phase in ("", one.id):
                return begins + offset_ms
        return None


def clock_text(ms: int) -> str:
    """Return a span as h:mm, with seconds only where there are any."""
    seconds = ms // SECOND_MS % 60
    return f"{ms // HOUR_MS}:{ms // MINUTE_MS % 60:02d}" + (f":{seconds:02d}" if seconds else "")
