"""The questions of a case, answered for a game: metrics that resolve, the engine's own runs, sober sentences."""

import json
from collections.abc import Iterator
from math import fsum
from typing import Any

import msgspec
import numpy as np
import pytest

from adjudication.played import Outcome, replay, seeds_of
from adjudication.questions import (
    PLAYED_ANEW,
    TURNED,
    TURNED_ANEW,
    Answer,
    RunAnswer,
    RunOutcome,
    Turning,
    _outcome,
    answers,
    compared,
    steps_of,
)  # fmt: skip
from adjudication.scenario.review import QuestionMetric, Review
from adjudication.variation import change_of, dealing
from wargame.aar import jobs
from wargame.aar.chronicle import Chronicle, chronicle
from wargame.aar.documents.job import _answer
from wargame.aar.models import Job
from wargame.aar.questions import METHOD, QUESTIONS, answered, finding, leading
from wargame.aar.refs import faults
from wargame.aar.truth.metrics import Metrics
from wargame.aar.work import Reader, Unbuildable, Work, key_of
from wargame.bots.management.commands.play import policies
from wargame.bots.theatre import Staged, play_out, stage, throwaway_store
from wargame.game import events as ev
from wargame.game.commands import GameCreate
from wargame.store.cases import case_now
from wargame.store.log import recorded_events
from wargame.store.models import Game

pytestmark = pytest.mark.one_store
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
        staged = stage(order, game_id="asked")
        play_out(staged)
        yield staged


@pytest.fixture(scope="module")
def log(staged: Staged) -> Chronicle:
    return chronicle(staged.case, recorded_events(staged.game), head_hash="", engine_version="")


@pytest.fixture(scope="module")
def body(staged: Staged) -> dict[str, Any]:
    """Return the answers as a worker builds them."""
    game, desk = Game.objects.get(pk=staged.game), Reader(desk=True)
    told = jobs.job_ask(game, kind="questions", view="truth", params={"runs": RUNS}, reader=desk, now_ms=1)
    assert isinstance(told, tuple)
    jobs.job_run(told[0].id)
    found = jobs.job_result(game, told[0].id, reader=desk)
    assert hasattr(found, "body"), found
    assert SEED.encode() not in found.body
    return json.loads(found.body)  # type: ignore[no-any-return]


def test_every_question_of_the_case_is_answered_with_a_finding_in_the_model_alone(body: Any, log: Chronicle) -> None:
    assert log.case.review is not None
    assert [one["id"] for one in body["questions"]] == [one.id for one in log.case.review.questions]
    for question in body["questions"]:
        assert question["finding"].startswith("In this model, ")
        assert "other players' orders fixed" in question["finding"]
        assert question["source"].endswith((".", ":")) or len(question["source"]) > 20


def test_every_metric_says_what_it_rests_on(body: Any, log: Chronicle) -> None:
    known = {recorded.seq for recorded in log.events}
    claims = {q["id"]: q["metrics"] for q in body["questions"]}
    assert not faults(claims, known)
    for question in body["questions"]:
        assert set(question["refs"]) <= known
        for metric in question["metrics"]:
            assert metric["refs"]
            assert ("series" in metric) != ("value" in metric)
            assert {point["turn"] for point in metric.get("series", [])} <= {1, 2, 3}


def test_metrics_are_the_numbers_of_the_log(log: Chronicle) -> None:
    read = Metrics(log).read
    done = [recorded.payload.resolution for recorded, _ in log.of(ev.TurnResolved)]

    def series(kind: Any, **asked: Any) -> list[float]:
        return [point["value"] for point in read(QuestionMetric(id="x", label="x", kind=kind, **asked))["series"]]

    assert series("variable", variable="tension") == [one.world["values"]["tension"] for one in done]
    assert series("p_clash") == [one.p_clash for one in done]
    moves = ("fill_fast", "fill_slow")
    assert series("orders", moves=moves) == [
        sum(o.move in moves and o.status in ("done", "partial") for o in one.orders) for one in done
    ]
    by_hand = [
        round(fsum(row.applied for row in one.ledger if row.var == "tension" and row.rule_id.startswith("R-D")), 6)
        for one in done
    ]
    assert any(by_hand)
    assert series("ledger", rules=("R-D*",), variable="tension") == by_hand
    assert all(0 <= share <= 1 for share in series("zopa"))
    whole = read(QuestionMetric(id="x", label="x", kind="war_risk"))
    assert whole["value"] == pytest.approx(1 - done[-1].world["values"]["cum_nowar"])


