"""Phases, deadlines, pausing, extending, ending: clocks that cannot be lost or fire twice."""

import pytest

from tests.support.builders import CONTROL, START_MS, SYSTEM, Game, a_game, player
from wargame.game import commands as c
from wargame.game.timers import timers

MIN = 60_000


def running() -> Game:
    return a_game(phase_ms={"brief": 3 * MIN, "plan": 8 * MIN}).with_seats("potus", "dprk").started()


def fire(game: Game) -> None:
    game.do(SYSTEM, c.TimerFire(key="phase", generation=timers(game.state)["phase"][0]))


def test_a_phase_ends_at_its_deadline_and_not_before() -> None:
    game = running()
    assert timers(game.state)["phase"][1] == START_MS + 3 * MIN
    game.later(3 * MIN - 1)
    fire(game)
    assert game.state.phase == "brief"
    game.later(1)
    fire(game)
    assert game.state.phase == "plan"


def test_a_stale_deadline_changes_nothing() -> None:
    game = running().later(3 * MIN)
    old = timers(game.state)["phase"][0]
    fire(game)
    phase = game.state.phase
    game.later(60 * MIN).do(SYSTEM, c.TimerFire(key="phase", generation=old))
    assert game.state.phase == phase
    assert game.last == ()
    game.do(SYSTEM, c.TimerFire(key="nothing", generation=0))
    assert game.last == ()


def test_a_pause_stops_the_clock_and_resuming_gives_back_what_was_left() -> None:
    game = running().later(MIN).do(CONTROL, c.GamePause(reason="fire drill"))
    assert timers(game.state)["phase"][1:] == (None, 2 * MIN)
    before = timers(game.state)["phase"][0]
    game.later(61 * MIN)
    fire(game)
    assert game.state.phase == "brief"
    game.do(CONTROL, c.GameResume())
    generation, due, left = timers(game.state)["phase"]
    assert generation > before
    assert due == game.now + 2 * MIN
    assert left is None


def test_the_server_itself_may_pause_after_an_outage() -> None:
    assert running().do(SYSTEM, c.GamePause(reason="outage")).state.status == "paused"


def test_pausing_and_resuming_twice_is_refused() -> None:
    game = running()
    assert game.refused(CONTROL, c.GameResume()) == "game.not_paused"
    game.do(CONTROL, c.GamePause())
    assert game.refused(CONTROL, c.GamePause()) == "game.paused"


def test_extending_moves_the_deadline_and_makes_the_old_one_stale() -> None:
    game = running()
    old = timers(game.state)["phase"][0]
    game.do(CONTROL, c.ClockExtend(by_ms=5 * MIN)).later(3 * MIN)
    game.do(SYSTEM, c.TimerFire(key="phase", generation=old))
    assert game.state.phase == "brief"
    game.later(5 * MIN)
    fire(game)
    assert game.state.phase == "plan"


def test_taking_time_away_never_ends_a_phase_in_the_past() -> None:
    game = running().later(MIN).do(CONTROL, c.ClockExtend(by_ms=-60 * MIN))
    assert timers(game.state)["phase"][1] == game.now


def test_a_paused_clock_is_extended_in_what_it_has_left() -> None:
    game = running().later(MIN).do(CONTROL, c.GamePause()).do(CONTROL, c.ClockExtend(by_ms=MIN))
    assert timers(game.state)["phase"][1:] == (None, 3 * MIN)


def test_a_phase_without_a_clock_cannot_be_extended() -> None:
    game = a_game(phase_ms={"brief": None}).started()
    assert game.refused(CONTROL, c.ClockExtend(by_ms=MIN)) == "clock.open_ended"
    assert a_game().refused(CONTROL, c.ClockExtend(by_ms=MIN)) == "game.not_started"


