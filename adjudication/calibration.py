"""Many games played by bots, held against the targets of a case, and its strategies side by side (8.2, 8.6).

Owns the paths by strategy and the judging of targets. What is measured is in `measures`; strategies, targets and the
lines of the comparison are data of the case. Bots play on what their seats see; nobody bargains by text.
"""

from collections.abc import Mapping

import numpy as np
from msgspec import Struct

from adjudication.headless import play
from adjudication.measures import MEASURES, Args, Ground
from adjudication.policies import SIMPLE, Policy, played, policy_for
from adjudication.recorded import Path, replay
from adjudication.scenario.record import Calibration, Strategy
from adjudication.scenario.schema import Scenario


class Met(Struct, frozen=True):
    """One target: what was measured, the range it has to lie in, and whether it does."""

    id: str
    statement: str
    strategy: str
    measured: float
    low: float | None
    high: float | None
    ok: bool


class Calibrated(Struct, frozen=True):
    """The whole run. `compare`: by line of the comparison, a number a strategy."""

    games: int
    targets: list[Met]
    compare: dict[str, dict[str, float]]

    @property
    def passed(self) -> bool:
        """Tell whether every target lies in its range."""
        return all(target.ok for target in self.targets)


def players(case: Scenario, strategy: Strategy) -> dict[str, Policy]:
    """Return who plays every seat under a strategy."""
    found: dict[str, Policy] = {}
    for seat in case.seats:
        spec = strategy.seats.get(seat.id)
        own = case.bots.get(seat.id)
        if spec is None:
            found[seat.id] = policy_for(own.policy if own is not None else SIMPLE, case, seat.id)
        else:
            found[seat.id] = played(spec, case, seat.id, name=spec.policy)
    return found


def path_of(case: Scenario, strategy: Strategy, *, games: int, seed: str = "calibrate") -> Path:
    """Return the games of a strategy: one seed a game, the same seeds for every strategy."""
    seeds = [f"{seed}:{number}" for number in range(games)]
    return replay(case, seeds=seeds) if strategy.record else play(case, players(case, strategy), seeds=seeds)


def calibrated(case: Scenario, paths: Mapping[str, Path]) -> Calibrated:
    """Hold the games of every strategy against the targets, and compare the strategies."""
    plan = _plan(case)

    def mean(strategy: str, measure: str, args: Args) -> float:
        return float(np.nanmean(MEASURES[measure](Ground(case, paths[strategy]), args)))

    targets = []
    for target in plan.targets:
        value = mean(target.strategy, target.measure, target.args)
        if target.minus:
            value -= mean(target.minus, target.measure, target.args)
        inside = (target.low is None or value >= target.low) and (target.high is None or value <= target.high)
        strategy = f"{target.strategy} - {target.minus}" if target.minus else target.strategy
        targets.append(
            Met(target.id, target.statement, strategy, round(value, 4), target.low, target.high, bool(inside))
        )
    compare = {
        line.id: {s.id: round(mean(s.id, line.measure, line.args), line.decimals) for s in plan.strategies}
        for line in plan.compare
    }
    games = next(iter(paths.values())).p_clash.shape[1]
    return Calibrated(games, targets, compare)


def _plan(case: Scenario) -> Calibration:
    assert case.calibration is not None, "the case says what must come out"
    return case.calibration