def test_a_run_is_the_paired_replay_of_its_change(body: Any, log: Chronicle) -> None:
    assert log.case.review is not None
    played, question = log.played, log.case.review.questions[0]
    change = change_of(log.case, question.runs[0].change, turns=[1, 2, 3], with_overrides=True)
    seeds = seeds_of(played.seed, RUNS)
    one = replay(played, played.turns, played.start, seeds=seeds)
    two = replay(played, played.turns, played.start, seeds=seeds, dealing=dealing(played, change))
    mine = compared(log.case, one, two, question.runs[0].outcomes)
    assert body["questions"][0]["runs"][0]["outcomes"] == list(msgspec.to_builtins(mine))
    for outcome in mine:
        assert outcome.delta == pytest.approx(outcome.changed - outcome.original, abs=2e-6)
        assert outcome.low <= outcome.high
        assert outcome.mean_low <= outcome.delta <= outcome.mean_high


def test_the_dials_named_move_the_answer_and_the_first_moves_it_furthest(body: Any) -> None:
    named = [one for question in body["questions"] for one in question["sensitive"]]
    assert named
    for question in body["questions"]:
        ends = [(one["effect_low"] - one["base"], one["effect_high"] - one["base"]) for one in question["sensitive"]]
        swings = [max(map(abs, pair)) for pair in ends]
        assert all(swings)
        assert swings == sorted(swings, reverse=True)
        assert len(swings) <= 2


def test_a_document_takes_the_answers_that_stand_and_the_usual_runs_first(body: Any, staged: Staged) -> None:
    game = Game.objects.get(pk=staged.game)
    found = _answer(game, "questions")
    assert found is not None
    assert json.loads(found.params) == {"runs": RUNS}
    whole = {name: getattr(found, name) for name in ("game", "kind", "view", "stands", "state", "asked_ms", "told_ms")}
    # What an earlier version of the kind, or another engine, worked out later has a key nobody asks by today.
    Job.objects.create(id="old", key="of another version", params="{}", result=b"{}", ended_ms=10**15, **whole)
    assert _answer(game, "questions") == found
    work = Work(game.id, "questions", "truth", QUESTIONS.params())
    key = key_of(QUESTIONS, work, side="", stands=found.stands)
    usual = Job.objects.create(id="usual", key=key, params="{}", result=b"{}", ended_ms=1, **whole)
    assert _answer(game, "questions") == usual
    Job.objects.filter(pk__in=("old", "usual")).delete()


def test_progress_counts_every_step_and_may_stop_the_work() -> None:
    case = case_now("practice")
    assert case is not None
    assert case.review is not None
    game = recorded_practice()
    steps: list[tuple[int, int]] = []
    answers(game, runs=2, told=lambda _, done, of: steps.append((done, of)))
    total = steps_of(case.review.questions, case.review.dials)
    assert steps == [(number, total) for number in range(total)]

    def stop(what: str, done: int, of: int) -> None:
        if done == 2:
            raise KeyError("enough")

    with pytest.raises(KeyError):
        answers(game, runs=2, told=stop)


def recorded_practice() -> Any:
    """Return a game of the practice case in which nobody ordered anything."""
    from adjudication.played import Played, PlayedTurn
    from adjudication.sealed import Sealed
    from adjudication.world import World

    case = case_now("practice")
    assert case is not None
    turns = tuple(PlayedTurn(number=turn, sealed=Sealed()) for turn in (1, 2, 3))
    return Played(case, "0", World.initial(case), turns)


def test_a_case_without_questions_and_a_game_without_turns_say_so(log: Chronicle) -> None:
    silent = msgspec.structs.replace(log, case=msgspec.structs.replace(log.case, review=Review()))
    with pytest.raises(Unbuildable, match="asks no questions"):
        answered(silent, runs=1)
    fresh = msgspec.structs.replace(log, turns=[])
    with pytest.raises(Unbuildable, match="No turn"):
        answered(fresh, runs=1)


# --- sentences ----------------------------------------------------------------------------------
CASE: Any = case_now("practice")
SEATS = tuple(seat.id for seat in CASE.seats)


def outcome(**given: Any) -> RunOutcome:
    usual = {
        "id": "x", "label": "Tension, end", "share": False, "pairs": 200, "original": 50.0, "changed": 40.0,
        "delta": -10.0, "low": -12.0, "high": -8.0, "mean_low": -10.5, "mean_high": -9.5, "differ": 200,
    }  # fmt: skip
    return RunOutcome(**{**usual, **given})


