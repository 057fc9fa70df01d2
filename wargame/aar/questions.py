"""The questions of the case, answered for one game: metrics from the log, runs, the dials that matter, a finding each.

Owns the job and the sentences. A finding is always "in this model", says what was held fixed, gives an interval and
names the two numbers it hangs on most (adjudication model, 7.1). The runs are `adjudication`'s.
"""

from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

from adjudication.attribution import attribution, replays
from adjudication.played import Played
from adjudication.questions import (
    LEADING,
    PLAYED_ANEW,
    TURNED,
    TURNED_ANEW,
    Answer,
    RunAnswer,
    RunOutcome,
    Turning,
    answers,
)
from adjudication.scenario.review import Question, Review
from adjudication.scenario.schema import Scenario
from adjudication.variation import change_of
from wargame.aar.change_words import change_words
from wargame.aar.chronicle import Chronicle, Json, chronicle
from wargame.aar.counterfactuals import MEDIA, MOST, USUAL, settled_hash
from wargame.aar.experiments import number
from wargame.aar.refs import refs_in
from wargame.aar.truth.metrics import Metrics
from wargame.aar.work import Kind, Result, Tell, Unbuildable, Work
from wargame.store.cases import case_of
from wargame.store.log import recorded_events
from wargame.store.models import Game

SCHEMA = "questions/1"
FIXED = "In this model, holding the other players' orders fixed"
METHOD = (
    "Every run is the game settled again with the same keyed dice, unchanged and changed, over paired seeds; rulings of"
    f" Control stay in both. A run in which a policy plays a seat has {PLAYED_ANEW} pairs at most. Dials are turned one"
    " at a time to the ends of their ranges, and the first run of the question is played again beside the game as it"
    f" was, over the first {TURNED} of the seeds, or {TURNED_ANEW} where a policy plays. Intervals hold the mean"
    " difference with 90 % confidence over the dice: of shares of runs the score interval (Tango 1998), of other"
    " numbers the normal approximation; `low` and `high` are the span in which nine differences in ten lie. A run"
    " that war cuts short carries no risk after it, so that a change that brings war sooner can lower the risk carried."
    " People who had seen another turn of events would have chosen differently."
)


class QuestionsParams(Struct, frozen=True, forbid_unknown_fields=True):
    """Over how many paired runs the questions are answered."""

    runs: Annotated[int, Meta(ge=1, le=MOST)] = USUAL


def build(work: Work, tell: Tell) -> Result:
    """Answer the questions of the case for a game. Raises Unbuildable where there is nothing to answer."""
    tell("Reading the game", 0, 1)
    game = Game.objects.get(pk=work.game)
    case = case_of(game.scenario, game.scenario_hash)
    log = chronicle(case, recorded_events(game.id), head_hash=game.head_hash, engine_version=game.engine)
    return Result(
        msgspec.json.encode(answered(log, runs=work.params.runs, tell=tell)), MEDIA, f"{game.id}-questions.json"
    )


def answered(log: Chronicle, *, runs: int, tell: Tell = lambda *_: None) -> Json:
    """Return the questions of the case with their answers for a game. Same log, same bytes. Raises Unbuildable."""
    review, played = log.case.review, log.played
    if review is None or not review.questions:
        raise Unbuildable("This case asks no questions of its games: its files have no `review.questions`.")
    if not played.turns:
        raise Unbuildable("No turn of this game has been settled yet: there is nothing to ask of it.")
    found = answers(played, runs=runs, told=tell)
    shares = _shares(played, review, runs=runs, tell=tell)
    metrics = Metrics(log)
    return {
        "schema": SCHEMA, "runs": runs, "seed_hash": log.identity.seed_hash, "method": METHOD,
        "rulings": sum(len(turn.sealed.overrides) for turn in played.turns),
        "questions": [
            _question(log, metrics, question, answer) | _shared_out(question, shares)
            for question, answer in zip(review.questions, found, strict=True)
        ],
    }  # fmt: skip


def _shares(played: Played, review: Review, *, runs: int, tell: Tell) -> dict[str, Json]:
    """Return every outcome with what each lens adds to it, where some question asks for that: else nothing."""
    if not any(question.shares for question in review.questions):
        return {}
    paths = replays(played, runs=runs, with_overrides=True, told=tell)
    found = attribution(played, runs=runs, with_overrides=True, paths=paths)
    return {one.id: msgspec.to_builtins(one) for one in found.outcomes}


def _shared_out(question: Question, shares: dict[str, Json]) -> Json:
    """Return the outcomes a question shares out among the lenses; one no run lived to see is left out."""
    return {"shares": [shares[name] for name in question.shares if name in shares]}


def _question(log: Chronicle, metrics: Metrics, question: Question, answer: Answer) -> Json:
    read = [metrics.read(metric) for metric in question.metrics]
    source = log.case.source.get(question.source)
    return {
        "id": question.id, "title": question.title, "text": question.text, "lens": question.lens,
        "source": question.source if source is None else source.text, "finding": finding(log.case, answer),
        "metrics": read, "runs": [_run(log, question, run) for run in answer.runs],
        "sensitive": [_turning(answer, one) for one in leading(answer)], "dials_turned": len(answer.turnings),
        "held_fixed": held_fixed(log.case, answer.runs[0]), "refs": refs_in(read) or [log.events[-1].seq],
    }  # fmt: skip


