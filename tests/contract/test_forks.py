"""A game that goes on from a moment of another: true by its own log, with bots or people, and the first untouched."""

import json
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.support.games import Table, a_game
from wargame.bots.services import nudge_game
from wargame.game.ids import CONTROL
from wargame.play.answers import Refused
from wargame.play.people import Joined, join
from wargame.store.feed import Row, view_now
from wargame.store.models import Disclosure, Event, Game, Membership
from wargame.store.search import Asked, search
from wargame.store.verify import verify_game

pytestmark = pytest.mark.django_db(transaction=True)
MINUTE = 60_000


@pytest.fixture
def table() -> Table:
    """Return a game in its second phase, with a checkpoint, a bot and two people."""
    table = a_game(seats=("potus", "dprk"), bots={"jpn": "dove"}, started=True, phase_ms={"brief": 20 * MINUTE})
    table.must("potus", "message.post", message="m1", room="press", text="a statement of old")
    table.now_ms += 5 * MINUTE
    table.must("control", "checkpoint.make", label="Here")
    table.must("potus", "message.post", message="m2", room="press", text="a statement of new")
    return table


def fork(table: Table, *, who: str = "control", status: int = 201, **asked: Any) -> dict[str, Any]:
    """Ask for a fork over HTTP."""
    person = table.control if who == "control" else table.people[who]
    response: HttpResponse = Client().post(
        f"/api/games/{table.game}/fork",
        json.dumps({"title": "Another way", **asked}),
        content_type="application/json",
        headers={"Authorization": f"Bearer {person.token}"},
    )  # type: ignore[assignment]
    assert response.status_code == status, response.content
    found: dict[str, Any] = json.loads(response.content)
    return found


def mark(table: Table) -> dict[str, Any]:
    """Return the newest checkpoint made by hand."""
    found = [json.loads(row.value) for row in held(table.game, CONTROL) if row.kind == "checkpoint"]
    return [one for one in found if not one["auto"]][-1]  # type: ignore[no-any-return]


def held(game: str, view: str) -> list[Row]:
    return view_now(game, view=view)[1]


def said(game: str, view: str = "public") -> list[str]:
    return [json.loads(row.value)["text"] for row in held(game, view) if row.kind == "message"]


def state_of(game: str) -> Any:
    return Table(game, Joined(game, "control", "")).state()


def test_a_fork_is_true_by_its_own_log_and_the_first_game_goes_on_untouched(table: Table) -> None:
    before = list(Disclosure.objects.filter(game_id=table.game).exclude(view="control").values_list("view", "n"))
    made = fork(table, checkpoint=mark(table)["id"])
    assert made["game"] != table.game
    assert (
        list(Disclosure.objects.filter(game_id=table.game).exclude(view="control").values_list("view", "n")) == before
    )
    assert verify_game(table.game).faults == ()
    assert verify_game(made["game"]).faults == ()
    first = Event.objects.filter(game_id=made["game"]).order_by("seq")
    assert [one.kind for one in first][-1] == "game.forked"
    assert first[0].hash != Event.objects.get(game_id=table.game, seq=1).hash
    table.must("potus", "message.post", message="m3", room="press", text="and so on")
    assert said(made["game"]) == ["a statement of old"]
    assert said(table.game) == ["a statement of old", "a statement of new", "and so on"]


def test_the_fork_stands_where_the_moment_stood_with_its_clock_and_no_players(table: Table) -> None:
    table.now_ms += 60 * MINUTE  # long after the copied deadline
    made = fork(table, checkpoint=mark(table)["id"])
    state = state_of(made["game"])
    assert (state.status, state.phase, state.turn) == ("paused", "brief", 1)
    assert state.timers["phase"].remaining_ms == 15 * MINUTE
    assert state.seats["potus"].members == ()
    assert state.seats["potus"].open
    assert state.bots == {"jpn": "dove"}
    assert {person.id for person in state.people.values() if not person.removed} == {"control"}
    rows = Membership.objects.filter(game_id=made["game"])
    assert {row.person for row in rows if row.token_hash} == {"control"}
    assert {json.loads(row.value)["id"] for row in held(made["game"], "public") if row.kind == "game"} == {made["game"]}


def test_search_and_every_view_of_the_fork_know_what_was_known_at_the_moment(table: Table) -> None:
    made = fork(table, checkpoint=mark(table)["id"])
    for view in json.loads(Game.objects.get(pk=made["game"]).heads):
        rows = Disclosure.objects.filter(game_id=table.game, view=view, seq__lte=mark(table)["seq"])
        copied = Disclosure.objects.filter(game_id=made["game"], view=view, seq__lte=mark(table)["seq"])
        columns = ("n", "first_n", "seq", "at_ms", "kind", "key", "value")
        assert list(copied.order_by("n").values_list(*columns)) == list(rows.order_by("n").values_list(*columns))
    found = search(made["game"], view="seat:dprk", asked=Asked(words=("statement",)))
    assert [row.key for row in found.rows] == ["press:1"]


def test_people_finish_a_fork_and_bots_play_on_in_it(table: Table) -> None:
    made = fork(table, seq=mark(table)["seq"], seed="new", seats={"potus": "open", "dprk": "hawk", "jpn": "vacant"})
    state = state_of(made["game"])
    assert state.bots == {"dprk": "hawk"}
    assert state.seed != table.state().seed
    assert state.seed_hash != table.state().seed_hash
    joined = join(made["game"], display="Somebody new", role="player", now_ms=table.now_ms)
    assert isinstance(joined, Joined)
    there = Table(made["game"], Joined(made["game"], "control", ""), {"potus": joined}, table.now_ms)
    there.must("potus", "seat.take", seat="potus")
    there.must("control", "game.resume")
    there.must("control", "phase.end", expect="1:brief")
    assert nudge_game(there.row(), now_ms=there.now_ms) > 0
    there.must("potus", "message.post", message="m9", room="press", text="we go another way")
    assert verify_game(made["game"]).faults == ()


