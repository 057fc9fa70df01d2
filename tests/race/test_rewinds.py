"""Rewinds among everything else at once: one wins, nothing is lost, and the log stays true."""

import pytest

from tests.race.test_exactly_once import assert_whole, at_once
from tests.support.games import Table, a_game
from wargame.play.answers import Accepted, Refused
from wargame.store.models import Event
from wargame.store.verify import verify_game
from wargame.timers.services import sweep_due_timers

pytestmark = pytest.mark.django_db(transaction=True)
MINUTE = 60_000


def a_table() -> Table:
    table = a_game(seats=("potus", "dprk"), started=True, style="semi_rigid", phase_ms={"brief": 5 * MINUTE})
    table.must("control", "checkpoint.make", label="Here")
    return table


def mark(table: Table) -> str:
    return table.state().checkpoints[-1]


def kinds(table: Table) -> list[str]:
    return list(Event.objects.filter(game_id=table.game).order_by("seq").values_list("kind", flat=True))


def test_of_two_facilitators_who_go_back_at_once_one_does() -> None:
    table = a_table()
    name = mark(table)
    table.must("potus", "message.post", message="m", room="press", text="Something was said.")

    def back() -> object:
        return table.say("control", "game.rewind", checkpoint=name, reason="We begin again.", rewinds=0)

    answers = at_once(back, back, back)
    assert sum(isinstance(one, Accepted) for one in answers) == 1
    assert [one.code for one in answers if isinstance(one, Refused)] == ["rewind.moved_on"] * 2
    assert kinds(table).count("game.rewound") == 1
    assert_whole(table)
    assert verify_game(table.game).faults == ()


def test_the_same_rewind_sent_twice_happens_once() -> None:
    table = a_table()
    name = mark(table)

    def back() -> object:
        return table.say(
            "control", "game.rewind", command_id="the-same-click", checkpoint=name, reason="We begin again."
        )  # fmt: skip

    assert len(set(map(str, at_once(back, back, back, back)))) == 1
    assert kinds(table).count("game.rewound") == 1


def test_a_rewind_and_the_ruling_on_what_it_drops_come_one_after_the_other() -> None:
    table = a_table()
    name = mark(table)
    while table.state().proposal is None:
        table.must("control", "phase.end", expect=f"1:{table.state().phase}")
    rewind, ruling = at_once(
        lambda: table.say("control", "game.rewind", checkpoint=name, reason="The wrong orders."),
        lambda: table.say("control", "ruling.accept", turn=1),
    )
    assert isinstance(rewind, Accepted)
    assert isinstance(ruling, Accepted) or (isinstance(ruling, Refused) and ruling.code == "ruling.none_pending")
    state = table.state()
    assert (state.status, state.phase, state.proposal) == ("paused", "brief", None)
    assert_whole(table)
    assert verify_game(table.game).faults == ()


def test_a_rewind_while_a_deadline_fires_and_people_talk_leaves_a_whole_game() -> None:
    table = a_table()
    name = mark(table)
    table.now_ms += 6 * MINUTE
    at_once(
        lambda: table.say("control", "game.rewind", checkpoint=name, reason="We begin again."),
        lambda: sweep_due_timers(now_ms=table.now_ms),
        lambda: table.say("potus", "message.post", message="m", room="press", text="In between."),
        lambda: table.say("dprk", "message.post", message="m", room="press", text="In between, too."),
    )
    state = table.state()
    assert (state.status, state.phase) == ("paused", "brief")
    assert state.timers["phase"].remaining_ms == 5 * MINUTE
    sweep_due_timers(now_ms=table.now_ms + 60 * MINUTE)
    assert table.state().phase == "brief"
    assert_whole(table)
    assert verify_game(table.game).faults == ()
