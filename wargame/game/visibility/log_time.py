"""The sentences of Control's log about time: clocks, deadlines, quiet hours and standing orders."""

from collections.abc import Callable
from typing import Any

from wargame.game import events as e
from wargame.game.events import Payload
from wargame.game.quiet import QuietHours
from wargame.game.state import State
from wargame.game.visibility.log_names import name_of, seat_of, seats_of

_MISSED = {
    "draft": "a late sheet counts as it lies.",
    "standing": "an empty late sheet is filled from standing orders.",
    "bot": "a bot completes a late sheet.",
    "nothing": "a late sheet orders nothing.",
    "pause": "the game pauses for late sheets.",
}


def _length(ms: int | None) -> str:
    return "no clock" if ms is None else f"{ms / 60_000:g} min"


def _quiet(quiet: QuietHours | None) -> str:
    if quiet is None:
        return "Every hour counts again."
    night = f" from {_hour(quiet.begins)} to {_hour(quiet.ends)}" if quiet.begins != quiet.ends else ""
    days = f" on {', '.join(_DAYS[day - 1] for day in quiet.days_off)}" if quiet.days_off else ""
    return f"No clock runs{night}{' and' if night and days else ''}{days} ({quiet.zone})."


def _hour(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


_DAYS = ("Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays")
_OVERTIME = {
    "submitted": "orders in, in time of its own.",
    "ran_out": "its own time ran out.",
    "ended": "its own time was ended.",
}
_AS_DRAFTED = " Taken as drafted."

OF_TIME: dict[type[Payload], Callable[[Any, State], str]] = {
    e.SeatExtended: lambda f, s: (
        f"{seats_of(s, f.extra)}: {f.by_ms / 60_000:+g} min of their own for the orders of this turn."
    ),
    e.PersonExtended: lambda f, s: (
        f"{name_of(s, f.person)} has {f.extra_ms / 60_000:g} min of their own for the orders of every turn."
    ),
    e.PhaseReset: lambda f, s: (
        f"{f.phase.label}: {_length(f.phase.length_ms)} from its next time; {_MISSED[f.phase.missed]}"
    ),
    e.QuietHoursSet: lambda f, s: _quiet(f.quiet),
    e.RemindersWereSet: lambda f, s: (
        f"Those who are not done are reminded {f.before_ms / 3_600_000:g} h before a deadline."
        if f.before_ms
        else "Nobody is reminded of deadlines."
    ),
    e.DeadlineMissed: lambda f, s: f"Time for orders is up. Not in: {seats_of(s, f.seats)}.",
    e.BotStoodIn: lambda f, s: f"A bot completes the sheet of {seat_of(s, f.seat)} ({f.policy.replace('_', ' ')}).",
    e.StandingPosted: lambda f, s: (
        f"{seat_of(s, f.seat)} posted {len(f.orders)} standing orders."
        if f.orders
        else f"{seat_of(s, f.seat)} took its standing orders back."
    ),
    e.StandingFiled: lambda f, s: (
        f"Standing orders of {seat_of(s, f.seat)}: {len(f.laid)} on the sheet, {len(f.left_out)} left out."
    ),
    e.OvertimeEnded: lambda f, s: f"{seat_of(s, f.seat)}: {_OVERTIME[f.how]}" + (_AS_DRAFTED if f.late else ""),
    e.ClockExtended: lambda f, s: f"Clock {f.by_ms / 60_000:+g} min.",
}
