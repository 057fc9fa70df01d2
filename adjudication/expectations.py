"""What the record says should come out, held against the paths it came out on.

Owns how a statement is judged: over one game or many, its bounds, what must hold besides. What is measured is in
`measures`, the statements and their bounds are data of the case.
"""

from collections.abc import Mapping
from functools import cached_property

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from adjudication.headless import play
from adjudication.measures import MEASURES, Ground
from adjudication.policies import policy_for
from adjudication.recorded import Path, replay
from adjudication.scenario.record import Expectation, Held, Orders
from adjudication.scenario.schema import Scenario

BOT_SEAT = "bot_seat"
"""In the arguments of a statement: a seat a bot plays against the record's others."""

Bools = NDArray[np.bool_]


class Finding(Struct, frozen=True):
    """One line of the table."""

    id: str
    statement: str
    value: float
    tolerance: str
    passed: bool


class Evidence:
    """The paths statements are held against. `single` is one game of the real command path, if there was one."""

    def __init__(self, case: Scenario, *, seed: str = "0", single: Path | None = None, seeds: int = 0) -> None:
        assert case.history is not None, "the case has a record"
        self.case, self.seed, self._single = case, seed, single
        self.seeds = [f"{seed}:{number}" for number in range(seeds or case.history.seeds)]
        self._bots: dict[str, Path] = {}

    def path(self, line: Expectation) -> Path:
        """Return the games a statement is about."""
        if BOT_SEAT in line.args:
            return self._with_bot(str(line.args[BOT_SEAT]))
        if line.variant:
            return self._variant(line.variant, single=line.over == "single")
        return self.of(line.over)

    def of(self, over: str) -> Path:
        """Return the games of the record as they were played."""
        if over == "single":
            return self.single
        return self.many if over == "many" else self.rolled

    @cached_property
    def single(self) -> Path:
        """One game of the record, what it fixes forced."""
        return self._single if self._single is not None else replay(self.case, seeds=[self.seed])

    @cached_property
    def many(self) -> Path:
        """The record over many dice, what it fixes forced."""
        return replay(self.case, seeds=self.seeds)

    @cached_property
    def rolled(self) -> Path:
        """The record over many dice, nothing forced."""
        return replay(self.case, seeds=self.seeds, forced={})

    def _variant(self, name: str, *, single: bool) -> Path:
        case = varied(self.case, name)
        return replay(case, seeds=[self.seed] if single else self.seeds)

    def _with_bot(self, seat: str) -> Path:
        if seat not in self._bots:
            assert self.case.history is not None, "the case has a record"
            policy = policy_for(self.case.bots[seat].policy, self.case, seat)
            self._bots[seat] = play(self.case, {seat: policy}, seeds=self.seeds, forced=self.case.history.forced)
        return self._bots[seat]


def varied(case: Scenario, name: str) -> Scenario:
    """Return the case with the sheets of a variant in place of the recorded ones."""
    history = case.history
    assert history is not None, "the case has a record"
    orders: Orders = {turn: dict(sheets) for turn, sheets in history.orders.items()}
    for turn, sheets in history.variants[name].items():
        orders[turn] = {**orders.get(turn, {}), **sheets}
    return replace(case, history=replace(history, orders=orders))


def findings(evidence: Evidence) -> list[Finding]:
    """Return the table of the case's record, in its order."""
    assert evidence.case.history is not None, "the case has a record"
    return [judged(evidence, line) for line in evidence.case.history.table]


def judged(evidence: Evidence, line: Expectation) -> Finding:
    """Return what became of one statement."""
    record = evidence.of(line.over) if line.variant else None
    ground = Ground(evidence.case, evidence.path(line), record)
    held: list[Held] = [line, *line.also]
    values = [MEASURES[one.measure](ground, one.args) for one in held]
    if line.share is not None:
        whole = np.logical_and.reduce([_inside(one, value) for one, value in zip(held, values, strict=True)])
        share = float(np.mean(whole[ground.path.alive[-1]] if line.peace else whole))
        return Finding(line.id, line.statement, round(share, 4), line.tolerance, share >= line.share - 1e-9)
    means = [np.asarray(float(np.nanmean(value))) for value in values]
    passed = all(bool(_inside(one, mean)) for one, mean in zip(held, means, strict=True))
    return Finding(line.id, line.statement, round(float(means[0]), 4), line.tolerance, passed)


def _inside(held: Held, value: NDArray[np.float64]) -> Bools:
    low = held.low is None or value >= held.low - 1e-9
    high = held.high is None or value <= held.high + 1e-9
    return np.broadcast_to(np.logical_and(low, high), value.shape)


def table_of(case: Scenario, *, seeds: int = 0, seed: str = "0") -> Mapping[str, Finding]:
    """Return the table by statement for the engine alone, without the command path."""
    return {line.id: line for line in findings(Evidence(case, seed=seed, seeds=seeds))}
