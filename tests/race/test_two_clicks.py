"""Two clicks at once, each with an id of its own: what may happen once happens once, and the other is told why not."""

import pytest

from tests.race.test_exactly_once import assert_whole, at_once
from tests.support.games import START_MS, Table, a_game
from wargame.play.answers import Accepted, Refused
from wargame.play.people import join
from wargame.store.models import Event

pytestmark = pytest.mark.django_db(transaction=True)


def codes(answers: list[object]) -> list[str]:
    return sorted("ok" if isinstance(answer, Accepted) else getattr(answer, "code", "?") for answer in answers)


def count(table: Table, kind: str) -> int:
    return Event.objects.filter(game_id=table.game, kind=kind).count()


def test_two_clicks_on_end_phase_end_one_phase() -> None:
    table = a_game(seats=("potus", "dprk"), started=True)
    entered = count(table, "phase.entered")
    click = lambda: table.say("control", "phase.end", expect="1:brief")  # noqa: E731
    assert codes(at_once(click, click, click)) == ["ok", "phase.moved_on", "phase.moved_on"]
    assert count(table, "phase.entered") == entered + 1
    assert_whole(table)


def test_two_clicks_on_accept_release_one_outcome() -> None:
    table = a_game(seats=("potus", "dprk"), started=True, style="semi_rigid")
    for phase in ("brief", "plan", "negotiate"):
        table.must("control", "phase.end", expect=phase)
    click = lambda: table.say("control", "ruling.accept", turn=1)  # noqa: E731
    assert codes(at_once(click, click))[1:] == ["ruling.none_pending"]
    assert count(table, "turn.resolved") == 1
    assert_whole(table)


def test_the_last_place_of_a_delegation_goes_to_one() -> None:
    table = a_game(seats=("potus",))
    for number in range(9):
        joined = join(table.game, display=f"m{number}", role="player", now_ms=START_MS)
        assert not isinstance(joined, Refused)
        table.people[f"m{number}"] = joined
    for number in range(7):
        table.must(f"m{number}", "seat.take", seat="dprk")
    last = at_once(lambda: table.say("m7", "seat.take", seat="dprk"), lambda: table.say("m8", "seat.take", seat="dprk"))
    assert codes(last) == ["ok", "seat.full"]
    assert len(table.state().seats["dprk"].members) == 8
    assert_whole(table)


def test_somebody_who_joins_while_the_game_starts_is_in_and_the_game_has_started() -> None:
    table = a_game(seats=("potus",))
    at_once(
        lambda: table.must("control", "game.start", force=True),
        lambda: join(table.game, display="Late", role="player", now_ms=START_MS, person="late"),
        lambda: table.say("potus", "seat.ready", ready=True),
    )
    state = table.state()
    assert state.status == "running"
    assert state.people["late"].seat is None
    assert_whole(table)


def test_a_pause_at_the_deadline_stops_the_next_phase_and_not_the_one_that_is_over() -> None:
    table = a_game(seats=("potus", "dprk"), started=True, phase_ms={"brief": 5_000, "plan": 60_000})
    table.now_ms = table.state().timers["phase"].due_at_ms or 0
    table.must("control", "game.pause")
    state = table.state()
    assert (state.status, state.phase) == ("paused", "plan")
    assert state.timers["phase"].remaining_ms == 60_000
    table.must("control", "clock.extend", by_ms=-3_600_000)
    assert table.state().timers["phase"].remaining_ms == 0
    table.must("control", "game.resume")
    table.must("potus", "message.post", message="m", room="press", text="After the bell.")
    assert table.state().phase == "negotiate", "nothing was left, so the first command found the phase over"
    assert_whole(table)
