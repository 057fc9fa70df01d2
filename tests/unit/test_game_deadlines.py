"""A deadline that is missed: what the phase says becomes of a late sheet, and what a seat has posted beforehand."""

from typing import Any

import pytest

from tests.support.builders import CONTROL, START_MS, SYSTEM, Game, a_game, bot, player
from wargame.game import commands as c
from wargame.game.quiet import QuietHours
from wargame.game.timers import PHASE, late, timers

MIN, HOUR = 60_000, 3_600_000
POTUS, DPRK = player("potus"), player("dprk")
THREAT, TALKS = c.StandingOrder(move="threat"), c.StandingOrder(move="d_talks")


def ending(rule: str, **more: Any) -> Game:
    """Return a game in the last phase of orders, whose end does this to late sheets."""
    lengths: dict[str, int | None] = {"brief": 3 * MIN, "plan": 8 * MIN, "negotiate": 10 * MIN}
    game = a_game(phase_ms=lengths, missed={"negotiate": rule}, **more)
    return game.with_seats("potus", "dprk").started().in_phase("negotiate")


def run_out(game: Game, key: str = PHASE) -> Game:
    due = timers(game.state)[key][1]
    assert due is not None
    game.now = due
    return game.do(SYSTEM, c.TimerFire(key=key, generation=timers(game.state)[key][0]))


def ordered(game: Game) -> set[str]:
    assert game.state.proposal is not None
    return {order.move for order in game.state.proposal.orders}


def test_a_late_draft_counts_as_it_lies() -> None:
    assert ordered(run_out(ending("draft").do(POTUS, c.OrderDraft(order="a", move="threat")))) == {"threat"}


def test_a_late_draft_orders_nothing_where_the_phase_says_so_and_the_seat_is_told() -> None:
    game = ending("nothing").do(POTUS, c.OrderDraft(order="a", move="threat"))
    game.do(DPRK, c.OrderDraft(order="a", move="d_talks")).do(DPRK, c.OrdersSubmit())
    assert ordered(run_out(game)) == {"d_talks"}
    assert game.seen("seat:potus", "order")["potus:a"].status == "withdrawn"  # type: ignore[attr-defined]


def test_an_empty_late_sheet_is_filled_from_standing_orders_and_a_draft_is_left_alone() -> None:
    game = ending("standing").do(POTUS, c.StandingPost(orders=(THREAT,), note="Hold the line."))
    game.do(DPRK, c.StandingPost(orders=(TALKS,))).do(DPRK, c.OrderDraft(order="a", move="d_threat"))
    assert ordered(run_out(game)) == {"threat", "d_threat"}
    assert game.seen("seat:potus", "standing")["potus"].filed == 1  # type: ignore[attr-defined]


def test_a_standing_order_that_does_not_fit_any_more_is_left_out_and_said_so() -> None:
    game = ending("standing").do(POTUS, c.StandingPost(orders=(THREAT,) * 12))
    run_out(game)
    seen = game.seen("seat:potus", "standing")["potus"]
    laid = len(game.state.sheets["potus"].orders)
    assert 0 < laid < 12
    assert [one.code for one in seen.left_out] == ["order.over_budget"] * (12 - laid)  # type: ignore[attr-defined]


def test_a_bot_completes_a_late_sheet_and_does_nothing_else_in_the_seats_name() -> None:
    game = run_out(ending("bot").do(DPRK, c.OrdersSubmit()))
    assert (game.state.overtime, tuple(game.state.stand_ins)) == (("potus",), ("potus",))
    assert game.seen("seat:potus", "clock")["clock"].stand_in  # type: ignore[attr-defined]
    talk = c.MessagePost(message="m", room="press", text="We speak for nobody.")
    assert game.refused(bot("potus"), talk) == "order.own_time"
    assert game.refused(bot("dprk"), c.OrdersSubmit()) == "who.no_seat"
    game.do(bot("potus"), c.OrderDraft(order="a", move="threat")).do(bot("potus"), c.OrdersSubmit())
    assert ordered(game) == {"threat"}
    assert game.state.stand_ins == {}


