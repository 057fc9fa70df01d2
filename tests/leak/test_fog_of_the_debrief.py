"""The fog lifts team by team, no further than the debrief has come; what is covered answers like what is not there."""

from typing import Any

import pytest
from django.test import Client

from tests.support.games import Table, a_game

pytestmark = pytest.mark.django_db(transaction=True)
SECRET = "periwinkle"


def ask(table: Table, who: str, **asked: Any) -> tuple[int, bytes]:
    token = table.control.token if who == "control" else table.people[who].token
    answer = Client().get(f"/api/games/{table.game}/at", asked, headers={"Authorization": f"Bearer {token}"})
    return answer.status_code, answer.content


def say(table: Table, text: str) -> int:
    """Let the one side say something among itself; return when."""
    table.now_ms += 60_000
    table.must("dprk", "message.post", message="m", room="talk:dprk.rok", text=text)
    return table.now_ms


def played() -> tuple[Table, int, int]:
    table = a_game(seats=("potus", "dprk", "rok"), started=True)
    table.must("dprk", "room.open", room="x", seats=["rok"])
    first, second = say(table, f"{SECRET} one"), say(table, f"{SECRET} two")
    table.now_ms += 60_000
    table.must("control", "game.end", reason="")
    return table, first, second


def stops(table: Table, *moments: int) -> list[dict[str, object]]:
    return [{"stop": f"s{place}", "at_ms": at, "turn": 1, "title": f"Stop {place}"} for place, at in enumerate(moments)]


def team_of(table: Table, seat: str) -> str:
    return table.state().seats[seat].team


def test_no_view_but_ones_own_is_open_before_the_fog_is_lifted() -> None:
    table, first, _ = played()
    closed = ask(table, "potus", as_view="seat:nobody")
    assert closed[0] == 403
    assert ask(table, "potus", as_view="seat:dprk", at_ms=first) == closed
    table.must("control", "debrief.open", stops=stops(table, first))
    assert ask(table, "potus", as_view="seat:dprk", at_ms=first) == closed
    assert ask(table, "potus", as_view="control", at_ms=first) == closed


def test_a_lifted_view_answers_up_to_where_the_debrief_has_come() -> None:
    table, first, second = played()
    closed = ask(table, "potus", as_view="seat:nobody")
    table.must("control", "debrief.open", stops=stops(table, first, second))
    table.must("control", "debrief.lift", teams=[team_of(table, "dprk")])
    for asked in ({"at_ms": first}, {"at_ms": second + 10**9}, {"n": 10**6}, {}):
        status, body = ask(table, "potus", as_view="seat:dprk", **asked)
        assert status == 200
        assert body.count(f"{SECRET} one".encode()) == 1, asked
        assert f"{SECRET} two".encode() not in body, asked
    table.must("control", "debrief.step", stop="s1")
    assert f"{SECRET} two".encode() in ask(table, "potus", as_view="seat:dprk", at_ms=second)[1]
    assert ask(table, "potus", as_view="seat:rok", at_ms=first) == closed
    assert ask(table, "potus", as_view="control", at_ms=first) == closed
    assert ask(table, "potus", as_view="observer", at_ms=first) == closed


def test_what_was_lifted_by_mistake_can_be_covered_again() -> None:
    table, first, _ = played()
    closed = ask(table, "potus", as_view="seat:nobody")
    table.must("control", "debrief.open", stops=stops(table, first))
    table.must("control", "debrief.lift", teams=[team_of(table, "dprk")])
    table.must("control", "debrief.lift", teams=[])
    assert ask(table, "potus", as_view="seat:dprk", at_ms=first) == closed


def test_time_of_ones_own_and_a_word_in_private_stay_in_the_fog() -> None:
    opened = []
    for favoured in (False, True):
        table = a_game(seats=("potus", "dprk", "rok"), started=True)
        if favoured:
            table.must("control", "seat.extend", seats=["dprk"], by_ms=120_000)
            table.must("control", "seat.nudge", seat="dprk", text=f"Are you well, {SECRET}?")
        table.must("dprk", "room.open", room="x", seats=["rok"])
        at = say(table, "hello")
        table.now_ms += 60_000
        table.must("control", "game.end", reason="")
        own = ask(table, "dprk", at_ms=at)[1]
        assert (SECRET.encode() in own) == (b'"extra_ms":120000' in own) == favoured
        table.must("control", "debrief.open", stops=stops(table, at))
        table.must("control", "debrief.lift", teams=[team_of(table, "dprk")])
        opened.append(ask(table, "potus", as_view="seat:dprk", at_ms=at)[1])
    for seen in opened:
        assert b"hello" in seen
        assert b'"k":"clock"' in seen or b'"kind":"clock"' in seen
        assert SECRET.encode() not in seen
        assert b'"extra_ms":120000' not in seen


def test_the_fog_does_not_lift_for_search_pages_or_sockets() -> None:
    table, first, _ = played()
    table.must("control", "debrief.open", stops=stops(table, first))
    table.must("control", "debrief.lift", teams=[team_of(table, "dprk")])
    token = table.people["potus"].token
    asks: tuple[tuple[str, dict[str, str]], ...] = (
        ("search", {"q": SECRET}), ("page", {"kind": "message", "room": "talk:dprk.rok", "upto": "2"}),
    )  # fmt: skip
    for path, asked in asks:
        answer = Client().get(
            f"/api/games/{table.game}/{path}", {**asked, "as_view": "seat:dprk"},
            headers={"Authorization": f"Bearer {token}"},
        )  # fmt: skip
        assert answer.status_code == 403


def test_an_answer_is_no_other_seats_before_it_is_revealed() -> None:
    table, first, _ = played()
    table.must("control", "debrief.open", stops=[{**stops(table, first)[0], "prompt": "Why?"}])
    table.must("potus", "debrief.answer", number=1, text=f"Because {SECRET} zeta")
    for who in ("dprk", "rok"):
        assert b"zeta" not in ask(table, who)[1]
    assert b"zeta" in ask(table, "control")[1]
    table.must("control", "debrief.reveal")
    assert b"zeta" in ask(table, "dprk")[1]
