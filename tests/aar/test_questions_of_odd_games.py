"""Games no report may stumble over, asked the questions of their case, changed, and put under every lens."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.support.odd_games import odd_store
from wargame.aar import jobs
from wargame.aar.jobs import Told
from wargame.aar.refs import faults
from wargame.aar.work import Reader
from wargame.play.answers import Refused
from wargame.store.models import Event, Game

pytestmark = pytest.mark.one_store
ODD = ("never_ended", "one_turn", "rewound_twice", "lost_seat")
DESK = Reader(desk=True)
ASKED: dict[str, dict[str, Any]] = {
    "questions": {"runs": 2}, "lenses": {"runs": 2}, "counterfactual": {"runs": 2, "change": {"lenses": "none"}},
}  # fmt: skip


@pytest.fixture(scope="module")
def games(django_db_blocker: Any) -> Iterator[dict[str, str]]:
    with django_db_blocker.unblock(), odd_store("no_turn", *ODD) as made:
        yield made


def asked(game: str, kind: str) -> tuple[Told, dict[str, Any] | None]:
    row = Game.objects.get(pk=game)
    told = jobs.job_ask(row, kind=kind, view="truth", params=ASKED[kind], reader=DESK, now_ms=1)
    assert isinstance(told, tuple), told
    jobs.job_run(told[0].id)
    ended = jobs.job_get(row, told[0].id, reader=DESK)
    assert isinstance(ended, Told)
    found = jobs.job_result(row, ended.id, reader=DESK)
    return ended, None if isinstance(found, Refused) else json.loads(found.body)


@pytest.mark.parametrize("name", ODD)
def test_every_question_is_answered_and_rests_on_events_that_are_there(games: dict[str, str], name: str) -> None:
    ended, body = asked(games[name], "questions")
    assert body is not None, ended.message
    known = set(Event.objects.filter(game_id=games[name]).values_list("seq", flat=True))
    assert body["questions"]
    for question in body["questions"]:
        assert not faults({"metrics": question["metrics"]}, known)
        assert set(question["refs"]) <= known
        assert question["finding"].startswith("In this model, ")
        for run in question["runs"]:
            for outcome in run["outcomes"]:
                assert outcome["mean_low"] <= outcome["delta"] <= outcome["mean_high"]


@pytest.mark.parametrize(("name", "kind"), [("one_turn", "lenses"), *((name, "counterfactual") for name in ODD)])
def test_it_can_be_changed_and_put_under_every_lens(games: dict[str, str], name: str, kind: str) -> None:
    ended, body = asked(games[name], kind)
    assert body is not None, ended.message
    if kind == "counterfactual":
        assert body["comparison"]["reproduced"] is True


@pytest.mark.parametrize("kind", list(ASKED))
def test_where_no_turn_was_settled_it_says_so(games: dict[str, str], kind: str) -> None:
    ended, body = asked(games["no_turn"], kind)
    assert body is None
    assert ended.state == "failed"
    assert "No turn of this game has been settled yet" in ended.message
