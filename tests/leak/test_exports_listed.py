"""The list of exports tells a player of their own game, never that somebody else chose anew or that Control noted."""

from typing import Any

import pytest

from tests.support.games import a_game
from wargame.aar import jobs
from wargame.aar.report import TRUTH
from wargame.aar.work import Reader
from wargame.bots.theatre import throwaway_store
from wargame.play.answers import Refused

pytestmark = pytest.mark.one_store


def test_a_players_list_does_not_tell_that_somebody_chose_anew_or_that_control_noted(django_db_blocker: Any) -> None:
    with django_db_blocker.unblock(), throwaway_store():
        table = a_game(seats=("potus", "rok"), started=True)
        who = Reader(desk=False, person=table.people["potus"].person, seat="potus", shared=True)

        def listed() -> set[tuple[str, bool]]:
            return {(one.view, one.stale) for one in jobs.jobs_open_to(table.row(), who)}

        for view in ("potus", TRUTH):
            told = jobs.job_ask(
                table.row(), kind="export", view=view, params={"format": "csv"}, reader=who, now_ms=table.now_ms
            )
            assert not isinstance(told, Refused)
            jobs.job_run(told[0].id)
        assert listed() == {("potus", False), (TRUTH, False)}
        table.must("rok", "consent.choose", choice="nothing")
        table.must("control", "note.pin", note="n", text="A word of Control's own.")
        assert listed() == {("potus", False), (TRUTH, False)}
        assert jobs.job_result(table.row(), told[0].id, reader=who) == Refused("job.stale")
        table.must("rok", "message.post", message="m1", room="press", text="Something new.")
        assert listed() == {("potus", True), (TRUTH, True)}
