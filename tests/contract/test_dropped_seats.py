"""A seat whose people are away: read off old heartbeats, held by a bot, given back, and caught up with."""

import pytest
from django.test import Client

from tests.support.games import Table, a_game
from wargame.bots.services import nudge_game
from wargame.play.people import Joined
from wargame.store.heartbeat import ALIVE, GRACE_MS, beat
from wargame.store.models import Heartbeat, Membership
from wargame.timers.presence import FRESH_MS, sweep_presence

pytestmark = pytest.mark.django_db(transaction=True)
AWAY_MS = 120_000


def a_watched_game() -> Table:
    table = a_game(seats=("potus", "dprk"), started=False)
    table.must("control", "lobby.set", away_ms=AWAY_MS)
    table.must("control", "game.start", force=True)
    beat(table.now_ms)
    return table


def hear(table: Table, *seats: str) -> None:
    """Let the people of these seats give a sign of life now."""
    for seat in seats:
        Membership.objects.filter(person=table.people[seat].person).update(last_seen_ms=table.now_ms)


def alive_until(table: Table, now_ms: int) -> None:
    """Let time pass with the server alive and nobody stirring."""
    table.now_ms = now_ms
    Heartbeat.objects.filter(pk=ALIVE).update(at_ms=now_ms)


def browser(joined: Joined) -> Client:
    client = Client()
    client.cookies[f"t1_{joined.game}"] = joined.token
    return client


def test_a_bot_holds_the_seat_of_those_who_are_away_until_they_are_back() -> None:
    table = a_watched_game()
    start = table.now_ms
    hear(table, "potus", "dprk")
    alive_until(table, start + AWAY_MS)
    hear(table, "dprk")
    assert sweep_presence(now_ms=table.now_ms) == 0
    alive_until(table, start + AWAY_MS + 1_000)
    hear(table, "dprk")
    assert sweep_presence(now_ms=table.now_ms) == 1
    assert sweep_presence(now_ms=table.now_ms) == 0
    seats = table.state().seats
    assert (seats["potus"].policy is not None, seats["potus"].away_since_ms) == (True, start)
    assert seats["dprk"].policy is None

    table.must("control", "inject.send", inject="i", to=["all"], title="While they were away", text="It rained.")
    table.must("dprk", "message.post", message="m1", room="press", text="We say nothing.")
    hear(table, "potus")
    assert sweep_presence(now_ms=table.now_ms) == 1
    assert table.state().seats["potus"].policy is None

    brief = browser(table.people["potus"]).get(f"/api/games/{table.game}/catch-up", {"since_ms": start + AWAY_MS})
    told = {one["kind"]: one for one in brief.json()["news"]}
    assert next(item["v"]["title"] for item in told["inject"]["items"]) == "While they were away"
    assert brief.json()["said"] == {"press": 1}
    early = browser(table.people["potus"]).get(f"/api/games/{table.game}/catch-up", {"since_ms": table.now_ms})
    assert early.json()["news"] == []


def test_a_bot_in_a_dropped_seat_files_the_orders_its_people_posted_and_nothing_of_its_own() -> None:
    table = a_watched_game()
    table.must("dprk", "standing.post", orders=[{"move": "d_talks"}], note="Talk, whatever they do.")
    table.must("control", "phase.end", expect="1:brief")
    alive_until(table, table.now_ms + AWAY_MS + 1_000)
    hear(table, "potus")
    assert sweep_presence(now_ms=table.now_ms) == 1
    for _ in range(3):
        nudge_game(table.row(), now_ms=table.now_ms)
    sheet = table.state().sheets["dprk"]
    assert [order.move for order in sheet.orders.values()] == ["d_talks"]
    assert sheet.submitted
    said = [event.kind for event in table.row().event_set.all() if "seat_bot" in event.actor]
    assert set(said) <= {
        "standing.filed",
        "order.drafted",
        "orders.submitted",
        "item.opened",
        "seat.readied",
        "room.read",
    }


def test_nobody_is_away_while_the_game_or_the_server_stood_still() -> None:
    table = a_watched_game()
    start = table.now_ms
    table.must("control", "game.pause")
    alive_until(table, start + 5 * AWAY_MS)
    assert sweep_presence(now_ms=table.now_ms) == 0
    table.must("control", "game.resume")
    assert sweep_presence(now_ms=table.now_ms) == 0

    table.now_ms += GRACE_MS + AWAY_MS + 1_000  # an outage: the heartbeat of the server is old as well
    assert sweep_presence(now_ms=table.now_ms) == 0
    beat(table.now_ms)
    assert sweep_presence(now_ms=table.now_ms) == 0
    alive_until(table, table.now_ms + AWAY_MS + 1_000)
    assert sweep_presence(now_ms=table.now_ms) == 2


def test_the_pen_of_one_who_is_away_goes_to_a_member_who_is_there() -> None:
    table = a_watched_game()
    pen, start = table.people["potus"].person, table.now_ms
    table.must("control", "people.invite", people=[{"display": "Deputy", "seat": "potus"}])
    deputy = next(member for member in table.state().seats["potus"].members if member != pen)
    alive_until(table, start + AWAY_MS + 1_000)
    hear(table, "dprk")
    Membership.objects.filter(person=deputy).update(last_seen_ms=table.now_ms - FRESH_MS)
    assert sweep_presence(now_ms=table.now_ms) == 1
    seat = table.state().seats["potus"]
    assert (seat.pen, seat.principal, seat.policy) == (deputy, pen, None)


def test_the_brief_of_a_seat_holds_what_its_own_view_was_told_and_no_more() -> None:
    table = a_watched_game()
    table.must("control", "inject.send", inject="i", to=["dprk"], title="For one alone", text="Secret.")
    mine = browser(table.people["dprk"]).get(f"/api/games/{table.game}/catch-up").content
    other = browser(table.people["potus"]).get(f"/api/games/{table.game}/catch-up").content
    assert b"For one alone" in mine
    assert b"For one alone" not in other
    asked = browser(table.people["potus"]).get(f"/api/games/{table.game}/catch-up", {"as_view": "seat:dprk"})
    assert asked.json()["code"] == "replay.own_view_only"


def test_the_brief_holds_what_came_while_one_was_away_though_the_game_went_back_since() -> None:
    table = a_watched_game()
    table.must("control", "inject.send", inject="a", to=["dprk"], title="Known before", text="Old.")
    left_ms, table.now_ms = table.now_ms + 1, table.now_ms + 1_000
    table.must("control", "inject.send", inject="b", to=["dprk"], title="Come meanwhile", text="New.")
    table.must("control", "checkpoint.make", label="Here")
    mark, old = table.state().checkpoints[-1], next(iter(table.state().injects))
    table.must("control", "inject.undo", inject=old)
    table.must("control", "inject.send", inject="c", to=["dprk"], title="Taken back", text="Never was.")
    table.must("control", "game.rewind", checkpoint=mark, reason="We begin again.")
    asked = browser(table.people["dprk"]).get(f"/api/games/{table.game}/catch-up", {"since_ms": left_ms})
    assert b"Come meanwhile" in asked.content
    assert b"Taken back" not in asked.content