def _run(log: Chronicle, question: Question, run: RunAnswer) -> Json:
    turns = [turn.number for turn in log.played.turns]
    asked = next(one for one in question.runs if one.id == run.id)
    change = change_of(log.case, asked.change, turns=turns, with_overrides=True)
    return {
        "id": run.id, "label": run.label, "note": run.note, "runs": run.runs, "players": run.players,
        "change": " ".join(change_words(log.case, change, turns=(turns[0], turns[-1]))),
        "held_fixed": held_fixed(log.case, run), "outcomes": [msgspec.to_builtins(one) for one in run.outcomes],
    }  # fmt: skip


def _turning(answer: Answer, one: Turning) -> dict[str, Any]:
    first = answer.runs[0].outcomes[0]
    return msgspec.to_builtins(one) | {"outcome": first.id, "outcome_label": first.label, "share": first.share}  # type: ignore[no-any-return]


def leading(answer: Answer) -> tuple[Turning, ...]:
    """Return the dials the answer hangs on most; none where none of them moves it."""
    return tuple(one for one in answer.turnings if one.swing > 0)[:LEADING]


# --- sentences ------------------------------------------------------------------------------------
def held_fixed(case: Scenario, run: RunAnswer) -> str:
    """Say what stayed as it was in a run, and which seats a policy played anew."""
    return f"{_opening(case, run)}."


def _opening(case: Scenario, run: RunAnswer) -> str:
    if not run.players:
        return FIXED
    if len(run.players) == len(case.seats):
        return "In this model, with every seat played anew by a policy of the case"
    seats = ", ".join(case.seat[seat].short or case.seat[seat].label for seat in run.players)
    return f"In this model, with {seats} played anew by a policy of the case and the other players' orders fixed"


def finding(case: Scenario, answer: Answer) -> str:
    """Return the answer in words: what the first run does to its first outcome, how surely, and on what it hangs."""
    run = answer.runs[0]
    opening = _opening(case, run)
    if not run.outcomes:
        return f"{opening}: no pair of runs of \u201c{run.label}\u201d lived to the end, so that it gives no answer."
    first = run.outcomes[0]
    parts = (_effect(run, first), _hangs(answer, first), _furthest(answer, first))
    return f"{opening}: {' '.join(filter(None, parts))}"


def _effect(run: RunAnswer, first: RunOutcome) -> str:
    cut = f" of {run.runs} that war did not cut short" if first.pairs < run.runs else ""
    pairs = f"{first.pairs} paired runs{cut}"
    label, value = f"\u201c{first.label}\u201d", _number(first.original, first)
    interval = f"90% interval {_signed(first.mean_low, first)} to {_signed(first.mean_high, first)}"
    if first.differ == 0:
        left = "" if first.mean_low == first.mean_high else f" ({interval})"
        return (
            f"\u201c{run.label}\u201d makes no difference: {label} comes to {value} either way, in all {pairs}{left}."
        )
    if first.delta == 0:
        return (
            f"\u201c{run.label}\u201d leaves {label} at {value} on average, though {first.differ} of {pairs} differ"
            f" ({interval})."
        )
    return (
        f"\u201c{run.label}\u201d brings {label} to {_number(first.changed, first)} instead of {value}, a difference of"
        f" {_signed(first.delta, first)} ({interval}; {pairs})."
    )


def _number(value: float, outcome: RunOutcome, *, sign: bool = False) -> str:
    """Say a number as the pages do: shares in per cent, a true minus."""
    said = number(value, share=outcome.share, sign=sign)
    return said.replace(" %", "%").replace("-", "\u2212")


def _signed(value: float, outcome: RunOutcome) -> str:
    """Say a difference: of shares in percentage points."""
    return _number(value, outcome, sign=True).replace("%", " points")


def _hangs(answer: Answer, first: RunOutcome) -> str:
    named = leading(answer)
    if not named:
        turned = len(answer.turnings)
        return f"None of the numbers turned for it ({turned}) changes that." if turned else ""
    parts = [
        f"\u201c{one.label}\u201d ({_signed(one.effect_low, first)} at {_end(one, one.low)},"
        f" {_signed(one.effect_high, first)} at {_end(one, one.high)})"
        for one in named
    ]
    return f"It hangs most on {' and on '.join(parts)}, each over {min(one.pairs for one in named)} pairs."


def _furthest(answer: Answer, first: RunOutcome) -> str:
    """Name the other run that brings the same outcome furthest from where the first does, if one differs."""
    others = [(one, run) for run in answer.runs[1:] for one in run.outcomes if one.id == first.id]
    differing = [(one, run) for one, run in others if one.changed != first.changed]
    if not differing:
        return ""
    one, run = max(differing, key=lambda pair: abs(pair[0].changed - first.changed))
    return f"Of the other runs \u201c{run.label}\u201d differs most from this: {_number(one.changed, one)}."


def _end(one: Turning, end: float) -> str:
    return f"{end:g}".replace("-", "\u2212") + (" times" if one.scale else "")


QUESTIONS = Kind(build=build, who="truth", params=QuestionsParams, stands=settled_hash, common=True, version=2)
