"""Deadlines over long gaps, pauses, restarts, outages and clocks that disagree: once each, none early, none lost."""

import json
from typing import Any

import pytest

from tests.support.games import START_MS, Table, a_game
from tests.support.timekeeping import HOUR, MIN, ROUND, S, assert_on_time, due_of, left_of, live, restart, when
from wargame.game.timers import PHASE, late
from wargame.store.heartbeat import GRACE_MS, RENEW_MS
from wargame.store.models import Event, Receipt
from wargame.store.verify import verify_chain
from wargame.timers.services import sweep_due_timers

pytestmark = pytest.mark.django_db(transaction=True)
GAPS = (61 * MIN, 125 * MIN)
LONG: dict[str, int] = {"brief": 3 * HOUR, "plan": HOUR, "negotiate": HOUR, "outcome": HOUR}


def entry(name: str, offset_ms: int) -> dict[str, Any]:
    return {
        "msel": name,
        "entry": {
            "title": f"Entry {name}", "text": "A call comes in.", "to": ["all"],
            "when": {"turn": 1, "phase": "brief", "offset_ms": offset_ms},
        },
    }  # fmt: skip


def with_entries(**more: Any) -> Table:
    """Return a running game whose list has an entry after each gap, in a phase that is longer than both."""
    table = a_game(seats=("potus", "dprk"), phase_ms=dict(LONG), **more)
    for gap in GAPS:
        table.must("control", "inject.write", **entry(f"gap{gap // MIN}", gap))
    table.must("control", "game.start", force=True)
    return table


def sent(table: Table, gap: int) -> list[int]:
    return when(table, "inject.sent", msel=f"gap{gap // MIN}")


def assert_each_once(table: Table) -> None:
    """No deadline has two receipts, and the log is whole."""
    fired = Receipt.objects.filter(game_id=table.game, command_id__startswith="timer:").values_list(
        "command_id", flat=True
    )
    assert len(fired) == len(set(fired))
    assert verify_chain(table.game) == []


def test_gaps_of_61_and_125_minutes_are_kept_to_the_round() -> None:
    table = with_entries()
    live(table, LONG["brief"] + MIN)
    for gap in GAPS:
        assert_on_time(sent(table, gap), due_ms=START_MS + gap)
    assert_on_time(when(table, "phase.entered", phase="plan"), due_ms=START_MS + LONG["brief"])
    assert_each_once(table)


@pytest.mark.parametrize("pause_ms", [7 * MIN, 125 * MIN])
def test_a_pause_in_mid_gap_puts_everything_off_by_its_length(pause_ms: int) -> None:
    table = with_entries()
    live(table, 30 * MIN)
    table.must("control", "game.pause", reason="Fire drill")
    live(table, pause_ms)
    assert [sent(table, gap) for gap in GAPS] == [[], []]
    table.must("control", "game.resume")
    live(table, LONG["brief"])
    for gap in GAPS:
        assert_on_time(sent(table, gap), due_ms=START_MS + gap + pause_ms)
    assert_on_time(when(table, "phase.entered", phase="plan"), due_ms=START_MS + LONG["brief"] + pause_ms)


def test_a_second_pause_takes_nothing_away_that_the_first_left() -> None:
    table = with_entries()
    for _ in range(3):
        live(table, 20 * MIN)
        table.must("control", "game.pause", reason="")
        assert (
            left_of(table, PHASE)
            == START_MS + LONG["brief"] - table.now_ms + (table.now_ms - START_MS) // (25 * MIN) * 5 * MIN
        )
        live(table, 5 * MIN)
        table.must("control", "game.resume")
    live(table, 2 * MIN)
    assert_on_time(sent(table, GAPS[0]), due_ms=START_MS + GAPS[0] + 15 * MIN)


def test_a_restart_in_mid_gap_loses_nothing_and_repeats_nothing() -> None:
    table = with_entries()
    for gap in GAPS:
        live(table, START_MS + gap - table.now_ms - MIN)
        restart()
        live(table, 2 * MIN)
        restart()
    live(table, MIN)
    for gap in GAPS:
        assert_on_time(sent(table, gap), due_ms=START_MS + gap)
    assert_each_once(table)


def test_a_restart_in_a_pause_keeps_what_was_left() -> None:
    table = with_entries()
    live(table, 40 * MIN)
    table.must("control", "game.pause", reason="")
    restart()
    live(table, HOUR)
    assert left_of(table, PHASE) == LONG["brief"] - 40 * MIN
    table.must("control", "game.resume")
    restart()
    live(table, 22 * MIN)
    assert_on_time(sent(table, GAPS[0]), due_ms=START_MS + GAPS[0] + HOUR)


