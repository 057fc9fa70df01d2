"""Time beyond the clock for some: they finish their orders in peace, and nobody else can tell."""

import pytest

from tests.support.builders import CONTROL, SYSTEM, Game, a_game, bot, player
from wargame.game import commands as c
from wargame.game.timers import PHASE, late, timers

MIN = 60_000
POTUS, DPRK, STATE = player("potus"), player("dprk"), player("state")


def playing(**more: object) -> Game:
    lengths = {"brief": 3 * MIN, "plan": 8 * MIN, "negotiate": 10 * MIN}
    return a_game(phase_ms=lengths, **more).with_seats("potus", "state", "dprk").started().in_phase("negotiate")  # type: ignore[arg-type]


def run_out(game: Game, key: str = PHASE) -> Game:
    due = timers(game.state)[key][1]
    assert due is not None
    game.now = due
    return game.do(SYSTEM, c.TimerFire(key=key, generation=timers(game.state)[key][0]))


def proposed(game: Game) -> set[str]:
    """Return the orders of the engine's proposal, none while it has not been asked."""
    return set() if game.state.proposal is None else {order.id for order in game.state.proposal.orders}


def extended(by_ms: int = 5 * MIN, **more: object) -> Game:
    return playing(**more).do(CONTROL, c.SeatExtend(seats=("potus",), by_ms=by_ms))


def test_the_game_goes_on_for_everybody_else_and_the_engine_is_asked_when_the_last_is_done() -> None:
    game = run_out(extended())
    assert (game.state.phase, game.state.phase_of("potus"), game.state.phase_of("dprk")) == (
        "lock",
        "negotiate",
        "lock",
    )
    assert not proposed(game)
    game.do(POTUS, c.OrderDraft(order="a", move="threat"))
    assert game.refused(DPRK, c.OrderDraft(order="a", move="d_talks")) == "order.phase_closed"
    game.do(POTUS, c.OrdersSubmit())
    assert "potus:a" in proposed(game)
    assert timers(game.state)[late("potus")][1:] == (None, None)


def test_a_seat_that_runs_out_of_its_own_time_is_taken_as_drafted() -> None:
    game = run_out(extended()).do(POTUS, c.OrderDraft(order="a", move="threat"))
    due = timers(game.state)[late("potus")][1]
    assert due == game.now + 5 * MIN
    run_out(game, late("potus"))
    assert game.state.proposal is not None
    assert game.state.sheets["potus"].submitted
    assert game.refused(POTUS, c.OrderDraft(order="b", move="threat")) == "order.phase_closed"


def test_with_two_seats_in_their_own_time_the_later_one_decides() -> None:
    game = extended().do(CONTROL, c.SeatExtend(seats=("state",), by_ms=2 * MIN))
    run_out(game)
    run_out(game, late("state"))
    assert game.state.proposal is None
    run_out(game, late("potus"))
    assert game.state.proposal is not None


def test_a_seat_that_has_submitted_or_is_ready_needs_no_time_of_its_own() -> None:
    assert run_out(extended().do(POTUS, c.OrdersSubmit())).state.proposal is not None
    assert run_out(extended().do(POTUS, c.SeatReady(ready=True))).state.proposal is not None


def test_control_ends_all_own_time_by_ending_the_phase() -> None:
    game = run_out(extended()).do(POTUS, c.OrderDraft(order="a", move="threat"))
    game.do(CONTROL, c.PhaseEnd(expect="1:lock"))
    assert (game.state.phase, game.state.overtime) == ("lock", ())
    assert game.state.proposal is not None


def test_in_rigid_style_the_outcome_follows_the_last_sheet() -> None:
    game = run_out(extended(style="rigid"))
    assert game.state.phase == "lock"
    game.do(POTUS, c.OrdersSubmit())
    assert game.state.phase == "outcome"


def test_a_pause_stops_a_seats_own_clock_too() -> None:
    game = run_out(extended()).later(MIN).do(CONTROL, c.GamePause()).later(125 * MIN).do(CONTROL, c.GameResume())
    assert timers(game.state)[late("potus")][1] == game.now + 4 * MIN


def test_a_phase_that_ends_in_a_pause_keeps_the_own_time_whole() -> None:
    game = extended().do(CONTROL, c.GamePause()).do(CONTROL, c.PhaseEnd(expect="1:negotiate"))
    assert timers(game.state)[late("potus")][1:] == (None, 5 * MIN)


def test_more_time_reaches_a_seat_that_is_using_its_own() -> None:
    game = run_out(extended()).do(CONTROL, c.SeatExtend(seats=("potus",), by_ms=3 * MIN))
    assert timers(game.state)[late("potus")][1] == game.now + 8 * MIN
    game.do(CONTROL, c.SeatExtend(seats=("potus",), by_ms=-60 * MIN))
    assert timers(game.state)[late("potus")][1] == game.now


