"""Ruling over HTTP: what-if writes nothing, the docket is for one person, and the trail holds every line."""

import csv
import io
import json
from typing import Any

import pytest
from django.test import Client

from tests.support.games import START_MS, Table, a_game
from wargame.play.people import Joined, join
from wargame.store.models import Disclosure, Event

pytestmark = pytest.mark.django_db(transaction=True)
EDIT = {"name": "ruling.edit", "turn": 1, "variable": "tension", "delta": 5, "reason": "Trying it out"}


def pending() -> tuple[Table, Joined]:
    """Return a game whose proposal waits, and the observer who is its second umpire."""
    table = a_game(seats=("potus", "dprk"), style="semi_rigid")
    observer = join(table.game, display="L. Haddad", role="observer", now_ms=START_MS)
    assert isinstance(observer, Joined)
    table.people["umpire"] = observer
    table.must("control", "umpire.appoint", person=observer.person)
    table.must("control", "game.start", force=True)
    table.must("control", "phase.end", expect="1:brief")
    table.must("dprk", "order.draft", order="a", move="icbm")
    for phase in ("plan", "negotiate"):
        table.must("control", "phase.end", expect=f"1:{phase}")
    return table, observer


def get(path: str, token: str, **asked: Any) -> Any:
    return Client().get(path, asked, headers={"Authorization": f"Bearer {token}"})


def post(path: str, token: str, body: Any) -> Any:
    return Client().post(
        path, json.dumps(body), content_type="application/json", headers={"Authorization": f"Bearer {token}"}
    )


def test_a_ruling_is_tried_out_without_a_trace() -> None:
    table, _ = pending()
    facts, rows = Event.objects.count(), Disclosure.objects.count()
    told = post(f"/api/games/{table.game}/what-if", table.control.token, {"rulings": [EDIT]})
    assert told.status_code == 200, told.content
    tension = next(one for one in told.json()["values"] if one["variable"] == "tension")
    assert tension["would_be"] == pytest.approx(tension["proposed"] + 5)
    assert (Event.objects.count(), Disclosure.objects.count()) == (facts, rows)
    table.must("control", "ruling.edit", turn=1, variable="tension", delta=5, reason="Now in earnest")
    now = table.state().proposal
    assert now is not None
    assert now.world["values"]["tension"] == pytest.approx(tension["would_be"])


def test_what_cannot_be_ruled_is_refused_with_its_sentence_and_only_control_may_ask() -> None:
    table, observer = pending()
    path = f"/api/games/{table.game}/what-if"
    moon = post(path, table.control.token, {"rulings": [{**EDIT, "variable": "moon"}]})
    assert (moon.status_code, moon.json()["code"]) == (409, "ruling.variable_unknown")
    wild = post(path, table.control.token, {"rulings": [{**EDIT, "name": "game.end"}]})
    assert (wild.status_code, wild.json()["code"]) == (400, "request.malformed")
    many = post(path, table.control.token, {"rulings": [EDIT] * 9})
    assert many.json()["code"] == "request.malformed"
    for token in (observer.token, table.people["potus"].token):
        for answer in (post(path, token, {"rulings": [EDIT]}), get(path, token)):
            assert (answer.status_code, answer.json()["code"]) == (403, "access.denied")
    targets = get(path, table.control.token).json()["targets"]
    assert {one["kind"] for one in targets} == {"add", "flag", "clause", "resource"}


def test_the_docket_is_for_the_second_umpire_and_for_nobody_else() -> None:
    table, observer = pending()
    path = f"/api/games/{table.game}/docket"
    told = {item["k"]: item["v"] for item in get(path, observer.token).json()["items"]}
    assert [one["order"] for one in told["docket"]["exhibits"]] == ["dprk:a"]
    for token in (table.control.token, table.people["dprk"].token):
        assert get(path, token).status_code == 404
        assert get(f"/api/games/{table.game}/at", token, as_view="umpire").status_code in (403, 404)
    table.must("umpire", "umpire.rate", turn=1, order="dprk:a", outcome="partial", note="Late in the year.")
    assert "rating" in {item["k"] for item in get(path, observer.token).json()["items"]}
    table.must("control", "umpire.appoint", person=observer.person, on=False)
    assert get(path, observer.token).status_code == 404


def test_the_sealed_word_of_the_umpire_is_in_no_row_of_any_other_view_before_the_release() -> None:
    table, _ = pending()
    table.must("umpire", "umpire.rate", turn=1, order="dprk:a", outcome="partial", note="Late in the year.")
    elsewhere = Disclosure.objects.filter(game_id=table.game).exclude(view="umpire")
    assert not any(b"Late in the year" in bytes(row.value) for row in elsewhere)
    table.must("control", "ruling.accept", turn=1)
    told = {row.view for row in elsewhere.all() if b"Late in the year" in bytes(row.value)}
    assert told == {"control"}


def test_the_trail_is_filtered_paged_and_saved_and_is_controls_alone() -> None:
    table, observer = pending()
    table.must("control", "ruling.edit", turn=1, variable="tension", delta=5, reason="=SUM(A1)")
    path = f"/api/games/{table.game}/log"
    rulings = get(path, table.control.token, what="ruling").json()["items"]
    assert {item["v"]["what"] for item in rulings} == {"ruling.made", "ruling.taken"}
    assert {item["v"]["role"] for item in get(path, table.control.token, role="control").json()["items"]} == {"control"}
    assert get(path, table.control.token, q="tension").json()["items"][0]["v"]["what"] == "ruling.made"
    first = get(path, table.control.token, limit=3).json()
    rest = get(path, table.control.token, before=first["next"]).json()
    numbers = [item["n"] for item in (*first["items"], *rest["items"])]
    assert numbers == sorted(numbers, reverse=True)
    assert len(set(numbers)) == len(get(path, table.control.token).json()["items"])
    rows = list(csv.reader(io.StringIO(get(f"{path}.csv", table.control.token).content.decode("utf-8-sig"))))
    assert rows[0] == ["time (UTC)", "turn", "who", "as", "what", "text"]
    assert len(rows) - 1 == len(numbers)
    assert get(path, observer.token).status_code == get(f"{path}.csv", observer.token).status_code == 403
