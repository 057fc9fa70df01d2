"""Stage 10: indices of the turn and each seat's own goals, 0-100 (section 7). Nothing here moves the world.

What is added up over the game and what goals are made of is data (`scoring:`); running sums are kept beside the state
(`World.tally`). Goals are never added across teams.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from adjudication.scalars import evaluate
from adjudication.scenario.schema import SEVERITY_POINTS
from adjudication.scenario.scoring import Measure
from adjudication.settlement import Bools, Floats, Settlement
from adjudication.stages.commitments import durability_of
from adjudication.world import Report

Tally = dict[str, Floats]
WELL = 0.9
"""The fidelity from which an order counts as carried out well."""


@dataclass(frozen=True)
class _Scores:
    """The world, and beside it the names only scores may read."""

    s: Settlement
    own: dict[str, Floats]

    def read(self, name: str) -> Any:
        found = self.own.get(name)
        return self.s.read(name) if found is None else found


def update_tally(s: Settlement, before: Tally, p_clash: Floats) -> Tally:
    """Return the running measures after this turn."""
    tally = {name: value.copy() for name, value in before.items()}
    _add(s, tally, "turns", np.ones(s.batch))
    points = np.zeros(s.batch)
    for act in s.acts:
        points = points + SEVERITY_POINTS[act.move.severity] * act.live
    tally["points"] = points
    reader = _Scores(s, {"risk.clash": p_clash})
    for measure in s.scenario.scoring.measures:
        _measure(s, reader, measure, tally)
    for report in s.forgotten if s.record else ():
        for measure in s.scenario.scoring.measures:
            if more := _unearned(s, measure, report):
                _add(s, tally, f"told.{report.seat}.{measure.id}", np.full(s.batch, more))
    return tally


def _unearned(s: Settlement, measure: Measure, report: Report) -> float:
    """Return by how much a principal that believes a report counts more orders as done (or done well) than were."""
    key = f"{report.seat}:{report.move}"
    there = s.turn >= report.turn + report.late[0]
    if measure.well is not None and s.matches_past(key, measure.well):
        return 0.0 if there and report.fidelity[0] >= WELL else 1.0
    if measure.done is not None and s.matches_past(key, measure.done):
        return 0.0 if there else 1.0
    return 0.0


def _add(s: Settlement, tally: Tally, name: str, amount: Floats | Bools) -> None:
    tally[name] = tally.get(name, np.zeros(s.batch)) + amount


def _measure(s: Settlement, reader: _Scores, measure: Measure, tally: Tally) -> None:
    name = measure.id
    if measure.sum is not None:
        _add(s, tally, name, evaluate(measure.sum, reader))
    elif measure.peak is not None:
        now = np.broadcast_to(np.asarray(evaluate(measure.peak, reader), dtype=np.float64), (s.batch,))
        tally[name] = np.maximum(tally.get(name, now), now)
    elif measure.times is not None:
        _add(s, tally, name, s.test(measure.times))
    elif measure.flips:
        _flips(s, measure, tally)
    elif measure.fading is not None:
        where, so_far = s.test(measure.fading.when), tally.get(f"{name}_n", np.zeros(s.batch))
        _add(s, tally, name, where * measure.fading.decay ** np.minimum(so_far, 20.0))
        _add(s, tally, f"{name}_n", where)
    elif measure.recent is not None:
        for back in range(measure.recent.turns - 1, 0, -1):
            if f"{name}_{back - 1}" in tally:
                tally[f"{name}_{back}"] = tally[f"{name}_{back - 1}"]
        tally[f"{name}_0"] = np.broadcast_to(evaluate(measure.recent.of, reader), (s.batch,))
    else:
        _add(s, tally, name, _orders(s, measure))


def _orders(s: Settlement, measure: Measure) -> Floats:
    found = np.zeros(s.batch)
    for act in s.acts:
        if measure.given is not None and s.matches(act, measure.given):
            found = found + (act.submitted & ~np.bool_(act.carried))  # What was held up was given once, in its turn.
        elif measure.done is not None and s.matches(act, measure.done):
            found = found + act.live
        elif measure.well is not None and s.matches(act, measure.well):
            found = found + (act.live & (act.fidelity >= WELL))
    return found


ENGINE_INDICES = {
    "escalation": "Escalation", "points": "Escalation points", "risk_carried": "Risk of war carried",
    "durability": "Durability of what is in force",
}  # fmt: skip
"""Indices every case has (adjudication model, section 7), with what pages call them."""


def _flips(s: Settlement, measure: Measure, tally: Tally) -> None:
    direction = np.zeros(s.batch)
    for act in s.acts:
        if act.side == measure.flips:
            direction = direction + np.sign(act.move.goldstein) * act.live
    last, now = tally.get(f"{measure.id}_now", np.zeros(s.batch)), np.sign(direction)
    _add(s, tally, measure.id, (now * last < 0).astype(np.float64))
    tally[f"{measure.id}_now"] = np.where(now == 0, last, now)


def indices(s: Settlement, tally: Tally) -> dict[str, Floats]:
    """Return the outcome indices of the turn, each (B,): the engine's own, then those of the case."""
    found = {
        "escalation": _percent(100.0 * (1.0 - np.exp(-np.maximum(0.0, tally["points"]) / 60.0))),
        "points": tally["points"],
        "risk_carried": _percent(100.0 * (1.0 - s.values[s.scenario.tally.nowar])),
        "durability": _percent(durability_of(s)),
    }
    reader = _reader(s, tally, found)
    for index in s.scenario.scoring.indices:
        found[index.id] = _percent(np.broadcast_to(evaluate(index.scalar, reader), (s.batch,)))
        reader.own[f"index.{index.id}"] = found[index.id]
    return found