def test_what_was_given_can_be_taken_back_but_nobody_gets_less_than_the_clock() -> None:
    game = extended().do(CONTROL, c.SeatExtend(seats=("potus",), by_ms=-60 * MIN))
    assert game.state.extra_of("potus") == 0
    assert game.refused(CONTROL, c.SeatExtend(seats=("potus",), by_ms=-MIN)) == "clock.unchanged"
    assert run_out(game).state.proposal is not None


def test_time_for_one_turn_is_gone_in_the_next_and_an_accommodation_stays() -> None:
    game = extended().do(CONTROL, c.PersonExtend(person="p-state", extra_ms=4 * MIN)).at_turn(2)
    assert (game.state.extra_of("potus"), game.state.extra_of("state")) == (0, 4 * MIN)
    game.in_phase("negotiate")
    run_out(game)
    assert game.state.overtime == ("state",)


def test_an_accommodation_goes_with_the_person_to_another_seat() -> None:
    game = playing().do(CONTROL, c.PersonExtend(person="p-state", extra_ms=4 * MIN))
    game.do(CONTROL, c.SeatAssign(person="p-state", seat="defense"))
    assert (game.state.extra_of("state"), game.state.extra_of("defense")) == (0, 4 * MIN)


def test_extending_orders_that_are_in_is_refused_with_what_to_do() -> None:
    game = run_out(playing())
    assert game.refused(CONTROL, c.SeatExtend(seats=("potus",), by_ms=MIN)) == "clock.orders_locked"
    assert game.refused(CONTROL, c.SeatExtend(seats=("nobody",), by_ms=MIN)) == "seat.unknown"
    assert game.refused(CONTROL, c.PersonExtend(person="p-none", extra_ms=MIN)) == "person.unknown"
    assert game.refused(CONTROL, c.PersonExtend(person="p-control", extra_ms=MIN)) == "person.not_player"
    assert game.refused(POTUS, c.SeatExtend(seats=("potus",), by_ms=MIN)) == "who.control_only"


def test_in_its_own_time_a_seat_does_nothing_others_would_notice() -> None:
    game = playing().with_seats("defense").do(CONTROL, c.SeatExtend(seats=("defense",), by_ms=MIN))
    game.do(player("defense"), c.OrderDraft(order="a", move="exercise"))
    game.do(player("defense"), c.ConsentAsk(order="a", to="rok"))
    game.do(player("defense"), c.OrderDraft(order="b", move="missile_defence_rok"))
    run_out(game)
    defense = player("defense")
    assert game.refused(defense, c.ConsentAsk(order="b", to="rok")) == "order.own_time"
    propose = c.FreeMovePropose(move="f", title="A", action="B", effect="C")
    assert game.refused(defense, propose) == "order.own_time"
    assert game.refused(defense, c.OrderWithdraw(order="a")) == "order.asked_about"
    game.do(defense, c.OrderWithdraw(order="b"))


def test_a_bot_and_an_empty_seat_have_no_time_of_their_own() -> None:
    game = playing(bots={"jpn": "dove"})
    game.do(CONTROL, c.SeatExtend(seats=("jpn", "intel"), by_ms=MIN)).do(bot("jpn"), c.SeatReady(ready=True))
    assert run_out(game).state.overtime == ()


def test_no_appeal_is_settled_and_no_argument_refused_while_a_seat_still_writes() -> None:
    game = run_out(extended()).do(POTUS, c.OrderDraft(order="a", move="threat"))
    assert not game.state.settled_now
    game.do(CONTROL, c.ArgumentGrant(order="potus:a", net=1, reason="Well argued."))


@pytest.mark.parametrize("view", ["seat:dprk", "seat:state", "observer", "public"])
def test_only_the_seat_and_control_see_the_time(view: str) -> None:
    game = extended()
    assert game.seen("seat:potus", "clock")["clock"].extra_ms == 5 * MIN  # type: ignore[attr-defined]
    assert game.seen("control", "owntime")["potus"].extra_ms == 5 * MIN  # type: ignore[attr-defined]
    assert game.seen(view, "clock")["clock"].extra_ms == 0  # type: ignore[attr-defined]
    assert not game.seen(view, "owntime")
    run_out(game)
    clock = game.seen("seat:potus", "clock")["clock"]
    assert (clock.own, clock.ends_at_ms) == (True, game.now + 5 * MIN)  # type: ignore[attr-defined]
    assert game.seen("seat:potus", "game")["game"].phase == "negotiate"  # type: ignore[attr-defined]
    assert game.seen(view, "game")["game"].phase == "lock"  # type: ignore[attr-defined]
    assert game.seen("control", "owntime")["potus"].running  # type: ignore[attr-defined]
    game.do(POTUS, c.OrdersSubmit())
    assert game.seen("seat:potus", "game")["game"].phase == "lock"  # type: ignore[attr-defined]
    assert not game.seen("control", "owntime")["potus"].running  # type: ignore[attr-defined]
    assert game.seen("seat:potus", "sheet")["potus@1"].locked  # type: ignore[attr-defined]
