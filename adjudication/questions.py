"""The questions of a case asked of a played game: each run beside the original, and the dials its answer hangs on.

Owns the paired comparison of every run and the turning of dials, one at a time and over the same dice. Metrics of the
game itself and all sentences are made elsewhere. It reads no file and draws nothing of its own.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

import msgspec
import numpy as np
from numpy.typing import NDArray

from adjudication.counterfactual import DECIMALS, band
from adjudication.played import Floats, Outcome, Paths, Played, replay, seeds_of, wanted
from adjudication.scenario.review import Dial, Question, QuestionRun, WhatIf
from adjudication.scenario.schema import Scenario
from adjudication.sensitivity import turned
from adjudication.variation import Change, change_of, dealing

PLAYED_ANEW = 40
"""Paired runs, at most, where a policy plays a seat anew: it decides turn by turn, run by run."""
TURNED, TURNED_ANEW = 40, 10
"""Paired runs at each end of a dial, and where a policy plays as well."""
LEADING = 2
"""How many dials are named for an answer."""

Told = Callable[[str, int, int], None]


class RunOutcome(msgspec.Struct, frozen=True, kw_only=True):
    """One outcome of the game as it was (`original`) and changed: means over `pairs` runs with the same dice.

    `low`, `high`: nine differences in ten lie between them. `mean_low`, `mean_high`: 90 % interval of the mean
    difference. `share`: a share of runs or a chance, 0 to 1. `differ`: pairs in which the two are not the same.
    """

    id: str
    label: str
    share: bool
    pairs: int
    differ: int
    original: float
    changed: float
    delta: float
    low: float
    high: float
    mean_low: float
    mean_high: float


class RunAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """One run of a question. `players`: seats a policy played anew; empty: everybody's orders are as they were."""

    id: str
    label: str
    note: str
    players: tuple[str, ...]
    runs: int
    outcomes: tuple[RunOutcome, ...]


class Turning(msgspec.Struct, frozen=True, kw_only=True):
    """What a dial does to the answer: the difference the first run makes with the dial at its ends, and as it is.

    `effect_low` at `low`, `effect_high` at `high`, `base` with the case as it stands, over the same seeds. `pairs`:
    those that count, the fewest of the three where war cut some short.
    """

    dial: str
    label: str
    low: float
    high: float
    scale: bool
    effect_low: float
    effect_high: float
    base: float
    pairs: int

    @property
    def swing(self) -> float:
        """How far the answer moves, at most."""
        return max(abs(self.effect_low - self.base), abs(self.effect_high - self.base))


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """A question answered: `outcome` is the first run's first one, `turnings` those that move it furthest first."""

    question: str
    outcome: str
    runs: tuple[RunAnswer, ...]
    turnings: tuple[Turning, ...]


def steps_of(questions: Sequence[Question], dials: Sequence[Dial]) -> int:
    """Return how many steps of progress the answers take."""
    return 1 + sum(len(one.runs) + 2 * len(_dials(one, dials)) for one in questions)


def answers(played: Played, *, runs: int = 200, told: Told = lambda *_: None) -> tuple[Answer, ...]:
    """Answer every question of the case. `told` hears each step, and may raise to end the work."""
    review = played.scenario.review
    if review is None or not played.turns:
        return ()
    steps = steps_of(review.questions, review.dials)
    asking = _Asking(played, runs, review.dials, lambda what, done: told(what, done, steps))
    return tuple(asking.answer(one) for one in review.questions)


def compared(case: Scenario, one: Paths, two: Paths, names: Sequence[str]) -> tuple[RunOutcome, ...]:
    """Compare paired replays by these outcomes; one that no pair of runs lived to see is left out."""
    original, changed = wanted(case, one, names), wanted(case, two, names)
    found = []
    for name in names:
        what, values = original[name]
        among = _among(what, one, two)
        if bool(np.any(among)):
            found.append(_outcome(what, values[among], changed[name][1][among]))
    return tuple(found)


def _among(what: Outcome, one: Paths, two: Paths) -> NDArray[np.bool_]:
    whole = one.survived & two.survived
    return whole if what.whole else np.ones_like(whole)


def _outcome(what: Outcome, first: Floats, second: Floats) -> RunOutcome:
    among = msgspec.structs.asdict(band(first, second, share=what.counted, chance=what.chance))
    differ = int(np.count_nonzero(np.round(second - first, DECIMALS)))
    return RunOutcome(id=what.id, label=what.label, share=what.share, pairs=len(first), differ=differ, **among)


def _dials(question: Question, dials: Sequence[Dial]) -> tuple[Dial, ...]:
    return tuple(dial for dial in dials if not question.dials or dial.id in question.dials)