def scores(s: Settlement, tally: Tally, index: Mapping[str, Floats]) -> dict[str, dict[str, Floats]]:
    """Return each seat's goals by component, 0-100, (B,)."""
    reader, shared = _reader(s, tally, index), dict[str, Floats]()
    return {seat: _goals(s, seat, reader, shared) for seat in s.scenario.goals}


def _goals(s: Settlement, seat: str, reader: _Scores, shared: dict[str, Floats]) -> dict[str, Floats]:
    """Return one seat's goals; `shared` keeps the parts that several seats score, once computed."""
    found: dict[str, Floats] = {}
    for name, goal in s.scenario.goals[seat].items():
        part = goal.part or name
        if goal.scalar is not None:
            found[name] = _percent(np.broadcast_to(evaluate(goal.scalar, reader), (s.batch,)))
        elif part in s.scenario.scoring.parts:
            if part not in shared:
                value = evaluate(s.scenario.scoring.parts[part], reader)
                shared[part] = _percent(np.broadcast_to(value, (s.batch,)))
            found[name] = shared[part]
    return found


def told_scores(s: Settlement, tally: Tally, index: Mapping[str, Floats]) -> dict[str, dict[str, Floats]]:
    """Return the goals of seats that believe reports they have not seen through, as they may reckon them (R-I19)."""
    found: dict[str, dict[str, Floats]] = {}
    for seat in s.scenario.goals:
        told = dict(tally)
        for measure in s.scenario.scoring.measures:
            open_ones = (report for report in s.reports if report.seat == seat and report.open[0])
            fresh = sum((_unearned(s, measure, report) for report in open_ones), start=0.0)
            more = tally.get(f"told.{seat}.{measure.id}", np.zeros(s.batch)) + fresh
            if bool(np.any(more)):
                told[measure.id] = tally[measure.id] + more
        if any(told[name] is not tally[name] for name in tally):
            found[seat] = _goals(s, seat, _reader(s, told, index), {})
    return found


def _reader(s: Settlement, tally: Tally, index: Mapping[str, Floats]) -> _Scores:
    names = {f"tally.{name}": value for name, value in tally.items()}
    names |= {f"index.{name}": value for name, value in index.items()}
    for measure in s.scenario.scoring.measures:
        if measure.recent is not None:
            rows = [tally[f"{measure.id}_{n}"] for n in range(measure.recent.turns) if f"{measure.id}_{n}" in tally]
            names[f"tally.{measure.id}"] = np.std(np.stack(rows), axis=0)
    return _Scores(s, names)


def _percent(value: Floats) -> Floats:
    clipped: Floats = np.clip(value, 0.0, 100.0)
    return clipped


def rounded(table: Mapping[str, Floats], at: int = 0) -> dict[str, float]:
    """Return one world's values of a table, rounded for the log."""
    return {name: round(float(np.asarray(value).reshape(-1)[at]), 4) for name, value in table.items()}