def an_answer(first: RunOutcome | None, *, players: tuple[str, ...] = (), turnings: tuple[Turning, ...] = ()) -> Answer:
    run = RunAnswer(
        id="r", label="Nobody threatens", note="", players=players, runs=200, outcomes=() if first is None else (first,)
    )
    return Answer(question="q", outcome="x", runs=(run,), turnings=turnings)


def dial(name: str, low: float, high: float) -> Turning:
    return Turning(
        dial=name, label=name, low=0.5, high=1.5, scale=True, effect_low=low, effect_high=high, base=-10.0, pairs=40
    )


def test_a_finding_gives_the_numbers_the_span_the_pairs_and_the_two_dials() -> None:
    dials = (dial("calm", -14, -9), dial("heat", -11, -10), dial("mood", -10, -10))
    assert finding(CASE, an_answer(outcome(), turnings=dials)) == (
        "In this model, holding the other players' orders fixed: \u201cNobody threatens\u201d brings"
        " \u201cTension, end\u201d to 40.00 instead of 50.00, a difference of \u221210.00"
        " (90% interval \u221210.50 to \u22129.50; 200 paired runs)."
        " It hangs most on \u201ccalm\u201d (\u221214.00 at 0.5 times, \u22129.00 at 1.5 times)"
        " and on \u201cheat\u201d (\u221211.00 at 0.5 times, \u221210.00 at 1.5 times), each over 40 pairs."
    )


def test_a_finding_names_the_other_run_that_differs_most_from_its_answer() -> None:
    answer = an_answer(outcome())
    near = msgspec.structs.replace(answer.runs[0], id="s", label="Near", outcomes=(outcome(delta=2.0, changed=52.0),))
    far = msgspec.structs.replace(answer.runs[0], id="t", label="Far", outcomes=(outcome(delta=-30.0, changed=20.0),))
    other = msgspec.structs.replace(far, id="u", label="Other", outcomes=(outcome(id="y", delta=-90.0),))
    many = msgspec.structs.replace(answer, runs=(*answer.runs, near, far, other))
    assert finding(CASE, many).endswith("Of the other runs \u201cFar\u201d differs most from this: 20.00.")


def test_a_finding_on_a_share_speaks_of_points_and_of_the_interval_of_the_mean() -> None:
    share = outcome(share=True, label="War", original=0.05, changed=0.02, delta=-0.03, mean_low=-0.04, mean_high=-0.02)
    said = finding(CASE, an_answer(share))
    assert (
        "to 2.0% instead of 5.0%, a difference of \u22123.0 points (90% interval \u22124.0 points to \u22122.0" in said
    )


def test_differences_that_cancel_are_not_called_no_difference() -> None:
    one, two = np.zeros(200), np.zeros(200)
    one[3], two[9] = 1, 1
    said = finding(CASE, an_answer(_outcome(Outcome("war", "War", share=True), one, two)))
    assert "no difference" not in said
    assert "at 0.5% on average, though 2 of 200 paired runs differ (90% interval \u2212" in said
    same = finding(CASE, an_answer(_outcome(Outcome("war", "War", share=True), one, one)))
    assert "makes no difference" in same
    assert "in all 200 paired runs (90% interval \u22121.3 points to +1.3 points)" in same


def test_the_method_says_over_how_many_pairs_policies_play_and_dials_are_turned() -> None:
    assert f"has {PLAYED_ANEW} pairs at most" in METHOD
    assert f"first {TURNED} of the seeds, or {TURNED_ANEW} where a policy plays" in METHOD


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (
            an_answer(outcome(changed=50.0, delta=0.0, low=0.0, high=0.0, mean_low=0.0, mean_high=0.0, differ=0)),
            "no difference: \u201cTension, end\u201d comes to 50.00",
        ),
        (an_answer(outcome(pairs=150)), "150 paired runs of 200 that war did not cut short"),
        (an_answer(None), "gives no answer"),
        (
            an_answer(outcome(), players=("broker",)),
            "In this model, with Envoy played anew by a policy of the case and",
        ),
        (an_answer(outcome(), players=SEATS), "In this model, with every seat played anew by a policy of the case:"),
        (
            an_answer(outcome(), turnings=(dial("calm", -10, -10),)),
            "None of the numbers turned for it (1) changes",
        ),
    ],
)
def test_what_a_finding_may_not_claim_it_does_not_claim(answer: Answer, said: str) -> None:
    assert said in finding(CASE, answer)
    assert not leading(answer)