def test_a_bot_that_does_not_come_in_time_holds_nobody_up() -> None:
    game = run_out(ending("bot").do(DPRK, c.OrdersSubmit()).do(POTUS, c.OrderDraft(order="a", move="threat")))
    assert ordered(run_out(game, late("potus"))) == {"threat"}


def test_own_time_comes_before_the_bot() -> None:
    game = ending("bot").do(DPRK, c.OrdersSubmit()).do(CONTROL, c.SeatExtend(seats=("potus",), by_ms=MIN))
    assert run_out(game).state.stand_ins == {}
    assert tuple(run_out(game, late("potus")).state.stand_ins) == ("potus",)
    assert game.state.proposal is None
    assert run_out(game, late("potus")).state.proposal is not None


def test_the_game_stops_once_for_missing_orders_and_tells_only_control_whose() -> None:
    game = run_out(ending("pause").do(DPRK, c.OrdersSubmit()))
    assert (game.state.status, game.state.phase) == ("paused", "negotiate")
    assert "POTUS" not in game.state.paused_reason
    assert any("Not in" in row.text for row in game.seen("control", "log").values())  # type: ignore[attr-defined]
    game.do(CONTROL, c.GameResume())
    assert run_out(game).state.phase == "lock"


def test_after_more_time_the_game_stops_again_for_what_is_still_missing() -> None:
    game = run_out(ending("pause")).do(CONTROL, c.ClockExtend(by_ms=5 * MIN)).do(CONTROL, c.GameResume())
    assert run_out(game).state.status == "paused"


def test_the_game_does_not_stop_for_those_who_have_time_of_their_own_left() -> None:
    game = ending("pause").do(DPRK, c.OrdersSubmit()).do(CONTROL, c.SeatExtend(seats=("potus",), by_ms=MIN))
    assert (run_out(game).state.status, game.state.phase, game.state.overtime) == ("running", "lock", ("potus",))
    game = ending("pause").do(CONTROL, c.SeatExtend(seats=("potus",), by_ms=MIN))
    assert run_out(game).state.status == "paused", "somebody else's sheet is missing too"


def test_control_ending_the_phase_does_not_stop_for_missing_orders() -> None:
    assert ending("pause").do(CONTROL, c.PhaseEnd(expect="1:negotiate")).state.phase == "lock"


def test_with_all_sheets_in_no_rule_is_needed() -> None:
    game = ending("pause").do(POTUS, c.OrdersSubmit()).do(DPRK, c.OrdersSubmit())
    assert run_out(game).state.phase == "lock"


# --- standing orders --------------------------------------------------------------------------
def test_a_seat_lays_its_standing_orders_on_its_sheet_by_a_word() -> None:
    game = ending("draft").do(POTUS, c.StandingPost(orders=(THREAT,))).do(POTUS, c.StandingFile())
    assert [order.rationale for order in game.state.sheets["potus"].orders.values()] == ["Standing orders."]
    game.do(POTUS, c.OrdersSubmit())
    assert game.refused(POTUS, c.StandingFile()) == "order.sealed"
    assert game.refused(DPRK, c.StandingFile()) == "standing.none"


def test_standing_orders_are_checked_as_orders_are() -> None:
    game = ending("draft").joined("p-deputy").do(CONTROL, c.SeatAssign(person="p-deputy", seat="potus"))
    assert game.refused(POTUS, c.StandingPost(orders=(TALKS,))) == "move.unknown"
    assert game.refused(POTUS, c.StandingPost(orders=(c.StandingOrder(move="nonesuch"),))) == "move.unknown"
    assert game.refused(POTUS, c.StandingPost(orders=())) == "standing.unchanged"
    assert game.refused(player("deputy"), c.StandingPost(orders=(THREAT,))) == "who.pen_only"
    game.do(POTUS, c.StandingPost(orders=(THREAT,)))
    assert game.refused(POTUS, c.StandingPost(orders=(THREAT,))) == "standing.unchanged"
    assert game.do(POTUS, c.StandingPost(orders=())).state.standing == {}


@pytest.mark.parametrize("view", ["seat:dprk", "seat:state", "observer", "public"])
def test_nobody_else_learns_that_a_seat_has_standing_orders(view: str) -> None:
    game = ending("standing").do(POTUS, c.StandingPost(orders=(THREAT,), note="Hold the line."))
    assert not game.seen(view, "standing")
    assert game.seen("control", "standing")["potus"].note == "Hold the line."  # type: ignore[attr-defined]


