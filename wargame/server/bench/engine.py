"""The pure parts: a live turn with its ledger, ten thousand games in one process, the lenses, the whole space.

Measures on the record of the case. The batch runs in a process of its own, so that its peak memory is its own.
"""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import msgspec
import numpy as np
from msgspec import Struct

from adjudication.attribution import attribution
from adjudication.counterfactual import Change, counterfactual
from adjudication.lenses import PRESETS
from adjudication.played import Played, PlayedTurn, accounts, recorded_game, world_at
from adjudication.scenario import Scenario
from adjudication.sealed import settle
from adjudication.world import World
from negotiation.analysis import analyse
from negotiation.search import best_packages
from wargame.aar.chronicle import values_of
from wargame.server.bench.bargain import BargainSpeed, bargain_speed
from wargame.server.bench.batch import Batch

ROOT = Path(__file__).resolve().parents[3]
RUNS, GAMES, REPEATS, SEARCHED = 200, 10_000, 10, 200


class Spread(Struct, frozen=True):
    """Milliseconds: the median and the 99th percentile."""

    p50: float
    p99: float


class EngineSpeed(Struct, frozen=True, kw_only=True):
    """`turn`, `summit`: one game with its ledger, without and with a meeting whose officials have a text ready.

    `batch`: games of twelve turns in one process; `batch_ratio`: how many times faster than one by one with ledgers.
    `attribution_s`: eight lens combinations of 200 runs; `counterfactual_s`: 200 pairs. `search_ratio`: how many times
    faster the best package is found for one of many games than by a walk through all `packages`, nothing in force.
    """

    turn: Spread
    summit: Spread
    batch: Batch
    batch_ratio: float
    attribution_s: float
    counterfactual_s: float
    analysis_ms: float
    search_ms: float
    search_ratio: float
    packages: int
    bargain: BargainSpeed


def engine_speed(case: Scenario, *, games: int = GAMES) -> EngineSpeed:
    """Measure the engine on the record of the case."""
    record = recorded_game(case)
    meetings = {h.turn for h in case.history.summits} if case.history is not None else set()
    plain = [turn for turn in record.turns if turn.number not in meetings]
    turn = _turns(record, plain)
    summit = _turns(record, [turn for turn in record.turns if turn.number in meetings], ready=True)
    batch = _batch(case, games)
    alone = median_ms(lambda: accounts(record, record.turns, record.start, past_war=True), times=3)
    walk, search = _analysis_ms(record, max(meetings, default=1)), _search_ms(record, max(meetings, default=1))
    return EngineSpeed(
        turn=turn, summit=summit, batch=batch, batch_ratio=round(alone * batch.games_per_s / 1000, 1),
        attribution_s=_seconds(lambda: attribution(record, runs=RUNS)),
        counterfactual_s=_seconds(
            lambda: counterfactual(record, Change(lenses=PRESETS["no_leadership"]), runs=RUNS)
        ),
        analysis_ms=walk, search_ms=search, search_ratio=round(walk / search, 1),
        packages=case.negotiation.space.size, bargain=bargain_speed(record, max(meetings, default=1)),
    )  # fmt: skip


def _turns(record: Played, turns: list[PlayedTurn], *, ready: bool = False) -> Spread:
    """Time live turns, each from the world the record has at its beginning."""
    case, spans = record.scenario, []
    worlds = {turn.number: _prepared(case, world_at(record, turn.number), ready) for turn in turns}
    for number in range(REPEATS + 1):
        for turn in turns:
            begun = time.perf_counter()
            settle(case, worlds[turn.number], turn.sealed, turn=turn.number, seed=record.seed)
            if number:
                spans.append((time.perf_counter() - begun) * 1000)
    return Spread(round(statistics.median(spans), 2), round(float(np.quantile(spans, 0.99)), 2))


def _prepared(case: Scenario, world: World, ready: bool) -> World:
    bound = case.negotiation.prepared
    return world.with_values(case, {bound.var: bound.value}) if ready and bound is not None else world


def _analysis_ms(record: Played, turn: int) -> float:
    payload = world_at(record, turn).to_payload(record.scenario)
    values = values_of(record.scenario, payload)
    return median_ms(lambda: analyse(record.scenario.negotiation, values, {}), times=15)


def _search_ms(record: Played, turn: int) -> float:
    """Time the best package of one of many games that differ in their leaders' moods."""
    payload = world_at(record, turn).to_payload(record.scenario)
    values = values_of(record.scenario, payload)
    sides = [party.id for party in record.scenario.negotiation.parties]
    moods = np.linspace(-0.04, 0.04, SEARCHED)
    tempers = {sides[0]: moods, sides[1]: -moods}
    terms = record.scenario.negotiation
    whole = median_ms(lambda: best_packages(terms, values, {}, mood=tempers, games=SEARCHED), times=5)
    return round(whole / SEARCHED, 4)


def _batch(case: Scenario, games: int) -> Batch:
    """Play the games in a process of their own and read what it says of itself."""
    command = [sys.executable, "-m", "wargame.server.bench.batch", case.meta.id, str(games)]
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, check=True)  # noqa: S603 - our own
    return msgspec.json.decode(done.stdout, type=Batch)


def _seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return round(time.perf_counter() - begun, 2)


def median_ms(work: Callable[[], object], *, times: int) -> float:
    """Return the median time of some work in milliseconds; the first run is not counted."""
    work()
    spans = []
    for _ in range(times):
        begun = time.perf_counter()
        work()
        spans.append((time.perf_counter() - begun) * 1000)
    return round(statistics.median(spans), 3)
