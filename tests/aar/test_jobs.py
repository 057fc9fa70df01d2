"""Jobs: one question is one job, found again by what it is made from; progress, cancelling, dying and letting go."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from msgspec import Struct

from tests.support.games import Table, a_game
from wargame.aar import jobs
from wargame.aar.kinds import KINDS
from wargame.aar.models import Job
from wargame.aar.work import Kind, Reader, Result, Tell, Unbuildable, Work
from wargame.bots.theatre import throwaway_store
from wargame.play.answers import Refused

DESK = Reader(desk=True)
PLAYER = Reader(desk=False, person="somebody", seat="potus", shared=True)
NOW = 1_000_000


class Words(Struct, frozen=True, forbid_unknown_fields=True):
    word: str = "a"


def written(work: Work, tell: Tell) -> Result:
    tell("Writing", 1, 2)
    return Result(work.params.word.encode(), "text/plain", "word.txt")


@pytest.fixture(scope="module")
def table(django_db_blocker: Any) -> Iterator[Table]:
    with django_db_blocker.unblock(), throwaway_store():
        yield a_game(seats=("potus",), started=True)


@pytest.fixture(autouse=True)
def kinds(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(KINDS, "words", Kind(build=written, who="view", params=Words))
    monkeypatch.setitem(KINDS, "common", Kind(build=written, who="truth", params=Words, common=True))
    Job.objects.all().delete()
    return


def ask(table: Table, reader: Reader = DESK, now_ms: int = NOW, kind: str = "words", **params: Any) -> Any:
    view = "truth" if reader.desk else reader.seat
    return jobs.job_ask(table.row(), kind=kind, view=view, params=params, reader=reader, now_ms=now_ms)


def common(table: Table, reader: Reader, word: str, now_ms: int = NOW) -> Any:
    params = {"word": word}
    return jobs.job_ask(table.row(), kind="common", view="truth", params=params, reader=reader, now_ms=now_ms)


def built(monkeypatch: pytest.MonkeyPatch, build: Callable[[Work, Tell], Result]) -> None:
    monkeypatch.setitem(KINDS, "words", Kind(build=build, who="view", params=Words))


def test_the_same_question_is_the_same_job_and_another_is_another(table: Table):
    first, fresh = ask(table, word="one")
    assert fresh
    assert ask(table, word="one") == (first, False)
    other, fresh = ask(table, word="two")
    assert fresh
    assert other.id != first.id


def test_a_job_keeps_its_result_and_says_that_the_game_went_on(table: Table):
    told, _ = ask(table, word="one")
    jobs.job_run(told.id)
    again, fresh = ask(table, word="one")
    assert (again.id, again.state, again.size, fresh) == (told.id, "ready", 3, False)
    assert jobs.job_result(table.row(), told.id, reader=DESK) == Result(b"one", "text/plain", "word.txt")
    table.must("control", "clock.extend", by_ms=60_000)
    assert jobs.job_get(table.row(), told.id, reader=DESK).stale
    anew, fresh = ask(table, word="one")
    assert fresh
    assert anew.id != told.id


def test_a_cancelled_job_stops_at_its_next_word_and_can_be_asked_for_again(table: Table, monkeypatch: Any):
    reached = []

    def slow(work: Work, tell: Tell) -> Result:
        jobs.job_cancel(table.row(), told.id, reader=DESK, now_ms=NOW)
        tell("Half", 2, 2)
        reached.append("the end")
        return written(work, tell)

    built(monkeypatch, slow)
    told, _ = ask(table)
    jobs.job_run(told.id)
    assert not reached
    assert jobs.job_get(table.row(), told.id, reader=DESK).state == "cancelled"
    assert isinstance(jobs.job_result(table.row(), told.id, reader=DESK), Refused)
    again, fresh = ask(table)
    assert (again.id, again.state, fresh) == (told.id, "waiting", True)


def test_a_worker_whose_job_was_taken_over_changes_nothing(table: Table, monkeypatch: Any):
    def taken(work: Work, tell: Tell) -> Result:
        again, fresh = ask(table, now_ms=jobs.utc_ms() + jobs.STALE_MS + 1)
        assert fresh
        assert again.id == told.id
        return written(work, lambda *_: None)

    built(monkeypatch, taken)
    told, _ = ask(table)
    jobs.job_run(told.id)
    row = Job.objects.get(pk=told.id)
    assert (row.state, row.attempt, bytes(row.result)) == ("waiting", 1, b"")


def test_a_job_whose_worker_is_lost_says_so_and_begins_anew(table: Table):
    told, _ = ask(table)
    Job.objects.filter(pk=told.id).update(state="running", told_ms=jobs.utc_ms())
    assert jobs.job_get(table.row(), told.id, reader=DESK).state == "running"
    Job.objects.filter(pk=told.id).update(told_ms=jobs.utc_ms() - jobs.STALE_MS - 1)
    lost = jobs.job_get(table.row(), told.id, reader=DESK)
    assert (lost.state, lost.message) == ("failed", jobs.LOST)
    assert ask(table, now_ms=jobs.utc_ms())[1]


def test_a_job_no_worker_takes_up_says_so_and_begins_anew(table: Table):
    now = jobs.utc_ms()
    told, _ = ask(table, now_ms=now)
    assert jobs.job_get(table.row(), told.id, reader=DESK).state == "waiting"
    Job.objects.filter(pk=told.id).update(told_ms=now - jobs.STALE_MS - 1)
    left = jobs.job_get(table.row(), told.id, reader=DESK)
    assert (left.state, left.message) == ("failed", jobs.UNTAKEN)
    again, fresh = ask(table, now_ms=now)
    assert (again.id, again.state, fresh) == (told.id, "waiting", True)


@pytest.mark.parametrize(
    ("error", "said"), [(Unbuildable("No turn is over yet."), "No turn is over yet."), (ValueError("x"), jobs.FAILED)]
)
def test_a_failed_job_says_why_and_keeps_no_prose_of_an_error(table: Table, monkeypatch: Any, error: Any, said: str):
    def failing(work: Work, tell: Tell) -> Result:
        raise error

    built(monkeypatch, failing)
    told, _ = ask(table)
    jobs.job_run(told.id)
    row = Job.objects.get(pk=told.id)
    assert (row.state, row.message) == ("failed", said)
    assert ask(table)[1]


def test_a_job_is_not_built_twice(table: Table, monkeypatch: Any):
    times = []

    def counted(work: Work, tell: Tell) -> Result:
        times.append(1)
        return written(work, tell)

    built(monkeypatch, counted)
    told, _ = ask(table)
    jobs.job_run(told.id)
    jobs.job_run(told.id)
    assert times == [1]


def test_so_many_at_once_and_no_more(table: Table):
    for number in range(jobs.AT_ONCE):
        ask(table, word=str(number))
    assert ask(table, word="one more") == Refused("job.too_many", {"limit": jobs.AT_ONCE})
    assert ask(table, word="one more", now_ms=NOW + jobs.STALE_MS + 1)[1], "what has died blocks nobody"


def test_old_results_go_and_what_is_under_way_stays(table: Table, monkeypatch: Any):
    monkeypatch.setattr(jobs, "KEPT", 2)
    for number in range(4):
        told, _ = ask(table, word=str(number), now_ms=NOW + number)
        jobs.job_run(told.id)
    ask(table, word="waiting", now_ms=NOW + 9)
    words = [bytes(told.params) for told in jobs.jobs_open_to(table.row(), DESK)]
    assert words == [b'{"word":"waiting"}', b'{"word":"3"}', b'{"word":"2"}']


@pytest.mark.parametrize("params", [{"word": 3}, {"other": 1}])
def test_parameters_are_checked_by_the_kind(table: Table, params: dict[str, Any]):
    refused = ask(table, **params)
    assert isinstance(refused, Refused)
    assert refused.code == "request.malformed"
    assert isinstance(ask(table, kind="nonsense"), Refused)


# --- what the desk and the players share ----------------------------------------------------------
def test_players_find_what_the_desk_asked_for_but_cannot_cancel_it(table: Table):
    told, _ = common(table, DESK, "one")
    assert told.yours
    found, fresh = common(table, PLAYER, "one")
    assert (found.id, found.yours, fresh) == (told.id, False, False)
    assert jobs.job_cancel(table.row(), told.id, reader=PLAYER, now_ms=NOW) == Refused("job.not_yours")
    assert Job.objects.get(pk=told.id).state == "waiting"


def test_the_desk_may_cancel_what_players_asked_for_and_players_what_they_did(table: Table):
    for reader, word in ((DESK, "one"), (PLAYER, "two")):
        told, _ = common(table, PLAYER, word)
        assert jobs.job_cancel(table.row(), told.id, reader=reader, now_ms=NOW).state == "cancelled"


def test_what_the_desk_asks_for_too_is_the_desks_from_then_on(table: Table):
    told, _ = common(table, PLAYER, "one")
    found, fresh = common(table, DESK, "one")
    assert (found.id, fresh) == (told.id, False)
    assert jobs.job_cancel(table.row(), told.id, reader=PLAYER, now_ms=NOW) == Refused("job.not_yours")


def test_players_who_ask_for_too_much_keep_nobody_else_waiting(table: Table):
    for number in range(jobs.AT_ONCE):
        common(table, PLAYER, str(number))
    assert common(table, PLAYER, "one more") == Refused("job.too_many", {"limit": jobs.AT_ONCE})
    for number in range(jobs.AT_ONCE):
        told, _ = common(table, DESK, f"desk {number}")
        jobs.job_run(told.id)
        assert jobs.job_get(table.row(), told.id, reader=PLAYER).state == "ready"


def test_what_players_ask_for_pushes_out_none_of_the_desks(table: Table, monkeypatch: Any):
    monkeypatch.setattr(jobs, "KEPT", 2)
    kept, _ = common(table, DESK, "desk")
    taken_up, _ = common(table, PLAYER, "both")
    for told in (kept, taken_up):
        jobs.job_run(told.id)
    common(table, DESK, "both")
    for number in range(4):
        told, _ = common(table, PLAYER, str(number), now_ms=NOW + 1 + number)
        jobs.job_run(told.id)
    common(table, PLAYER, "last", now_ms=NOW + 9)
    words = {bytes(told.params).decode().split('"')[3] for told in jobs.jobs_open_to(table.row(), DESK)}
    assert words == {"desk", "both", "2", "3", "last"}
