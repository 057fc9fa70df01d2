"""A counterfactual asked for in the page: checked at once, run in a worker, found again, and without a seed."""

import json
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest

from adjudication.counterfactual import Change, Pin, counterfactual
from wargame.aar import jobs
from wargame.aar.counterfactuals import settled_hash
from wargame.aar.replayed import played_game
from wargame.aar.work import Reader
from wargame.bots.management.commands.play import policies
from wargame.bots.theatre import Staged, play_out, stage, throwaway_store
from wargame.game.commands import GameCreate
from wargame.play.answers import Refused
from wargame.store.cases import case_now
from wargame.store.models import Event, Game

pytestmark = pytest.mark.one_store
DESK = Reader(desk=True)
RUNS = 3
SEED = "a seed to be kept"


@pytest.fixture(scope="module")
def staged(django_db_blocker: Any) -> Iterator[Staged]:
    case = case_now("practice")
    assert case is not None
    order = GameCreate(
        title="Practice", scenario="practice", preset="full", seed=SEED, style="rigid", open_seats=(),
        bots=policies(case, "all"), phase_ms={phase.id: None for phase in case.phases},
    )  # fmt: skip
    with django_db_blocker.unblock(), throwaway_store():
        staged = stage(order, game_id="practised")
        play_out(staged)
        yield staged


def ask(staged: Staged, runs: int = RUNS, **change: Any) -> Any:
    game = Game.objects.get(pk=staged.game)
    params = {"change": change, "runs": runs}
    return jobs.job_ask(game, kind="counterfactual", view="truth", params=params, reader=DESK, now_ms=1)


def done(staged: Staged, **change: Any) -> dict[str, Any]:
    told, _ = ask(staged, **change)
    jobs.job_run(told.id)
    found = jobs.job_result(Game.objects.get(pk=staged.game), told.id, reader=DESK)
    assert not isinstance(found, Refused), jobs.job_get(Game.objects.get(pk=staged.game), told.id, reader=DESK)
    assert SEED.encode() not in found.body
    body: dict[str, Any] = json.loads(found.body)
    return body


def test_the_result_is_the_engines_own_comparison_beside_the_original(staged: Staged) -> None:
    body = done(staged, pins=["channel=60@1-3"])
    played = played_game(staged.game)
    first, last = played.turns[0].number, played.turns[-1].number
    mine = counterfactual(played, Change(pins=(Pin("channel", 60.0, first, last),), with_overrides=True), runs=RUNS)
    assert body["comparison"]["reproduced"] is True
    assert body["comparison"]["ended"] == list(msgspec.to_builtins(mine.ended))
    assert [line.endswith(" is held at 60, in every turn.") for line in body["words"]] == [True]
    assert "holding everybody's other choices fixed" in body["held_fixed"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"lenses": "no_leadership"}, "Settled under institutions"),
        ({"orders": {"1": {"upriver": [{"move": "hold_filling"}]}}}, "June"),
        ({"players": {"broker": "dove"}}, "Played anew by dove"),
        ({"pins": ["flag.pledged=1@2"]}, "Held up, July"),
        ({"rules_off": ["R-L*"]}, "Left out: all rules R-L*"),
        ({"keep_rulings": False, "lenses": "lead"}, "left out of both"),
    ],
)
def test_every_kind_of_change_runs_and_is_said_in_words(staged: Staged, change: dict[str, Any], said: str) -> None:
    body = done(staged, **change)
    assert any(said in line for line in body["words"]), body["words"]
    assert body["comparison"]["runs"] == RUNS
    assert {one["turn"] for one in body["comparison"]["turns"]} == {1, 2, 3}


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({}, "change"),
        ({"pins": ["nonsense=1@1"]}, "--set nonsense=1@1"),
        ({"orders": {"1": {"upriver": [{"move": "complain"}]}}}, "orders.1.upriver[0].move"),
        ({"orders": {"9": {"upriver": []}}}, "orders.9"),
        ({"players": {"broker": "a wizard"}}, "players.broker"),
        ({"outcomes": {"9": {"broker": {"shuttle": "done"}}}}, "outcomes.9"),
        ({"rules_off": ["R-Z99"]}, "rules_off"),
        ({"lenses": "magic"}, "--lens"),
    ],
)
def test_a_change_the_case_does_not_know_is_refused_at_once(staged: Staged, change: Any, where: str) -> None:
    refused = ask(staged, **change)
    assert isinstance(refused, Refused)
    assert refused.code == "counterfactual.fault"
    assert refused.params["where"] == where


@pytest.mark.parametrize("body", [{"nonsense": 1}, {"pins": [3]}, {"orders": {"one": {}}}, {"pins": ["x" * 100]}])
def test_a_shape_nobody_knows_is_malformed(staged: Staged, body: Any) -> None:
    refused = ask(staged, **body)
    assert isinstance(refused, Refused)
    assert refused.code == "request.malformed"
    assert isinstance(ask(staged, runs=10_000, lenses="all"), Refused)


def test_an_order_of_the_game_is_ruled_otherwise_and_one_nobody_gave_is_not(staged: Staged) -> None:
    order = played_game(staged.game).turns[0].sealed.orders[0]
    body = done(staged, outcomes={"1": {order.seat: {order.move: "blocked"}}})
    assert body["words"][0].endswith("is ruled refused.")
    assert body["comparison"]["divergence"]["turn"] == 1
    told, _ = ask(staged, outcomes={"1": {"broker": {"nothing of the kind": "done"}}})
    jobs.job_run(told.id)
    ended = jobs.job_get(Game.objects.get(pk=staged.game), told.id, reader=DESK)
    assert not isinstance(ended, Refused)
    assert "broker did not order nothing of the kind in that turn" in ended.message


def test_a_ruling_nobody_made_is_said_when_it_is_built(staged: Staged) -> None:
    told, _ = ask(staged, without_rulings=["r-1"])
    jobs.job_run(told.id)
    ended = jobs.job_get(Game.objects.get(pk=staged.game), told.id, reader=DESK)
    assert not isinstance(ended, Refused)
    assert ended.state == "failed"
    assert "made no ruling 'r-1'" in ended.message


def test_it_is_found_again_until_a_turn_is_settled_or_taken_back(staged: Staged) -> None:
    game = Game.objects.get(pk=staged.game)
    settled = Event.objects.filter(game_id=game.id, kind="turn.resolved").order_by("-seq").first()
    assert settled is not None
    assert settled_hash(game, None) == settled.hash
    assert settled.seq < game.head, "the game went on after its last turn, and that changes nothing"