def test_processes_whose_clocks_disagree_fire_each_deadline_once_and_time_never_runs_back() -> None:
    table = with_entries()
    live(table, LONG["brief"] + MIN, skews_ms=(0, 5 * S, -5 * S))
    for gap in GAPS:
        assert len(sent(table, gap)) == 1
        assert abs(sent(table, gap)[0] - START_MS - gap) <= 5 * S + ROUND
    times = list(Event.objects.filter(game_id=table.game).order_by("seq").values_list("at_ms", flat=True))
    assert times == sorted(times)
    assert_each_once(table)


def test_after_an_outage_the_game_waits_with_what_it_had_when_the_server_went() -> None:
    table = with_entries()
    live(table, 30 * MIN)
    table.now_ms += 3 * HOUR
    sweep_due_timers(now_ms=table.now_ms)
    state = table.state()
    assert state.status == "paused"
    assert "180 minutes" in state.paused_reason
    assert [sent(table, gap) for gap in GAPS] == [[], []]
    left = left_of(table, PHASE)
    assert left is not None
    assert 0 <= left - (LONG["brief"] - 30 * MIN) <= RENEW_MS + ROUND
    live(table, 10 * MIN)
    table.must("control", "game.resume")
    resumed = table.now_ms
    table.must("control", "inject.write", **entry("later", 50 * MIN))
    live(table, 3 * HOUR)
    for gap in GAPS:
        assert_on_time(sent(table, gap), due_ms=resumed + gap - 30 * MIN, slack_ms=RENEW_MS + 2 * ROUND)
    later = when(table, "inject.sent", msel="later")
    assert_on_time(later, due_ms=resumed + 20 * MIN, slack_ms=RENEW_MS + 2 * ROUND)
    assert len(when(table, "game.paused")) == 1
    assert_each_once(table)


def test_an_outage_within_the_grace_fires_what_fell_into_it_once_and_in_order() -> None:
    table = with_entries()
    live(table, GAPS[0] - 30 * S)
    table.now_ms += GRACE_MS - 5 * S
    sweep_due_timers(now_ms=table.now_ms)
    assert_on_time(sent(table, GAPS[0]), due_ms=START_MS + GAPS[0], slack_ms=GRACE_MS)
    assert table.state().status == "running"


def test_more_deadlines_than_a_screen_has_lines_are_all_fired_in_one_round_in_their_order() -> None:
    table = a_game(seats=("potus",), phase_ms=dict(LONG))
    names = [f"e{number:02d}" for number in range(66)]
    for number, name in enumerate(names):
        table.must("control", "inject.write", **entry(name, MIN + number))
    table.must("control", "game.start", force=True)
    table.now_ms += MIN + ROUND
    sweep_due_timers(now_ms=table.now_ms)
    payloads = Event.objects.filter(game_id=table.game, kind="inject.sent").order_by("seq")
    sent_now = [json.loads(bytes(fact.payload)).get("msel") for fact in payloads]
    assert [name for name in sent_now if name in names] == names


def test_an_extension_and_the_deadline_it_comes_too_late_for_do_not_both_happen() -> None:
    table = with_entries()
    live(table, LONG["brief"] - 10 * S)
    table.now_ms += 10 * S + 1
    answer = table.say("control", "clock.extend", by_ms=5 * MIN, expect="1:brief")
    assert getattr(answer, "code", "") == "clock.moved_on"
    assert when(table, "clock.extended") == []
    assert due_of(table, PHASE) == table.now_ms + LONG["plan"]


def test_a_seats_own_time_survives_a_pause_a_restart_and_an_outage() -> None:
    table = a_game(seats=("potus", "dprk"), phase_ms={"brief": MIN, "plan": MIN, "negotiate": MIN}, started=True)
    table.must("control", "seat.extend", seats=["potus"], by_ms=125 * MIN)
    live(table, 3 * MIN + ROUND)
    began = when(table, "orders.locked")[0]
    assert due_of(table, late("potus")) == began + 125 * MIN
    live(table, 20 * MIN)
    table.must("control", "game.pause", reason="")
    restart()
    live(table, 61 * MIN)
    table.must("control", "game.resume")
    live(table, 10 * MIN)
    assert when(table, "overtime.ended") == []
    live(table, began + (125 + 61) * MIN - table.now_ms + ROUND)
    assert_on_time(when(table, "overtime.ended"), due_ms=began + (125 + 61) * MIN)
    assert_each_once(table)
