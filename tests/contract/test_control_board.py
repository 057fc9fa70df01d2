"""The seat board over HTTP, for Control only: who is there and acts, what lies before a seat, which rooms are hot."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.support.games import START_MS, Table, a_game
from wargame.control import board as boards
from wargame.control.board import BEATS, board
from wargame.store.models import Membership

pytestmark = pytest.mark.django_db(transaction=True)
SEATS = ("potus", "state", "dprk", "jpn")


def a_table() -> Table:
    return a_game(seats=SEATS, bots={"rok": "historical"}, started=True)


def ask(table: Table, who: str | None, path: str = "board", **asked: Any) -> tuple[int, Any]:
    token = "nobody" if who is None else table.control.token if who == "control" else table.people[who].token
    answer = Client().get(f"/api/games/{table.game}/{path}", asked, headers={"Authorization": f"Bearer {token}"})
    return answer.status_code, answer.json()


def rows(table: Table, *, now_ms: int) -> dict[str, boards.SeatOnBoard]:
    return {row.seat: row for row in board(table.row(), now_ms=now_ms).seats}


def test_the_board_has_a_row_for_every_seat_in_the_order_of_the_case() -> None:
    table = a_table()
    status, found = ask(table, "control")
    assert status == 200
    assert [row["seat"] for row in found["seats"]] == list(table.state().seats)
    assert {room["room"] for room in found["rooms"]} == set(table.state().rooms)


@pytest.mark.parametrize("path", ["board", "known"])
def test_players_strangers_and_missing_games_get_nothing(path: str) -> None:
    table = a_table()
    assert ask(table, "dprk", path, kind="inject")[0] == 403
    assert ask(table, None, path, kind="inject")[0] == 401
    missing = Client().get(f"/api/games/none/{path}", headers={"Authorization": f"Bearer {table.control.token}"})
    assert (missing.status_code, missing.json()["code"]) == (401, "access.unknown")


def test_whoever_is_heard_from_is_on_line_until_the_heartbeat_expires() -> None:
    table = a_table()
    Membership.objects.filter(game_id=table.game, person=table.people["dprk"].person).update(last_seen_ms=START_MS)
    assert rows(table, now_ms=START_MS + boards.HERE_MS)["dprk"].on
    late = rows(table, now_ms=START_MS + boards.HERE_MS + 1)
    assert (late["dprk"].on, late["dprk"].seen_ms) == (False, START_MS)
    assert (late["jpn"].on, late["jpn"].seen_ms) == (False, None)


def test_the_last_act_of_a_seat_is_its_peoples_newest_command_refused_ones_too() -> None:
    table = a_table()
    table.now_ms = START_MS + 60_000
    table.must("state", "message.post", message="m", room="press", text="Words.")
    table.now_ms = START_MS + 90_000
    assert not hasattr(table.say("jpn", "seat.take", seat="potus"), "seq")
    found = rows(table, now_ms=table.now_ms)
    assert found["state"].acted_ms == START_MS + 60_000
    assert found["jpn"].acted_ms == START_MS + 90_000
    assert found["rok"].acted_ms is None


def test_what_lies_before_a_seat_counts_until_it_reads_or_opens_it() -> None:
    table = a_table()
    table.must("potus", "room.open", room="x", seats=["dprk"])
    room = next(one.id for one in table.state().rooms.values() if set(one.seats) == {"potus", "dprk"})
    for _ in range(3):
        table.must("potus", "message.post", message="m", room=room, text="Words.")
    table.must("control", "inject.send", inject="inj.1", to=["dprk"], title="News", text="Words.")
    before = rows(table, now_ms=table.now_ms)["dprk"]
    assert (before.unread, before.waiting.injects, before.load) == (3, before.waiting.injects, before.waiting.total)
    assert before.waiting.injects >= 1
    table.must("dprk", "room.read", room=room, upto=3)
    table.must("dprk", "item.open", kind="inject", key=next(reversed(table.state().injects)))
    after = rows(table, now_ms=table.now_ms)["dprk"]
    assert (after.unread, after.waiting.injects) == (0, before.waiting.injects - 1)
    assert after.load == before.load - 4


def test_drafted_and_submitted_orders_are_told_apart() -> None:
    table = a_game(seats=SEATS, started=True)
    table.must("control", "phase.end", expect="1:brief")
    table.must("state", "order.draft", order="o1", move="un_res")
    drafted = rows(table, now_ms=table.now_ms)["state"]
    assert (drafted.drafts, drafted.submitted) == (1, False)
    table.must("state", "orders.submit")
    found = rows(table, now_ms=table.now_ms)
    assert (found["state"].submitted, found["potus"].submitted) == (True, False)


def test_a_rooms_heat_is_its_messages_of_each_of_the_last_minutes() -> None:
    table = a_table()
    for minute in (0, 1, 1, 5):
        table.now_ms = START_MS + minute * 60_000
        table.must("potus", "message.post", message="m", room="press", text="Words.")
    now = START_MS + 5 * 60_000 + 1
    press = next(room for room in board(table.row(), now_ms=now).rooms if room.room == "press")
    assert (press.count, press.at_ms) == (4, START_MS + 300_000)
    assert press.beats[-6:] == (1, 2, 0, 0, 0, 1)
    later = board(table.row(), now_ms=now + BEATS * 60_000).rooms
    assert sum(next(room for room in later if room.room == "press").beats) == 0


def test_the_board_costs_the_same_in_a_long_game_as_in_a_short_one() -> None:
    table = a_table()
    seen = []
    for many in (1, 12):
        for _ in range(many):
            table.must("potus", "message.post", message="m", room="press", text="Words.")
        board(table.row(), now_ms=table.now_ms)
        with CaptureQueriesContext(connection) as queries:
            board(table.row(), now_ms=table.now_ms)
        seen.append(len(queries))
    assert seen[0] == seen[1]


def test_who_holds_an_inject_and_who_has_opened_it() -> None:
    table = a_table()
    table.must("control", "inject.send", inject="inj.1", to=["dprk", "jpn"], title="News", text="Words.")
    inject = next(reversed(table.state().injects))
    table.must("jpn", "item.open", kind="inject", key=inject)
    status, found = ask(table, "control", "known", kind="inject")
    assert status == 200
    assert found["items"][0] == {"key": inject, "seats": ["dprk", "jpn"], "opened": ["jpn"]}
    assert ask(table, "control", "known", kind="message")[0] == 400