def test_a_word_to_somebody_in_private_does_not_come_along_to_who_plays_on(table: Table) -> None:
    table.must("control", "seat.nudge", seat="potus", text="Are you well?")
    made = fork(table)
    assert not any(row.kind == "nudge" for view in ("seat:potus", CONTROL) for row in held(made["game"], view))
    assert any(row.kind == "nudge" for row in held(table.game, "seat:potus"))
    assert verify_game(made["game"]).faults == ()


def test_a_rewind_in_a_fork_to_before_it_stays_in_the_fork(table: Table) -> None:
    made = fork(table, seed="new")
    there = Table(made["game"], Joined(made["game"], "control", ""), {}, table.now_ms)
    there.must("control", "game.rewind", checkpoint=mark(table)["id"], reason="Once more from there.")
    state = there.state()
    assert (state.id, state.title, state.seed) == (made["game"], "Another way", state_of(made["game"]).seed)
    assert state.seed != table.state().seed
    assert state.seats["potus"].members == ()
    assert said(made["game"]) == ["a statement of old"]
    assert verify_game(made["game"]).faults == ()


def test_a_sandbox_is_controls_alone(table: Table) -> None:
    made = fork(table, sandbox=True, title="Sandbox")
    state = state_of(made["game"])
    assert state.sandbox
    assert set(state.bots) == {"potus", "dprk", "jpn"}
    refused = join(made["game"], display="A player", role="player", now_ms=table.now_ms)
    assert refused == Refused("game.sandbox")
    joined = join(made["game"], display="A colleague", role="observer", now_ms=table.now_ms)
    assert isinstance(joined, Joined)


def test_the_dice_of_a_game_that_has_ended_are_known_so_a_fork_of_it_has_its_own_unless_asked_for(table: Table) -> None:
    here = mark(table)["id"]
    assert state_of(fork(table, checkpoint=here)["game"]).seed == table.state().seed
    table.must("control", "game.end")
    made = state_of(fork(table, checkpoint=here)["game"])
    assert made.seed != table.state().seed
    assert made.seed_hash != table.state().seed_hash
    assert state_of(fork(table, checkpoint=here, seed="same")["game"]).seed == table.state().seed


def test_asking_twice_makes_one_game_and_both_logs_say_what_was_done(table: Table) -> None:
    once = fork(table, retry="fork-retry-1")
    assert fork(table, retry="fork-retry-1") == once
    assert Game.objects.count() == 2
    told = [json.loads(row.value) for row in held(table.game, CONTROL) if row.kind == "branch"]
    assert [(one["game"], one["title"], one["sandbox"]) for one in told] == [(once["game"], "Another way", False)]
    branched = Event.objects.get(game_id=table.game, kind="game.branched")
    assert json.loads(branched.actor)["person"] == "control"
    opened = Client().get(once["control_url"].replace("http://testserver", ""))
    assert opened["Location"].startswith(f"/g/{once['game']}/control")


def test_what_cannot_be_forked_is_said_and_leaves_nothing(table: Table) -> None:
    assert fork(table, status=409, seq=10_000)["code"] == "fork.no_such_moment"
    assert fork(table, status=409, checkpoint="nobody-made-this")["code"] == "checkpoint.unknown"
    assert fork(table, status=409, seats={"atlantis": "open"})["code"] == "seat.unknown"
    assert fork(table, status=409, seats={"potus": "genius"})["code"] == "seat.policy_unknown"
    assert fork(table, status=400, title="  ")["code"] == "request.malformed"
    assert fork(table, who="potus", status=403)["code"] == "access.denied"
    table.must("control", "game.end")
    assert fork(table, status=409)["code"] == "fork.ended"
    assert Game.objects.count() == 1
    fork(table, checkpoint=mark(table)["id"])


def test_any_event_can_be_the_beginning_and_a_command_is_never_cut_in_two(table: Table) -> None:
    table.must("control", "phase.end", expect="1:brief")
    head = table.row().head
    causes = dict(Event.objects.filter(game_id=table.game).values_list("seq", "cause"))
    for seq in range(1, head + 1, 7):
        made = fork(table, seq=seq, title=f"From {seq}")
        forked = json.loads(bytes(Event.objects.get(game_id=made["game"], kind="game.forked").payload))
        last = forked["seq"]
        assert last >= seq
        assert causes[last] == causes[seq]
        assert causes.get(last + 1) != causes[last]
        assert verify_game(made["game"]).faults == ()


def test_only_who_may_turn_the_clock_may_branch_off_and_nobody_can_merely_say_so(table: Table) -> None:
    joined = join(table.game, display="A colleague", role="control", now_ms=table.now_ms)
    assert isinstance(joined, Joined)
    table.people["colleague"] = joined
    fork(table, who="colleague")
    table.must("control", "rights.set", person=joined.person, rights=["inject"])
    assert fork(table, who="colleague", status=409)["code"] == "who.no_right"
    assert table.say("colleague", "game.branch", game="g1", title="T", seq=1) == Refused(
        "command.unknown", {"name": "game.branch"}
    )
    assert Game.objects.count() == 2
