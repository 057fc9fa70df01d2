"""What a player sees of the report's making is of the own view alone; and who may open the whole of it, and when."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from tests.support.games import Table, a_game
from wargame.aar.models import ReportJob, ReportShare
from wargame.aar.services import report_build, report_claim, report_page, seat_claim, seat_progress
from wargame.aar.tasks import build_report
from wargame.bots.theatre import throwaway_store
from wargame.play.people import Joined, join


@pytest.fixture(scope="module")
def table(django_db_blocker: Any) -> Iterator[Table]:
    with django_db_blocker.unblock(), throwaway_store():
        table = a_game(seats=("potus", "dprk"), started=True)
        second = join(table.game, display="A second desk", role="control", now_ms=table.now_ms)
        assert isinstance(second, Joined)
        table.people["second"] = second
        table.must("control", "rights.set", person=second.person, rights=["observe"])
        yield table


@pytest.fixture
def ended(table: Table) -> Table:
    if table.row().status != "ended":
        table.must("control", "game.end", reason="")
    ReportShare.objects.all().delete()
    return table


@pytest.fixture(autouse=True)
def asked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return the jobs sent to a worker; nobody builds them."""
    sent: list[int] = []
    monkeypatch.setattr(build_report, "delay", sent.append)
    return sent


def call(table: Table, who: str, method: str = "GET", path: str = "") -> Any:
    token = table.control.token if who == "control" else table.people[who].token
    send = getattr(Client(), method.lower())
    return send(f"/api/games/{table.game}/report{path}", headers={"Authorization": f"Bearer {token}"})


def note(table: Table, name: str) -> None:
    table.must("control", "note.pin", note=name, text="for Control alone")


# --- while it goes on (these come first) ----------------------------------------------------------
def test_what_the_seat_itself_was_told_makes_its_page_anew(table: Table) -> None:
    assert table.row().status == "running"
    job = report_claim(table.game, now_ms=table.now_ms)
    assert job is not None
    report_build(job)
    assert [seat_progress(table.game, seat=seat).state for seat in ("potus", "dprk")] == ["ready", "ready"]
    table.must("control", "message.post", message="m1", room="control:potus", text="One more thing.")
    assert [seat_progress(table.game, seat=seat).state for seat in ("potus", "dprk")] == ["none", "ready"]
    assert seat_claim(table.game, seat="dprk", now_ms=table.now_ms) is None
    assert seat_claim(table.game, seat="potus", now_ms=table.now_ms) is not None
    assert [seat_progress(table.game, seat=seat).state for seat in ("potus", "dprk")] == ["building", "ready"]


# --- who may open it ------------------------------------------------------------------------------
def test_nobody_opens_the_whole_report_of_a_game_that_goes_on(table: Table) -> None:
    assert table.row().status == "running"
    refused = call(table, "control", "POST", "/share")
    assert (refused.status_code, refused.json()["code"]) == (409, "share.not_ended")
    assert not ReportShare.objects.exists()
    told = call(table, "control").json()["reader"]["share"]
    assert told == {"done": False, "why_not": refused.json()["text"]}


def test_opening_it_takes_the_right_that_lifting_the_fog_takes(ended: Table) -> None:
    refused = call(ended, "second", "POST", "/share")
    assert (refused.status_code, refused.json()["code"]) == (409, "who.no_right")
    assert "clock" in refused.json()["text"]
    assert call(ended, "second").json()["reader"]["share"] == {"done": False, "why_not": refused.json()["text"]}
    assert call(ended, "potus", "POST", "/share").status_code == 403
    assert "share" not in call(ended, "potus").json()["reader"]
    assert not ReportShare.objects.exists()
    assert call(ended, "control").json()["reader"]["share"] == {"done": False, "why_not": ""}
    assert call(ended, "control", "POST", "/share").status_code == 200
    assert call(ended, "control").json()["reader"]["share"] == {"done": True, "why_not": ""}


# --- what a player sees of its making -------------------------------------------------------------
def test_a_note_of_controls_changes_nothing_a_player_is_told(ended: Table, asked: list[int]) -> None:
    ReportJob.objects.all().delete()
    assert call(ended, "potus").json()["state"] == "none"
    assert call(ended, "potus", "POST").json()["state"] == "building"
    note(ended, "n1")
    assert call(ended, "potus", "POST").json()["state"] == "building"
    assert len(asked) == 1, "the page being built is still the player's"
    report_build(asked[0])
    before, page = call(ended, "potus").content, report_page(ended.game, view="potus")
    assert json.loads(before)["state"] == "ready"
    note(ended, "n2")
    assert call(ended, "control").json()["state"] == "none", "Control's own report is out of date"
    assert call(ended, "potus").content == call(ended, "potus", "POST").content == before
    assert len(asked) == 1
    job = report_claim(ended.game, now_ms=ended.now_ms)
    assert job is not None
    assert call(ended, "potus").content == before, "that Control has it built anew is Control's matter"
    report_build(job)
    assert call(ended, "potus").content == before
    assert report_page(ended.game, view="potus") == page


def test_a_debrief_and_a_note_after_it_change_nothing_either(ended: Table, asked: list[int]) -> None:
    ReportJob.objects.all().delete()
    call(ended, "potus", "POST")
    report_build(asked[-1])
    before, page = call(ended, "potus").content, report_page(ended.game, view="potus")
    stop = {"stop": "start", "at_ms": ended.now_ms, "turn": 1, "title": "The game begins", "prompt": ""}
    ended.now_ms += 1000
    ended.must("control", "debrief.open", stops=[stop])
    assert call(ended, "potus").content == before
    note(ended, "n3")
    assert call(ended, "potus").content == before
    job = report_claim(ended.game, now_ms=ended.now_ms)
    assert job is not None
    report_build(job)
    assert call(ended, "potus").content == before
    assert report_page(ended.game, view="potus") == page, "no time in it is that of a note"
