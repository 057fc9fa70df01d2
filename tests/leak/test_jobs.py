"""A reader sees jobs of its own view alone; another's, another side's and a missing one answer alike."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from msgspec import Struct

from tests.support.games import Table, a_game
from wargame.aar import jobs, jobs_api
from wargame.aar.kinds import KINDS
from wargame.aar.models import Job, ReportShare
from wargame.aar.services import report_share
from wargame.aar.work import Kind, Result, Tell, Work
from wargame.bots.theatre import throwaway_store

SECRET = "periwinkle"


class Words(Struct, frozen=True, forbid_unknown_fields=True):
    word: str = SECRET
    mine: bool = False


def written(work: Work, tell: Tell) -> Result:
    return Result(work.params.word.encode(), "text/html", f"{work.params.word}.html")


@pytest.fixture(scope="module")
def table(django_db_blocker: Any) -> Iterator[Table]:
    with django_db_blocker.unblock(), throwaway_store():
        table = a_game(seats=("potus", "dprk"), started=True)
        table.must("control", "game.end", reason="")
        yield table


@pytest.fixture(autouse=True)
def clean(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    whose = {"personal": lambda params: params.mine}
    monkeypatch.setitem(KINDS, "seen", Kind(build=written, who="view", params=Words, **whose))
    monkeypatch.setitem(KINDS, "whole", Kind(build=written, who="truth", params=Words))
    monkeypatch.setitem(KINDS, "common", Kind(build=written, who="truth", params=Words, common=True))
    monkeypatch.setitem(KINDS, "desk", Kind(build=written, who="desk", params=Words))
    monkeypatch.setattr(jobs_api.run_job, "delay", jobs.job_run)
    Job.objects.all().delete()
    ReportShare.objects.all().delete()
    return


def call(table: Table, who: str, method: str, path: str, body: Any = None) -> Any:
    token = table.control.token if who == "control" else table.people[who].token
    headers = {"Authorization": f"Bearer {token}"}
    address = f"/api/games/{table.game}/jobs{path}"
    if method == "GET":
        return Client().get(address, headers=headers)
    return Client().post(address, body or {}, content_type="application/json", headers=headers)


def ask(table: Table, who: str, kind: str, view: str, **params: Any) -> Any:
    return call(table, who, "POST", "", {"kind": kind, "as": view, "params": params})


def everything(table: Table, who: str, job: str) -> list[tuple[int, bytes]]:
    answers = [call(table, who, "GET", f"/{job}"), call(table, who, "GET", f"/{job}/result")]
    answers += [call(table, who, "POST", f"/{job}/cancel"), call(table, who, "GET", "")]
    return [(answer.status_code, answer.content) for answer in answers]


def test_another_seats_job_answers_like_one_that_is_not_there(table: Table):
    missing = everything(table, "dprk", "nothing")
    job = ask(table, "potus", "seen", "potus").json()["id"]
    assert everything(table, "dprk", job) == missing
    assert missing[0][0] == 404
    assert call(table, "potus", "GET", f"/{job}/result").content == SECRET.encode()


def test_the_desks_jobs_are_not_the_players_and_theirs_not_the_desks(table: Table):
    report_share(table.game, now_ms=1)
    missing = everything(table, "potus", "nothing")
    for kind, view in (("seen", "potus"), ("whole", "truth"), ("desk", "truth")):
        job = ask(table, "control", kind, view).json()["id"]
        assert everything(table, "potus", job) == missing, kind
    at_the_desk = everything(table, "control", "nothing")
    job = ask(table, "potus", "seen", "potus").json()["id"]
    assert everything(table, "control", job) == at_the_desk


def test_what_is_the_persons_own_is_nobody_elses(table: Table):
    job = ask(table, "potus", "seen", "potus", mine=True).json()["id"]
    assert Job.objects.get(pk=job).side == f"person:{table.people['potus'].person}"
    Job.objects.filter(pk=job).update(side="person:another in the same seat")
    assert everything(table, "potus", job)[:3] == everything(table, "potus", "nothing")[:3]


def test_the_truth_is_closed_until_it_is_shared_and_what_is_the_desks_stays_closed(table: Table):
    closed = ask(table, "potus", "seen", "nobody")
    assert closed.status_code == 403
    for kind, view in (("whole", "truth"), ("common", "truth"), ("seen", "truth"), ("seen", "dprk"), ("desk", "truth")):
        assert ask(table, "potus", kind, view).content == closed.content, (kind, view)
    common = ask(table, "control", "common", "truth").json()["id"]
    assert everything(table, "potus", common) == everything(table, "potus", "nothing")
    report_share(table.game, now_ms=1)
    assert call(table, "potus", "GET", f"/{common}/result").content == SECRET.encode()
    assert ask(table, "potus", "whole", "truth").status_code == 200
    assert ask(table, "potus", "desk", "truth").content == closed.content
    assert ask(table, "potus", "seen", "dprk").content == closed.content


def test_players_who_may_read_what_the_desk_asked_for_may_not_end_it(table: Table, monkeypatch: pytest.MonkeyPatch):
    report_share(table.game, now_ms=1)
    monkeypatch.setattr(jobs_api.run_job, "delay", lambda job: None)
    job = ask(table, "control", "common", "truth").json()["id"]
    refused = call(table, "potus", "POST", f"/{job}/cancel")
    assert (refused.status_code, refused.json()["code"]) == (409, "job.not_yours")
    assert call(table, "control", "GET", f"/{job}").json()["state"] == "waiting"
    assert call(table, "control", "POST", f"/{job}/cancel").json()["state"] == "cancelled"


def test_a_result_is_a_file_that_runs_nothing(table: Table):
    job = ask(table, "potus", "seen", "potus", word='"><script>\r\nX: y').json()["id"]
    answer = call(table, "potus", "GET", f"/{job}/result")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "\n" not in answer.headers["Content-Disposition"]
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert "X" not in answer.headers


def test_jobs_over_many_games_are_for_staff(table: Table):
    for who in ("control", "potus"):
        token = table.control.token if who == "control" else table.people[who].token
        answer = Client().get("/api/jobs", headers={"Authorization": f"Bearer {token}"})
        assert answer.status_code == 401