# --- phases to come, quiet hours --------------------------------------------------------------
def test_a_phase_to_come_gets_another_length_and_the_running_one_keeps_its_clock() -> None:
    game = ending("draft")
    due = timers(game.state)[PHASE][1]
    game.do(CONTROL, c.PhaseSet(phase="negotiate", length_ms=HOUR)).do(
        CONTROL, c.PhaseSet(phase="outcome", length_ms=None)
    )
    assert timers(game.state)[PHASE][1] == due
    assert game.in_phase("outcome").state.timers[PHASE].due_at_ms is None
    assert timers(game.at_turn(2).in_phase("negotiate").state)[PHASE][1] == game.now + HOUR


def test_what_is_no_phase_or_has_no_clock_is_not_set() -> None:
    game = ending("draft")
    assert game.refused(CONTROL, c.PhaseSet(phase="dance", length_ms=MIN)) == "phase.unknown"
    assert game.refused(CONTROL, c.PhaseSet(phase="lock", length_ms=MIN)) == "phase.no_clock"
    assert game.refused(CONTROL, c.PhaseSet(phase="negotiate", length_ms=10 * MIN)) == "clock.unchanged"


def test_time_for_a_phase_that_has_just_ended_is_refused_and_the_next_keeps_its_clock() -> None:
    game = run_out(ending("draft")).do(CONTROL, c.RulingAccept(turn=1))
    due = timers(game.state)[PHASE][1]
    assert game.refused(CONTROL, c.ClockExtend(by_ms=MIN, expect="1:negotiate")) == "clock.moved_on"
    assert timers(game.state)[PHASE][1] == due
    game.do(CONTROL, c.ClockExtend(by_ms=MIN, expect="1:outcome"))


NIGHT = QuietHours(begins=22 * 60, ends=7 * 60, zone="Europe/Berlin")
"""START_MS is 23:13 in Berlin."""


def test_a_phase_that_begins_in_quiet_hours_has_its_whole_length_after_them() -> None:
    game = a_game(phase_ms={"brief": 2 * HOUR}).do(CONTROL, c.QuietSet(quiet=NIGHT)).with_seats("potus").started()
    due = timers(game.state)[PHASE][1]
    assert due is not None
    assert due - START_MS == 9 * HOUR + 46 * MIN + 40_000
    game.later(HOUR).do(CONTROL, c.GamePause()).later(24 * HOUR).do(CONTROL, c.GameResume())
    assert timers(game.state)[PHASE][1] == due + 24 * HOUR


def test_quiet_hours_set_in_mid_phase_leave_a_clock_what_it_had() -> None:
    game = a_game(phase_ms={"brief": 2 * HOUR}).with_seats("potus").started().later(HOUR)
    game.do(CONTROL, c.QuietSet(quiet=NIGHT))
    due = timers(game.state)[PHASE][1]
    assert due is not None
    assert due - START_MS == 8 * HOUR + 46 * MIN + 40_000
    assert game.seen("public", "game")["game"].quiet.zone == "Europe/Berlin"  # type: ignore[attr-defined]
    game.do(CONTROL, c.QuietSet(quiet=None))
    assert timers(game.state)[PHASE][1] == game.now + HOUR


@pytest.mark.parametrize(
    "quiet",
    [
        QuietHours(begins=0, ends=0, zone="Nowhere/Here"),
        QuietHours(begins=0, ends=0, zone="../../etc/passwd"),
        QuietHours(begins=420, ends=419, zone="Europe/Berlin"),
        QuietHours(begins=0, ends=0, zone="UTC", days_off=(1, 2, 3, 4, 5, 6, 7)),
        QuietHours(begins=0, ends=0, zone="UTC", days_off=(8,)),
    ],
)
def test_quiet_hours_that_leave_no_time_or_name_no_zone_are_refused(quiet: QuietHours) -> None:
    assert a_game().refused(CONTROL, c.QuietSet(quiet=quiet)) == "quiet.wrong"