class _Asking:
    """One game being asked: its unchanged replays are made once and shared by all questions."""

    def __init__(self, played: Played, runs: int, dials: Sequence[Dial], told: Callable[[str, int], None]) -> None:
        self.played, self.runs, self.dials, self.told, self.done = played, runs, dials, told, 0
        self._say("Playing the game as it was")
        self.original = self._replayed(played, Change(with_overrides=True), runs)
        self.at_ends: dict[tuple[str, float], Paths] = {}
        self.changed: list[tuple[WhatIf, int, Paths]] = []

    def answer(self, question: Question) -> Answer:
        """Return the runs of a question, and what its dials do to the first of them."""
        found = []
        for run in question.runs:
            self._say(f"{question.title}: {run.label}")
            found.append(self._run(run))
        first = question.runs[0]
        base = self._base(first)
        dials = () if base is None else _dials(question, self.dials)
        turnings = [self._turning(question, first, dial, base) for dial in dials if base is not None]
        return Answer(
            question=question.id, outcome=first.outcomes[0], runs=tuple(found),
            turnings=tuple(sorted(filter(None, turnings), key=lambda one: (-one.swing, one.dial))),
        )  # fmt: skip

    def _say(self, what: str) -> None:
        self.told(what, self.done)
        self.done += 1

    def _change(self, run: QuestionRun) -> Change:
        turns = [turn.number for turn in self.played.turns]
        return change_of(self.played.scenario, run.change, turns=turns, with_overrides=True)

    def _replayed(self, played: Played, change: Change, runs: int) -> Paths:
        how = None if change.nothing else dealing(played, change)
        seeds = seeds_of(played.seed, runs)
        return replay(played, played.turns, played.start, seeds=seeds, lenses=change.lenses, dealing=how)

    def _run(self, run: QuestionRun) -> RunAnswer:
        change = self._change(run)
        runs = min(self.runs, PLAYED_ANEW) if change.players else self.runs
        two = self._once(run, change, runs)
        return RunAnswer(
            id=run.id, label=run.label, note=run.note, runs=runs,
            players=tuple(seat.id for seat in self.played.scenario.seats if seat.id in change.players),
            outcomes=compared(self.played.scenario, self.original.first(runs), two, run.outcomes),
        )  # fmt: skip

    def _once(self, run: QuestionRun, change: Change, runs: int) -> Paths:
        """Return the game changed; two questions that ask for the same change have it played once."""
        for asked, over, paths in self.changed:
            if (asked, over) == (run.change, runs):
                return paths
        paths = self._replayed(self.played, change, runs)
        self.changed.append((run.change, runs, paths))
        return paths

    def _fewer(self, change: Change) -> int:
        """Return how many pairs are played at each end of a dial."""
        return min(self.runs, TURNED_ANEW if change.players else TURNED)

    def _base(self, run: QuestionRun) -> RunOutcome | None:
        """Return the answer with the case as it stands, over as many pairs as dials are turned for."""
        change = self._change(run)
        runs = self._fewer(change)
        return self._effect(self.played, change, run, runs, self.original.first(runs))

    def _turning(self, question: Question, run: QuestionRun, dial: Dial, base: RunOutcome) -> Turning | None:
        """Return what a dial does to the answer; None where there is none to be had at one of its ends."""
        change = self._change(run)
        runs = self._fewer(change)
        ends = []
        for end in (dial.low, dial.high):
            self._say(f"{question.title}: {dial.label} at {end:g}")
            case = turned(self.played.scenario, [dial], [end])
            ends.append(self._effect(replace(self.played, scenario=case), change, run, runs, self._at(dial, end, runs)))
        low, high = ends
        if low is None or high is None:
            return None
        return Turning(
            dial=dial.id, label=dial.label, low=dial.low, high=dial.high, scale=dial.scale, effect_low=low.delta,
            effect_high=high.delta, base=base.delta, pairs=min(low.pairs, high.pairs, base.pairs),
        )  # fmt: skip

    def _at(self, dial: Dial, end: float, runs: int) -> Paths:
        """Return the game as it was with a dial at an end; played once for all questions that turn it."""
        if (dial.id, end) not in self.at_ends:
            under = replace(self.played, scenario=turned(self.played.scenario, [dial], [end]))
            most = min(self.runs, TURNED)
            self.at_ends[dial.id, end] = self._replayed(under, Change(with_overrides=True), most)
        return self.at_ends[dial.id, end].first(runs)

    def _effect(self, under: Played, change: Change, run: QuestionRun, runs: int, one: Paths) -> RunOutcome | None:
        two = self._replayed(under, change, runs)
        found = compared(under.scenario, one, two, run.outcomes[:1])
        return found[0] if found else None