def test_control_ends_the_phase_it_was_looking_at_and_no_other() -> None:
    game = running().do(CONTROL, c.PhaseEnd(expect="brief"))
    assert game.state.phase == "plan"
    assert game.refused(CONTROL, c.PhaseEnd(expect="brief")) == "phase.moved_on"
    assert game.refused(CONTROL, c.PhaseEnd(expect="2:plan")) == "phase.moved_on"
    game.do(CONTROL, c.PhaseEnd(expect="1:plan"))
    assert game.state.phase == "negotiate"


def test_a_phase_ended_during_a_pause_leaves_the_next_one_waiting_with_its_whole_time() -> None:
    game = running().do(CONTROL, c.GamePause()).do(CONTROL, c.PhaseEnd(expect="brief"))
    assert timers(game.state)["phase"][1:] == (None, 8 * MIN)
    assert game.state.status == "paused"


def test_a_phase_closes_early_when_every_played_seat_is_ready() -> None:
    game = running().in_phase("negotiate").do(player("potus"), c.SeatReady(ready=True))
    assert game.state.phase == "negotiate"
    game.do(player("dprk"), c.SeatReady(ready=True))
    assert game.state.phase == "lock"


def test_the_log_does_not_say_that_the_last_seat_to_be_ready_ended_the_phase() -> None:
    game = running().in_phase("negotiate")
    for seat in ("potus", "dprk"):
        game.do(player(seat), c.SeatReady(ready=True))
    said = {row.what: row.who for row in game.seen("control", "log").values()}  # type: ignore[attr-defined]
    assert said["phase.entered"] == said["orders.locked"] == said["turn.proposed"] == "All ready"
    game = running().do(SYSTEM, c.GamePause(reason="outage")).do(CONTROL, c.GameResume())
    said = {row.what: row.who for row in game.seen("control", "log").values()}  # type: ignore[attr-defined]
    assert (said["game.paused"], said["game.resumed"]) == ("Server", "Control")


def test_nobody_is_ready_for_the_next_phase_yet() -> None:
    game = running().do(player("potus"), c.SeatReady(ready=True)).do(CONTROL, c.PhaseEnd(expect="brief"))
    assert not game.state.seats["potus"].ready


def test_a_phase_that_may_not_close_early_waits_for_its_clock() -> None:
    game = running()
    for seat in ("potus", "dprk"):
        game.do(player(seat), c.SeatReady(ready=True))
    assert game.state.phase == "brief"


def test_when_the_last_unready_seat_is_given_up_the_phase_closes() -> None:
    game = running().in_phase("negotiate").do(player("potus"), c.SeatReady(ready=True))
    game.do(CONTROL, c.PersonRemove(person="p-dprk"))
    assert game.state.phase == "lock"


@pytest.mark.parametrize(
    ("actor", "command"),
    [
        (player("potus"), c.SeatReady(ready=True)),
        (player("potus"), c.MessagePost(message="m", room="press", text="hello")),
        (player("potus"), c.OrdersSubmit()),
        (player("potus"), c.OfferTable(offer="o")),
        (player("potus"), c.RoomOpen(room="r", seats=("dprk",))),
        (player("potus"), c.EstimateBrief(variable="tension", to=("state",))),
    ],
)
def test_what_others_would_notice_is_refused_in_a_pause(actor, command) -> None:  # type: ignore[no-untyped-def]
    game = running().do(CONTROL, c.GamePause())
    assert game.refused(actor, command) == "game.paused"


def test_reading_and_private_drafting_go_on_in_a_pause() -> None:
    game = running().in_phase("plan").do(player("dprk"), c.MessagePost(message="m", room="press", text="hello"))
    game.do(CONTROL, c.GamePause())
    game.do(player("potus"), c.RoomRead(room="press", upto=1))
    game.do(player("potus"), c.ItemOpen(kind="brief", key="potus"))
    game.do(player("potus"), c.OrderDraft(order="a", move="threat"))
    game.do(player("potus"), c.OfferDraft(offer="o", parties=("potus", "dprk"), levels={"test": 1}))
