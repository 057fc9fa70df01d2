"""A rewind gives every view back what it knew, in rows, pictures, pages and search; the log keeps both ways."""

import json

import pytest

from tests.support.games import START_MS, Table, a_game
from wargame.aar.services import report_pages
from wargame.bots.player import Player
from wargame.game.ids import CONTROL
from wargame.game.visibility import KEPT
from wargame.play import cache
from wargame.store.cases import case_of_game
from wargame.store.feed import Row, page, room_page, view_at, view_now
from wargame.store.log import fold
from wargame.store.models import Event, Timer
from wargame.store.search import Asked, search
from wargame.store.verify import verify_game

pytestmark = pytest.mark.django_db(transaction=True)
SEATS = ("potus", "state", "dprk")
MINUTE = 60_000


@pytest.fixture
def table() -> Table:
    """Return a running game in which something was said before the mark and much happened after it."""
    table = a_game(seats=SEATS, started=True, phase_ms={"brief": 20 * MINUTE})
    table.must("potus", "message.post", message="m1", room="press", text="a statement of old")
    table.must("potus", "message.post", message="m2", room="side:US", text="between ourselves")
    table.now_ms += 5 * MINUTE
    table.must("control", "checkpoint.make", label="Before the storm")
    table.now_ms += MINUTE
    return table


def mark(table: Table, label: str = "Before the storm") -> str:
    """Return the id of the newest checkpoint of that label."""
    found = [json.loads(row.value) for row in view_now(table.game, view=CONTROL)[1] if row.kind == "checkpoint"]
    return str([one["id"] for one in found if one["label"] == label][-1])


def go_on(table: Table) -> None:
    """Let talk, reading, an inject and a phase follow."""
    table.must("potus", "message.post", message="m3", room="press", text="a statement of new")
    table.must("dprk", "room.read", room="press", upto=2)
    table.must("state", "message.pin", room="side:US", number=1)
    table.must("control", "inject.send", inject="x", to=("potus",), title="A storm", text="It rains.")
    table.must("control", "note.pin", note="n", text="They did not see it coming.")
    table.must("control", "phase.end", expect=f"{table.state().turn}:{table.state().phase}")
    table.must("state", "message.post", message="m4", room="side:US", text="what now, statement")


def rewind(table: Table, label: str = "Before the storm") -> None:
    table.must("control", "game.rewind", checkpoint=mark(table, label), reason="The projector failed.")


def pictures(table: Table) -> dict[str, dict[tuple[str, str], tuple[int, bytes]]]:
    """Return of each view what it holds of all that a rewind brings back, with its time."""
    return {
        view: {
            (row.kind, row.key): (row.at_ms, row.value)
            for row in view_now(table.game, view=view)[1]
            if row.kind not in KEPT
        }
        for view in json.loads(table.row().heads)
    }


def keys(rows: list[Row] | None) -> list[str]:
    assert rows is not None
    return [row.key for row in rows]


def test_every_view_holds_again_what_it_held_at_the_checkpoint(table: Table) -> None:
    before = pictures(table)
    go_on(table)
    assert pictures(table) != before
    rewind(table)
    assert pictures(table) == before


def test_pages_rooms_search_and_the_past_follow_the_rewind(table: Table) -> None:
    sent = keys(page(table.game, view="seat:potus", kind="inject", before=None, limit=9))
    go_on(table)
    left = json.loads(table.row().heads)["seat:potus"]
    late_ms = table.now_ms
    table.now_ms += MINUTE
    rewind(table)
    assert keys(page(table.game, view="seat:potus", kind="message", before=None, limit=9)) == ["side:US:1", "press:1"]
    assert keys(page(table.game, view="seat:potus", kind="inject", before=None, limit=9)) == sent
    assert keys(room_page(table.game, view="seat:potus", room="press", upto=9, limit=9)) == ["press:1"]
    found = search(table.game, view="seat:potus", asked=Asked(words=("statement",)))
    assert keys(found.rows) == ["press:1"]
    then = {row.key for row in view_at(table.game, view="seat:potus", n=left)[1] if row.kind == "message"}
    assert then == {"press:1", "press:2", "side:US:1", "side:US:2"}
    for at_ms, wanted in ((late_ms, then), (table.now_ms, {"press:1", "side:US:1"})):
        rows = view_at(table.game, view="seat:potus", at_ms=at_ms)[1]
        assert {row.key for row in rows if row.kind == "message"} == wanted


def test_people_notes_the_log_and_the_marks_stay_as_they_are_now(table: Table) -> None:
    go_on(table)
    table.must("control", "seat.assign", person=table.people["state"].person, seat="defense")
    rewind(table)
    state = table.state()
    assert state.seats["state"].members == ()
    assert state.seats["defense"].members == (table.people["state"].person,)
    kinds = [row.kind for row in view_now(table.game, view=CONTROL)[1]]
    assert kinds.count("note") == 1
    said = [json.loads(r.value)["text"] for r in view_now(table.game, view=CONTROL)[1] if r.kind == "log"]
    assert any("A storm" in text for text in said)
    assert any("The projector failed." in text for text in said)
    assert mark(table, "Before the rewind to: Before the storm")


