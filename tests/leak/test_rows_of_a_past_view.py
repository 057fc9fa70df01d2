"""The rows a browser steps through are those of one view, to exactly the readers its picture at a moment is open to."""

from typing import Any

import pytest
from django.test import Client

from tests.leak.test_fog_of_the_debrief import SECRET, played, stops, team_of
from tests.support.games import Table
from wargame.play.fog import PERSONAL

pytestmark = pytest.mark.django_db(transaction=True)


def ask(table: Table, who: str, path: str = "replay", **asked: Any) -> Any:
    token = table.control.token if who == "control" else table.people[who].token
    return Client().get(f"/api/games/{table.game}/{path}", asked, headers={"Authorization": f"Bearer {token}"})


def folded(items: list[dict[str, Any]], n: int) -> dict[tuple[str, str], Any]:
    held = {}
    for item in items:
        if item["n"] <= n:
            held.pop((item["k"], item["id"]), None) if item["v"] is None else held.update(
                {(item["k"], item["id"]): item}
            )
    return held


def test_a_player_steps_through_the_own_rows_and_they_fold_to_the_picture_of_every_moment() -> None:
    table, *_ = played()
    told = ask(table, "potus").json()
    assert [item["n"] for item in told["items"]] == list(range(1, told["n"] + 1))
    assert "seqs" not in told, "gaps in the log's numbers would tell how much happened out of sight"
    for n in range(1, told["n"] + 1, 7):
        picture = ask(table, "potus", "at", n=n).json()["items"]
        assert folded(told["items"], n) == {(item["k"], item["id"]): item for item in picture}
    later = ask(table, "potus", after=told["n"] - 2).json()
    assert later["items"] == told["items"][-2:]


def test_control_steps_through_any_view_and_through_its_own_by_the_numbers_of_the_log() -> None:
    table, *_ = played()
    whole = ask(table, "control").json()
    assert len(whole["seqs"]) == len(whole["items"])
    assert whole["seqs"] == sorted(whole["seqs"])
    of_seat = ask(table, "control", as_view="seat:dprk").json()
    assert "seqs" not in of_seat
    assert of_seat == ask(table, "dprk").json()
    assert ask(table, "control", as_view="seat:none").status_code == 404


def test_another_view_and_a_view_that_is_not_there_answer_alike() -> None:
    table, *_ = played()
    none = ask(table, "potus", as_view="seat:nobody")
    assert none.status_code == 403
    for view in ("seat:dprk", "control", "observer"):
        closed = ask(table, "potus", as_view=view)
        assert (closed.status_code, closed.content) == (none.status_code, none.content)
    hidden = Client().get(f"/api/games/{table.game}/replay")
    missing = Client().get("/api/games/g0000000000000000/replay")
    assert (hidden.status_code, hidden.content) == (missing.status_code, missing.content)


def test_of_a_lifted_view_the_rows_end_where_the_debrief_has_come_and_keep_back_what_is_personal() -> None:
    table, first, second = played()
    table.must("control", "debrief.open", stops=stops(table, first, second))
    table.must("control", "debrief.lift", teams=[team_of(table, "dprk")])
    told = ask(table, "potus", as_view="seat:dprk")
    assert f"{SECRET} one" in told.text
    assert f"{SECRET} two" not in told.text
    assert "seqs" not in told.json()
    assert not PERSONAL & {item["k"] for item in told.json()["items"]}
    assert [item["n"] for item in told.json()["items"]] == list(range(1, told.json()["n"] + 1))
    picture = ask(table, "potus", "at", as_view="seat:dprk", at_ms=first).json()["items"]
    held = folded(told.json()["items"], told.json()["n"])
    assert {key: item["v"] for key, item in held.items()} == {(item["k"], item["id"]): item["v"] for item in picture}
    table.must("control", "debrief.step", stop="s1")
    assert f"{SECRET} two" in ask(table, "potus", as_view="seat:dprk").text
