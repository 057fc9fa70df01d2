"""Midnight, daylight saving time and quiet hours: a deadline is an instant, and only hours that count use it up."""

import time
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from tests.support.builders import CONTROL, Game, a_game
from tests.support.timekeeping import DAY, HOUR, MIN
from wargame import clock
from wargame.calendar import WALL, is_quiet
from wargame.game import commands as c
from wargame.game.quiet import QuietHours
from wargame.game.timers import PHASE, timers
from wargame.store import timekeeper

NIGHT = QuietHours(begins=22 * 60, ends=7 * 60, zone="Europe/Berlin")
WEEKENDS = QuietHours(begins=22 * 60, ends=7 * 60, zone="Europe/Berlin", days_off=(6, 7))
LUNCH = QuietHours(begins=12 * 60, ends=13 * 60, zone="America/New_York")


def at(moment: str, zone: str = "Europe/Berlin", *, fold: int = 0) -> int:
    """Return the instant at which the clocks of a zone show a moment."""
    return int(datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo(zone), fold=fold).timestamp() * 1000)


def started_at(now_ms: int, *, brief_ms: int, quiet: QuietHours | None = None) -> Game:
    game = a_game(phase_ms={"brief": brief_ms}).with_seats("potus")
    game.now = now_ms
    if quiet is not None:
        game.do(CONTROL, c.QuietSet(quiet=quiet))
    return game.started()


def due(game: Game) -> int | None:
    return timers(game.state)[PHASE][1]


@pytest.mark.parametrize("gap", [61 * MIN, 125 * MIN])
@pytest.mark.parametrize(
    "start",
    [
        "2027-06-30T23:30",  # over midnight
        "2027-12-31T23:30",  # into a new year
        "2028-02-28T23:30",  # into a leap day
        "2027-03-28T01:30",  # the night an hour is left out
        "2027-10-31T01:30",  # the night an hour comes twice
    ],
)
def test_a_gap_is_as_long_over_midnight_and_a_change_of_the_clocks(start: str, gap: int) -> None:
    now = at(start)
    game = started_at(now, brief_ms=gap)
    assert due(game) == now + gap
    game.later(30 * MIN).do(CONTROL, c.GamePause()).later(DAY).do(CONTROL, c.GameResume())
    assert due(game) == now + gap + DAY


@pytest.mark.parametrize(
    ("quiet", "start", "hours", "ends"),
    [
        (NIGHT, "2027-06-01T21:00", 2, "2027-06-02T08:00"),
        (NIGHT, "2027-06-01T21:00", 1, "2027-06-01T22:00"),
        (NIGHT, "2027-06-01T23:00", 1, "2027-06-02T08:00"),
        (NIGHT, "2027-06-01T10:00", 48, "2027-06-04T13:00"),
        (NIGHT, "2027-03-27T21:00", 2, "2027-03-28T08:00"),  # a night of eight hours
        (NIGHT, "2027-10-30T21:00", 2, "2027-10-31T08:00"),  # a night of ten
        (WEEKENDS, "2027-06-04T21:00", 2, "2027-06-07T08:00"),  # a Friday evening
        (WEEKENDS, "2027-06-05T12:00", 1, "2027-06-07T08:00"),  # a Saturday
        (LUNCH, "2027-06-01T11:30", 1, "2027-06-01T13:30"),
    ],
)
def test_quiet_hours_follow_the_hands_of_the_clock_and_do_not_count(
    quiet: QuietHours, start: str, hours: int, ends: str
) -> None:
    now, end = at(start, quiet.zone), at(ends, quiet.zone)
    assert WALL.due(quiet, now, hours * HOUR) == end
    assert WALL.left(quiet, now, end) == hours * HOUR
    assert due(started_at(now, brief_ms=hours * HOUR, quiet=quiet)) == end


def test_what_is_left_and_when_it_is_due_answer_each_other_at_every_minute_of_a_week_with_a_change_of_the_clocks() -> (
    None
):
    start = at("2027-10-27T09:00")
    for minute in range(0, 7 * 24 * 60, 97):
        now = start + minute * MIN
        end = WALL.due(WEEKENDS, now, 125 * MIN)
        assert WALL.left(WEEKENDS, now, end) == 125 * MIN
        assert not is_quiet(WEEKENDS, end - 1)


def test_a_pause_in_quiet_hours_costs_nothing() -> None:
    now = at("2027-06-01T21:00")
    game = started_at(now, brief_ms=2 * HOUR, quiet=NIGHT)
    game.now = at("2027-06-01T23:00")
    game.do(CONTROL, c.GamePause()).later(HOUR).do(CONTROL, c.GameResume())
    assert due(game) == at("2027-06-02T08:00")


def test_time_given_in_the_evening_runs_on_in_the_morning() -> None:
    game = started_at(at("2027-06-01T20:00"), brief_ms=90 * MIN, quiet=NIGHT).do(CONTROL, c.ClockExtend(by_ms=HOUR))
    assert due(game) == at("2027-06-02T07:30")


# --- machines that disagree -------------------------------------------------------------------
def test_a_machine_that_is_ahead_goes_by_the_clock_all_share(monkeypatch: pytest.MonkeyPatch) -> None:
    clock.go_by_own()
    true_ms = at("2027-06-01T12:00")
    monkeypatch.setattr(time, "time_ns", lambda: (true_ms + 90_000) * 1_000_000)
    assert clock.utc_ms() == true_ms + 90_000
    clock.go_by(true_ms, asked_ms=clock.local_ms() - 4, answered_ms=clock.local_ms() + 4)
    try:
        assert clock.utc_ms() == true_ms
    finally:
        clock.go_by_own()


@pytest.mark.django_db
def test_a_file_is_used_by_one_machine_and_a_server_is_asked_for_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timekeeper, "_looked_at", None)
    try:
        looked = timekeeper.keep_time()
        assert looked == (connection.vendor == "postgresql")
        assert abs(clock.utc_ms() - clock.local_ms()) < 60_000
        assert not timekeeper.keep_time()
    finally:
        clock.go_by_own()
