"""Searching and paging read the asking view's rows only: what is hidden is answered, byte by byte, like what is not."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.support.games import Table, a_game

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both_stores]
WORD = "periwinkle"
ROOM = "talk:dprk.rok"
VIEWS = ("potus", "state", "jpn")


def a_table() -> Table:
    table = a_game(seats=("potus", "state", "dprk", "rok", "jpn"), started=True)
    table.must("dprk", "room.open", room="x", seats=["rok"])
    for number in range(3):
        table.must("dprk", "message.post", message="m", room=ROOM, text=f"The {WORD} is number {number}.")
    table.must("jpn", "message.post", message="m", room="press", text="Tokyo speaks.")
    return table


def ask(table: Table, who: str, path: str = "search", **asked: Any) -> tuple[int, bytes]:
    token = table.control.token if who == "control" else table.people[who].token
    answer = Client().get(
        f"/api/games/{table.game}/{path}", asked, headers={"Authorization": f"Bearer {token}"}
    )  # fmt: skip
    return answer.status_code, answer.content


@pytest.mark.parametrize("who", VIEWS)
def test_words_that_others_said_are_answered_like_words_nobody_said(who: str) -> None:
    table = a_table()
    nothing = ask(table, who, q="nobody-ever-said-this")
    assert nothing == (200, b'{"items":[],"next":null}')
    for hidden in (
        {"q": WORD},
        {"room": ROOM},
        {"q": WORD, "kind": "message", "limit": 1},
        {"q": "dprk", "room": ROOM},
    ):
        assert ask(table, who, **hidden) == nothing, hidden
    assert ask(table, who, room=ROOM) == ask(table, who, room="talk:never.was")
    assert ask(table, "rok", q=WORD)[1].count(WORD.encode()) == 3


@pytest.mark.parametrize("who", VIEWS)
def test_a_hidden_word_costs_what_a_missing_one_costs(who: str) -> None:
    """The same statements read the same rows: there is nothing in the time to tell them apart."""
    table = a_table()
    ask(table, who, q="warm")
    seen = []
    for word in (WORD, "nobody-ever-said-this"):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            ask(table, who, q=word)
        seen.append([query["sql"] for query in queries.captured_queries])
    assert seen[0] == seen[1]
    assert all(ROOM not in sql for sql in seen[0])


@pytest.mark.parametrize("who", VIEWS)
def test_a_page_of_a_hidden_room_is_that_of_an_empty_one(who: str) -> None:
    table = a_table()
    hidden = ask(table, who, "page", kind="message", room=ROOM, upto=3)
    assert hidden == ask(table, who, "page", kind="message", room="talk:never.was", upto=3)
    assert hidden == (200, b'{"items":[],"more":false}')


def test_what_befalls_others_changes_no_search(  # the numbers paging speaks in are the view's own
) -> None:
    plain, busy = a_table(), a_table()
    for number in range(5):
        busy.must("rok", "message.post", message="m", room=ROOM, text=f"More {number}")
    busy.must("control", "line.intercept", room=ROOM, by="defense")
    busy.must("rok", "message.post", message="m", room=ROOM, text=WORD)
    for table in (plain, busy):
        table.must("potus", "message.post", message="m", room="press", text="Washington speaks.")
    first, second = (ask(table, "potus", q="speaks", limit=1)[1] for table in (plain, busy))
    assert first.split(b'"next":')[1] == second.split(b'"next":')[1]
    assert first.split(b'"n":')[1][:6] == second.split(b'"n":')[1][:6]


def test_a_seat_looks_through_its_own_view_only_and_control_through_any() -> None:
    table = a_table()
    assert ask(table, "potus", q=WORD, as_view="seat:dprk")[0] == 403
    assert ask(table, "potus", q=WORD, as_view="seat:nobody") == ask(table, "potus", q=WORD, as_view="seat:dprk")
    assert ask(table, "control", q=WORD, as_view="seat:rok")[1].count(WORD.encode()) == 3
    assert ask(table, "control", q=WORD, as_view="seat:jpn")[1] == b'{"items":[],"next":null}'
    assert Client().get(f"/api/games/{table.game}/search", {"q": WORD}).status_code in (401, 403, 404)


def test_an_eavesdropper_finds_what_it_overheard_and_nobody_else_does() -> None:
    table = a_game(seats=("potus", "state", "dprk", "rok", "jpn"), started=True)
    table.must("dprk", "room.open", room="x", seats=["rok"])
    table.must("control", "line.intercept", room=ROOM, by="jpn")
    table.must("dprk", "message.post", message="m", room=ROOM, text=f"The {WORD} is ours.")
    assert b'"k":"intercept"' in ask(table, "jpn", q=WORD)[1]
    assert ROOM.encode() not in ask(table, "jpn", q=WORD)[1]
    assert ask(table, "potus", q=WORD)[1] == b'{"items":[],"next":null}'
