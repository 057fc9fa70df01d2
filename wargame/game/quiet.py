"""Own what quiet hours are, as data, and what the rules ask of a calendar. No zone is looked up in here.

Where the sun stands in a zone is a matter of the edge (`wargame.calendar`): it is handed in with the context of a
command, and the facts record what came of it, so that a replay asks no calendar.
"""

from typing import Protocol

from msgspec import Struct

DAY_MIN = 1440
OPEN_AT_LEAST_MIN = 60
"""A game needs this much of a day, or its deadlines lie weeks away."""


class QuietHours(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """When no clock of a game runs: from `begins` to `ends` (minutes after midnight) in `zone`, and on `days_off`.

    `begins` after `ends` is a night; both equal: only the days off count. `zone` is a name of the IANA time zone
    database, `days_off` are weekdays by ISO 8601: 1 is Monday.
    """

    begins: int
    ends: int
    zone: str
    days_off: tuple[int, ...] = ()


class Calendar(Protocol):
    """What the rules need to know of wall clocks. Times are milliseconds since the epoch, lengths milliseconds."""

    def due(self, quiet: QuietHours | None, now_ms: int, length_ms: int) -> int:
        """Return when a length that starts now is used up, if quiet hours do not count."""

    def left(self, quiet: QuietHours | None, now_ms: int, due_ms: int) -> int:
        """Return the length that is left until a deadline, never less than nothing: the inverse of `due`."""

    def knows(self, zone: str) -> bool:
        """Tell whether there is such a time zone."""


class EveryHour:
    """A calendar of a world without zones: every hour counts."""

    def due(self, quiet: QuietHours | None, now_ms: int, length_ms: int) -> int:
        """Return the sum."""
        return now_ms + length_ms

    def left(self, quiet: QuietHours | None, now_ms: int, due_ms: int) -> int:
        """Return the difference."""
        return max(0, due_ms - now_ms)

    def knows(self, zone: str) -> bool:
        """Know none."""
        return False


def fault_of(quiet: QuietHours, calendar: Calendar) -> str:
    """Return what is wrong with a rule as the end of a sentence, or nothing."""
    if not calendar.knows(quiet.zone):
        return f"there is no time zone {quiet.zone}; write it like Europe/Berlin"
    if not (0 <= quiet.begins < DAY_MIN and 0 <= quiet.ends < DAY_MIN):
        return "an hour of the day lies between 00:00 and 23:59"
    if not set(quiet.days_off) < set(range(1, 8)):
        return "days off are weekdays from 1 (Monday) to 7 (Sunday), and not all of them"
    if (quiet.begins - quiet.ends) % DAY_MIN < OPEN_AT_LEAST_MIN and quiet.begins != quiet.ends:
        return "less than an hour of the day is left to play in"
    return ""
