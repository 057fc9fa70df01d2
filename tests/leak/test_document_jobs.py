"""Documents over HTTP: each reader gets those of its own view, and nothing in them or about them tells of another's."""

from collections.abc import Iterator
from typing import Any

import pypdfium2
import pytest
from django.test import Client

from tests.support.games import Table, a_game
from wargame.aar import jobs, jobs_api
from wargame.aar.models import Job, ReportShare
from wargame.aar.services import report_share
from wargame.bots.theatre import throwaway_store

SECRET = "Periwinkle before the third dawn"


@pytest.fixture(scope="module")
def table(django_db_blocker: Any) -> Iterator[Table]:
    with django_db_blocker.unblock(), throwaway_store():
        table = a_game(seats=("potus", "dprk"), started=True)
        table.must("control", "note.pin", note="n1", text=SECRET, objective="Secrecy", discuss=False)
        table.must("control", "game.end", reason="")
        yield table


@pytest.fixture(autouse=True)
def at_once(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs_api.run_job, "delay", jobs.job_run)
    Job.objects.all().delete()
    ReportShare.objects.all().delete()


def call(table: Table, who: str, path: str, body: Any = None) -> Any:
    token = table.control.token if who == "control" else table.people[who].token
    headers = {"Authorization": f"Bearer {token}"}
    address = f"/api/games/{table.game}/jobs{path}"
    if body is None:
        return Client().get(address, headers=headers)
    return Client().post(address, body, content_type="application/json", headers=headers)


def ask(table: Table, who: str, view: str, **params: Any) -> Any:
    return call(table, who, "", {"kind": "document", "as": view, "params": params})


def words(body: bytes) -> str:
    return "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(body))


def result(table: Table, who: str, view: str, **params: Any) -> Any:
    told = ask(table, who, view, **params).json()
    found = call(table, who, f"/{told['id']}/result")
    assert found.status_code == 200, (told, found.content)
    return found


def test_a_seats_document_is_of_its_own_page_and_the_desks_of_the_whole(table: Table):
    own, whole = result(table, "potus", "potus", format="pdf"), result(table, "control", "truth", format="pdf")
    assert SECRET in words(whole.content)
    assert SECRET not in words(own.content)
    assert own["Content-Disposition"].startswith("attachment")
    assert own["X-Content-Type-Options"] == "nosniff"


def test_what_a_seat_sees_of_its_document_does_not_move_with_what_control_notes(table: Table):
    job = ask(table, "potus", "potus", format="html").json()["id"]
    desk = ask(table, "control", "truth", format="html").json()["id"]
    before = call(table, "potus", f"/{job}").content, call(table, "potus", "").content
    again = result(table, "potus", "potus", format="html").content
    table.must(
        "control", "assess.rate", objective="signal", rating="M", strengths="Held its tongue.", improve="", seqs=[]
    )
    table.must("control", "note.pin", note="n2", text=SECRET, objective="", discuss=False)
    assert (call(table, "potus", f"/{job}").content, call(table, "potus", "").content) == before
    assert ask(table, "potus", "potus", format="html").json()["id"] == job
    assert result(table, "potus", "potus", format="html").content == again
    assert call(table, "control", f"/{desk}").json()["stale"]
    Job.objects.filter(pk=job).delete()
    assert result(table, "potus", "potus", format="html").content == again


def test_evidence_packs_of_others_are_the_desks_even_when_the_report_is_shared(table: Table):
    person = table.people["dprk"].person
    closed = ask(table, "potus", "dprk", format="pdf")
    assert closed.status_code == 403
    for _ in range(2):
        assert ask(table, "potus", "truth", format="evidence").content == closed.content
        assert ask(table, "potus", "truth", format="evidence", person=person).content == closed.content
        assert ask(table, "potus", "potus", format="evidence", person=person).content == closed.content
        report_share(table.game, now_ms=1)
    assert result(table, "potus", "potus", format="evidence").content.startswith(b"%PDF")
    shared = words(result(table, "potus", "truth", format="pdf").content)
    assert "Held its tongue." in shared
    assert SECRET not in shared, "notes stay Control's"
    assert result(table, "control", "truth", format="evidence", person=person).content.startswith(b"%PDF")
    nobody = ask(table, "control", "truth", format="evidence", person="nobody").json()
    assert nobody["state"] in ("waiting", "failed")
    assert "nothing to grade" in call(table, "control", f"/{nobody['id']}").json()["message"]
