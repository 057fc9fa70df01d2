"""The assessment is Control's and staff's: no seat's view, feed, refusal or report holds a word of it until shared."""

import json
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.support.games import Table, a_game, fresh_id
from wargame.aar.data.job import ExportParams
from wargame.aar.documents.job import DocumentParams
from wargame.aar.kinds import KINDS
from wargame.aar.models import ReportShare
from wargame.aar.report import TRUTH
from wargame.aar.services import report_build, report_claim, report_key, report_pages, report_share
from wargame.aar.work import Work
from wargame.accounts.sessions import sign_in_staff
from wargame.bots.theatre import throwaway_store
from wargame.game.ids import CONTROL
from wargame.store.log import recorded_events
from wargame.store.models import Disclosure

CANARY, NOTE = "periwinkle", "chrysanthemum"
PLAN = {"item": "line", "action": CANARY, "owner": CANARY}


@pytest.fixture(scope="module")
def table(django_db_blocker: Any) -> Iterator[Table]:
    with django_db_blocker.unblock(), throwaway_store():
        table = a_game(seats=("potus", "dprk"), started=True)
        table.must("control", "game.end", reason="")
        yield table


@pytest.fixture(autouse=True)
def unshared(table: Table) -> None:
    ReportShare.objects.all().delete()


def staff() -> Client:
    client, response = Client(), HttpResponse()
    sign_in_staff(response)
    client.cookies.update(response.cookies)
    return client


def call(table: Table, who: str, order: dict[str, Any] | None = None, game: str = "") -> Any:
    address = f"/api/games/{game or table.game}/assessment"
    client = staff() if who == "staff" else Client()
    known = {"control": table.control, **table.people}
    headers = {"Authorization": f"Bearer {known[who].token}"} if who in known else {}
    if order is None:
        return client.get(address, headers=headers)
    return client.post(address, {"id": fresh_id(), **order}, content_type="application/json", headers=headers)


def rate(table: Table, who: str = "staff", **args: Any) -> Any:
    first = call(table, "control").json()["ratings"][0]["objective"]
    return call(table, who, {"name": "assess.rate", "args": {"objective": first, **args}})


def test_staff_and_facilitators_rate_and_plan_the_next_morning(table: Table) -> None:
    told = rate(table, rating="S", strengths=CANARY, seqs=[1, 2]).json()
    assert [(one["rating"], one["refs"], one["by"]) for one in told["ratings"] if one["rating"]] == [
        ("S", [1, 2], "Control")
    ]
    told = call(table, "control", {"name": "assess.plan", "args": PLAN}).json()
    assert [one["action"] for one in told["plan"]] == [CANARY]
    refused = rate(table, rating="P", seqs=[10_000])
    assert (refused.status_code, refused.json()["code"]) == (409, "assess.no_event")


def test_a_built_report_outlives_its_assessment_but_not_a_note(table: Table) -> None:
    before = report_key(table.row())
    rate(table, rating="U")
    assert report_key(table.row()) == before
    call(table, "staff", {"name": "note.pin", "args": {"note": "n", "text": "Read it again."}})
    assert report_key(table.row()) != before


def test_what_control_notes_after_the_end_changes_no_byte_of_a_seats_page(table: Table) -> None:
    before = report_pages(table.row(), progress=lambda message, of: None)
    table.now_ms += 3_600_000
    table.must("control", "note.pin", note="later", text=CANARY, event="event:1")
    after = report_pages(table.row(), progress=lambda message, of: None)
    assert {view for view in after if after[view] != before[view]} == {"truth"}


def test_a_player_neither_reads_nor_writes_it_until_the_report_is_shared(table: Table) -> None:
    rate(table, rating="S", strengths=CANARY)
    assert call(table, "potus").status_code == 403
    assert rate(table, "potus", rating="P").json()["code"] == "access.denied"
    report_share(table.game, now_ms=table.now_ms)
    assert CANARY in call(table, "potus").content.decode()
    assert rate(table, "potus", rating="P").json()["code"] == "access.denied"


def test_a_shared_report_holds_no_note_of_control_in_any_form(table: Table) -> None:
    table.must("control", "note.pin", note="private", text=NOTE, objective=NOTE)
    job = report_claim(table.game, now_ms=table.now_ms)
    assert job is not None
    report_build(job)
    report_share(table.game, now_ms=table.now_ms)

    def page(who: str) -> str:
        token = table.control.token if who == "control" else table.people[who].token
        address = f"/api/games/{table.game}/report/data?as=truth"
        return Client().get(address, headers={"Authorization": f"Bearer {token}"}).content.decode()

    assert NOTE in page("control")
    assert "perception" in page("potus")
    assert NOTE not in page("potus")
    shown = json.loads(page("potus"))
    pinned = {one.seq for one in recorded_events(table.game, kinds=("note.pinned",))}
    assert pinned
    assert [step for step in shown["steps"] if step["seq"] in pinned] == []  # nor when or how often it wrote one
    for kind, params in (
        ("document", DocumentParams(format="html")),
        ("export", ExportParams(format="jsonl", consent=False)),
    ):
        for desk in (True, False):
            work = Work(table.game, kind, TRUTH, params, desk=desk)
            made = KINDS[kind].build(work, lambda message, done, of: None).body
            assert (NOTE in unpacked(made)) == desk, (kind, desk)


def unpacked(made: bytes) -> str:
    """Return all text of a document or of every file of an export."""
    if not made.startswith(b"PK"):
        return made.decode()
    with ZipFile(BytesIO(made)) as files:
        return "".join(files.read(name).decode(errors="replace") for name in files.namelist())


def test_strangers_get_one_answer_whether_there_is_a_game_or_not(table: Table) -> None:
    here, nowhere = call(table, "nobody"), call(table, "nobody", game="no-such-game")
    assert (here.status_code, here.content) == (nowhere.status_code, nowhere.content)
    assert here.status_code == 401


def test_no_other_command_passes_here(table: Table) -> None:
    assert call(table, "staff", {"name": "game.end", "args": {}}).json()["code"] == "request.malformed"


def test_no_view_but_controls_was_told_a_word_of_it(table: Table) -> None:
    rate(table, rating="S", strengths=CANARY)
    call(table, "control", {"name": "assess.plan", "args": PLAN})
    holding = {
        view
        for view, value in Disclosure.objects.filter(game_id=table.game).values_list("view", "value")
        if CANARY.encode() in bytes(value)
    }
    assert holding == {CONTROL}
