"""Readers who ask for the same at once get one job, and workers sent for it build it once."""

import pytest
from msgspec import Struct

from tests.race.test_exactly_once import at_once
from tests.support.games import Table, a_game
from wargame.aar import jobs
from wargame.aar.kinds import KINDS
from wargame.aar.models import Job
from wargame.aar.work import Kind, Reader, Result, Tell, Work
from wargame.play.answers import Refused

pytestmark = pytest.mark.django_db(transaction=True)
DESK = Reader(desk=True)


class Nothing(Struct, frozen=True, forbid_unknown_fields=True):
    pass


def test_six_askers_get_one_job_and_six_workers_build_it_once(monkeypatch: pytest.MonkeyPatch) -> None:
    built: list[str] = []

    def build(work: Work, tell: Tell) -> Result:
        built.append(work.game)
        tell("Building", 1, 1)
        return Result(b"done", "text/plain", "done.txt")

    monkeypatch.setitem(KINDS, "race", Kind(build=build, who="truth", params=Nothing, common=True))
    table = a_game(seats=("potus",), started=True)
    row = table.row()

    def ask() -> tuple[str, bool]:
        found = jobs.job_ask(row, kind="race", view="truth", params={}, reader=DESK, now_ms=jobs.utc_ms())
        assert not isinstance(found, Refused), found
        return found[0].id, found[1]

    answers = at_once(*[ask] * 6)
    assert {name for name, _ in answers} == {Job.objects.get().pk}
    assert sum(fresh for _, fresh in answers) == 1
    job = answers[0][0]
    at_once(*[lambda: jobs.job_run(job)] * 6)
    assert built == [table.game]
    assert jobs.job_result(row, job, reader=DESK) == Result(b"done", "text/plain", "done.txt")
    assert cancelled_stays_ready(table, job)


def cancelled_stays_ready(table: Table, job: str) -> bool:
    """Tell whether a job that is ready cannot be cancelled any more."""
    told = jobs.job_cancel(table.row(), job, reader=DESK, now_ms=1)
    return not isinstance(told, Refused) and told.state == "ready"
