"""Control is offered stops for the debrief: what was played and stands, in order, each with a first question."""

import json

import pytest
from django.test import Client

from tests.support.games import Table, a_game
from wargame.control.debriefing import proposed_stops
from wargame.store.feed import page

pytestmark = pytest.mark.django_db(transaction=True)


def a_turn(table: Table) -> None:
    turn = table.state().turn
    while table.state().turn == turn and table.state().status == "running":
        table.now_ms += 60_000
        table.must("control", "phase.end", expect=f"{turn}:{table.state().phase}")


def outcomes(table: Table, view: str) -> list[dict[str, str]]:
    rows = page(table.game, view=view, kind="outcome", before=None, limit=100) or []
    return [json.loads(row.value) for row in rows]


def test_every_turn_and_every_note_to_discuss_is_offered_in_order() -> None:
    table = a_game(seats=("potus", "dprk"), started=True)
    table.must("control", "note.pin", note="n", text="They all waited for the other.", discuss=True)
    table.must("control", "note.pin", note="m", text="Somebody came late.")
    a_turn(table)
    a_turn(table)
    table.must("control", "game.end")
    stops = proposed_stops(table.row())
    assert [(one.kind, one.turn) for one in stops] == [("start", 1), ("note", 1), ("outcome", 1), ("outcome", 2)]
    assert [one.at_ms for one in stops] == sorted(one.at_ms for one in stops)
    assert all(one.prompt for one in stops if one.kind != "note")
    assert [one.note for one in stops if one.kind == "note"] == ["They all waited for the other."]
    public = {value["headline"] for value in outcomes(table, "public")}
    truth = {value["headline"] for value in outcomes(table, "control")}
    titles = {one.title for one in stops if one.kind == "outcome"}
    assert titles <= public | {f"How turn {turn} ended" for turn in (1, 2)}
    assert not titles & (truth - public)
    plan = [
        {"stop": one.stop, "at_ms": one.at_ms, "turn": one.turn, "title": one.title, "prompt": one.prompt}
        for one in stops
    ]
    table.must("control", "debrief.open", stops=plan)


def test_what_was_taken_back_is_not_offered() -> None:
    table = a_game(seats=("potus",), started=True)
    table.must("control", "checkpoint.make", label="Before")
    checkpoint = list(table.state().checkpoints)[-1]
    a_turn(table)
    assert [one.kind for one in proposed_stops(table.row())] == ["start", "outcome"]
    table.must("control", "game.rewind", checkpoint=checkpoint, reason="Once more.")
    assert [one.kind for one in proposed_stops(table.row())] == ["start"]


def test_the_offer_is_controls_alone() -> None:
    table = a_game(seats=("potus",), started=True)
    path = f"/api/games/{table.game}/debrief/stops"
    answer = Client().get(path, headers={"Authorization": f"Bearer {table.people['potus'].token}"})
    assert answer.status_code == 403
    assert Client().get(path, headers={"Authorization": f"Bearer {table.control.token}"}).status_code == 200