def test_everybody_is_told_why_and_the_clock_stands_with_what_it_had_left(table: Table) -> None:
    generation = table.state().timers["phase"].generation
    go_on(table)
    rewind(table)
    state = table.state()
    assert (state.status, state.phase, state.turn) == ("paused", "brief", 1)
    assert state.timers["phase"].remaining_ms == 15 * MINUTE
    assert state.timers["phase"].generation > generation + 1
    row = Timer.objects.get(game_id=table.game, key="phase")
    assert (row.due_at_ms, row.remaining_ms) == (None, 15 * MINUTE)
    for view in json.loads(table.row().heads):
        rows = {r.kind: json.loads(r.value) for r in view_now(table.game, view=view)[1]}
        assert rows["rewound"]["reason"] == "The projector failed."
        assert rows["clock"]["paused"] is True
    table.now_ms += MINUTE
    table.must("control", "game.resume")
    assert table.state().timers["phase"].due_at_ms == table.now_ms + 15 * MINUTE


def test_a_deadline_of_the_time_that_was_taken_back_never_fires(table: Table) -> None:
    due = table.state().timers["phase"].due_at_ms
    assert due is not None
    rewind(table)
    table.now_ms = due + MINUTE
    table.must("control", "note.pin", note="n", text="Nothing has ended.")
    assert table.state().phase == "brief"
    table.must("control", "game.resume")
    table.now_ms += 16 * MINUTE
    table.must("control", "note.pin", note="n", text="It has ended now.")
    assert table.state().phase != "brief"


def test_a_rewind_can_be_undone_and_done_again(table: Table) -> None:
    go_on(table)
    late = pictures(table)
    order = keys(page(table.game, view="seat:potus", kind="message", before=None, limit=9))
    rewind(table)
    early = pictures(table)
    table.must("control", "game.resume")
    table.must("potus", "message.post", message="m5", room="side:US", text="another way")
    rewind(table, "Before the rewind to: Before the storm")
    assert pictures(table) == late
    assert keys(page(table.game, view="seat:potus", kind="message", before=None, limit=9)) == order
    rewind(table)
    assert pictures(table) == early
    assert verify_game(table.game).faults == ()


def test_the_log_keeps_both_ways_and_verify_finds_them_true(table: Table) -> None:
    go_on(table)
    events = Event.objects.filter(game_id=table.game).count()
    rewind(table)
    table.must("control", "game.resume")
    go_on(table)
    assert Event.objects.filter(game_id=table.game).count() > events + 2
    verdict = verify_game(table.game)
    assert verdict.faults == ()
    cache.forget()
    assert fold(table.game)[1] == table.state()
    assert table.now_ms > START_MS


def test_verify_notices_a_rewind_to_a_state_that_never_was(table: Table) -> None:
    rewind(table)
    row = Event.objects.get(game_id=table.game, kind="game.rewound")
    payload = json.loads(bytes(row.payload))
    payload["state"] = payload["state"].replace('"turn":1', '"turn":2')
    Event.objects.filter(pk=row.pk).update(payload=json.dumps(payload).encode())
    faults = verify_game(table.game).faults
    assert any("was otherwise at event" in fault for fault in faults)


def test_the_report_tells_the_game_that_was_played_out_and_that_it_was_taken_back(table: Table) -> None:
    go_on(table)
    undone = Event.objects.filter(game_id=table.game).count()
    rewind(table)
    table.must("control", "game.resume")
    table.must("potus", "message.post", message="m6", room="press", text="what was said in the end")
    table.must("control", "game.end")
    pages = report_pages(table.row(), progress=lambda message, of: None)
    truth = json.loads(pages["truth"])
    assert [one["text"] for one in truth["messages"] if one["room"] == "press"] == [
        "a statement of old", "what was said in the end",
    ]  # fmt: skip
    assert "A storm" not in [one["title"] for one in truth["injects"]]
    assert [one["reason"] for one in truth["rewinds"]] == ["The projector failed."]
    assert truth["log"]["events"] == Event.objects.filter(game_id=table.game).count() > undone
    assert any("takes the game back" in step["text"] for step in truth["steps"])
    seat = json.loads(pages["potus"])
    assert "A storm" not in [one["title"] for one in seat["injects"]]
    assert [one["reason"] for one in seat["rewinds"]] == ["The projector failed."]
    assert "A storm" not in pages["dprk"].decode()


def test_a_bot_goes_on_from_what_it_knows_after_a_rewind() -> None:
    table = a_game(seats=("potus",), bots={"dprk": "hawk"}, started=True)
    table.must("control", "checkpoint.make", label="Before the storm")
    player = Player(table.game, "dprk", policy="hawk", case=case_of_game(table.game))
    player.step(now_ms=table.now_ms)
    table.must("control", "phase.end", expect=f"1:{table.state().phase}")
    assert player.step(now_ms=table.now_ms) > 0
    assert table.state().sheets["dprk"].orders
    rewind(table)
    assert not table.state().sheets["dprk"].orders
    table.must("control", "game.resume")
    table.must("control", "phase.end", expect=f"1:{table.state().phase}")
    assert player.step(now_ms=table.now_ms) > 0
    assert table.state().sheets["dprk"].orders
    assert verify_game(table.game).faults == ()
